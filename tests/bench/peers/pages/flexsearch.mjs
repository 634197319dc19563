import { Encoder, Index } from 'flexsearch';
import { fold } from './fold.mjs';
import { load } from './load.mjs';

const encoder = () => new Encoder({ normalize: fold, dedupe: false });

export const plain = () => new Index({ encoder: encoder() });

export const contextual = () => new Index({ tokenize: 'strict', context: true, encoder: encoder() });

/** @param {string} data */
export const open = (data) => opened(plain(), data);

/**
 * @param {import('flexsearch').Index} index
 * @param {string} data
 * @returns {Promise<import('../engines/peer.d.ts').Engine>}
 */
export async function opened(index, data) {
  const [shown, parts] = await Promise.all([load(data, 'shown.json').then(JSON.parse), load(data, 'parts.json').then(JSON.parse)]);
  const texts = await Promise.all(parts.map((/** @type {string} */ part) => load(data, `${part}.json`)));
  for (const [place, part] of parts.entries()) await index.import(part, texts[place]);
  return {
    search(text) {
      const found = /** @type {number[]} */ (index.search(text, { limit: 10, suggest: true }));
      return found.map((number) => ({ id: shown[number][0], title: shown[number][1], excerpt: shown[number][2] }));
    },
  };
}
