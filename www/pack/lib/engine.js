/** Stands in for www/lib/engine.js in a packed page: the wasm is a block of the page, its glue is part of the script. */
import init, { Engine } from '../../wasm/timdoc.js';
import { Code } from '../../lib/code.js';
import { TimdocError } from '../../lib/errors.js';
import { bytesOf, forget } from '../blocks.js';

const WASM = 'timdoc.wasm';

/** @type {Promise<Code> | null} */
let engine = null;

export function loadEngine() {
  engine ??= load();
  engine.catch(() => (engine = null));
  return engine;
}

async function load() {
  const bytes = bytesOf(WASM);
  let exports;
  try {
    exports = await init({ module_or_path: bytes });
  } catch (error) {
    throw new TimdocError('unsupported', 'this browser cannot run the search engine', { cause: error });
  }
  forget(WASM);
  // The file has all of it in one.
  return new Code(Engine, exports, () => Promise.reject(new Error('it is not split')));
}
