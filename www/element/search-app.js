/**
 * The search behind <timdoc-search>: from what is typed to what is shown.
 *
 * Pattern: a search field and a list of links, not a combobox with a listbox. A result has a title, a
 * passage, a date and remarks; the options of a listbox are read as one run of text, cannot hold
 * headings or links, cannot be opened in a new tab, and trap a screen reader in forms mode. As links
 * under headings in a labelled region they work with every command a reader knows (next heading, list
 * of links, open in new tab); the count is spoken by a live region, and the arrow keys move between
 * field and links for those who expect a combobox.
 *
 * Typing: every input event counts, also while a word is being composed (Telex, VNI); keys are left
 * to the input method while it composes; the field is never written to while someone types in it.
 * Keyboards that take letters back and type others (UniKey) are waited for; what an input method has
 * not finished never turns results into "nothing found".
 *
 * Rooms of their own: the field and the network (search-field.js), ways to an article and back (search-ways.js), keys (keys.js), what comes after
 * the results (after-results.js), the next page (more-results.js), advice (advice.js).
 */
import { adopt } from '../lib/css.js';
import { wordsFor } from '../i18n/box.js';
import { Announcer, asks, codeOf, errorState, isFiltered, readAddress, replaceAddress } from './both.js';
import { h, icon, LATE, trouble } from './dom.js';
import { bindKeys } from './keys.js';
import { items, remarks, summary } from './results-view.js';
import { makePanel, showRest } from './search-panel.js';
import { bindField, bindNetwork } from './search-field.js';
import { SearchWays } from './search-ways.js';

/** @typedef {import('../lib/types.d.ts').Library} Library */
/** @typedef {import('../lib/types.d.ts').SearchResult} SearchResult */
/** @typedef {import('./search-element.js').TimdocSearch} TimdocSearch */

/** Milliseconds before "busy" shows; before nothing is found for a word that is being composed. */
const PATIENCE = 250;
const UNFINISHED = 600;

const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class SearchApp {
  /**
   * @param {TimdocSearch} host
   * @param {ShadowRoot} root
   */
  static async start(host, root) {
    const [words] = await Promise.all([wordsFor(host), adopt(root, 'search.css'), host.modal && adopt(root, 'dialog.css')]);
    return new SearchApp(host, root, words);
  }

  #ticket = 0;
  #abort = new AbortController();
  #life = new AbortController();
  /** @type {Promise<Library> | null} */
  #library = null;
  /** True while results are on their way: what can wait does. */
  #searching = false;
  /** @type {Promise<import('./after-results.js').AfterResults> | null} */
  #after = null;
  /** True after an error, until something else is shown. */
  failed = false;
  /** True while an input method composes. */
  composing = false;
  /** True from a key until the query is sent, picked or taken from an address: it may be unfinished. */
  typing = false;
  /** What the engine is asked. */
  text = '';
  /** The query as it was answered: what the reader is to highlight. */
  answered = '';

  /**
   * @param {TimdocSearch} host
   * @param {ShadowRoot} root
   * @param {import('../i18n/box.js').Words} words
   */
  constructor(host, root, words) {
    this.host = host;
    this.root = root;
    this.words = words;
    this.field = /** @type {HTMLInputElement} */ (host.field);
    /** The dialog that holds all of this, if it is one. */
    this.modal = host.modal;
    this.compact = !this.modal && host.hasAttribute('compact');
    this.prefix = host.getAttribute('prefix') ?? '';
    this.limit = Number(host.getAttribute('limit')) || (this.compact ? 5 : 10);
    this.state = readAddress(this.prefix);
    const place = this.modal?.lastElementChild ?? root;
    this.scroller = /** @type {Element} */ (this.modal ? place : document.scrollingElement);
    this.announcer = new Announcer(place);
    this.panel = makePanel(words, host.told(words.results), {
      sort: (value) => this.change({ sort: /** @type {import('./address.js').Sort} */ (value) }),
      more: async () => (await import('./more-results.js')).moreResults(this),
      stated: () => this.#stated(),
    });
    place.append(this.panel.element);
    this.ways = new SearchWays(this, this.life);
    bindField(this, this.life);
    bindKeys(this, this.life);
    bindNetwork(this, this.life);
    if (this.compact) void import('./search-compact.js').then(({ dropDown }) => dropDown(this), () => {});
    this.typing = this.field.value !== '';
    if (this.typing) this.state.q = this.field.value;
    else if (this.state.q) this.field.value = this.state.q;
    this.library().catch(() => {});
    this.ways.makeRoom();
    void this.run();
  }

  /** Ends with the element. */
  get life() {
    return this.#life.signal;
  }

  /** The library; a failed opening is tried again at the next call. @returns {Promise<Library>} */
  library() {
    this.#library ??= import('../lib/library.js')
      .then(({ open }) => open(new URL(this.host.getAttribute('bundle') ?? 'bundle/', document.baseURI), { signedBy: this.host.getAttribute('signed-by') }));
    this.#library.catch(() => (this.#library = null));
    return this.#library;
  }

  stop() {
    this.#life.abort();
    this.#abort.abort();
    this.announcer.stop();
    this.panel.element.remove();
    this.host.removeAttribute('active');
  }

  /**
   * Changes a part of what is asked and searches.
   *
   * @param {Partial<import('./address.js').SearchState>} part
   * @param {number} [wait]
   */
  change(part, wait = 0) {
    Object.assign(this.state, { shown: 0 }, part);
    return this.run(wait);
  }

  /** Asks something else on the reader's own command: an example, a suggestion. @param {string} query */
  ask = (query) => {
    this.typing = false;
    this.field.value = query;
    this.field.focus();
    return this.change({ q: query, exact: false });
  };

  /** Whether what is asked now is still asked, later. @returns {() => boolean} */
  current() {
    const ticket = this.#ticket;
    return () => ticket === this.#ticket;
  }

  /** Searches what the state says; only the latest search is shown. */
  async run(wait = 0) {
    this.#ticket += 1;
    const current = this.current();
    this.#abort.abort();
    this.#abort = new AbortController();
    // A keyboard may take a letter back to type another one: until the pause is over nothing is shown of that.
    if (wait) await pause(wait);
    if (!current()) return;
    replaceAddress(this.prefix, this.state);
    const asking = this.#searching = asks(this.state);
    this.panel.suggest.hidden = !this.typing || !asking || this.compact;
    this.host.toggleAttribute('active', asking && !this.modal);
    if (!asking) return this.#tips();
    const busy = setTimeout(() => this.busy(true), PATIENCE);
    const late = setTimeout(() => current() && this.panel.place.replaceChildren(errorState(this.words, { code: 'slow' }, null)), LATE);
    try {
      const { q, exact } = this.state;
      const text = exact ? (await import('./verbatim.js')).verbatim(q) : q;
      const library = await this.library();
      if (!current()) return;
      this.text = text;
      const result = await library.search(text, this.options(Math.max(this.limit, this.state.shown)));
      // Some phones compose a word for as long as it may go on: then it is said after a while.
      if (current() && result.total === 0 && this.composing) await pause(UNFINISHED);
      if (current()) this.#show(library, result);
    } catch (error) {
      if (current() && codeOf(error) !== 'aborted') this.#fail(error);
    } finally {
      clearTimeout(busy);
      clearTimeout(late);
      if (current()) this.busy(false);
    }
  }

  /** How it is asked. @param {number} limit */
  options(limit, offset = 0) {
    const { filters, from, to, sort } = this.state;
    return { filters, ...(from && { from }), ...(to && { to }), sort, limit, offset, signal: this.#abort.signal };
  }

  /**
   * @param {Library} library
   * @param {SearchResult} result
   */
  #show(library, result) {
    const { panel, words, state } = this;
    const { total, partial } = result;
    const query = state.q.trim();
    this.failed = this.#searching = false;
    const text = summary(words, result, query);
    const filtered = isFiltered(state);
    panel.count.textContent = total > 0 ? text : '';
    panel.sort.value = state.sort;
    panel.notes.replaceChildren();
    this.answered = result.corrected?.query ?? query;
    const exactly = (/** @type {boolean} */ exact) => void this.change({ exact }).then(() => panel.notes.querySelector('button')?.focus());
    for (const note of remarks(words, result, state, exactly)) if (note) panel.notes.append(note);
    panel.list.replaceChildren(...this.items(result.hits));
    panel.place.replaceChildren();
    if (total === 0) {
      panel.place.append(h('div', { class: 'state none' }, icon('search'), h('p', { class: 'what' }, text)));
      this.#advise(({ noneAdvice }, place) => noneAdvice(words, query, filtered ? () => void this.change({ filters: {}, from: '', to: '' }) : null, place));
    }
    panel.cols.classList.toggle('with', total > 0 || filtered);
    panel.tools.hidden = total === 0 && !filtered;
    panel.stated.hidden = partial || total === 0 || !library.info.fields.includes('fact');
    this.rest(result);
    this.open(true);
    this.announcer.say(partial && total > 0 ? `${text}. ${words.partial}` : text);
    this.host.dispatchEvent(new CustomEvent('timdoc-results', { detail: { query: state.q, total }, bubbles: true, composed: true }));
    this.ways.scrollBack();
    void this.#later((after, current) => after.refine(library, current), true);
  }

  /** Items for the list. @param {import('../lib/types.d.ts').Hit[]} hits */
  items(hits) {
    return items(this.words, hits, (id) => this.ways.hrefFor(id));
  }

  /** How many are shown. @param {SearchResult} result */
  rest(result) {
    showRest(this, result);
  }

  /** What is not needed to see results. @param {(after: import('./after-results.js').AfterResults, current: () => boolean) => Promise<void>} work @param {boolean} [said] whether it is said when it does not come */
  async #later(work, said = false) {
    const current = this.current();
    /** @param {() => unknown} [again] @param {unknown} [error] */
    const failed = (again, error) => void (current() && said && !this.compact && this.trouble(this.words.filtersFailed, again, error));
    // What hangs cannot be asked for twice: then the page is to be loaded again.
    const late = setTimeout(failed, LATE);
    try {
      this.#after ??= import('./after-results.js').then(({ AfterResults }) => new AfterResults(this));
      const after = await this.#after;
      clearTimeout(late);
      this.#untrouble();
      await work(after, current);
    } catch (error) {
      clearTimeout(late);
      this.#after?.catch(() => (this.#after = null));
      if (codeOf(error) === 'aborted') return;
      console.warn('timdoc:', error);
      failed(() => this.#later(work, said), error);
    }
  }

  /**
   * Says above the results, which stay, that something beside them did not come.
   *
   * @param {string} text
   * @param {() => unknown} [again] without it the page is loaded again
   * @param {unknown} [error]
   */
  trouble(text, again, error) {
    this.#untrouble();
    this.panel.notes.append(trouble(this.host, text, error instanceof SyntaxError ? false : again));
  }

  #untrouble() {
    this.panel.notes.querySelector('.failed')?.remove();
  }

  /** Tables of what the articles found state. */
  #stated = () => import('./stated-dialog.js').then(({ openStated }) => openStated(this, this.text, this.options(1)))
    .catch((error) => this.trouble(this.words.errors.network[0], this.#stated, error));

  /** Puts advice into what stands in place of results; without it that says enough. @param {(advice: typeof import('./advice.js'), place: Element) => void} give */
  #advise(give) {
    const { firstElementChild: place } = this.panel.place;
    if (place) import('./advice.js').then((advice) => give(advice, place), () => {});
  }

  /** No results are there. @param {HTMLElement} instead */
  #clear(instead) {
    const { panel } = this;
    panel.count.textContent = '';
    for (const part of [panel.notes, panel.list]) part.replaceChildren();
    panel.rest.hidden = panel.tools.hidden = true;
    panel.cols.classList.remove('with');
    panel.place.replaceChildren(instead);
  }

  /** Nothing is asked: how to search. */
  #tips() {
    const current = this.current();
    this.failed = false;
    this.busy(false);
    this.panel.chips.replaceChildren();
    this.#clear(h('div', { class: 'state tips' }));
    this.announcer.say('', 0);
    this.#advise((advice, place) => advice.tips(this, place));
    this.library().catch((error) => current() && this.#fail(error));
    this.open(this.#focused());
  }

  /** @param {unknown} error */
  #fail(error) {
    const { panel } = this;
    this.failed = true;
    this.#searching = false;
    console.error('timdoc:', error);
    this.#clear(errorState(this.words, error, () => void this.run()));
    if (codeOf(error) === 'offline') void import('./offline-said.js').then(({ sayWhatIsSaved }) => sayWhatIsSaved(this.host, panel.place, () => this.library()), () => {});
    this.announcer.stop();
    this.open(true);
  }

  /** @param {boolean} busy */
  busy(busy) {
    const { panel, words } = this;
    panel.busy.hidden = !busy;
    panel.main.setAttribute('aria-busy', String(busy));
    if (!busy) return;
    this.open(true);
    if (!panel.list.childElementCount) panel.place.replaceChildren(h('p', { class: 'state' }, words.searching));
    this.announcer.say(words.searching);
  }

  #focused() {
    return document.activeElement === this.host || document.activeElement === this.field;
  }

  /** Shows or hides everything below the box; the footer loads when it is first shown, after results. @param {boolean} open */
  open(open) {
    const { panel } = this;
    panel.element.hidden = !open || this.ways.reading;
    if (open && !this.#searching && !panel.foot.childElementCount) void this.#later((after) => after.foot(() => this.#searching));
  }

  /** Hides the results of a compact box. */
  close() {
    this.open(false);
  }
}
