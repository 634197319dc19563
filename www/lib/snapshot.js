/** One version of a library, opened: the engine, and the rounds of fetching until it has an answer. */
import { TimdocError, asTimdocError } from './errors.js';
import { head, inflate, primer } from './inflate.js';
import { Source } from './source.js';

/** Rounds of fetching after which a call is given up: no answer needs as many. */
const ROUNDS = 64;

/** Thrown when the engine's code is not whole and a call needs more of it. */
const LACKS = Symbol('lacks');

/** @typedef {import('../wasm/timdoc.js').Needs} Needs */
/** @typedef {{ requests: number, bytes: number, round_trips: number }} Traffic */
/**
 * @typedef {object} Place
 * @property {string} url address of the bundle, ending with a slash
 * @property {Promise<import('./code.js').Code>} code the engine's
 * @property {Traffic} traffic counts what is fetched
 * @property {string | null} [signedBy] the public key whose signature it must have
 */
/** @template T @typedef {(engine: any) => { ready: T } | { needs: Needs }} Call */

export class Snapshot {
  /** The manifest as it came. */
  manifest = '';
  /** The wasm's; null before it is open and after it was closed. @type {any} */
  engine = null;
  /** @type {import('./code.js').Code | undefined} */
  #code;
  /** What the engine is made of, and what it was given since: while its code is not whole, it may have to be made anew. */
  #made = /** @type {{ manifest: any, heads: Uint8Array[] } | null} */ (null);
  /** @type {((engine: any) => void)[]} */
  #given = [];
  /** By segment, the file of its dictionary. @type {string[]} */
  #dictionaries = [];
  /** By dictionary, what stands before every article that is inflated. @type {Map<string, Promise<Uint8Array>>} */
  #primers = new Map();
  /** Calls that have no answer yet. */
  #calls = 0;

  /**
   * Opens the version that the host has now.
   *
   * @param {Place} place
   * @param {string | null} [old] manifest of a version that has lost a file
   * @param {'host' | 'kept'} [only] the version that the host has, or the one that is saved whole
   * @returns {Promise<Snapshot | null>} null when there is still the old one
   */
  static async open(place, old = null, only) {
    const snapshot = new Snapshot(place);
    const manifest = await snapshot.source.manifest(old === null ? 'no-cache' : 'reload', only);
    if (manifest === undefined || manifest === old) return null;
    snapshot.manifest = manifest;
    try {
      await snapshot.#load(place);
      return snapshot;
    } catch (error) {
      // A file that is gone, or a signature: perhaps a newer version was published between its manifest and now.
      const gone = old === null && /missing|signature|outdated/.test(asTimdocError(error).code);
      const newer = gone && (await Snapshot.open(place, snapshot.manifest).catch(() => null));
      if (newer) return newer;
      throw error;
    }
  }

  /** @param {Place} place */
  constructor({ url, traffic }) {
    this.source = new Source(url, traffic, (file, start, bytes) => this.#give((engine) => engine.supply(file, start, bytes)));
  }

  /** @param {Place} place */
  async #load({ code, signedBy }) {
    const { source } = this;
    const manifest = JSON.parse(this.manifest);
    if (signedBy != null) {
      source.guarding = import('./integrity.js').then(async ({ guard }) => (source.guard = await guard(source, this.manifest, signedBy)));
      source.guarding.catch(() => {});
    }
    source.traffic.round_trips += 1;
    /** @type {any[]} */
    const segments = manifest.segments ?? [];
    for (const entry of segments.flatMap((segment) => [segment?.head, segment?.dictionary])) source.sizes.set(entry?.file, entry?.bytes);
    const files = Promise.all(segments.map((segment) => source.file(String(segment?.head?.file)).then(head)));
    this.#dictionaries = segments.map((segment) => String(segment?.dictionary?.file));
    // Reported when an article is inflated, which is the first that needs it.
    for (const segment of segments.keys()) this.#prime(segment).catch(() => {});
    const [loaded, heads] = await Promise.all([code, files, source.guarding]);
    this.#code = loaded;
    this.#made = { manifest, heads };
    try {
      this.engine = new loaded.Engine(manifest, heads);
    } catch (error) {
      if (!loaded.lacks(error)) throw error;
      await loaded.complete();
      this.engine = new loaded.Engine(manifest, heads);
    }
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

  /** What is to be kept of it for reading without a network. @returns {{ name: string, bytes: number }[]} */
  files() {
    return [...(this.source.guard?.files() ?? []), ...this.engine.files()];
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
   * @param {boolean} [first] a search that the first part of the code will most likely do for
   * @returns {Promise<{ ready: T, took: number }>} the answer, and milliseconds inside the engine
   */
  async answer(call, signal, first = false) {
    // Beginning may drop what other calls have fetched and not used yet.
    if (this.#calls === 0) this.engine?.begin();
    this.#calls += 1;
    let fresh = false;
    let took = 0;
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        if (signal?.aborted) throw new TimdocError('aborted', 'the call was cancelled');
        try {
          if (!first) await this.#code?.complete();
          const start = performance.now();
          const outcome = this.#ask(call);
          took += performance.now() - start;
          if ('ready' in outcome) return { ready: outcome.ready, took };
          took += await this.#supply(outcome.needs, fresh, signal);
        } catch (error) {
          if (error === LACKS) {
            await this.#code?.complete();
            continue;
          }
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
   * @param {(engine: any) => T} call
   * @returns {T}
   */
  #ask(call) {
    const { engine } = this;
    if (!engine) throw new TimdocError('aborted', 'the library was closed');
    try {
      return call(engine);
    } catch (error) {
      if (this.#code?.lacks(error, engine)) {
        this.#renew();
        throw LACKS;
      }
      // What a call wanted that came to nothing is no business of the next.
      engine.begin();
      throw error;
    }
  }

  /** Another engine that knows what the last one knew: other calls may be under way. */
  #renew() {
    if (!this.#code || !this.#made) return;
    this.engine = new this.#code.Engine(this.#made.manifest, this.#made.heads);
    for (const give of this.#given) give(this.engine);
  }

  /** @param {(engine: any) => void} give */
  #give(give) {
    if (!this.engine) return;
    if (this.#code?.whole) {
      this.#made = null;
      this.#given = [];
    } else {
      this.#given.push(give);
    }
    give(this.engine);
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
    if (!fresh) this.source.guard?.ahead(ranges);
    const fetched = ranges.map((range) => this.source.want(range, fresh, signal));
    const inflated = articles.map(async ({ segment, doc, deflated, length }) => {
      const bytes = await inflate(await this.#prime(segment, fresh ? 'reload' : 'default'), deflated, length);
      if (!this.engine) return;
      const give = (/** @type {any} */ engine) => engine.supply_article(segment, doc, bytes);
      const start = performance.now();
      this.#ask(give);
      took += performance.now() - start;
      if (!this.#code?.whole) this.#given.push(give);
    });
    await Promise.all([...fetched, ...inflated]);
    return took;
  }
}
