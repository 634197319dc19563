/**
 * Stands in for www/lib/engine.js in the npm package: the wasm and its glue are named so that a bundler finds them and
 * puts them where the page is.
 */
import { Code } from '../../lib/code.js';
import { wasmError } from '../../lib/errors.js';

/** By address of the folder with timdoc's own files, '' for the package's. @type {Map<string, Promise<Code>>} */
const engines = new Map();

/**
 * @param {string | URL} [code] address of a folder with timdoc's own files, where it is not the package's that are wanted
 */
export function loadEngine(code = '') {
  const folder = String(code);
  let engine = engines.get(folder);
  if (!engine) {
    engine = load(folder);
    engine.catch(() => engines.delete(folder));
    engines.set(folder, engine);
  }
  return engine;
}

/** @param {string} folder */
async function load(folder) {
  const wasm = folder ? new URL('wasm/timdoc_bg.wasm', folder) : new URL('../../wasm/timdoc_bg.wasm', import.meta.url);
  const rest = folder ? new URL('wasm/timdoc_rest.wasm', folder) : new URL('../../wasm/timdoc_rest.wasm', import.meta.url);
  const answer = fetch(wasm, { referrerPolicy: 'origin' });
  answer.catch(() => {}); // Reported below; the glue may fail first.
  const module = await (folder ? import(/* @vite-ignore */ /* webpackIgnore: true */ new URL('wasm/timdoc.js', folder).href) : import('../../wasm/timdoc.js'));
  try {
    const exports = await module.default({ module_or_path: answer });
    return new Code(module.Engine, exports, () => fetch(rest, { referrerPolicy: 'origin' }));
  } catch (error) {
    throw wasmError(error);
  }
}
