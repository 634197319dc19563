/** A library, opened: what pages call, as types.d.ts has it. It follows the host when a newer version is published. */
import { addressOf } from './ahead.js';
import { loadEngine } from './engine.js';
import { TimdocError, asTimdocError } from './errors.js';
import { abortable } from './shared.js';
import { Snapshot } from './snapshot.js';

export { TimdocError };

/** @typedef {import('./types.d.ts')} Types */
/** @typedef {import('./types.d.ts').SearchOptions} SearchOptions */
/** @typedef {import('./types.d.ts').Library} LibraryInterface */

/**
 * Whether a search is what the first part of the engine is for; if not, it waits for the rest before it begins.
 *
 * @param {SearchOptions} options
 */
const isPlain = ({ facets, histogram, explain, weights, from, to, sort = 'relevance', filters = {} }) =>
  !(facets?.length || histogram || explain || weights || from || to) && sort === 'relevance' && !Object.values(filters).some((values) => values.length);

/** Libraries that are open, by address. @type {Map<string, Promise<Library>>} */
const open_libraries = new Map();

/**
 * Opens a library. Several calls with the same address share one engine.
 *
 * @param {string | URL} bundleUrl
 * @param {import('./types.d.ts').OpenOptions} [options]
 * @returns {Promise<LibraryInterface>}
 */
export function open(bundleUrl, { codeUrl = new URL('..', import.meta.url), signal, signedBy } = {}) {
  const url = addressOf(bundleUrl);
  // Who has a key must not be given what was opened without.
  const name = signedBy == null ? url : `${url} ${signedBy}`;
  let library = open_libraries.get(name);
  if (!library) {
    library = load(name, url, codeUrl, signedBy).catch((error) => {
      open_libraries.delete(name);
      throw asTimdocError(error);
    });
    open_libraries.set(name, library);
  }
  // One caller's signal must not end the opening that others wait for.
  return abortable(library, signal);
}

/**
 * @param {string} name among those that are open
 * @param {string} url
 * @param {string | URL} codeUrl
 * @param {string | null} [signedBy]
 */
async function load(name, url, codeUrl, signedBy) {
  const code = loadEngine(codeUrl);
  code.catch(() => {}); // Reported below; the manifest may fail first.
  const place = { url, code, traffic: { requests: 0, bytes: 0, round_trips: 0 }, signedBy };
  return new Library(name, place, /** @type {Snapshot} */ (await Snapshot.open(place)));
}

/** @implements {LibraryInterface} */
class Library {
  #name;
  #place;
  #snapshot;
  /** The look for a newer version that calls wait for. @type {Promise<Snapshot | null> | null} */
  #renewal = null;
  /** A newer version that the host has, until it is the one that is open. @type {Snapshot | null} */
  #next = null;

  /**
   * @param {string} name
   * @param {import('./snapshot.js').Place} place
   * @param {Snapshot} snapshot
   */
  constructor(name, place, snapshot) {
    this.url = place.url;
    this.#name = name;
    this.#place = place;
    this.#snapshot = snapshot;
    /** @type {import('./types.d.ts').LibraryInfo} */
    this.info = snapshot.engine.info();
  }

  /**
   * @param {string} text
   * @param {SearchOptions} [options]
   * @returns {Promise<import('./types.d.ts').SearchResult>}
   */
  async search(text, { signal, prefix = true, ...options } = {}) {
    const request = { text: text.normalize('NFC'), prefix, ...options };
    const { ready, took } = await this.#answer((engine) => engine.search(request), signal, isPlain(options));
    // Most readers will want more than this: it comes while they read.
    this.#place.code.then((code) => code.complete()).catch(() => {});
    return { ...ready, took_us: Math.round(took * 1000) };
  }

  /**
   * @param {string} id
   * @param {{ signal?: AbortSignal }} [options]
   * @returns {Promise<import('./types.d.ts').Article>}
   */
  async article(id, { signal } = {}) {
    const article = (await this.#answer((engine) => engine.article(id), signal)).ready;
    const { readFacts } = await import('./facts.js');
    return { ...article, facts: readFacts(article, article.facts) };
  }

  /**
   * @param {string} text
   * @param {import('./types.d.ts').StatedOptions} [options]
   * @returns {Promise<import('./types.d.ts').Stated>}
   */
  async stated(text, options = {}) {
    const { stated } = await import('./stated.js');
    const alone = async (/** @type {string} */ id) => (await this.#answer((engine) => engine.article_alone(id), options.signal)).ready;
    return stated(this, alone, text, options);
  }

  /**
   * @param {string} text
   * @param {{ limit?: number, signal?: AbortSignal }} [options]
   * @returns {Promise<import('./types.d.ts').Suggestion[]>}
   */
  async suggest(text, { limit = 6, signal } = {}) {
    return (await this.#answer((engine) => engine.suggest(text.normalize('NFC'), limit), signal)).ready;
  }

  /**
   * @param {{ fields?: string[], signal?: AbortSignal }} [options]
   * @returns {Promise<Record<string, import('./types.d.ts').FacetValue[]>>}
   */
  async facets({ fields = this.info.fields, signal } = {}) {
    return (await this.#answer((engine) => engine.facets(fields), signal)).ready;
  }

  weights() {
    return this.#snapshot.engine.weights();
  }

  async offlineStatus() {
    const { status } = await import('./storage.js');
    const snapshot = this.#snapshot;
    return status(await snapshot.source.storage(), this.url, snapshot.files(), snapshot.manifest);
  }

  async newer() {
    const next = await Snapshot.open(this.#place, this.#snapshot.manifest, 'host');
    this.#next?.close();
    this.#next = next;
    if (!next) return null;
    const { status } = await import('./storage.js');
    const { saved_bytes, total_bytes } = await status(await next.source.storage(), this.url, next.files(), next.manifest);
    return { .../** @type {import('./types.d.ts').LibraryInfo} */ (next.engine.info()), fetch_bytes: total_bytes - saved_bytes };
  }

  /** @param {{ onProgress?: (status: import('./types.d.ts').OfflineStatus) => void, signal?: AbortSignal }} options */
  async saveOffline(options = {}) {
    const { save } = await import('./storage.js');
    if (this.#next) this.#turnTo(this.#next);
    return this.#newest(async (snapshot) => {
      const { source, manifest } = snapshot;
      const check = (/** @type {string} */ name, /** @type {Uint8Array} */ bytes) => source.right(name, bytes);
      return save(await source.storage(), this.url, snapshot.files(), manifest, { ...options, check });
    }, false);
  }

  async removeOffline() {
    const { remove } = await import('./storage.js');
    await remove(await this.#snapshot.source.storage(), this.url);
  }

  /** @param {import('./types.d.ts').OfflineStatus['asked']} asked */
  async askOffline(asked) {
    const { ask, discard } = await import('./storage.js');
    const cache = await this.#snapshot.source.storage();
    await (asked ? ask(cache, this.url, asked) : discard(cache, this.url));
  }

  traffic() {
    return { ...this.#snapshot.source.traffic };
  }

  close() {
    open_libraries.delete(this.#name);
    this.#next?.close();
    this.#snapshot.close();
  }

  /**
   * @template T
   * @param {import('./snapshot.js').Call<T>} call
   * @param {AbortSignal} [signal]
   * @param {boolean} [first]
   */
  #answer(call, signal, first) {
    return this.#newest((snapshot) => snapshot.answer(call, signal, first));
  }

  /**
   * Does something with the version that is open. When a file of it is gone and a newer version has taken its place, or
   * the network is gone and an older one is saved, that one is opened and it is done anew, once.
   *
   * @template T
   * @param {(snapshot: Snapshot) => Promise<T>} work
   * @param {boolean} [older] whether an older version will do
   * @returns {Promise<T>}
   */
  async #newest(work, older = true) {
    const snapshot = this.#snapshot;
    try {
      return await work(snapshot);
    } catch (error) {
      const failed = asTimdocError(error);
      if (!older && failed.code !== 'missing') throw failed;
      if (!(await this.#other(snapshot, failed.code))) throw failed;
      return work(this.#snapshot);
    }
  }

  /**
   * Whether there is another version than the one that failed, now open; the old one's memory goes when its last call
   * has ended.
   *
   * @param {Snapshot} old
   * @param {string} code why it failed
   */
  async #other(old, code) {
    const gone = code === 'missing';
    if (!gone && code !== 'offline' && code !== 'network') return false;
    if (this.#snapshot !== old) return true;
    if (!gone && !(await old.source.kept())) return false;
    this.#renewal ??= Snapshot.open(this.#place, old.manifest, gone ? undefined : 'kept').finally(() => (this.#renewal = null));
    try {
      const other = await this.#renewal;
      if (other && this.#snapshot === old) this.#turnTo(other);
    } catch (error) {
      // Published by a timdoc that this page's code is too old for: only a reload helps.
      if (asTimdocError(error).code === 'version') throw error;
    }
    return this.#snapshot !== old;
  }

  /** @param {Snapshot} snapshot */
  #turnTo(snapshot) {
    this.#next = null;
    this.#snapshot = snapshot;
    this.info = snapshot.engine.info();
  }
}
