/**
 * Says things to screen readers, politely. Two live regions take turns, because the same text put
 * twice into one region is not spoken twice; while someone types only the last message is said. What is said at once
 * (a library is saved, say) takes nothing away from what waits: that is of something else.
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
   * @param {number} [wait] milliseconds without another that waits before this one is said; 0: at once
   */
  say(text, wait = WAIT) {
    // Silence is for all.
    if (wait > 0 || !text) clearTimeout(this.#timer);
    if (wait > 0) this.#timer = setTimeout(() => this.#put(text), wait);
    else this.#put(text);
  }

  /** @param {string} text */
  #put(text) {
    this.#regions[this.#turn].textContent = '';
    this.#turn ^= 1;
    this.#regions[this.#turn].textContent = text;
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
