/** What floats over the end of the page while someone reads: notices, the selected passage, the voice. */
import { h } from './dom.js';

/** Milliseconds that a notice stays, and one that can be acted upon. */
const SHORT = 4000;
const LONG = 20_000;

export class Dock {
  #notice = h('div', { class: 'notice', hidden: true });
  #timer = 0;
  element = h('div', { class: 'dock' }, this.#notice);

  /** @param {import('./announcer.js').Announcer} announcer */
  constructor(announcer) {
    this.announcer = announcer;
  }

  /**
   * Says something to everybody: to screen readers, and for a moment on the screen.
   *
   * @param {string} text
   * @param {string | { label: string, work: () => void }} [more] a text to be copied by hand, or what can be done about it
   */
  tell(text, more) {
    const hide = () => (this.#notice.hidden = true);
    const act = more && typeof more !== 'string' && h('button', { type: 'button', onclick: () => {
      hide();
      more.work();
    } }, more.label);
    this.#notice.replaceChildren(h('span', null, text), typeof more === 'string' ? h('span', { class: 'by-hand' }, more) : act || '');
    this.#notice.hidden = false;
    this.announcer.say(typeof more === 'string' ? `${text} ${more}` : text, 0);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(hide, more ? LONG : SHORT);
  }

  stop() {
    clearTimeout(this.#timer);
    this.element.remove();
  }
}
