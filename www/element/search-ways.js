/**
 * Ways from the results to an article and back: where links lead, room for a reader on the same page, steps in the
 * history, and the place in the list that the reader left.
 */
import { asks, emptyState, readAddress, replaceAddress, samePage, writeAddress } from './both.js';
import { modified } from './dom.js';

/** @typedef {import('./search-app.js').SearchApp} SearchApp */

export class SearchWays {
  /** True until the list is where it was left. */
  #back = true;

  /**
   * @param {SearchApp} app
   * @param {AbortSignal} signal
   */
  constructor(app, signal) {
    this.app = app;
    const { host, panel } = app;
    panel.list.addEventListener('click', (event) => this.#click(event), { signal });
    // A dialog that is closed is no longer in the address: a reload would open it.
    host.addEventListener('timdoc-dialog-open', () => {
      replaceAddress(app.prefix, app.state);
      app.open(true);
    }, { signal });
    host.addEventListener('timdoc-dialog-close', () => this.reading || replaceAddress(app.prefix, emptyState()), { signal });
    addEventListener('popstate', () => this.#step(), { signal });
  }

  /** Where a result leads. @param {string} id */
  hrefFor(id) {
    const { prefix, state, answered: q, host } = this.app;
    if (this.#reader) {
      const params = writeAddress(prefix, { ...state, q });
      params.set('doc', id);
      return samePage(params);
    }
    const url = new URL(host.getAttribute('reader') ?? 'reader.html', document.baseURI);
    url.searchParams.set('doc', id);
    if (q) url.searchParams.set('q', q);
    return url.href;
  }

  /** The reader on this page, if there is one. */
  get #reader() {
    return /** @type {import('./reader-element.js').TimdocReader | null} */ (document.querySelector('timdoc-reader:not([home])'));
  }

  /** True while it shows an article. */
  get reading() {
    return this.#reader !== null && new URLSearchParams(location.search).has('doc');
  }

  /** Makes room for a reader on the same page, and takes it back. */
  makeRoom() {
    const { host, panel, modal } = this.app;
    host.toggleAttribute('reading', this.reading);
    if (!this.reading) return;
    panel.element.hidden = true;
    modal?.close();
  }

  /**
   * Puts the list where it was left: the link that was followed, where it stood; what is above it may have another height
   * now.
   */
  scrollBack() {
    if (!this.#back) return;
    this.#back = false;
    const { timdocScroll, timdocLink: [id, top] = [] } = history.state ?? {};
    const { scroller, panel } = this.app;
    if (timdocScroll) scroller.scrollTop = timdocScroll;
    const link = id && panel.list.querySelector(`[data-id="${CSS.escape(id)}"]`);
    if (link) scroller.scrollTop += link.getBoundingClientRect().top - top;
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement && node.dataset.id);
    if (!(link instanceof HTMLAnchorElement) || event.button || modified(event)) return;
    const { host, scroller } = this.app;
    const { id } = link.dataset;
    if (!host.dispatchEvent(new CustomEvent('timdoc-open', { detail: { id, href: link.href }, bubbles: true, composed: true, cancelable: true }))) {
      event.preventDefault();
      return;
    }
    history.replaceState({ ...history.state, timdocScroll: scroller.scrollTop, timdocLink: [id, link.getBoundingClientRect().top] }, '');
    const reader = this.#reader;
    if (!reader) return;
    event.preventDefault();
    history.pushState({ timdocSteps: 1 }, '', link.href);
    this.makeRoom();
    void reader.show();
  }

  /** Another place in the history. */
  #step() {
    const { app } = this;
    const { modal, host, prefix } = app;
    this.makeRoom();
    const next = readAddress(prefix);
    if (modal && !asks(next)) return modal.close();
    if (modal && !this.reading) host.open();
    this.#back = true;
    if (JSON.stringify(next) === JSON.stringify({ ...emptyState(), ...app.state })) {
      app.open(asks(next));
      return this.scrollBack();
    }
    app.state = next;
    app.typing = false;
    app.field.value = next.q;
    void app.run();
  }
}
