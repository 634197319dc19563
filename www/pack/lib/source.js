/** Stands in for www/lib/source.js in a packed page: a library's bytes come from the page itself. */
import { TimdocError } from '../../lib/errors.js';
import { bytesOf } from '../blocks.js';

/** @typedef {{ file: string, start: number, end: number }} Range */

export class Source {
  /** Bytes of the files, as far as they are known. @type {Map<string, number>} */
  sizes = new Map();
  /** A file that was given by hand has no signature of its own. @type {import('../../lib/source.js').Source['guard']} */
  guard;
  /** @type {import('../../lib/source.js').Source['guarding']} */
  guarding;

  /**
   * @param {string} url stands for the library; nothing is fetched from it
   * @param {{ requests: number, bytes: number, round_trips: number }} traffic
   * @param {(file: string, start: number, bytes: Uint8Array) => void} deliver
   */
  constructor(url, traffic, deliver) {
    this.url = url;
    this.traffic = traffic;
    this.deliver = deliver;
  }

  /** There is nothing to save. @returns {Promise<Cache | null>} */
  storage() {
    return Promise.resolve(null);
  }

  /** @returns {Promise<string>} */
  async manifest() {
    try {
      const text = new TextDecoder().decode(await this.file('manifest.json'));
      JSON.parse(text);
      return text;
    } catch (error) {
      if (error instanceof TimdocError) throw error;
      throw new TimdocError('damaged', 'the list of files in this file is damaged', { cause: error });
    }
  }

  /**
   * A whole file.
   *
   * @param {string} name
   * @returns {Promise<Uint8Array>}
   */
  async file(name) {
    return bytesOf(name);
  }

  /** Delivers a range of a file. @param {Range} range */
  async want({ file, start, end }) {
    this.deliver(file, start, bytesOf(file, start, end));
  }
}

/** @param {string} url */
export const cacheName = (url) => `timdoc:${url}`;
