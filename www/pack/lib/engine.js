/** Stands in for www/lib/engine.js in a packed page: the wasm is a block of the page, its glue is part of the script. */
import init, { Engine } from '../../wasm/timdoc.js';
import { TimdocError } from '../../lib/errors.js';
import { bytesOf, forget } from '../blocks.js';

const WASM = 'timdoc_bg.wasm';

/** @type {Promise<typeof Engine> | null} */
let engine = null;

/** The class `Engine` of the wasm. */
export function loadEngine() {
  engine ??= load();
  engine.catch(() => (engine = null));
  return engine;
}

async function load() {
  const bytes = bytesOf(WASM);
  try {
    await init({ module_or_path: bytes });
  } catch (error) {
    throw new TimdocError('unsupported', 'this browser cannot run the search engine', { cause: error });
  }
  forget(WASM);
  return Engine;
}
