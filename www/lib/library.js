/**
 * A library, opened: the host of the wasm engine. It fetches what the engine needs, inflates articles, and gives the
 * page the interface of types.d.ts.
 */
import { TimdocError, asTimdocError } from './errors.js';
import { inflate, primer } from './inflate.js';
import { Source, cacheName } from './source.js';

export { TimdocError };

/** @typedef {import('./types.d.ts')} Types */
/** @typedef {import('./types.d.ts').SearchOptions} SearchOptions */
/** @typedef {import('./types.d.ts').Library} LibraryInterface */

/** Rounds of fetching after which a call is given up: no answer needs as many. */
const ROUNDS = 64;

/** Libraries that are open, by address. @type {Map<string, Promise<Library>>} */
const open_libraries = new Map();

/** The wasm, loaded once. @type {Map<string, Promise<any>>} */
const engines = new Map();

/**
 * Opens a library. Several calls with the same address share one engine.
 *
 * @param {string | URL} bundleUrl
 * @param {import('./types.d.ts').OpenOptions} [options]
 * @returns {Promise<LibraryInterface>}
 */
export function open(bundleUrl, { codeUrl = new URL('..', import.meta.url), signal } = {}) {
  const url = new URL(bundleUrl, globalThis.document?.baseURI).href.replace(/\/?$/, '/');
  let library = open_libraries.get(url);
  if (!library) {
    library = load(url, new URL('wasm/timdoc.js', codeUrl).href, signal).catch((error) => {
      open_libraries.delete(url);
      throw asTimdocError(error);
    });
    open_libraries.set(url, library);
  }
  return library;
}

/** @param {string} code */
function loadEngine(code) {
  let engine = engines.get(code);
  if (!engine) {
    engine = import(code).then(async (module) => {
      try {
        await module.default();
      } catch (error) {
        throw wasmError(error);
      }
      return module.Engine;
    });
    engine.catch(() => engines.delete(code));
    engines.set(code, engine);
  }
  return engine;
}

/** @param {unknown} error */
function wasmError(error) {
  const { name, message } = /** @type {Error} */ (error);
  const blocked = name === 'CompileError' && /unsafe-eval|Content Security Policy|disallowed/i.test(message);
  if (blocked) return new TimdocError('csp', "the page's policy blocks WebAssembly: script-src needs 'wasm-unsafe-eval'", { cause: error });
  if (typeof WebAssembly !== 'object') return new TimdocError('unsupported', 'this browser has no WebAssembly', { cause: error });
  return new TimdocError(navigator.onLine ? 'network' : 'offline', 'the search engine could not be loaded', { cause: error });
}

/**
 * @param {string} url
 * @param {string} code
 * @param {AbortSignal} [signal]
 */
async function load(url, code, signal) {
  const source = new Source(url);
  const engine = loadEngine(code);
  engine.catch(() => {}); // Reported below; the manifest may fail first.
  const manifest = await source.manifest(signal);
  source.roundTrip();
  /** @type {any[]} */
  const segments = manifest.segments ?? [];
  const file = (/** @type {any} */ entry) => source.file(String(entry?.file), signal);
  /** By name, as segments may share one. @type {Map<string, Promise<Uint8Array>>} */
  const dictionaries = new Map();
  const primers = segments.map(({ dictionary }) => {
    const known = dictionaries.get(dictionary?.file) ?? file(dictionary).then(primer);
    dictionaries.set(dictionary?.file, known);
    return known;
  });
  const heads = Promise.all(segments.map(({ head }) => file(head)));
  const [Engine, blocks, bytes] = await Promise.all([engine, Promise.all(primers), heads]);
  return new Library(url, source, new Engine(manifest, bytes), blocks, manifest);
}

/** @implements {LibraryInterface} */
class Library {
  #source;
  #engine;
  #primers;
  #manifest;
  /** Time inside the engine for the call at hand, in milliseconds. */
  #took = 0;

  /**
   * @param {string} url
   * @param {Source} source
   * @param {any} engine
   * @param {Uint8Array[]} primers of each segment, what its articles are inflated behind
   * @param {unknown} manifest
   */
  constructor(url, source, engine, primers, manifest) {
    this.url = url;
    this.#source = source;
    this.#engine = engine;
    this.#primers = primers;
    this.#manifest = JSON.stringify(manifest);
    /** @type {import('./types.d.ts').LibraryInfo} */
    this.info = engine.info();
  }

  /**
   * @param {string} text
   * @param {SearchOptions} [options]
   * @returns {Promise<import('./types.d.ts').SearchResult>}
   */
  async search(text, { signal, prefix = true, ...options } = {}) {
    const request = { text: text.normalize('NFC'), prefix, ...options };
    const started = this.#took;
    const result = await this.#answer((engine) => engine.search(request), signal);
    return { ...result, took_us: Math.round((this.#took - started) * 1000) };
  }

  /**
   * @param {string} id
   * @param {{ signal?: AbortSignal }} [options]
   * @returns {Promise<import('./types.d.ts').Article>}
   */
  article(id, { signal } = {}) {
    return this.#answer((engine) => engine.article(id), signal);
  }

  /**
   * @param {string} text
   * @param {{ limit?: number, signal?: AbortSignal }} [options]
   * @returns {Promise<import('./types.d.ts').Suggestion[]>}
   */
  suggest(text, { limit = 6, signal } = {}) {
    return this.#answer((engine) => engine.suggest(text.normalize('NFC'), limit), signal);
  }

  /**
   * @param {{ fields?: string[], signal?: AbortSignal }} [options]
   * @returns {Promise<Record<string, import('./types.d.ts').FacetValue[]>>}
   */
  facets({ fields = this.info.fields, signal } = {}) {
    return this.#answer((engine) => engine.facets(fields), signal);
  }

  weights() {
    return this.#engine.weights();
  }

  async offlineStatus() {
    const { status } = await import('./storage.js');
    return status(await this.#source.storage(), this.url, this.#engine.files(), this.#manifest);
  }

  /** @param {{ onProgress?: (status: import('./types.d.ts').OfflineStatus) => void, signal?: AbortSignal }} [options] */
  async saveOffline(options = {}) {
    const { save } = await import('./storage.js');
    return save(await this.#source.storage(), this.url, this.#engine.files(), this.#manifest, options);
  }

  async removeOffline() {
    const cache = await this.#source.storage();
    for (const request of (await cache?.keys()) ?? []) await cache?.delete(request);
    if (cache) await caches.delete(cacheName(this.url));
  }

  traffic() {
    return { ...this.#source.traffic };
  }

  close() {
    open_libraries.delete(this.url);
    this.#engine.free();
  }

  /**
   * Calls the engine until it has all it needs. Bytes that turn out to be damaged are fetched once more, past every
   * cache and as whole files, before that is an error.
   *
   * @template T
   * @param {(engine: any) => { ready: T } | { needs: import('../wasm/timdoc.js').Needs }} call
   * @param {AbortSignal} [signal]
   * @returns {Promise<T>}
   */
  async #answer(call, signal) {
    let fresh = false;
    this.#engine.begin();
    for (let round = 0; round < ROUNDS; round += 1) {
      if (signal?.aborted) throw new TimdocError('aborted', 'the call was cancelled');
      try {
        const outcome = this.#timed(() => call(this.#engine));
        if ('ready' in outcome) return outcome.ready;
        await this.#supply(outcome.needs, fresh, signal);
      } catch (error) {
        const failed = asTimdocError(error);
        if (failed.code !== 'damaged' || fresh) throw failed;
        fresh = true;
      }
    }
    throw new TimdocError('missing', 'the server does not give the bytes it is asked for');
  }

  /**
   * @param {import('../wasm/timdoc.js').Needs} needs
   * @param {boolean} fresh
   * @param {AbortSignal} [signal]
   */
  async #supply({ ranges, inflate: articles }, fresh, signal) {
    if (ranges.length) this.#source.roundTrip();
    const files = new Set();
    const fetched = ranges.map(async (range) => {
      const mode = fresh ? 'reload' : files.has(range.file) ? 'no-store' : 'default';
      files.add(range.file);
      const { start, bytes } = await this.#source.range(range, mode, signal);
      this.#timed(() => this.#engine.supply(range.file, start, bytes));
    });
    const inflated = articles.map(async ({ segment, doc, deflated, length }) => {
      const bytes = await inflate(this.#primers[segment], deflated, length);
      this.#timed(() => this.#engine.supply_article(segment, doc, bytes));
    });
    await Promise.all([...fetched, ...inflated]);
  }

  /**
   * @template T
   * @param {() => T} work
   */
  #timed(work) {
    const start = performance.now();
    try {
      return work();
    } finally {
      this.#took += performance.now() - start;
    }
  }
}
