/**
 * What a reader did with the articles of one library: which were read, how far, which were put aside. On this device
 * only, in localStorage; nobody else learns of it.
 *
 * Every article is a key of its own, `timdoc:shelf <library> <id>`: two tabs do not overwrite each other's entries, and
 * several libraries of one origin do not mix.
 */

import { asJson } from './shared.js';

/**
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} title
 * @property {string | null} date    ISO 8601
 * @property {number} saved          when it was put aside, in milliseconds; 0: it was not
 * @property {number} read           when it was last open; 0: forgotten, or not to be remembered
 * @property {[part: number, share: number] | null} at  where the reader stopped: the part, and how much of it was passed
 * @property {number} parts          parts of the article, to tell how far that is
 */

/** Most articles put aside, and most remembered as read. */
const MOST = 200;

export class Shelf {
  #prefix;
  /** @type {Storage | null} null where the browser keeps nothing */
  #storage = null;

  /** @param {string} library its address */
  constructor(library) {
    this.#prefix = `timdoc:shelf ${library} `;
    try {
      const probe = `${this.#prefix} `;
      localStorage.setItem(probe, '');
      localStorage.removeItem(probe);
      this.#storage = localStorage;
    } catch {
      // Refused (private windows, policies) or full: the features say so.
    }
  }

  /** Whether anything can be kept. */
  get works() {
    return this.#storage !== null;
  }

  /** True when a change in another tab may be about this library. @param {StorageEvent} event */
  concerns({ key }) {
    return key === null || key.startsWith(this.#prefix);
  }

  /** @param {string} id @returns {Entry | null} */
  get(id) {
    try {
      return entryOf(id, JSON.parse(this.#storage?.getItem(this.#prefix + id) ?? 'null'));
    } catch {
      return null;
    }
  }

  /**
   * Changes what is known of an article; an entry that says nothing any more goes.
   *
   * @param {string} id
   * @param {Partial<Entry>} part
   */
  put(id, part) {
    const entry = { id, title: '', date: null, saved: 0, read: 0, at: null, parts: 0, ...this.get(id), ...part };
    if (!entry.saved && !entry.read) return this.remove(id);
    const { id: _, ...kept } = entry;
    try {
      this.#storage?.setItem(this.#prefix + id, asJson(kept));
    } catch {
      // Full: what was kept before stays.
    }
    this.#prune();
  }

  /** @param {string} id */
  remove(id) {
    this.#storage?.removeItem(this.#prefix + id);
  }

  /** All entries, in no order. @returns {Entry[]} */
  all() {
    return this.#ids().map((id) => this.get(id)).filter((entry) => entry !== null);
  }

  /** Forgets what was read and how far; what was put aside stays. */
  forgetRead() {
    for (const { id } of this.all()) this.put(id, { read: 0, at: null });
  }

  /** Forgets what was put aside; what was read stays. */
  forgetSaved() {
    for (const { id } of this.all()) this.put(id, { saved: 0 });
  }

  #ids() {
    const storage = this.#storage;
    if (!storage) return [];
    return Object.keys(storage).filter((key) => key.startsWith(this.#prefix)).map((key) => key.slice(this.#prefix.length));
  }

  /** The oldest go when there are too many. Most calls find too few keys for that, and read none of them. */
  #prune() {
    if (this.#ids().length <= MOST) return;
    const all = this.all();
    const saved = all.filter((entry) => entry.saved).sort((a, b) => b.saved - a.saved);
    const others = all.filter((entry) => !entry.saved).sort((a, b) => b.read - a.read);
    for (const { id } of [...saved.slice(MOST), ...others.slice(MOST)]) this.remove(id);
  }
}

/**
 * An entry as it should be, whatever was stored: the storage is the origin's, and other scripts write there too.
 *
 * @param {string} id
 * @param {any} kept
 * @returns {Entry | null}
 */
function entryOf(id, kept) {
  if (typeof kept?.title !== 'string') return null;
  const { title, date, saved, read, at, parts } = kept;
  const number = (/** @type {unknown} */ value) => (Number.isFinite(value) ? Number(value) : 0);
  return {
    id, title, date: typeof date === 'string' ? date : null, saved: number(saved), read: number(read), parts: number(parts),
    at: Array.isArray(at) && at.length === 2 && at.every(Number.isFinite) ? [at[0], at[1]] : null,
  };
}
