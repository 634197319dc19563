/** The reading behind <timdoc-reader>: fetches the article that the address names and shows it. */
import { addressOf } from '../lib/ahead.js';
import { adopt } from '../lib/css.js';
import { highlighter } from '../lib/highlight.js';
import { Shelf } from '../lib/shelf.js';
import { readingWordsFor } from '../i18n/reading.js';
import { Announcer, codeOf, errorState } from './both.js';
import { h, LATE, modified } from './dom.js';
import { contentsOf, stoppedAt } from './reader-between.js';
import { Dock } from './reader-dock.js';
import { KEY, keepSettings, readSettings, SIZES } from './reader-settings.js';
import { readerTools } from './reader-tools.js';
import { articleView } from './reader-view.js';
import { articleHref, goBack, searchHref, step } from './reader-ways.js';

/** @typedef {import('./reader-element.js').TimdocReader} TimdocReader */
/** @typedef {import('../lib/types.d.ts').Article} Article */

/** Milliseconds that a selection stays as it is before something is offered for it. */
const SELECTED = 300;

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
  /** What stands between the head and the text: contents, the way to where the reader stopped. @type {HTMLElement[]} */
  #between = [];
  #selecting = 0;
  /** Style sheets of parts that load later. @type {Record<string, Promise<void>>} */
  #styles = {};
  /** @type {Article | null} */
  article = null;
  settings = readSettings();

  /**
   * @param {TimdocReader} host
   * @param {ShadowRoot} root
   * @param {import('../i18n/reading.js').ReadingWords} words
   */
  constructor(host, root, words) {
    this.host = host;
    this.root = root;
    this.words = words;
    /** The theme that the page gave the element. */
    this.givenTheme = host.getAttribute('theme');
    this.shelf = new Shelf(addressOf(host.getAttribute('bundle') ?? 'bundle/'));
    this.place = h('div', { class: 'place' });
    this.tools = readerTools(words, {
      back: () => goBack(host),
      listen: () => void import('./aloud.js').then(({ readAloud }) => readAloud(this)),
      keep: () => this.#keep(),
      display: async () => (await import('./reader-display.js')).displaySheet(this),
      more: async () => (await import('./reader-more.js')).moreSheet(this),
    });
    this.announcer = new Announcer(root);
    this.dock = new Dock(this.announcer);
    this.frame = h('div', { class: 'frame' }, this.tools.element, this.place, this.dock.element);
    root.append(this.frame);
    this.#apply(true);
    this.place.addEventListener('click', (event) => this.follow(event));
    const { signal } = this.#life;
    addEventListener('pointerdown', (event) => this.tools.close(event), { signal });
    addEventListener('online', () => this.place.querySelector('.state.error') && void this.show(false), { signal });
    addEventListener('hashchange', () => this.#toPassage(), { signal });
    addEventListener('storage', (event) => this.#elsewhere(event), { signal });
    document.addEventListener('selectionchange', () => {
      clearTimeout(this.#selecting);
      this.#selecting = setTimeout(() => this.#selected(), SELECTED);
    }, { signal });
    globalThis.speechSynthesis?.addEventListener?.('voiceschanged', () => this.showTools(), { signal });
  }

  /** Tells when another article is shown, or none. */
  get left() {
    return this.#abort.signal;
  }

  stop() {
    this.#life.abort();
    this.#abort.abort();
    clearTimeout(this.#selecting);
    this.dock.stop();
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
    if (id && this.#shown === `${id} ${query}`) return;
    this.#shown = '';
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.tools.close();
    if (!id) return this.#nothing(signal);
    this.tools.backText.textContent = query || this.host.inPlace ? words.back : words.toSearch;
    const slow = setTimeout(() => {
      place.replaceChildren(h(this.#level(), { class: 'loading' }, words.loading), ...[9, 11, 10, 6].map((n) => h('div', { class: `bone w${n}` })));
      this.announcer.say(words.loading);
    }, 200);
    const late = setTimeout(() => place.replaceChildren(errorState(words, { code: 'slow' }, null, this.#level())), LATE);
    try {
      const { open } = await import('../lib/library.js');
      const library = await open(new URL(this.host.getAttribute('bundle') ?? 'bundle/', document.baseURI), { signedBy: this.host.getAttribute('signed-by') });
      const article = await library.article(id, { signal });
      const contents = await contentsOf(this, article, signal);
      if (signal.aborted) return;
      this.#shown = `${id} ${query}`;
      this.article = article;
      this.#between = [contents, stoppedAt(this, article)].filter((element) => element !== null);
      this.#draw(query);
      document.title = `${article.title} – ${this.#pageTitle}`;
      if (focus) {
        scrollTo(0, 0);
        place.querySelector('h1')?.focus();
      }
      this.announcer.say('', 0);
      this.#opened(article, signal);
      void import('./offline-reading.js').then(({ afterReading }) => afterReading(this.host, library), () => {});
      this.host.dispatchEvent(new CustomEvent('timdoc-article', { detail: { article }, bubbles: true, composed: true }));
    } catch (error) {
      if (signal.aborted || codeOf(error) === 'aborted') return;
      console.error('timdoc:', error);
      this.#left();
      place.replaceChildren(errorState(words, error, codeOf(error) === 'not_found' ? null : () => void this.show(focus), this.#level()));
      if (codeOf(error) === 'offline') void import('./offline-reading.js').then(({ whileOffline }) => whileOffline(this.host, place), () => {});
    } finally {
      clearTimeout(slow);
      clearTimeout(late);
    }
  }

  /** @param {string} query */
  #draw(query) {
    const { article, place, words } = this;
    if (!article) return;
    this.frame.classList.toggle('asked', query !== '');
    const { title, lead, blocks } = article;
    const cut = highlighter(this.settings.highlight ? query : '', [title, lead ?? '', ...blocks.map(({ text }) => text)]);
    const { element, aside } = articleView(words, article, { article: articleHref, search: (q) => searchHref(this.host, q) }, cut, () => place);
    element.querySelector('header')?.after(...this.#between);
    if (!element.querySelector('.address')) element.append(h('p', { class: 'address', lang: words.lang }, new URL(articleHref(article.id), location.href).href));
    place.replaceChildren(element, aside);
  }

  /** What can wait until the article is shown. @param {Article} article @param {AbortSignal} signal */
  #opened({ id, title, published, blocks }, signal) {
    const { shelf, settings } = this;
    if (settings.history || shelf.get(id)) shelf.put(id, { title, date: published?.date ?? null, parts: blocks.length + 2, ...(settings.history && { read: Date.now() }) });
    this.showTools();
    this.#toPassage();
    void import('./reader-place.js').then(({ watchPlace }) => void (signal.aborted || watchPlace(this, id, signal)), () => {});
  }

  /** What stands in for a title: on a page of its own it is the page's heading. @returns {'h1' | 'p'} */
  #level() {
    return this.host.inPlace ? 'p' : 'h1';
  }

  /** @param {AbortSignal} signal */
  #nothing(signal) {
    const { host, words, place } = this;
    this.#left();
    document.title = this.#pageTitle;
    this.tools.backText.textContent = words.toSearch;
    if (host.inPlace) return place.replaceChildren();
    const [what, advice] = words.nothingChosen;
    const empty = () => place.replaceChildren(h('div', { class: 'state' }, h('h1', { class: 'what' }, what), h('p', null, advice)));
    if (this.shelf.all().length === 0) return empty();
    void import('./shelf-view.js').then(({ showShelf }) => (signal.aborted ? undefined : showShelf(this, signal)), empty);
  }

  #left() {
    this.article = null;
    this.showTools();
  }

  /** Shows the tools that there is something for. */
  showTools() {
    const { listen, keep, more } = this.tools;
    const { article, shelf } = this;
    more.hidden = !article;
    keep.hidden = !article || !shelf.works;
    keep.setAttribute('aria-pressed', String(Boolean(article && shelf.get(article.id)?.saved)));
    // Some devices tell late which voices they have.
    listen.hidden = !article || !globalThis.speechSynthesis?.getVoices().some(({ lang }) => /^vi([-_]|$)/i.test(lang));
  }

  /** Puts the article aside, or takes it back. */
  #keep() {
    if (!this.article) return;
    const { id, title, published, blocks } = this.article;
    const saved = this.shelf.get(id)?.saved ? 0 : Date.now();
    this.shelf.put(id, { title, date: published?.date ?? null, parts: blocks.length + 2, saved });
    this.showTools();
    this.dock.tell(saved ? this.words.keptNow : this.words.unkept);
  }

  /** Another tab changed what is kept. @param {StorageEvent} event */
  #elsewhere(event) {
    if (this.shelf.concerns(event)) this.showTools();
    if (event.key !== KEY) return;
    const { highlight } = this.settings;
    Object.assign(this.settings, readSettings());
    this.#apply(false, highlight);
  }

  /** Goes to the passage that the address names. */
  #toPassage() {
    if (this.article && /^#s\d/.test(location.hash)) void import('./passage.js').then(({ goToPassage }) => goToPassage(this, location.hash), () => {});
  }

  /** Offers to copy a passage that was selected; takes the offer back when it is not any more. */
  #selected() {
    const selection = /** @type {any} */ (this.root).getSelection?.() ?? getSelection();
    if (!this.article || !String(selection) && !this.dock.element.querySelector('.passage')) return;
    void import('./passage.js').then(({ offerPassage }) => offerPassage(this, this.#abort.signal), () => {});
  }

  /** A style sheet, once. @param {string} name */
  style(name) {
    return (this.#styles[name] ??= adopt(this.root, name));
  }

  /** Changes settings, and keeps them. @param {Partial<import('./reader-settings.js').Settings>} part */
  change(part) {
    const { highlight } = this.settings;
    Object.assign(this.settings, part);
    keepSettings(this.settings);
    this.#apply(false, highlight);
  }

  /**
   * @param {boolean} initial true for the settings kept from an earlier visit
   * @param {boolean} highlight whether words are highlighted as the article is shown
   */
  #apply(initial, highlight = this.settings.highlight) {
    const { size, width, spacing, face, theme } = this.settings;
    const page = !this.host.dispatchEvent(new CustomEvent('timdoc-theme', { detail: { theme, initial }, bubbles: true, composed: true, cancelable: true }));
    // A page that takes the theme over has its own light and dark; the colours of the others are the reader's.
    const own = theme === 'auto' ? this.givenTheme : page && (theme === 'light' || theme === 'dark') ? null : theme;
    if (own) this.host.setAttribute('theme', own);
    else this.host.removeAttribute('theme');
    this.frame.classList.toggle('panel', own !== null && own !== this.givenTheme && !page);
    this.frame.style.setProperty('--size', String(SIZES[size]));
    Object.assign(this.frame.dataset, { width, spacing, face });
    if (this.#shown && this.settings.highlight !== highlight) this.#draw(new URLSearchParams(location.search).get('q') ?? '');
  }

  /** Another article opens here, without loading the page again. @param {MouseEvent} event */
  follow(event) {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement && node.dataset.id);
    if (!(link instanceof HTMLAnchorElement) || event.button || modified(event)) return;
    event.preventDefault();
    step(link.href);
    void this.show(true);
  }
}
