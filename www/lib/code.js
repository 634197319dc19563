/**
 * The engine's code. What a first search runs comes at once; the rest is a second wasm, loaded when it is first needed
 * (tests/tools/split.mjs makes the two). A call of what is not there yet is a trap: the object that was called can then
 * not be used any more, but nothing else has come to harm.
 */
import { TimdocError, wasmError } from './errors.js';

export class Code {
  /** The exports of the first wasm. Of one that was not split, there is none for the rest. @type {Record<string, any>} */
  #exports;
  /** Where the stack of the wasm begins. @type {number} */
  #stack;
  /** Asks for the second wasm. @type {() => Promise<Response>} */
  #ask;
  /** @type {Promise<void> | null} */
  #rest = null;
  /** Objects that must not be freed. @type {unknown[]} */
  #lost = [];

  /**
   * @param {any} Engine the class of the wasm
   * @param {Record<string, any>} exports of the wasm
   * @param {() => Promise<Response>} ask
   */
  constructor(Engine, exports, ask) {
    this.Engine = Engine;
    this.#exports = exports;
    this.#stack = exports.S?.value;
    this.#ask = ask;
    /** Whether all of it is there. */
    this.whole = !Object.keys(exports).some((name) => name.startsWith('rest:'));
  }

  /**
   * Whether a call failed for want of the rest. Then the call is to be made again when that is there, of another object.
   *
   * @param {unknown} error
   * @param {unknown} [called] the object that was called
   */
  lacks(error, called) {
    if (this.whole || !(error instanceof WebAssembly.RuntimeError)) return false;
    this.#exports.S.value = this.#stack;
    // The finalizer of the glue would find it in use.
    if (called) this.#lost.push(called);
    return true;
  }

  /** Loads the rest, once; what fails may be tried again. @returns {Promise<void>} */
  complete() {
    if (this.whole) return Promise.resolve();
    this.#rest ??= this.#load().catch((error) => {
      this.#rest = null;
      // Another one was published since the page has the first: they do not fit.
      if (error instanceof WebAssembly.LinkError) throw new TimdocError('version', 'the search engine has changed; reload the page', { cause: error });
      throw wasmError(error);
    });
    return this.#rest;
  }

  async #load() {
    const answer = await this.#ask();
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    // What it defines goes into the table of the first.
    await WebAssembly.instantiate(await answer.arrayBuffer(), { p: this.#exports });
    this.whole = true;
  }
}
