/** Work that several callers wait for, such as a fetch that two searches need. */
import { asTimdocError } from './errors.js';

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
