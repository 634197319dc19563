/**
 * Where a library's bytes come from: what was saved in Cache Storage, else the network, by ranges. The engine
 * verifies what it gets; this file only fetches.
 */
import { TimdocError, asTimdocError } from './errors.js';

/** A file whose saved copy is asked for many ranges is handed over whole, up to this many bytes. */
const WHOLE = 1 << 20;

/** @typedef {{ file: string, start: number, end: number }} Range */
/** @typedef {{ start: number, bytes: Uint8Array }} Piece */

export class Source {
  /** @type {Promise<Cache | null>} */
  #cache;
  /** What was fetched since opening. */
  traffic = { requests: 0, bytes: 0, round_trips: 0 };

  /** @param {string} url address of the bundle, ending with a slash */
  constructor(url) {
    this.url = url;
    this.#cache = openCache(url);
  }

  /** The library's own storage; null where the browser has or allows none. */
  storage() {
    return this.#cache;
  }

  /** Begins a set of requests that are waited for together. */
  roundTrip() {
    this.traffic.round_trips += 1;
  }

  /**
   * The manifest: the one file that is asked for anew each time. Without a network, the saved one.
   *
   * @param {AbortSignal} [signal]
   * @returns {Promise<any>}
   */
  async manifest(signal) {
    const url = this.url + 'manifest.json';
    try {
      return await (await this.#fetch(url, { signal, cache: 'no-cache' })).json();
    } catch (error) {
      const failed = error instanceof SyntaxError ? new TimdocError('damaged', `${url} is no manifest`) : asTimdocError(error);
      if (failed.code !== 'offline' && failed.code !== 'network') throw failed;
      const saved = await (await this.#cache)?.match(url);
      if (!saved) throw failed;
      return saved.json();
    }
  }

  /**
   * A whole file.
   *
   * @param {string} name
   * @param {AbortSignal} [signal]
   * @returns {Promise<Uint8Array>}
   */
  async file(name, signal) {
    const saved = await this.#saved(name);
    return saved ?? this.#bytes(await this.#fetch(this.url + name, { signal }));
  }

  /**
   * A range of a file, or the whole file where that is what there is.
   *
   * @param {Range} range
   * @param {RequestCache} mode `reload`: past every cache and as a whole file, after damage; `no-store`: browsers let
   *   requests that may be cached wait for each other when they are for one file, so of several only one may
   * @param {AbortSignal} [signal]
   * @returns {Promise<Piece>}
   */
  async range({ file, start, end }, mode, signal) {
    const fresh = mode === 'reload';
    const saved = fresh ? null : await this.#saved(file);
    if (saved) return saved.length <= WHOLE ? { start: 0, bytes: saved } : { start, bytes: saved.subarray(start, end) };
    const url = this.url + file;
    if (fresh) return { start: 0, bytes: await this.#bytes(await this.#fetch(url, { signal, cache: mode })) };
    const response = await this.#fetch(url, { signal, cache: mode, headers: { Range: `bytes=${start}-${end - 1}` } });
    const bytes = await this.#bytes(response);
    if (response.status !== 206) return { start: 0, bytes };
    // A host may answer with another range than it was asked for; trust what it says, not what was asked.
    const stated = /^bytes (\d+)-/.exec(response.headers.get('Content-Range') ?? '');
    return { start: stated ? Number(stated[1]) : start, bytes };
  }

  /** @param {string} name */
  async #saved(name) {
    const response = await (await this.#cache)?.match(this.url + name);
    return response ? new Uint8Array(await response.arrayBuffer()) : null;
  }

  /** @param {Response} response */
  async #bytes(response) {
    try {
      const bytes = new Uint8Array(await response.arrayBuffer());
      this.traffic.bytes += bytes.length;
      return bytes;
    } catch (error) {
      throw networkError(response.url, error);
    }
  }

  /**
   * @param {string} url
   * @param {RequestInit} options
   */
  async #fetch(url, options) {
    this.traffic.requests += 1;
    let response;
    try {
      response = await fetch(url, options);
    } catch (error) {
      throw networkError(url, error);
    }
    if (response.ok) return response;
    throw new TimdocError('missing', `${url}: the server answered ${response.status}`);
  }
}

/**
 * @param {string} url
 * @param {unknown} error
 */
function networkError(url, error) {
  if (/** @type {Error} */ (error)?.name === 'AbortError') return asTimdocError(error);
  const code = navigator.onLine === false ? 'offline' : 'network';
  return new TimdocError(code, `${url} could not be fetched`, { cause: error });
}

/** @param {string} url */
async function openCache(url) {
  try {
    return await caches.open(cacheName(url));
  } catch {
    // Not a secure page, a private window, or storage is switched off: everything works but saving.
    return null;
  }
}

/**
 * The name of a library's storage. The service worker knows it too.
 *
 * @param {string} url
 */
export function cacheName(url) {
  return `timdoc:${url}`;
}
