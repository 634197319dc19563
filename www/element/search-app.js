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
 */
import { adopt } from '../lib/css.js';
import { wordsFor } from '../i18n/index.js';
import { asks, emptyState, isFiltered, readAddress, replaceAddress, samePage, writeAddress } from './address.js';
import { Announcer } from './announcer.js';
import { h, LATE, trouble } from './dom.js';
import { bindKeys } from './keys.js';
import { count, items, remarks, summary } from './results-view.js';
import { makePanel } from './search-panel.js';
import { codeOf, errorState, noneState, tipsState } from './states.js';

/** @typedef {import('../lib/types.d.ts').Library} Library */
/** @typedef {import('../lib/types.d.ts').SearchResult} SearchResult */
/** @typedef {import('./search-element.js').TimdocSearch} TimdocSearch */

/** Milliseconds: a pause in typing before a search; before facets are counted; before "busy" shows. */
const PAUSE = 60;
const SETTLE = 150;
const PATIENCE = 250;

/** A query that is not corrected: its words in quotation marks, its phrases, exclusions and bars as they are. @param {string} q */
const verbatim = (q) => q.replace(/(-?)(["“„«][^"”“»]*["”“»]?|[^\s"“”„«»]+)/g, (all, not, word) => (/^["“„«]|^[-|]*$/.test(word) ? all : `${not}"${word}"`));

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
  #failed = false;
  /** True from a key until the query is sent, picked or taken from an address: it may be unfinished. */
  #typing = false;
  /** True while results are on their way: what can wait does. */
  #searching = false;
  /** The query as it was answered: what the reader is to highlight. */
  #query = '';
  #restoreScroll = history.state?.timdocScroll ?? 0;
  /** @type {import('./filters-view.js').FiltersView | null} */
  #filters = null;

  /**
   * @param {TimdocSearch} host
   * @param {ShadowRoot} root
   * @param {import('../i18n/index.js').Words} words
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
    this.panel = makePanel(words, {
      sort: (value) => this.change({ sort: /** @type {import('./address.js').Sort} */ (value) }),
      more: () => void this.#more(),
      stated: () => void this.#stated(),
    });
    place.append(this.panel.element);
    this.#listen();
    this.#typing = this.field.value !== '';
    if (this.#typing) this.state.q = this.field.value;
    else this.field.value = this.state.q;
    this.library().catch(() => {});
    this.#place();
    void this.run();
  }

  /** The library; a failed opening is tried again at the next call. @returns {Promise<Library>} */
  library() {
    this.#library ??= import('../lib/library.js')
      .then(({ open }) => open(new URL(this.host.getAttribute('bundle') ?? 'bundle/', document.baseURI)));
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
    this.#typing = false;
    this.field.value = query;
    this.field.focus();
    return this.change({ q: query, exact: false });
  };

  /** Searches what the state says; only the latest search is shown. */
  async run(wait = 0) {
    const ticket = ++this.#ticket;
    this.#abort.abort();
    this.#abort = new AbortController();
    replaceAddress(this.prefix, this.state);
    const asking = asks(this.state);
    this.panel.suggest.hidden = !this.#typing || !asking || this.compact;
    this.host.toggleAttribute('active', asking && !this.modal);
    this.#searching = asking;
    if (!asking) return this.#tips();
    if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
    const busy = setTimeout(() => this.#busy(true), PATIENCE);
    const late = setTimeout(() => ticket === this.#ticket && this.panel.place.replaceChildren(errorState(this.words, { code: 'slow' }, null)), LATE);
    try {
      if (ticket !== this.#ticket) return;
      const library = await this.library();
      if (ticket !== this.#ticket) return;
      const result = await library.search(this.#text(), this.#options(Math.max(this.limit, this.state.shown)));
      if (ticket === this.#ticket) this.#show(library, result);
    } catch (error) {
      if (ticket === this.#ticket && codeOf(error) !== 'aborted') this.#fail(error);
    } finally {
      clearTimeout(busy);
      clearTimeout(late);
      if (ticket === this.#ticket) this.#busy(false);
    }
  }

  /** What the engine is asked. */
  #text() {
    const { q, exact } = this.state;
    return exact ? verbatim(q) : q;
  }

  /** @param {number} limit */
  #options(limit, offset = 0) {
    const { filters, from, to, sort } = this.state;
    return { filters, ...(from && { from }), ...(to && { to }), sort, limit, offset, signal: this.#abort.signal };
  }

  /**
   * @param {Library} library
   * @param {SearchResult} result
   */
  #show(library, result) {
    const { panel, words, state } = this;
    const text = summary(words, result, state.q.trim());
    this.#failed = this.#searching = false;
    panel.count.textContent = result.total > 0 ? text : '';
    panel.sort.value = state.sort;
    panel.notes.replaceChildren();
    this.#query = result.corrected?.query ?? state.q.trim();
    const exactly = (/** @type {boolean} */ exact) => void this.change({ exact }).then(() => panel.notes.querySelector('button')?.focus());
    for (const note of remarks(words, result, state, exactly)) if (note) panel.notes.append(note);
    panel.list.replaceChildren(...items(words, result.hits, (id) => this.hrefFor(id)));
    panel.place.replaceChildren();
    if (result.total === 0) {
      panel.place.append(noneState(words, state.q.trim(), isFiltered(state) ? () => void this.change({ filters: {}, from: '', to: '' }) : null));
    }
    panel.cols.classList.toggle('with', result.total > 0 || isFiltered(state));
    panel.tools.hidden = result.total === 0 && !isFiltered(state);
    panel.stated.hidden = result.partial || result.total === 0 || !library.info.fields.includes('fact');
    this.#rest(result);
    this.#open(true);
    this.announcer.say(result.partial && result.total > 0 ? `${text}. ${words.partial}` : text);
    this.host.dispatchEvent(new CustomEvent('timdoc-results', { detail: { query: state.q, total: result.total }, bubbles: true, composed: true }));
    if (this.#restoreScroll) {
      this.scroller.scrollTop = this.#restoreScroll;
      this.#restoreScroll = 0;
    }
    void this.#refine(library, this.#ticket);
  }

  /**
   * How many are shown, and the way to more: to the end of the list, as those that have all words are not all first.
   *
   * @param {SearchResult} result
   */
  #rest(result) {
    const { total, listed, hits } = result;
    const { panel, words } = this;
    const there = panel.list.childElementCount;
    panel.rest.hidden = listed <= this.limit;
    panel.more.hidden = there >= listed || hits.length === 0;
    const shown = words.shownOf(words.number(there), words.number(listed));
    panel.shown.textContent = listed > total ? `${shown}: ${words.shownParts(count(words, result).toLowerCase(), total)}` : shown;
  }

  /** The next results, below those shown; the focus goes to the first of them. */
  async #more() {
    const ticket = this.#ticket;
    const { panel, words } = this;
    const count = panel.list.childElementCount;
    this.#busy(true);
    try {
      const library = await this.library();
      const result = await library.search(this.#text(), this.#options(this.limit, count));
      if (ticket !== this.#ticket) return;
      const added = items(words, result.hits, (id) => this.hrefFor(id));
      panel.list.append(...added);
      added[0]?.querySelector('a')?.focus();
      this.state.shown = panel.list.childElementCount;
      replaceAddress(this.prefix, this.state);
      this.#rest(result);
      this.announcer.say(panel.shown.textContent ?? '');
    } catch (error) {
      if (ticket === this.#ticket && codeOf(error) !== 'aborted') panel.place.replaceChildren(errorState(words, error, () => void this.#more()));
    } finally {
      this.#busy(false);
    }
  }

  /** Tables of what the articles found state. */
  #stated = () => import('./stated-dialog.js').then(({ openStated }) => openStated(this, this.#text(), this.#options(1)))
    .catch((error) => this.trouble(this.words.errors.network[0], this.#stated, error));

  /**
   * Says above the results, which stay, that something beside them did not come.
   *
   * @param {string} text
   * @param {() => unknown} again
   * @param {unknown} error
   */
  trouble(text, again, error) {
    const { notes } = this.panel;
    notes.querySelector('.failed')?.remove();
    notes.append(trouble(this.host, text, !(error instanceof SyntaxError) && again));
  }

  /**
   * What is not needed to see results: counts of the filters, suggestions. After a pause, so that
   * typing does not wait for it.
   *
   * @param {Library} library
   * @param {number} ticket
   */
  async #refine(library, ticket) {
    if (this.compact) return;
    await new Promise((resolve) => setTimeout(resolve, SETTLE));
    if (ticket !== this.#ticket) return;
    try {
      if (this.#typing) {
        const { suggest } = await import('./suggestions.js');
        await suggest(this, library, this.#abort.signal, () => ticket === this.#ticket);
      }
    } catch (error) {
      if (ticket === this.#ticket && codeOf(error) !== 'aborted') console.warn('timdoc: suggestions', error);
    }
    if (ticket !== this.#ticket) return;
    try {
      const { FiltersView } = await import('./filters-view.js');
      this.#filters ??= new FiltersView(this);
      await this.#filters.update(library, () => ticket === this.#ticket, this.#text(), this.#options(1));
    } catch (error) {
      if (ticket !== this.#ticket || codeOf(error) === 'aborted') return;
      console.warn('timdoc: filters', error);
      this.trouble(this.words.filtersFailed, () => this.#refine(library, ticket), error);
    }
  }

  /** Nothing is asked: how to search. */
  #tips() {
    const { panel, words } = this;
    this.#failed = false;
    this.#busy(false);
    panel.count.textContent = '';
    panel.notes.replaceChildren();
    panel.chips.replaceChildren();
    panel.list.replaceChildren();
    panel.rest.hidden = panel.tools.hidden = true;
    panel.cols.classList.remove('with');
    panel.place.replaceChildren(tipsState(words, (query) => void this.ask(query)));
    this.announcer.say('', 0);
    const ticket = this.#ticket;
    this.library().then(({ info }) => {
      if (ticket !== this.#ticket || this.compact) return;
      panel.place.firstElementChild?.append(h('button', { type: 'button', class: 'plain', onclick: () => void this.change({ all: true }) },
        words.browse(words.number(info.articles))));
    }, (error) => ticket === this.#ticket && this.#fail(error));
    this.#open(this.#focused());
  }

  /** @param {unknown} error */
  #fail(error) {
    const { panel } = this;
    this.#failed = true;
    this.#searching = false;
    console.error('timdoc:', error);
    panel.count.textContent = '';
    panel.notes.replaceChildren();
    panel.list.replaceChildren();
    panel.rest.hidden = panel.tools.hidden = true;
    panel.cols.classList.remove('with');
    panel.place.replaceChildren(errorState(this.words, error, () => void this.run()));
    if (codeOf(error) === 'offline') void import('./offline-said.js').then(({ sayWhatIsSaved }) => sayWhatIsSaved(this.host, panel.place, () => this.library()), () => {});
    this.announcer.stop();
    this.#open(true);
  }

  /** @param {boolean} busy */
  #busy(busy) {
    const { panel, words } = this;
    panel.busy.hidden = !busy;
    panel.main.setAttribute('aria-busy', String(busy));
    if (!busy) return;
    this.#open(true);
    if (!panel.list.childElementCount) panel.place.replaceChildren(h('p', { class: 'state' }, words.searching));
    this.announcer.say(words.searching);
  }

  #focused() {
    return document.activeElement === this.host || document.activeElement === this.field;
  }

  /** Shows or hides everything below the box; the footer loads when it is first shown, after results. @param {boolean} open */
  #open(open) {
    const { panel } = this;
    panel.element.hidden = !open || this.#reading();
    if (!open || this.#searching || panel.foot.childElementCount || panel.foot.dataset.asked) return;
    panel.foot.dataset.asked = '1';
    this.library().then(async (library) => {
      if (this.#searching) return void delete panel.foot.dataset.asked;
      const { offlineControl } = await import('./offline-view.js');
      panel.foot.append(await offlineControl(this, library));
    }).catch(() => delete panel.foot.dataset.asked);
  }

  /** Where a result leads. @param {string} id */
  hrefFor(id) {
    const q = this.#query;
    if (this.#reader()) {
      const params = writeAddress(this.prefix, { ...this.state, q });
      params.set('doc', id);
      return samePage(params);
    }
    const url = new URL(this.host.getAttribute('reader') ?? 'reader.html', document.baseURI);
    url.searchParams.set('doc', id);
    if (q) url.searchParams.set('q', q);
    return url.href;
  }

  /** The reader on this page, if there is one. */
  #reader() {
    return /** @type {import('./reader-element.js').TimdocReader | null} */ (document.querySelector('timdoc-reader:not([home])'));
  }

  #reading() {
    return this.#reader() !== null && new URLSearchParams(location.search).has('doc');
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement && node.dataset.id);
    if (!(link instanceof HTMLAnchorElement) || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const detail = { id: link.dataset.id, href: link.href };
    if (!this.host.dispatchEvent(new CustomEvent('timdoc-open', { detail, bubbles: true, composed: true, cancelable: true }))) {
      event.preventDefault();
      return;
    }
    history.replaceState({ ...history.state, timdocScroll: this.scroller.scrollTop }, '');
    const reader = this.#reader();
    if (!reader) return;
    event.preventDefault();
    history.pushState({ timdocSteps: 1 }, '', link.href);
    this.#place();
    void reader.show();
  }

  /** Makes room for a reader on the same page, and takes it back. */
  #place() {
    const reading = this.#reading();
    this.host.toggleAttribute('reading', reading);
    if (!reading) return;
    this.panel.element.hidden = true;
    this.modal?.close();
  }

  #listen() {
    const { signal } = this.#life;
    const { field, panel, host } = this;
    field.addEventListener('input', () => {
      this.#typing = true;
      void this.change({ q: field.value, exact: false, all: false }, PAUSE);
    }, { signal });
    field.form?.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.change({ q: field.value });
    }, { signal });
    field.addEventListener('focus', () => this.#open(true), { signal });
    bindKeys(this, signal);
    panel.list.addEventListener('click', (event) => this.#click(event), { signal });
    // A dialog that is closed is no longer in the address: a reload would open it.
    host.addEventListener('timdoc-dialog-open', () => {
      replaceAddress(this.prefix, this.state);
      this.#open(true);
    }, { signal });
    host.addEventListener('timdoc-dialog-close', () => this.#reading() || replaceAddress(this.prefix, emptyState()), { signal });
    if (this.compact) {
      addEventListener('pointerdown', (event) => event.composedPath().includes(host) || this.#open(false), { signal });
      host.addEventListener('focusout', ({ relatedTarget }) => relatedTarget && relatedTarget !== host && !host.contains(/** @type {Node} */ (relatedTarget)) && this.#open(false), { signal });
    }
    addEventListener('popstate', () => {
      this.#place();
      const next = readAddress(this.prefix);
      if (this.modal && !asks(next)) return this.modal.close();
      if (this.modal && !this.#reading()) host.open();
      if (JSON.stringify(next) === JSON.stringify({ ...emptyState(), ...this.state })) {
        this.#open(asks(next));
        this.scroller.scrollTop = history.state?.timdocScroll ?? this.scroller.scrollTop;
        return;
      }
      this.state = next;
      this.#typing = false;
      this.#restoreScroll = history.state?.timdocScroll ?? 0;
      field.value = next.q;
      void this.run();
    }, { signal });
    const network = () => {
      panel.badge.hidden = navigator.onLine;
      if (navigator.onLine && (this.#failed || panel.notes.querySelector('.failed'))) void this.run();
    };
    addEventListener('online', network, { signal });
    addEventListener('offline', network, { signal });
    network();
  }

  /** Hides the results of a compact box. */
  close() {
    this.#open(false);
  }
}
