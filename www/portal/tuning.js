/**
 * The tuning page: what if a weight of the ranking were another? A demonstration for those who build a library; no
 * part of <timdoc-search>. The query and the weights are in the page's address:
 * `tuning.html?q=hoc+tap&w.title=2&w.recency=0&lang=en`.
 */
import { Announcer } from '../element/both.js';
import { h } from '../element/dom.js';
import { open } from '../timdoc.js';
import { themes } from './theme.js';
import { HitsView } from './tuning-results.js';
import { WeightsView, isWeight } from './tuning-weights.js';
import { tuningWords } from './tuning-words.js';

/** @typedef {import('../lib/types.d.ts').Library} Library */
/** @typedef {import('../lib/types.d.ts').SearchResult} SearchResult */

/** Results shown. */
const SHOWN = 10;
/** Milliseconds without a change before a search. */
const PAUSE = 60;
/** A weight in the address. */
const WEIGHT = 'w.';
const EXAMPLES = ['hoc tap', 'chuyển đổi số', 'bao hiem y te'];

class Tuning {
  #ticket = 0;
  #timer = 0;
  #abort = new AbortController();

  /**
   * @param {HTMLElement} place
   * @param {Library} library
   */
  constructor(place, library) {
    const address = new URLSearchParams(location.search);
    this.place = place;
    this.library = library;
    this.words = tuningWords(address.get('lang'));
    const { words } = this;
    document.documentElement.lang = words.lang;
    document.title = document.title.replace(/^[^–]*/, `${words.title} `);
    this.count = new Intl.NumberFormat(words.lang);

    this.field = h('input', { type: 'search', id: 'query', name: 'q', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', lang: 'vi' });
    this.field.value = address.get('q') ?? '';
    this.hits = new HitsView(words);
    this.weights = new WeightsView(words, library.weights(), weightsOf(address), () => this.changed());
    this.state = h('span', { class: 'state' });
    this.summary = h('p', { class: 'found' });
    this.json = h('code');
    this.command = h('code');
    this.other = h('a', { class: 'other', lang: words.otherLang, hreflang: words.otherLang }, words.other);
    this.#draw();
    this.announcer = new Announcer(place);
    this.changed(0);
  }

  #draw() {
    const { words, field } = this;
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.changed(0);
    };
    const example = (/** @type {string} */ text) => h('button', { type: 'button', class: 'link', lang: 'vi', onclick: () => {
      field.value = text;
      field.focus();
      this.changed(0);
    } }, text);
    field.addEventListener('input', () => this.changed());
    const reset = h('button', { type: 'button', onclick: () => {
      this.weights.reset();
      this.announcer.say(words.resetDone, 0);
    } }, words.reset);
    // On a narrow page the results come first into sight; on a wide one both are.
    const settings = h('details', { class: 'panel', open: matchMedia('(min-width: 60rem)').matches },
      h('summary', null, h('h2', null, words.weights), this.state),
      reset, this.weights.element);
    this.place.replaceChildren(
      h('div', { class: 'head' }, h('h1', null, words.title), this.other),
      h('p', { class: 'intro' }, words.intro),
      h('form', { role: 'search', class: 'query', onsubmit: submit },
        h('label', { for: 'query' }, words.query), h('div', null, field, h('button', null, words.submit)),
        h('p', null, words.examples, ' ', EXAMPLES.map((text) => [example(text), ' ']).flat())),
      h('div', { class: 'cols' }, settings,
        h('div', { class: 'outcome' },
          h('section', { 'aria-labelledby': 'results' }, h('h2', { id: 'results' }, words.results), this.summary, this.hits.element),
          h('section', { class: 'settings', 'aria-labelledby': 'settings' }, h('h2', { id: 'settings' }, words.settings), h('p', null, words.settingsHint),
            this.#copied(words.json, this.json), this.#copied(words.command, this.command)))));
  }

  /** A text to copy. @param {string} title @param {HTMLElement} code */
  #copied(title, code) {
    const { words } = this;
    const text = h('pre', { tabindex: 0, role: 'group', 'aria-label': title }, code);
    const copy = async () => {
      try {
        await navigator.clipboard.writeText(code.textContent ?? '');
        this.announcer.say(words.copied, 0);
        said.textContent = words.copied;
      } catch {
        getSelection()?.selectAllChildren(code);
        this.announcer.say(words.notCopied, 0);
        said.textContent = words.notCopied;
      }
    };
    const said = h('span', { class: 'said', 'aria-hidden': 'true' });
    return h('div', { class: 'copied' }, h('h3', null, title), text,
      h('p', null, h('button', { type: 'button', 'aria-label': words.copyOf(title), onclick: () => void copy() }, words.copy), ' ', said));
  }

  /** Something is asked anew. @param {number} [wait] */
  changed(wait = PAUSE) {
    const ticket = ++this.#ticket;
    this.#abort.abort();
    this.#abort = new AbortController();
    clearTimeout(this.#timer);
    this.#settings();
    this.#timer = setTimeout(() => void this.#search(ticket, this.#abort.signal), wait);
  }

  /** Shows what is set, and keeps it in the address. */
  #settings() {
    const { words, weights: { changed } } = this;
    const names = Object.keys(changed);
    const query = this.field.value.trim();
    this.state.textContent = words.changed(names.length);
    this.json.textContent = JSON.stringify(changed, null, 2);
    this.command.textContent = ['timdoc search', words.folder, quoted(query), '--prefix', '--explain', ...names.map((name) => `--weight ${name}=${changed[name]}`)].join(' ');
    const params = new URLSearchParams();
    for (const [name, value] of new URLSearchParams(location.search)) if (name !== 'q' && name !== 'lang' && !name.startsWith(WEIGHT)) params.append(name, value);
    if (query) params.set('q', query);
    for (const name of names) params.set(WEIGHT + name, String(changed[name]));
    this.other.href = addressOf(params, words.otherLang);
    try {
      history.replaceState(history.state, '', addressOf(params, words.lang));
    } catch {
      // Too many changes in a short time: the next one is kept.
    }
  }

  /** @param {number} ticket @param {AbortSignal} signal */
  async #search(ticket, signal) {
    const { library, words, weights: { changed } } = this;
    const query = this.field.value.trim();
    try {
      const options = { limit: SHOWN, explain: true, signal };
      const result = await library.search(query, { ...options, weights: changed });
      const isTuned = query !== '' && Object.keys(changed).length > 0;
      const usual = isTuned ? await library.search(query, { limit: SHOWN, signal }) : null;
      if (ticket !== this.#ticket) return;
      this.summary.replaceChildren(query ? this.#found(result) : words.hint);
      this.hits.show(result.corrected?.query ?? query, result.hits, usual && usual.hits.map(({ id }) => id));
      if (query) this.announcer.say(`${this.summary.textContent} ${result.hits[0] ? words.first(result.hits[0].title) : ''}`);
    } catch (error) {
      if (ticket !== this.#ticket) return;
      this.hits.show('', [], null);
      this.summary.replaceChildren(failure(words.failed, error));
    }
  }

  /** @param {SearchResult} result */
  #found({ total, listed, partial, corrected }) {
    const { words, count } = this;
    if (total === 0) return words.none;
    const found = partial ? words.nearest(count.format(total)) : words.found(count.format(total), count.format(listed));
    return corrected ? `${found}. ${words.corrected(corrected.query)}` : found;
  }
}

/** The weights that an address names; what makes no sense is left out. @param {URLSearchParams} address */
function weightsOf(address) {
  /** @type {Record<string, number>} */
  const weights = {};
  for (const [name, value] of address) {
    const weight = value.trim() ? Number(value) : NaN;
    if (name.startsWith(WEIGHT) && isWeight(weight)) weights[name.slice(WEIGHT.length)] = weight;
  }
  return weights;
}

/** @param {URLSearchParams} params @param {'vi' | 'en'} lang */
function addressOf(params, lang) {
  const all = new URLSearchParams(params);
  if (lang === 'en') all.set('lang', lang);
  return `${location.pathname}${all.size ? `?${all}` : ''}`;
}

/** A text as one word of a shell. @param {string} text */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** @param {string} what @param {unknown} error */
function failure(what, error) {
  console.error('tuning:', error);
  return h('span', { role: 'alert' }, what, ' ', error instanceof Error && 'code' in error ? h('code', null, String(error.code)) : null);
}

themes();
const place = /** @type {HTMLElement} */ (document.querySelector('[data-tuning]'));
open(new URL(place.dataset.tuning ?? 'bundle/', document.baseURI)).then((library) => new Tuning(place, library), (error) => {
  const { failed, lang } = tuningWords(new URLSearchParams(location.search).get('lang'));
  place.replaceChildren(h('p', { lang }, failure(failed, error)));
});
