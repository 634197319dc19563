/** The reading behind <timdoc-reader>: fetches the article that the address names and shows it. */
import { adopt } from '../lib/css.js';
import { highlighter } from '../lib/highlight.js';
import { readingWordsFor } from '../i18n/reading.js';
import { emptyState, samePage, writeAddress } from './address.js';
import { Announcer } from './announcer.js';
import { h } from './dom.js';
import { SIZES } from './reader-settings.js';
import { readerTools } from './reader-tools.js';
import { articleView } from './reader-view.js';
import { codeOf, errorState } from './states.js';

/** @typedef {import('./reader-element.js').TimdocReader} TimdocReader */
/** @typedef {import('../lib/types.d.ts').Article} Article */

export class ReaderApp {
  /**
   * @param {TimdocReader} host
   * @param {ShadowRoot} root
   */
  static async start(host, root) {
    const [words] = await Promise.all([readingWordsFor(host), adopt(root, 'reader.css')]);
    return new ReaderApp(host, root, words);
  }

  #abort = new AbortController();
  #life = new AbortController();
  #pageTitle = document.title;
  /** What is shown: the article's id and the words to highlight. */
  #shown = '';
  /** @type {Article | null} */
  #article = null;

  /**
   * @param {TimdocReader} host
   * @param {ShadowRoot} root
   * @param {import('../i18n/reading.js').ReadingWords} words
   */
  constructor(host, root, words) {
    this.host = host;
    this.words = words;
    this.place = h('div', { class: 'place' });
    this.tools = readerTools(words, { back: () => this.#back(), change: (settings) => this.#apply(settings, false) });
    this.announcer = new Announcer(root);
    this.frame = h('div', { class: 'frame' }, this.tools.element, this.place);
    root.append(this.frame);
    this.#apply(this.tools.settings, true);
    this.place.addEventListener('click', (event) => this.#click(event));
    const { signal } = this.#life;
    addEventListener('pointerdown', (event) => {
      if (!event.composedPath().includes(this.tools.menu)) this.tools.menu.open = false;
    }, { signal });
    addEventListener('online', () => this.place.querySelector('.state.error') && void this.show(false), { signal });
  }

  stop() {
    this.#life.abort();
    this.#abort.abort();
    this.frame.remove();
    document.title = this.#pageTitle;
  }

  /**
   * Shows what the address names.
   *
   * @param {boolean} focus put the focus on the title
   */
  async show(focus) {
    const params = new URLSearchParams(location.search);
    const id = params.get('doc');
    const query = params.get('q') ?? '';
    const { words, place } = this;
    if (!id) return this.#nothing();
    if (this.#shown === `${id} ${query}`) return;
    this.#shown = '';
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.tools.backText.textContent = query || this.host.inPlace ? words.back : words.toSearch;
    const slow = setTimeout(() => {
      place.replaceChildren(h(this.#level(), { class: 'loading' }, words.loading), ...[9, 11, 10, 6].map((n) => h('div', { class: `bone w${n}` })));
      this.announcer.say(words.loading);
    }, 200);
    try {
      const { open } = await import('../lib/library.js');
      const library = await open(new URL(this.host.getAttribute('bundle') ?? 'bundle/', document.baseURI));
      const article = await library.article(id, { signal });
      if (signal.aborted) return;
      this.#shown = `${id} ${query}`;
      this.#article = article;
      this.#draw(query);
      document.title = `${article.title} – ${this.#pageTitle}`;
      if (focus) {
        scrollTo(0, 0);
        place.querySelector('h1')?.focus();
      }
      this.announcer.say('', 0);
      void import('./offline-reading.js').then(({ afterReading }) => afterReading(this.host, library), () => {});
      this.host.dispatchEvent(new CustomEvent('timdoc-article', { detail: { article }, bubbles: true, composed: true }));
    } catch (error) {
      if (signal.aborted || codeOf(error) === 'aborted') return;
      console.error('timdoc:', error);
      place.replaceChildren(errorState(words, error, codeOf(error) === 'not_found' ? null : () => void this.show(focus), this.#level()));
      if (codeOf(error) === 'offline') void import('./offline-reading.js').then(({ whileOffline }) => whileOffline(this.host, place), () => {});
    } finally {
      clearTimeout(slow);
    }
  }

  /** @param {string} query */
  #draw(query) {
    if (!this.#article) return;
    const { highlight, settings } = this.tools;
    highlight.hidden = !query;
    const { title, lead, blocks } = this.#article;
    const cut = highlighter(settings.highlight ? query : '', [title, lead ?? '', ...blocks.map(({ text }) => text)]);
    const { element, aside } = articleView(this.words, this.#article, { article: (id) => this.#articleHref(id), search: (q) => this.#searchHref(q) }, cut, () => this.place);
    this.place.replaceChildren(element, aside);
  }

  /** What stands in for a title: on a page of its own it is the page's heading. @returns {'h1' | 'p'} */
  #level() {
    return this.host.inPlace ? 'p' : 'h1';
  }

  #nothing() {
    const { words, place } = this;
    this.#shown = '';
    this.#article = null;
    document.title = this.#pageTitle;
    const [what, advice] = words.nothingChosen;
    this.tools.backText.textContent = words.toSearch;
    place.replaceChildren(this.host.inPlace ? '' : h('div', { class: 'state' }, h('h1', { class: 'what' }, what), h('p', null, advice)));
  }

  /**
   * @param {import('./reader-settings.js').Settings} settings
   * @param {boolean} initial true for the settings kept from an earlier visit
   */
  #apply({ size, theme }, initial) {
    const page = !this.host.dispatchEvent(new CustomEvent('timdoc-theme', { detail: { theme, initial }, bubbles: true, composed: true, cancelable: true }));
    if (theme === 'auto' || page) this.host.removeAttribute('theme');
    else this.host.setAttribute('theme', theme);
    this.frame.style.setProperty('--size', String(SIZES[size]));
    if (this.#shown) this.#draw(new URLSearchParams(location.search).get('q') ?? '');
  }

  /** @param {string} id */
  #articleHref(id) {
    const params = new URLSearchParams(location.search);
    params.set('doc', id);
    return samePage(params);
  }

  /** @param {string} query */
  #searchHref(query) {
    const state = { ...emptyState(), q: query };
    if (this.host.inPlace) {
      const params = writeAddress('', state);
      params.delete('doc');
      return samePage(params);
    }
    const url = new URL(this.host.getAttribute('home') ?? '', document.baseURI);
    url.search = query ? String(writeAddress('', state, url.searchParams)) : '';
    return url.href;
  }

  /** Back to the results: the steps the reader came by, else a fresh search for the same words. */
  #back() {
    const home = this.host.getAttribute('home');
    const steps = (history.state?.timdocSteps ?? 0) + (home !== null && cameFrom(home) ? 1 : 0);
    if (steps > 0 && history.length > steps && (home === null || cameFrom(home))) history.go(-steps);
    else if (home === null) {
      const params = new URLSearchParams(location.search);
      params.delete('doc');
      history.pushState(null, '', samePage(params));
      dispatchEvent(new PopStateEvent('popstate'));
    } else location.href = this.#searchHref(new URLSearchParams(location.search).get('q') ?? '');
  }

  /** Another article opens here, without loading the page again. @param {MouseEvent} event */
  #click(event) {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement && node.dataset.id);
    if (!(link instanceof HTMLAnchorElement) || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState({ timdocSteps: (history.state?.timdocSteps ?? 0) + 1 }, '', link.href);
    void this.show(true);
  }
}

/** True when this page was opened from the search. @param {string} home */
function cameFrom(home) {
  if (!document.referrer) return false;
  const folder = (/** @type {string} */ address) => {
    const { origin, pathname } = new URL(address, document.baseURI);
    return origin + pathname.replace(/index\.html$/, '');
  };
  return folder(document.referrer) === folder(home);
}
