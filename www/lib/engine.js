/** The engine's code: the wasm and its glue, loaded once. */
import { fetched } from './ahead.js';
import { TimdocError } from './errors.js';

/** By address of the folder with timdoc's own files. @type {Map<string, Promise<any>>} */
const engines = new Map();

/**
 * The class `Engine` of the wasm.
 *
 * @param {string | URL} code address of the folder with timdoc's own files
 */
export function loadEngine(code) {
  const glue = new URL('wasm/timdoc.js', code).href;
  let engine = engines.get(glue);
  if (!engine) {
    engine = load(glue, new URL('wasm/timdoc_bg.wasm', code).href);
    engine.catch(() => engines.delete(glue));
    engines.set(glue, engine);
  }
  return engine;
}

/**
 * @param {string} glue
 * @param {string} wasm
 */
async function load(glue, wasm) {
  const module = await import(glue);
  try {
    // The glue compiles while it streams, and where the host gives the wasm another type, when it is whole.
    await module.default({ module_or_path: fetched(wasm) });
  } catch (error) {
    throw wasmError(error);
  }
  return module.Engine;
}

/** @param {unknown} error */
function wasmError(error) {
  const { name, message } = /** @type {Error} */ (error);
  const blocked = name === 'CompileError' && /unsafe-eval|Content Security Policy|disallowed/i.test(message);
  if (blocked) return new TimdocError('csp', "the page's policy blocks WebAssembly: script-src needs 'wasm-unsafe-eval'", { cause: error });
  if (typeof WebAssembly !== 'object') return new TimdocError('unsupported', 'this browser has no WebAssembly', { cause: error });
  return new TimdocError(navigator.onLine ? 'network' : 'offline', 'the search engine could not be loaded', { cause: error });
}
