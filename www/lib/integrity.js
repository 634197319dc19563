/**
 * Whether every byte is what the owner of a key has signed: for pages with `signed-by`. FORMAT.md draws the two files.
 *
 * The signature vouches for the manifest and, by a hash of hashes, for each file. Whole files are checked against that;
 * ranges are widened to whole chunks and checked against a page of hashes, which is fetched beside them and proves
 * itself. Nothing gets to the engine unchecked, and there is no way around what cannot be checked.
 */
import { TimdocError } from './errors.js';
import { get } from './request.js';
import { hasItsHash } from './source.js';

const DOMAIN = 'timdoc-signed-1\n';
/** Bytes of a statement before its files, of a file in it, of a signature. */
const STATED = 76;
const ENTRY = 28;
const SIGNED = 64;
/** Bytes of a chunk, of a hash; hashes of chunks in a page. */
const CHUNK = 1024;
const HASH = 16;
const FANOUT = 64;
/** Pages with at most so many bytes between them are fetched as one. */
const GAP = 4096;
/** For so many milliseconds after a version is first seen, an older one is taken: the parts of a host need time to agree. */
const AGREED = 24 * 3600_000;

/** @typedef {{ length: number, root: Bytes, place: number, pages: number }} Entry `place`: of its first page */
/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/** @typedef {import('./source.js').Source} Source */

/**
 * The guard of one version of a library.
 *
 * @param {Source} source
 * @param {string} manifest as it came
 * @param {string} signedBy the public key
 */
export async function guard(source, manifest, signedBy) {
  const { key, id } = await keyOf(signedBy);
  const digest = await sha(/** @type {Bytes} */ (new TextEncoder().encode(manifest)));
  const name = `signature-${hex(digest.subarray(0, 8))}-${id}.bin`;
  const checked = async (/** @type {RequestCache} */ cache) => {
    const bytes = await signature(source, name, cache);
    const stated = bytes.subarray(0, -SIGNED);
    const right = bytes.length >= STATED + SIGNED && (bytes.length - STATED - SIGNED) % ENTRY === 0
      && new TextDecoder().decode(stated.subarray(0, DOMAIN.length)) === DOMAIN && hex(stated.subarray(16, 24)) === id
      && await crypto.subtle.verify('Ed25519', key, bytes.subarray(-SIGNED), stated) && hex(stated.subarray(32, 64)) === hex(digest);
    if (!right) throw unsigned(`${name}: it is not this key's signature of this library`);
    const time = Number(new DataView(stated.buffer, stated.byteOffset).getBigUint64(24, true));
    if (!source.local) notOlder(`timdoc:signed ${source.url} ${id}`, time);
    return new Guard(source, name, bytes);
  };
  try {
    return await checked('default');
  } catch (error) {
    // An odd cache on the way may have another one.
    if (source.local || !/^(signature|outdated)$/.test(/** @type {TimdocError} */ (error).code)) throw error;
    return checked('reload');
  }
}

/** @param {string} why */
const unsigned = (why) => new TimdocError('signature', why);

/**
 * @param {Bytes} bytes
 * @returns {Promise<Bytes>}
 */
const sha = async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
/** @param {Bytes} bytes */
const short = async (bytes) => (await sha(bytes)).subarray(0, HASH);
/** @param {Uint8Array} bytes */
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** @param {Uint8Array} a @param {Uint8Array} b */
const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

/**
 * @param {string} text base64url of 32 bytes
 * @returns {Promise<{ key: CryptoKey, id: string }>} `id`: as signatures name it
 */
async function keyOf(text) {
  if (!/^[\w-]{43}$/.test(text)) throw unsigned('signed-by is no public key: 43 letters, as timdoc sign --new-key shows them');
  const raw = Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
  try {
    const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']);
    return { key, id: hex((await sha(raw)).subarray(0, 8)) };
  } catch (cause) {
    throw new TimdocError('unchecked', 'this browser cannot check the signature: it has no Ed25519, or the page is not on https', { cause });
  }
}

/**
 * The file of a signature, which its name alone does not check.
 *
 * @param {Source} source
 * @param {string} name
 * @param {RequestCache} cache
 */
async function signature(source, name, cache) {
  const kept = cache !== 'reload' && (await saved(source, name));
  if (kept) return kept;
  try {
    const answer = await fetched(source, name, { cache });
    if (!answer.cut) return /** @type {Bytes} */ (answer.bytes);
  } catch (error) {
    if (/** @type {TimdocError} */ (error).code !== 'missing') throw error;
    throw new TimdocError('signature', `${name}: the host has no signature of this library by this key`, { cause: error });
  }
  throw new TimdocError('network', `${name} could not be fetched`);
}

/** @param {Source} source @param {string} name */
async function saved(source, name) {
  const response = await (await source.storage())?.match(source.url + name);
  return response && new Uint8Array(await response.arrayBuffer());
}

/** @param {Source} source @param {string} name @param {import('./request.js').Options} options */
async function fetched({ url, traffic }, name, options) {
  traffic.requests += 1;
  const answer = await get(url + name, options);
  traffic.bytes += answer.bytes.length;
  return answer;
}

/**
 * Remembers the newest signature that this device has seen, and refuses older ones: a host that goes back to an old
 * version keeps readers from what was corrected or withdrawn since.
 *
 * @param {string} place in localStorage
 * @param {number} time of a signature, in seconds
 */
function notOlder(place, time) {
  try {
    const [newest = 0, since = 0] = (localStorage.getItem(place) ?? '').split(' ').map(Number);
    if (time > newest) localStorage.setItem(place, `${time} ${Date.now()}`);
    else if (time < newest && Date.now() - since > AGREED) throw new TimdocError('outdated', 'the host gives an older version than it did before');
  } catch (error) {
    if (error instanceof TimdocError) throw error;
    // Nothing may be kept here: then nothing is remembered.
  }
}

class Guard {
  /** By the hash in the name. @type {Map<string, Entry>} */
  #files = new Map();
  #source;
  #name;
  #signature;
  /** The file with the hashes: its name, and how many bytes it has. */
  #hashes;
  #size = 0;
  /** Saved files that were found right. @type {Set<string>} */
  #right = new Set();
  /** Pages by their place, and from where they are had anew after one was wrong. @type {Map<number, Promise<Bytes>>} */
  #pages = new Map();
  /** All pages, where the host gives nothing less. @type {Promise<Bytes | undefined> | null} */
  #all = null;

  /**
   * @param {Source} source
   * @param {string} name of the signature
   * @param {Bytes} signature a right one
   */
  constructor(source, name, signature) {
    this.#source = source;
    this.#name = name;
    this.#signature = signature;
    this.#hashes = `hashes-${hex(signature.subarray(64, 72))}.bin`;
    const view = new DataView(signature.buffer, signature.byteOffset);
    for (let at = STATED; at < signature.length - SIGNED; at += ENTRY) {
      const length = view.getUint32(at + 8, true);
      const chunks = Math.ceil(length / CHUNK);
      const pages = Math.ceil(chunks / FANOUT);
      this.#files.set(hex(signature.subarray(at, at + 8)), { length, root: signature.subarray(at + 12, at + ENTRY), place: this.#size, pages });
      this.#size += HASH * (chunks + pages * pages);
    }
  }

  /** What is to be saved beside the library's own files. */
  files() {
    return [{ name: this.#name, bytes: this.#signature.length }, { name: this.#hashes, bytes: this.#size }];
  }

  /** @param {string} name */
  #entry(name) {
    const entry = this.#files.get(name.slice(-20, -4));
    if (!entry) throw new TimdocError('damaged', `${name}: it was not signed`);
    return entry;
  }

  /**
   * Whether a whole file is what was signed.
   *
   * @param {string} name
   * @param {Bytes} bytes
   * @param {boolean} [kept] from this device's own storage: checked once
   */
  async whole(name, bytes, kept = false) {
    if (name === this.#name) return same(bytes, this.#signature);
    if (name === this.#hashes) return hasItsHash(name, bytes);
    if (kept && this.#right.has(name)) return true;
    const { length, root } = this.#entry(name);
    if (bytes.length !== length) return false;
    const chunks = await hashesOf(bytes, CHUNK);
    const right = same(await short(await hashesOf(chunks, HASH * FANOUT)), root);
    if (right && kept) this.#right.add(name);
    return right;
  }

  /**
   * The range of whole chunks around one.
   *
   * @param {import('./source.js').Range} range
   */
  widened({ file, start, end }) {
    return { file, start: start - (start % CHUNK), end: Math.min(Math.ceil(end / CHUNK) * CHUNK, this.#entry(file).length) };
  }

  /** Asks for the hashes of ranges that are about to be fetched, several in a request. @param {import('./source.js').Range[]} ranges */
  ahead(ranges) {
    /** @type {[start: number, end: number][]} */
    const places = ranges.flatMap((range) => this.#placesOf(range)).filter(([start]) => !this.#pages.has(start)).sort(([a], [b]) => a - b);
    /** @type {[start: number, end: number][][]} */
    const groups = [];
    for (const place of places) {
      const last = groups.at(-1);
      if (last && place[0] <= last[last.length - 1][1] + GAP) last.push(place);
      else groups.push([place]);
    }
    for (const group of groups) {
      const [from] = group[0];
      const bytes = this.#fetch(from, group[group.length - 1][1], 'default');
      bytes.catch(() => {});
      for (const [start, end] of group) this.#pages.set(start, bytes.then((all) => all.subarray(start - from, end - from)));
      for (const [start] of group) this.#pages.get(start)?.catch(() => this.#pages.delete(start));
    }
  }

  /**
   * Where the pages are that hold the hashes of a range.
   *
   * @param {import('./source.js').Range} range
   * @returns {[start: number, end: number][]}
   */
  #placesOf({ file, start, end }) {
    const { length, place, pages } = this.#entry(file);
    const chunks = Math.ceil(length / CHUNK);
    const first = Math.floor(start / CHUNK / FANOUT);
    const last = Math.floor((end - 1) / CHUNK / FANOUT);
    return new Array(last - first + 1).fill(0).map((_, at) => {
      const from = place + (first + at) * HASH * (FANOUT + pages);
      return [from, from + HASH * (Math.min(FANOUT, chunks - (first + at) * FANOUT) + pages)];
    });
  }

  /**
   * Begins to get the hashes of a range of whole chunks; gives what checks its bytes.
   *
   * @param {import('./source.js').Range} range
   * @returns {(bytes: Bytes) => Promise<void>} fails with `damaged`
   */
  proof(range) {
    this.ahead([range]);
    const { root, pages } = this.#entry(range.file);
    const first = Math.floor(range.start / CHUNK / FANOUT);
    const hashes = this.#placesOf(range).map(([start, end], at) => this.#page(start, end, first + at, root, pages));
    for (const page of hashes) page.catch(() => {});
    return async (bytes) => {
      const known = await Promise.all(hashes);
      const found = await hashesOf(bytes, CHUNK);
      for (let at = 0; at < found.length; at += HASH) {
        const chunk = range.start / CHUNK + at / HASH;
        const page = known[Math.floor(chunk / FANOUT) - first];
        const place = (chunk % FANOUT) * HASH;
        if (!same(found.subarray(at, at + HASH), page.subarray(place, place + HASH))) throw new TimdocError('damaged', `${range.file}: it is not what was signed`);
      }
    };
  }

  /**
   * The hashes of a page's chunks, checked; asked for once more past every cache when they are wrong.
   *
   * @param {number} start
   * @param {number} end
   * @param {number} number of the page in its file
   * @param {Bytes} root
   * @param {number} pages of its file
   */
  async #page(start, end, number, root, pages) {
    const right = async (/** @type {Bytes} */ bytes) => {
      const above = bytes.subarray(end - start - pages * HASH);
      const own = bytes.subarray(0, end - start - pages * HASH);
      return bytes.length === end - start && same(await short(above), root) && same(await short(own), above.subarray(number * HASH, (number + 1) * HASH)) ? own : null;
    };
    const hashes = await right(await /** @type {Promise<Bytes>} */ (this.#pages.get(start)));
    if (hashes) return hashes;
    const again = this.#fetch(start, end, 'reload');
    again.catch(() => {});
    this.#pages.set(start, again);
    const mended = await right(await again);
    if (mended) return mended;
    this.#pages.delete(start);
    throw new TimdocError('damaged', `${this.#hashes}: it is not what was signed`);
  }

  /**
   * Bytes of the file with the hashes, unchecked.
   *
   * @param {number} start
   * @param {number} end
   * @param {RequestCache} cache
   * @returns {Promise<Bytes>}
   */
  async #fetch(start, end, cache) {
    if (cache !== 'reload') {
      this.#all ??= saved(this.#source, this.#hashes);
      const all = await this.#all;
      if (all) return all.subarray(start, end);
    }
    const answer = await fetched(this.#source, this.#hashes, { cache, headers: { Range: `bytes=${start}-${end - 1}` } });
    if (answer.status === 206) return /** @type {Bytes} */ (answer.bytes);
    if (answer.cut) throw new TimdocError('network', `${this.#hashes} could not be fetched`);
    // A host that ignores ranges: all of them are here now.
    const bytes = /** @type {Bytes} */ (answer.bytes);
    this.#all = Promise.resolve(bytes);
    return bytes.subarray(start, end);
  }
}

/**
 * The hashes of pieces, one after the other.
 *
 * @param {Bytes} bytes
 * @param {number} size of a piece; the last one may be shorter
 * @returns {Promise<Bytes>}
 */
async function hashesOf(bytes, size) {
  const count = Math.ceil(bytes.length / size);
  const out = new Uint8Array(count * HASH);
  await Promise.all(new Array(count).fill(0).map(async (_, at) => out.set(await short(bytes.subarray(at * size, (at + 1) * size)), at * HASH)));
  return out;
}
