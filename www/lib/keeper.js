/**
 * Keeping a library on this device, as a reader sees it: begun, going on, waiting for the network, paused, whole. One of
 * a library and page; of several tabs one fetches (Web Locks), the others show how far it is (BroadcastChannel), and one
 * of them goes on when it is closed. What was asked for is noted, so that the next visit goes on too.
 */
import { asTimdocError } from './errors.js';

/** @typedef {import('./types.d.ts').Library} Library */
/** @typedef {import('./types.d.ts').OfflineStatus} OfflineStatus */
/** @typedef {'none' | 'saving' | 'waiting' | 'paused' | 'saved' | 'failed'} Phase */
/** @typedef {{ phase: Phase, status: OfflineStatus, code: string, left: number | null }} Told what tabs tell each other */

/** Milliseconds: until a connection that failed is tried again, at first and at most; between two messages to other tabs. */
const SOON = 5_000;
const LATE = 60_000;
const TELL = 250;
/** Milliseconds of the past that the time left is worked out from, and before it is told at all. */
const WINDOW = 10_000;
const WARM = 2_000;
/** Milliseconds between two looks for a newer version. */
const LOOK = 15 * 60_000;

/** @type {Map<string, Keeper>} */
const keepers = new Map();

/** The keeper of a library. @param {Library} library */
export function keeperOf(library) {
  let keeper = keepers.get(library.url);
  if (!keeper) keepers.set(library.url, (keeper = new Keeper(library)));
  // One that was closed may have been opened anew.
  keeper.library = library;
  return keeper;
}

/** Fires `change` when anything but the number of bytes is another, `progress` when that is. */
export class Keeper extends EventTarget {
  /** @type {Phase} */
  phase = 'none';
  /** @type {OfflineStatus} */
  status = { state: 'none', older: false, asked: null, saved_bytes: 0, total_bytes: 0, saved_files: 0, total_files: 0 };
  /** Why it failed or waits. */
  code = '';
  /** Seconds left; null when that cannot be told yet. @type {number | null} */
  left = null;
  /** What an update would bring, of a library that is saved. @type {{ articles: number, bytes: number } | null} */
  newer = null;
  /** Whether this tab is the one that fetches. */
  here = false;
  #stop = new AbortController();
  #running = false;
  #told = 0;
  /** When it last looked for a newer version: opening is such a look. */
  #looked = Date.now();
  /** @type {[time: number, bytes: number][]} */
  #past = [];
  /** @type {BroadcastChannel | null} */
  #channel = null;

  /** @param {Library} library */
  constructor(library) {
    super();
    this.library = library;
    if ('BroadcastChannel' in globalThis) {
      this.#channel = new BroadcastChannel(`timdoc:${library.url}`);
      this.#channel.onmessage = ({ data }) => void this.#hear(data);
    }
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void this.check());
    addEventListener('online', () => void this.check(true));
  }

  /** Finds out how things stand, and goes on with what was begun. */
  async look() {
    if (this.here) return;
    const status = await this.library.offlineStatus();
    if (status.asked === 'save') {
      this.#set({ phase: 'saving', status });
      this.#channel?.postMessage({ ask: 'tell' });
      return void this.#run();
    }
    const kept = status.state === 'saved' || status.older;
    const phase = status.asked === 'pause' && status.state !== 'saved' ? 'paused' : kept ? 'saved' : status.state === 'partial' ? 'paused' : 'none';
    this.newer = phase === 'saved' && status.state !== 'saved' ? { articles: this.library.info.articles, bytes: status.total_bytes - status.saved_bytes } : null;
    this.#set({ phase, status });
  }

  /** Saves, or goes on saving. */
  async save() {
    this.code = '';
    const begun = { ...this.status, asked: /** @type {const} */ ('save') };
    this.#set({ phase: 'saving', status: begun.total_bytes ? begun : { ...begun, total_bytes: this.library.info.bytes } });
    try {
      await this.library.askOffline('save');
    } catch (error) {
      return this.#set({ phase: 'failed', code: asTimdocError(error).code });
    }
    await this.#run();
  }

  async pause() {
    await this.#leave('pause');
  }

  /** Stops, and drops what has come; an older version stays. */
  async cancel() {
    await this.#leave(null);
  }

  /** @param {'pause' | null} asked */
  async #leave(asked) {
    // Noted before the one that fetches stops: another tab is next in line, and reads the note.
    await this.library.askOffline('pause').catch(() => {});
    this.#stop.abort();
    this.#channel?.postMessage({ ask: 'stop' });
    await this.#idle();
    if (!asked) await this.#alone(() => this.library.askOffline(null));
    await this.#tellAll();
  }

  async remove() {
    this.newer = null;
    await this.#alone(() => this.library.removeOffline());
    await this.#tellAll();
  }

  async #tellAll() {
    await this.look();
    this.#channel?.postMessage({ ask: 'look' });
  }

  /**
   * Does something while no tab fetches.
   *
   * @param {() => Promise<void>} work
   * @param {AbortSignal} [signal]
   */
  async #alone(work, signal) {
    if (navigator.locks) await navigator.locks.request(`timdoc:${this.library.url}`, signal ? { signal } : {}, work);
    else await work();
  }

  /** Looks for a newer version of a library that is saved; not oftener than makes sense, unless told to. @param {boolean} [now] */
  async check(now = false) {
    if (this.phase !== 'saved' || this.newer || navigator.onLine === false || (!now && Date.now() - this.#looked < LOOK)) return;
    this.#looked = Date.now();
    const found = await this.library.newer().catch(() => null);
    if (!found || this.phase !== 'saved') return;
    this.newer = { articles: found.articles, bytes: found.fetch_bytes };
    this.dispatchEvent(new Event('change'));
  }

  /** Bytes that the whole site uses and that are free, and whether the browser has promised to keep them. */
  async room() {
    const { storage } = navigator;
    const { usage = 0, quota = 0 } = (await storage?.estimate?.().catch(() => null)) ?? {};
    return { used: usage, free: Math.max(0, quota - usage), persisted: (await storage?.persisted?.().catch(() => false)) ?? false };
  }

  /** Waits its turn among the tabs, then fetches if that is still wanted. */
  async #run() {
    if (this.#running) return;
    this.#running = true;
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const work = async () => {
      const { asked } = await this.library.offlineStatus();
      if (asked !== 'save' || signal.aborted) return;
      this.here = true;
      await this.#fetch(signal);
    };
    try {
      await this.#alone(work, signal);
    } catch (error) {
      if (!signal.aborted) this.#set({ phase: 'failed', code: asTimdocError(error).code });
    } finally {
      this.here = this.#running = false;
      this.dispatchEvent(new Event('idle'));
    }
    if (this.phase !== 'failed') await this.look();
  }

  /** Resolves when this tab fetches no more. */
  async #idle() {
    if (this.#running) await new Promise((resolve) => this.addEventListener('idle', resolve, { once: true }));
  }

  /** Fetches until all is there, it is stopped, or fails for a reason that does not pass. @param {AbortSignal} signal */
  async #fetch(signal) {
    for (let wait = SOON; ; wait = Math.min(wait * 2, LATE)) {
      this.#past = [];
      const had = this.status.saved_files;
      try {
        // A page that has lost the network may have gone back to the version that is saved.
        await this.library.newer().catch(() => null);
        await this.library.saveOffline({ signal, onProgress: (status) => this.#progress(status) });
        this.newer = null;
        this.#channel?.postMessage({ ask: 'look' });
        return;
      } catch (error) {
        const { code } = asTimdocError(error);
        if (signal.aborted || code === 'aborted') return;
        if (code !== 'offline' && code !== 'network') {
          await this.library.askOffline('pause').catch(() => {});
          return this.#set({ phase: 'failed', code, status: await this.library.offlineStatus() });
        }
        if (this.status.saved_files > had) wait = SOON;
        this.#set({ phase: 'waiting', code });
        await online(wait, signal);
        if (signal.aborted) return;
        this.#set({ phase: 'saving', code: '' });
      }
    }
  }

  /** @param {OfflineStatus} status */
  #progress(status) {
    const now = performance.now();
    this.#past.push([now, status.saved_bytes]);
    while (now - this.#past[0][0] > WINDOW) this.#past.shift();
    const [time, bytes] = this.#past[0];
    const speed = (status.saved_bytes - bytes) / (now - time);
    this.left = now - time > WARM && speed > 0 ? (status.total_bytes - status.saved_bytes) / speed / 1000 : null;
    this.status = { ...status, asked: 'save' };
    this.dispatchEvent(new Event('progress'));
    if (now - this.#told < TELL) return;
    this.#told = now;
    this.#tell();
  }

  #tell() {
    const { phase, status, code, left } = this;
    if (this.here) this.#channel?.postMessage({ told: { phase, status, code, left } });
  }

  /** What another tab says. @param {{ ask?: 'tell' | 'stop' | 'look', told?: Told }} data */
  async #hear({ ask, told }) {
    if (ask === 'tell') this.#tell();
    if (ask === 'stop') {
      this.#stop.abort();
      await this.#idle();
    }
    if (ask === 'look' && !this.#running) await this.look();
    if (!told || this.here) return;
    const same = told.phase === this.phase;
    Object.assign(this, told);
    this.dispatchEvent(new Event(same ? 'progress' : 'change'));
    // It waits in line, to go on when the other is closed.
    if (told.phase === 'saving') void this.#run();
  }

  /** @param {{ phase: Phase, code?: string, status?: OfflineStatus }} now */
  #set({ phase, code = '', status = this.status }) {
    Object.assign(this, { phase, code, status, left: null });
    this.#tell();
    this.dispatchEvent(new Event('change'));
    // For a control that is not there yet, and for the page.
    dispatchEvent(new CustomEvent('timdoc-offline', { detail: { bundle: this.library.url, phase } }));
  }
}

/** Resolves when the network is back, after a time, or when it is stopped. @param {number} wait @param {AbortSignal} signal */
function online(wait, signal) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      resolve(undefined);
    };
    const timer = setTimeout(end, wait);
    addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
}
