/**
 * Work that several callers wait for, such as a fetch that two searches need; and JSON as it should be.
 *
 * timdoc runs on pages where libraries of 2008 have changed what all scripts share: Prototype.js 1.6 makes Array.from,
 * reduce and entries do something else and gives arrays a toJSON that makes strings of them. Modules use none of those.
 */
import { asTimdocError } from './errors.js';

/**
 * As JSON.stringify, also where a script of the page has given arrays or strings a toJSON.
 *
 * @param {unknown} value
 */
export const asJson = (value) => JSON.stringify(value, /** @this {any} */ function own(key) {
  return this[key];
});

/**
 * Milliseconds that work goes on when nobody waits for it any more. The next search of someone who types begins after
 * a pause, and often wants the same bytes.
 */
const LINGER = 300;

/** @template T */
export class Shared {
  #stop = new AbortController();
  #waiting = 0;
  #timer = 0;
  /** @type {Promise<T>} */
  #work;

  /** @param {(signal: AbortSignal) => Promise<T>} work begins at once; its signal says that nobody wants it any more */
  constructor(work) {
    this.#work = work(this.#stop.signal);
    this.#work.catch(() => {});
  }

  /** True when it was given up: then it is not to be waited for. */
  get stopped() {
    return this.#stop.signal.aborted;
  }

  /**
   * Waits for it, until the caller's own signal says otherwise.
   *
   * @param {AbortSignal} [signal]
   */
  async join(signal) {
    this.#waiting += 1;
    clearTimeout(this.#timer);
    try {
      return await abortable(this.#work, signal);
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#timer = setTimeout(() => this.#stop.abort(), LINGER);
    }
  }
}

/**
 * A promise's outcome, or `aborted` when the signal comes first.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} [signal]
 * @returns {Promise<T>}
 */
export function abortable(promise, signal) {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const stop = () => reject(asTimdocError(new DOMException('', 'AbortError')));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
