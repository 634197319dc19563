/** One version of a library, opened: the engine, and the rounds of fetching until it has an answer. */
import { TimdocError, asTimdocError } from './errors.js';
import { head, inflate, primer } from './inflate.js';
import { asJson } from './shared.js';
import { Source } from './source.js';

/** Rounds of fetching after which a call is given up: no answer needs as many. */
const ROUNDS = 64;

/** @typedef {import('../wasm/timdoc.js').Needs} Needs */
/** @typedef {{ requests: number, bytes: number, round_trips: number }} Traffic */
/** @template T @typedef {(engine: any) => { ready: T } | { needs: Needs }} Call */

export class Snapshot {
  /** The manifest as text. */
  manifest = '';
  /** The wasm's; null before it is open and after it was closed. @type {any} */
  engine = null;
  /** By segment, the file of its dictionary. @type {string[]} */
  #dictionaries = [];
  /** By dictionary, what stands before every article that is inflated. @type {Map<string, Promise<Uint8Array>>} */
  #primers = new Map();
  /** Calls that have no answer yet. */
  #calls = 0;

  /**
   * Opens the version that the host has now.
   *
   * @param {string} url address of the bundle, ending with a slash
   * @param {Promise<any>} code the class `Engine`
   * @param {Traffic} traffic counts what is fetched
   * @param {string | null} [old] manifest of a version that has lost a file
   * @param {'host' | 'kept'} [only] the version that the host has, or the one that is saved whole
   * @returns {Promise<Snapshot | null>} null when there is still the old one
   */
  static async open(url, code, traffic, old = null, only) {
    const snapshot = new Snapshot(url, traffic);
    const manifest = await snapshot.source.manifest(old === null ? 'no-cache' : 'reload', only);
    snapshot.manifest = asJson(manifest);
    if (snapshot.manifest === old) return null;
    try {
      await snapshot.#load(manifest, code);
      return snapshot;
    } catch (error) {
      // A file that is gone: perhaps a newer version was published between its manifest and now.
      const gone = old === null && asTimdocError(error).code === 'missing';
      const newer = gone && (await Snapshot.open(url, code, traffic, snapshot.manifest).catch(() => null));
      if (newer) return newer;
      throw error;
    }
  }

  /**
   * @param {string} url
   * @param {Traffic} traffic
   */
  constructor(url, traffic) {
    this.source = new Source(url, traffic, (file, start, bytes) => this.engine?.supply(file, start, bytes));
  }

  /**
   * @param {any} manifest not verified
   * @param {Promise<any>} code
   */
  async #load(manifest, code) {
    const { source } = this;
    source.traffic.round_trips += 1;
    /** @type {any[]} */
    const segments = manifest.segments ?? [];
    for (const entry of segments.flatMap((segment) => [segment?.head, segment?.dictionary])) source.sizes.set(entry?.file, entry?.bytes);
    const files = Promise.all(segments.map((segment) => source.file(String(segment?.head?.file)).then(head)));
    this.#dictionaries = segments.map((segment) => String(segment?.dictionary?.file));
    // Reported when an article is inflated, which is the first that needs it.
    for (const segment of segments.keys()) this.#prime(segment).catch(() => {});
    const [Engine, bytes] = await Promise.all([code, files]);
    this.engine = new Engine(manifest, bytes);
    for (const { name, bytes } of this.engine.files()) source.sizes.set(name, bytes);
  }

  /**
   * @param {number} segment
   * @param {RequestCache} [cache]
   */
  #prime(segment, cache) {
    const file = this.#dictionaries[segment] ?? '';
    const known = this.#primers.get(file) ?? this.source.file(file, cache).then(primer);
    this.#primers.set(file, known);
    known.catch(() => this.#primers.get(file) === known && this.#primers.delete(file));
    return known;
  }

  /** Frees the engine's memory; bytes on their way are dropped. */
  close() {
    this.engine?.free();
    this.engine = null;
  }

  /**
   * Calls the engine until it has all it needs; several calls may be under way at once. Bytes that turn out to be
   * damaged are fetched once more, past every cache and as whole files, before that is an error.
   *
   * @template T
   * @param {Call<T>} call
   * @param {AbortSignal} [signal]
   * @returns {Promise<{ ready: T, took: number }>} the answer, and milliseconds inside the engine
   */
  async answer(call, signal) {
    // Beginning may drop what other calls have fetched and not used yet.
    if (this.#calls === 0) this.engine?.begin();
    this.#calls += 1;
    let fresh = false;
    let took = 0;
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        if (signal?.aborted) throw new TimdocError('aborted', 'the call was cancelled');
        try {
          const start = performance.now();
          const outcome = this.#ask(call);
          took += performance.now() - start;
          if ('ready' in outcome) return { ready: outcome.ready, took };
          took += await this.#supply(outcome.needs, fresh, signal);
        } catch (error) {
          const failed = asTimdocError(error);
          if (failed.code !== 'damaged' || fresh) throw failed;
          fresh = true;
          this.#primers.clear();
        }
      }
    } finally {
      this.#calls -= 1;
    }
    throw new TimdocError('missing', 'the server does not give the bytes it is asked for');
  }

  /**
   * @template T
   * @param {Call<T>} call
   */
  #ask(call) {
    if (!this.engine) throw new TimdocError('aborted', 'the library was closed');
    try {
      return call(this.engine);
    } catch (error) {
      // What a call wanted that came to nothing is no business of the next.
      this.engine.begin();
      throw error;
    }
  }

  /**
   * @param {Needs} needs
   * @param {boolean} fresh
   * @param {AbortSignal} [signal]
   * @returns {Promise<number>} milliseconds inside the engine
   */
  async #supply({ ranges, inflate: articles }, fresh, signal) {
    if (ranges.length) this.source.traffic.round_trips += 1;
    let took = 0;
    const fetched = ranges.map((range) => this.source.want(range, fresh, signal));
    const inflated = articles.map(async ({ segment, doc, deflated, length }) => {
      const bytes = await inflate(await this.#prime(segment, fresh ? 'reload' : 'default'), deflated, length);
      const start = performance.now();
      this.engine?.supply_article(segment, doc, bytes);
      took += performance.now() - start;
    });
    await Promise.all([...fetched, ...inflated]);
    return took;
  }
}
