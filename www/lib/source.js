/**
 * Where a library's bytes come from: what was saved in Cache Storage, else the network, by ranges, and as whole files
 * where a host does not answer ranges or answers them wrongly. What is on its way is never asked for twice. Whole files
 * are checked against the hash of their name, ranges by the engine's checksums; all of it against the owner's signature
 * where the page wants one (integrity.js).
 */
import { TimdocError } from './errors.js';
import { get, networkError, wrongAnswer } from './request.js';
import { Shared } from './shared.js';

/** The manifest of a first version that is not whole yet, among what is saved: what is there of it can be searched. */
export const PART = 'manifest.part.json';

/** A file whose saved copy is asked for many ranges is handed over whole, up to this many bytes. */
const WHOLE = 1 << 20;

/** @typedef {{ file: string, start: number, end: number }} Range */
/** @typedef {import('./request.js').Answer} Answer */

/**
 * A fetch under way. It brings the whole file when its end is Infinity: also when it only asked for a range.
 *
 * @typedef {object} Flight
 * @property {string} file
 * @property {number} start
 * @property {number} end
 * @property {boolean} fresh past every cache
 * @property {AbortController} turn told when another flight brings the whole file
 * @property {Shared<void>} [shared]
 */

export class Source {
  /** @type {Promise<Cache | null>} */
  #cache;
  /** @type {Set<Flight>} */
  #flights = new Set();
  /** Files that came whole, as the host ignored a range of them or did it wrong; or are to come so, after damage. @type {Set<string>} */
  #whole = new Set();
  /** Whether the host does ranges right: undefined until it has answered one, or has failed to. @type {boolean | undefined} */
  #ranges;
  /** Bytes of the files, as far as they are known. @type {Map<string, number>} */
  sizes = new Map();
  /** Checks everything, where the page has a key. @typedef {Awaited<ReturnType<typeof import('./integrity.js').guard>>} Guard @type {Guard | undefined} */
  guard;
  /** Until that is there. @type {Promise<Guard> | undefined} */
  guarding;
  /** Whether the manifest is that of what was saved. */
  local = false;

  /**
   * @param {string} url address of the bundle, ending with a slash
   * @param {{ requests: number, bytes: number, round_trips: number }} traffic counts what is fetched
   * @param {(file: string, start: number, bytes: Uint8Array) => void} deliver takes bytes as they come, also those
   *   that nobody waits for any more
   */
  constructor(url, traffic, deliver) {
    this.url = url;
    this.traffic = traffic;
    this.deliver = deliver;
    this.#cache = openCache(url);
  }

  /** The library's own storage; null where the browser has or allows none. Opened anew, as it may have been cleared. */
  storage() {
    return (this.#cache = openCache(this.url));
  }

  /**
   * The manifest: the one file that is asked for anew each time. Without a network, the saved one.
   *
   * @param {RequestCache} [cache] `reload`: also past caches that answer for the host
   * @param {'host' | 'kept'} [only] not from elsewhere
   * @returns {Promise<string | undefined>} as text, which is that of a JSON document
   */
  async manifest(cache = 'no-cache', only) {
    const url = this.url + 'manifest.json';
    this.local = only === 'kept';
    if (this.local) return (await this.kept())?.text();
    try {
      const answer = await this.#get('manifest.json', { cache });
      try {
        const text = new TextDecoder().decode(answer.bytes);
        JSON.parse(text);
        return text;
      } catch {
        throw wrongAnswer(url, answer, 'it is no manifest');
      }
    } catch (error) {
      const { code } = /** @type {TimdocError} */ (error);
      const passing = only !== 'host' && (code === 'offline' || code === 'network');
      const saved = passing && ((await this.kept()) ?? (await (await this.#cache)?.match(this.url + PART)));
      if (!saved) throw error;
      this.local = true;
      return saved.text();
    }
  }

  /** The manifest of the version that is saved whole. */
  async kept() {
    return (await this.#cache)?.match(this.url + 'manifest.json');
  }

  /**
   * A whole file. One that is not what was published is asked for once more past every cache: an odd proxy may keep it.
   *
   * @param {string} name
   * @param {RequestCache} [cache] `reload`: past every cache
   * @returns {Promise<Uint8Array>}
   */
  async file(name, cache) {
    const saved = cache === 'reload' ? null : await this.#saved(name);
    if (saved) return saved;
    const answer = await this.#get(name, { cache });
    try {
      await this.#checkWhole(name, answer);
      return answer.bytes;
    } catch (error) {
      if (cache === 'reload' || /** @type {TimdocError} */ (error).code !== 'damaged') throw error;
      return this.file(name, 'reload');
    }
  }

  /**
   * Whether a whole file is what was published.
   *
   * @param {string} name
   * @param {Uint8Array} content
   * @param {boolean} [saved]
   */
  async right(name, content, saved) {
    const bytes = /** @type {Uint8Array<ArrayBuffer>} */ (content);
    const guard = await this.guarding;
    return guard ? guard.whole(name, bytes, saved) : saved || hasItsHash(name, bytes);
  }

  /**
   * Delivers a range of a file, or the whole file where that is what there is.
   *
   * @param {Range} range
   * @param {boolean} fresh past every cache and as a whole file, after damage
   * @param {AbortSignal} [signal]
   */
  async want(range, fresh, signal) {
    const { file, start, end } = this.guard?.widened(range) ?? range;
    const fits = (/** @type {Flight} */ its) => its.file === file && its.start <= start && its.end >= end && (its.fresh || !fresh);
    // Looked for first: while the saved file is looked for, it may come and be no flight any more.
    const coming = this.#find(fits);
    const saved = fresh || coming ? null : await this.#saved(file);
    if (saved) {
      if (saved.length <= WHOLE) this.deliver(file, 0, saved);
      else this.deliver(file, start, saved.subarray(start, end));
      return;
    }
    if (fresh) this.#whole.add(file);
    const whole = this.#ranges === false || this.#whole.has(file);
    const flight = coming ?? this.#find(fits) ?? this.#begin(file, whole ? 0 : start, whole ? Infinity : end, fresh);
    await flight.join(signal);
  }

  /** @param {(flight: Flight) => boolean} fits */
  #find(fits) {
    for (const flight of this.#flights) if (!flight.shared?.stopped && fits(flight)) return flight.shared;
    return undefined;
  }

  /**
   * @param {string} file
   * @param {number} start
   * @param {number} end
   * @param {boolean} [fresh]
   */
  #begin(file, start, end, fresh = false) {
    /** @type {Flight} */
    const flight = { file, start, end, fresh, turn: new AbortController() };
    // Browsers let requests that may be cached wait for each other when they are for one file: of several only one may.
    const cache = fresh ? 'reload' : this.#find((its) => its.file === file) ? 'no-store' : 'default';
    flight.shared = new Shared((signal) => this.#fly(flight, cache, signal).finally(() => this.#flights.delete(flight)));
    this.#flights.add(flight);
    return flight.shared;
  }

  /**
   * @param {Flight} flight
   * @param {RequestCache} cache
   * @param {AbortSignal} signal
   */
  async #fly(flight, cache, signal) {
    const { file } = flight;
    if (flight.end === Infinity) return this.#deliverWhole(file, await this.#get(file, { signal, cache }));
    const outcome = await this.#fetchRange(flight, cache, signal);
    if (outcome === 'here') return undefined;
    const whole = this.#find((its) => its !== flight && its.file === file && its.end === Infinity) ?? this.#begin(file, 0, Infinity);
    await whole.join(signal);
    // What the host did right before it may do right again; what it has never done is not asked of it.
    if (outcome === 'refused') this.#ranges ??= false;
    return undefined;
  }

  /**
   * @param {Flight} flight
   * @param {RequestCache} cache
   * @param {AbortSignal} signal
   * @returns {Promise<'here' | 'comes' | 'refused'>} `comes`: another flight brings the whole file; `refused`: this
   *   range cannot be had
   */
  async #fetchRange(flight, cache, signal) {
    const { file, start, end, turn } = flight;
    const check = this.guard?.proof({ file, start, end });
    signal.addEventListener('abort', () => turn.abort());
    try {
      const headers = { Range: `bytes=${start}-${end - 1}` };
      const onHead = (/** @type {Response} */ { status }) => void (status === 200 && this.#comesWhole(flight));
      const answer = await this.#get(file, { signal: turn.signal, cache, headers, onHead });
      if (answer.status === 200) {
        await this.#deliverWhole(file, answer);
        return 'here';
      }
      const from = place(answer, start, end);
      if (from === null) return 'refused';
      this.#ranges = true;
      const bytes = check ? answer.bytes.subarray(start - from, end - from) : answer.bytes;
      await check?.(/** @type {Uint8Array<ArrayBuffer>} */ (bytes));
      // A shorter piece must not take the place of the whole file.
      if (!this.#whole.has(file)) this.deliver(file, check ? start : from, bytes);
      return 'here';
    } catch (error) {
      if (signal.aborted || flight.end === Infinity) throw error;
      if (turn.signal.aborted) return 'comes';
      // A range that comes gzipped fails so in Chromium, as does one that a proxy does not let through; what the host
      // itself answers is an error without a cause.
      if (error instanceof TimdocError && error.code === 'network' && error.cause) return 'refused';
      throw error;
    }
  }

  /**
   * The host ignores ranges: this answer is the whole file, so other requests for it wait for this one.
   *
   * @param {Flight} flight
   */
  #comesWhole(flight) {
    const { file } = flight;
    if (flight.end === Infinity) return;
    if (this.#find((its) => its.file === file && its.end === Infinity)) return flight.turn.abort();
    flight.start = 0;
    flight.end = Infinity;
    for (const its of this.#flights) if (its !== flight && its.file === file) its.turn.abort();
  }

  /**
   * @param {string} name
   * @param {import('./request.js').Options} options
   */
  async #get(name, options) {
    this.traffic.requests += 1;
    const answer = await get(this.url + name, options);
    this.traffic.bytes += answer.bytes.length;
    return answer;
  }

  /**
   * @param {string} file
   * @param {Answer} answer
   */
  async #deliverWhole(file, answer) {
    await this.#checkWhole(file, answer);
    this.#whole.add(file);
    this.deliver(file, 0, answer.bytes);
  }

  /**
   * @param {string} name
   * @param {Answer} answer
   */
  async #checkWhole(name, answer) {
    const size = this.sizes.get(name);
    const { length } = answer.bytes;
    if (answer.cut) throw networkError(this.url + name, answer.cut);
    if ((size ?? length) !== length || !(await this.right(name, answer.bytes))) throw wrongAnswer(this.url + name, answer, 'it is not what was published');
  }

  /** @param {string} name */
  async #saved(name) {
    const response = await (await this.#cache)?.match(this.url + name).catch(() => undefined);
    if (!response) return null;
    const bytes = new Uint8Array(await response.arrayBuffer());
    return (await this.right(name, bytes, true)) ? bytes : null;
  }
}

/**
 * Where the bytes of an answer to a range stand in the file; null when it is not certain that all that was asked for is
 * among them. What the host says counts, not what it was asked; a host on another origin may not say it.
 *
 * @param {Answer} answer
 * @param {number} start
 * @param {number} end
 */
function place({ status, headers, bytes, cut }, start, end) {
  const stated = /^bytes (\d+)-(\d+)/.exec(headers.get('Content-Range') ?? '');
  const from = stated ? Number(stated[1]) : start;
  const to = stated ? Number(stated[2]) + 1 : end;
  const right = status === 206 && !cut && from <= start && to >= end && bytes.length === to - from;
  return right ? from : null;
}

/**
 * Whether content has the hash that its name holds. Where the page has no WebCrypto (plain http), its length and the
 * engine's checksums must do.
 *
 * @param {string} name `kind-<16 hexadecimal digits>.bin`
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export async function hasItsHash(name, bytes) {
  if (!globalThis.crypto?.subtle) return true;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return name.slice(-20, -4) === [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {string} url */
async function openCache(url) {
  try {
    const cache = await caches.open(cacheName(url));
    // Some refuse only when it is used.
    await cache.match(url);
    return cache;
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
