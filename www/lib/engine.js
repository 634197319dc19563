/** The engine's code: the wasm and its glue, loaded once. */
import { fetched } from './ahead.js';
import { wasmError } from './errors.js';

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
