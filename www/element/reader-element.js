/**
 * `<timdoc-reader>`: reads one article of a library; the one that `doc` in the address names.
 *
 * Light like <timdoc-search>: reader-app.js loads when there is an article to show. Without one the
 * element is hidden, or says so when it has a `home` (it is then a page of its own).
 *
 * @element timdoc-reader
 * @attr {string} bundle  address of the library's folder
 * @attr {string} home    address of the page with the search, for the way back
 * @attr {string} signed-by  as <timdoc-search>
 * @attr {string} lang    `vi` (default) or `en`; else the nearest ancestor's
 * @attr {string} theme   `light`, `dark`, `sepia` or `contrast`; default: as the page's color-scheme
 * @attr {string} offline present: the page also works offline; `auto`: small libraries save themselves
 * @attr {string} worker  as <timdoc-search>
 * @fires timdoc-article  when an article is shown: `{ article }`
 * @fires timdoc-theme    when the reader picks a theme, cancelable: `{ theme }`; a page that applies it
 *                        everywhere cancels it (`auto`, `light`, `dark`; the colours of `sepia` and `contrast` stay the reader's)
 * @csspart tools · @csspart article · @csspart title · @csspart meta · @csspart body · @csspart aside
 * @cssprop --timdoc-… as <timdoc-search>; @cssprop --timdoc-reader-font face of the text
 */
import { boxText, languageOf } from '../i18n/box.js';
import { ahead } from '../lib/ahead.js';
import { dress, LATE, trouble } from './dom.js';

/** What reader-app.js imports, without the rooms that dist.mjs puts into it. A test looks whether the list is complete. */
const MODULES = [
  ...'both reader-app reader-icons reader-settings reader-ways sentences web-address'.split(' ').map((name) => `element/${name}.js`),
  ...'i18n/reading lib/css lib/facts lib/highlight lib/shelf'.split(' ').map((name) => `${name}.js`),
];

export class TimdocReader extends HTMLElement {
  /** @type {ShadowRoot} */
  #root = this.attachShadow({ mode: 'open' });
  /** @type {Promise<import('./reader-app.js').ReaderApp> | null} */
  #app = null;
  /** Whether it could not be loaded before. */
  #failed = false;

  connectedCallback() {
    dress(this.#root, false);
    addEventListener('popstate', this.#follow);
    this.#follow();
  }

  disconnectedCallback() {
    removeEventListener('popstate', this.#follow);
    this.#app?.then((app) => app.stop(), () => {});
    this.#app = null;
  }

  /** True when this reader shares its page with the search. */
  get inPlace() {
    return !this.hasAttribute('home');
  }

  /** Shows what the address names, when it changed. */
  #follow = () => void this.show(false);

  /**
   * Shows the article that the address names.
   *
   * @param {boolean} [focus] put the focus on its title: after a reader's own step, not at page load
   */
  async show(focus = true) {
    const named = new URLSearchParams(location.search).has('doc');
    this.hidden = this.inPlace && !named;
    if (!named && this.inPlace && !this.#app) return;
    const clear = () => {
      clearTimeout(late);
      this.#root.querySelector('.failed')?.remove();
    };
    const say = (/** @type {(() => unknown) | false} */ again = false) => this.#root.append(trouble(this, boxText(this).readerFailed, again));
    const late = setTimeout(say, LATE);
    try {
      if (!this.#app) {
        ahead(this.getAttribute('bundle') ?? 'bundle/', undefined, this.getAttribute('signed-by'), [...MODULES, ...['', 'reading-'].map((kind) => `i18n/${kind}${languageOf(this)}.js`)], ['reader.css'], true);
        this.#app = import('./reader-app.js').then(({ ReaderApp }) => ReaderApp.start(this, this.#root));
      }
      const app = await this.#app;
      clear();
      await app.show(focus);
    } catch (error) {
      clear();
      this.#app = null;
      console.error('timdoc:', error);
      // As in search-element.js.
      say(!this.#failed && (() => this.show()));
      this.#failed = true;
    }
  }
}
