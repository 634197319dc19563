/**
 * Says things to screen readers, politely. Two live regions take turns, because the same text put
 * twice into one region is not spoken twice; while someone types only the last message is said.
 */
import { h } from './dom.js';

const WAIT = 1200;

export class Announcer {
  #regions = [0, 1].map(() => h('div', { class: 'sr', role: 'status', 'aria-live': 'polite' }));
  #turn = 0;
  #timer = 0;

  /** @param {ParentNode} root where the regions live; it must not be hidden */
  constructor(root) {
    root.append(...this.#regions);
  }

  /**
   * @param {string} text
   * @param {number} [wait] milliseconds without another message before this one is said
   */
  say(text, wait = WAIT) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#regions[this.#turn].textContent = '';
      this.#turn ^= 1;
      this.#regions[this.#turn].textContent = text;
    }, wait);
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
