/** The engine's code: the wasm and its glue, loaded once. */
import { fetched } from './ahead.js';
import { Code } from './code.js';
import { TimdocError, wasmError } from './errors.js';

/** Milliseconds after which it is given up: on the slowest line that anything comes over it takes half of that. */
const LATE = 120_000;

/** By address of the folder with timdoc's own files. @type {Map<string, Promise<Code>>} */
const engines = new Map();

/**
 * @param {string | URL} code address of the folder with timdoc's own files
 */
export function loadEngine(code) {
  const glue = new URL('wasm/timdoc.js', code).href;
  let engine = engines.get(glue);
  if (!engine) {
    engine = load(glue, new URL('wasm/timdoc_bg.wasm', code).href, new URL('wasm/timdoc_rest.wasm', code).href);
    engine.catch(() => engines.delete(glue));
    engines.set(glue, engine);
  }
  return engine;
}

/**
 * @param {string} glue
 * @param {string} wasm
 * @param {string} rest
 */
async function load(glue, wasm, rest) {
  const late = () => new Promise((_, reject) => setTimeout(reject, LATE, new TimdocError('network', `the search engine has not come in ${LATE / 1000} s`)));
  const until = late();
  const module = await Promise.race([import(glue), until]);
  try {
    // The glue compiles while it streams, and where the host gives the wasm another type, when it is whole.
    const exports = await Promise.race([module.default({ module_or_path: fetched(wasm) }), until]);
    return new Code(module.Engine, exports, () => Promise.race([fetched(rest), late()]));
  } catch (error) {
    throw wasmError(error);
  }
}
