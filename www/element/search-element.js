/**
 * `<timdoc-search>`: a search box that becomes a whole search once it is used.
 *
 * It draws the box (or takes over the input of a portal's own <form> inside it; as a `dialog`, a button
 * that opens one) and waits. At the first focus, or when the address already holds a search, it imports
 * search-app.js, which does everything else. Without JavaScript a wrapped <form> goes to the portal's
 * server as before.
 *
 * @element timdoc-search
 * @attr {string} bundle       address of the library's folder
 * @attr {string} signed-by    public key (`timdoc sign --new-key`): the library opens only when all of it is what that key has signed
 * @attr {string} lang         `vi` (default) or `en`; else the nearest ancestor's
 * @attr {string} reader       address of the reader page; default: the <timdoc-reader> of this page, else `reader.html`
 * @attr {string} placeholder  text in the empty box
 * @attr {number} limit        results at a time; default 10, or 5 when compact
 * @attr {boolean} compact     results drop down under the box, without a side column
 * @attr {boolean} dialog      a button that opens the whole search in a dialog; any element with `data-timdoc-open` (empty,
 *                             or this element's id) opens it too
 * @attr {string} theme        `light` or `dark`; default: as the page's color-scheme
 * @attr {string} shortcut     Ctrl+K (⌘K) puts the cursor in the box or opens the dialog, and is shown; `/` in its value
 *                             allows that key too; `none`: neither. Without it, Ctrl+K works but an inline box does not show it
 * @attr {string} offline      present: the page also works offline; `auto`: small libraries save themselves
 * @attr {string} worker       address of the file on the page's own origin that brings the service worker; default: timdoc's own
 * @attr {string} prefix       put before the names in the address, for several boxes on a page
 * @attr {string} label        name of the field, the landmark and the results, for several boxes on a page; default: `Tìm bài viết`,
 *                             with a number from the second box on
 * @attr {boolean} active      set by the element while it shows results
 * @attr {boolean} reading      set by the element while the reader on its page shows an article
 * @slot                       a portal's <form> with its search input; as a dialog, it is shown only where scripts do not run
 * @slot button                a portal's own button for the dialog
 * @method open()              opens the dialog; an inline box takes the cursor
 * @method close()             closes the dialog; the results of a compact box
 * @method start()             loads the search before it is used
 * @fires timdoc-dialog-open · timdoc-dialog-close
 * @fires timdoc-results       after each search: `{ query, total }`
 * @fires timdoc-open          before an article opens, cancelable: `{ id, href }`
 * @csspart form box of the field · @csspart input · @csspart button · @csspart panel
 * @csspart trigger button that opens the dialog · @csspart dialog the dialog; also that of the tables
 * @csspart hit · @csspart title · @csspart snippet · @csspart filters · @csspart footer
 * @cssprop --timdoc-accent links and buttons · @cssprop --timdoc-on-accent text on them
 * @cssprop --timdoc-ink text · @cssprop --timdoc-muted quieter text · @cssprop --timdoc-paper background
 * @cssprop --timdoc-raised boxes · @cssprop --timdoc-line hairlines · @cssprop --timdoc-edge edges of fields
 * @cssprop --timdoc-mark behind matched words · @cssprop --timdoc-warn error text
 * @cssprop --timdoc-radius · @cssprop --timdoc-font
 */
import { boxText, languageOf } from '../i18n/box.js';
import { ahead } from '../lib/ahead.js';
import { dress, h, icon, LATE, trouble } from './dom.js';

/** What search-app.js imports, at once or later, before it shows results, without the rooms that dist.mjs puts into it. A test looks whether the list is complete. */
const MODULES = [
  ...'both search-app'.split(' ').map((name) => `element/${name}.js`),
  'lib/css.js',
];

/** The sign of the key that goes to the search. */
const keyHint = () => h('kbd', { 'aria-hidden': 'true' }, /Mac|iP/.test(navigator.platform) ? '⌘K' : 'Ctrl K');

const SEARCH_KEYS = /^(q|from|to|all|f\..+)$/;

export class TimdocSearch extends HTMLElement {
  static observedAttributes = ['lang', 'placeholder', 'label'];

  /** The dialog of this element, if it is to be one. @type {HTMLDialogElement | null} */
  modal = null;

  /** @type {ShadowRoot} */
  #root = this.attachShadow({ mode: 'open' });
  /** @type {HTMLInputElement | null} */
  #own = null;
  /** @type {Promise<import('./search-app.js').SearchApp> | null} */
  #app = null;
  #drawn = false;
  /** Whether it could not be loaded before. */
  #failed = false;

  /**
   * A name of a part of this box that no other box of the page has: with its label, or a number from the second one on.
   *
   * @param {string} name
   */
  told(name) {
    const label = this.getAttribute('label');
    const before = [...document.querySelectorAll('timdoc-search:not([label])')].indexOf(this);
    return label ? `${name}: ${label}` : before > 0 ? `${name} ${before + 1}` : name;
  }

  /** The name of the field and its landmark. */
  get #label() {
    return this.getAttribute('label') || this.told(boxText(this).label);
  }

  /** The field people type in: the element's own, or a wrapped form's. */
  get field() {
    return this.#own ?? this.querySelector('input');
  }

  /** Puts the cursor in the field. @param {FocusOptions} [options] */
  focus(options) {
    this.field?.focus(options);
  }

  /** Opens the dialog; an inline box takes the cursor. */
  open() {
    if (!this.modal) this.focus();
    else if (!this.modal.open) {
      this.modal.showModal();
      this.dispatchEvent(new CustomEvent('timdoc-dialog-open', { bubbles: true, composed: true }));
      void this.start();
    }
  }

  /** Closes the dialog; the results of a compact box. */
  close() {
    if (this.modal) this.modal.close();
    else void this.#app?.then((app) => app.close(), () => {});
  }

  connectedCallback() {
    if (!this.#drawn) this.#draw();
    document.addEventListener('keydown', this.#shortcut);
    if (this.addressed && !this.hasAttribute('dialog')) this.start();
    if (this.hasAttribute('offline')) this.#whenIdle(() => this.#offline());
  }

  disconnectedCallback() {
    document.removeEventListener('keydown', this.#shortcut);
    this.modal?.close();
    this.#app?.then((app) => app.stop(), () => {});
    this.#app = null;
  }

  attributeChangedCallback() {
    if (!this.#own) return;
    const text = boxText(this);
    this.#own.placeholder = this.getAttribute('placeholder') ?? text.placeholder;
    this.#own.setAttribute('aria-label', this.#label);
    this.#own.form?.setAttribute('aria-label', this.#label);
  }

  /**
   * Loads the search, once. Called at the first focus; a page may call it earlier.
   *
   * @returns {Promise<import('./search-app.js').SearchApp>}
   */
  start() {
    this.#root.querySelector('.failed')?.remove();
    if (!this.#app) {
      ahead(this.getAttribute('bundle') ?? 'bundle/', undefined, this.getAttribute('signed-by'), [...MODULES, `i18n/${languageOf(this)}.js`], ['search.css']);
      this.#app = import('./search-app.js').then(({ SearchApp }) => SearchApp.start(this, this.#root));
      const late = setTimeout(() => this.#say(), LATE);
      const stop = () => {
        clearTimeout(late);
        this.#root.querySelector('.failed')?.remove();
      };
      this.#app.then(stop, (error) => {
        stop();
        this.#fail(error);
      });
    }
    return this.#app;
  }

  #draw() {
    this.#drawn = true;
    dress(this.#root, true);
    const text = boxText(this);
    const keys = this.getAttribute('shortcut');
    if (this.hasAttribute('dialog')) {
      const load = () => import('./search-dialog.js').then(({ drawDialog }) => drawDialog(this, this.#root, this.#box(text), keys !== 'none' && keyHint()), (error) => this.#fail(error, load));
      void load();
      return;
    }
    const wake = () => void this.start();
    // A button that is pressed gets the focus first: it must be there still when the press ends.
    this.addEventListener('focusin', (event) => /** @type {Element} */ (event.composedPath()[0]).closest('.failed') || wake());
    this.addEventListener('input', wake);
    if (this.querySelector('input')) this.#root.append(h('slot'));
    else this.#root.append(this.#box(text, keys !== null && keys !== 'none' && keyHint(), h('button', { class: 'go', part: 'button', type: 'submit' }, text.submit)));
  }

  /**
   * The field with its buttons.
   *
   * @param {ReturnType<typeof boxText>} text
   * @param {...(Node | false)} after
   */
  #box(text, ...after) {
    const field = this.#own = h('input', {
      type: 'search', name: 'q', part: 'input', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false',
      enterkeyhint: 'search', 'aria-label': this.#label, placeholder: this.getAttribute('placeholder') ?? text.placeholder,
    });
    // Hidden by the style sheet while the field is empty.
    const clear = h('button', { type: 'button', class: 'clear', 'aria-label': text.clear, onclick: () => {
      field.value = '';
      field.focus();
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    } }, icon('close'));
    return h('form', { class: 'box', part: 'form', role: 'search', 'aria-label': this.#label, onsubmit: (/** @type {Event} */ event) => event.preventDefault() }, icon('search'), field, clear, ...after);
  }

  /** Says that the search itself could not be loaded. @param {unknown} error @param {() => unknown} [again] */
  #fail(error, again = () => this.start()) {
    this.#app = null;
    console.error('timdoc:', error);
    // A module that came broken stays so; as does, in some browsers, one that did not come.
    this.#say(!this.#failed && again);
    this.#failed = true;
  }

  /** @param {(() => unknown) | false} [again] */
  #say(again) {
    (this.modal?.lastElementChild ?? this.#root).append(trouble(this, boxText(this).failed, again));
  }

  /** True when the address already holds a search for this element. */
  get addressed() {
    const prefix = this.getAttribute('prefix') ?? '';
    return [...new URLSearchParams(location.search).keys()]
      .some((key) => key.startsWith(prefix) && SEARCH_KEYS.test(key.slice(prefix.length)));
  }

  /** @param {KeyboardEvent} event */
  #shortcut = (event) => {
    const keys = this.getAttribute('shortcut') ?? '';
    if (keys === 'none' || event.isComposing || event.defaultPrevented || event.altKey) return;
    const command = event.ctrlKey || event.metaKey;
    const typing = event.composedPath()[0];
    const editable = typing instanceof HTMLElement && (typing.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(typing.tagName));
    if ((command && event.key.toLowerCase() === 'k') || (!command && event.key === '/' && keys.includes('/') && !editable)) {
      event.preventDefault();
      this.open();
      this.field?.select();
    }
  };

  /** @param {() => void} work */
  #whenIdle(work) {
    const idle = () => (window.requestIdleCallback ?? setTimeout)(work);
    if (document.readyState === 'complete') idle();
    else addEventListener('load', idle, { once: true });
  }

  async #offline() {
    try {
      const { enable } = await import('./offline-start.js');
      await enable(this);
    } catch (error) {
      console.warn('timdoc: offline', error);
    }
  }
}
