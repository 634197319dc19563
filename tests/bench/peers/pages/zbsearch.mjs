import { create, load as restore, parseChunked, search } from 'zbsearch';
import { foldedWords } from './fold.mjs';
import { load } from './load.mjs';

const SCHEMA = /** @type {const} */ ({ title: 'string', lead: 'string', body: 'string' });

/** As its own tokenizer does, a word counts once in a field. */
const TOKENIZER = { language: 'vietnamese', normalizationCache: new Map(), tokenize: (/** @type {string} */ text) => [...new Set(foldedWords(text))] };

export const vietnamese = () => create({ schema: SCHEMA, language: 'vietnamese' });

export const folded = () => create({ schema: SCHEMA, components: { tokenizer: /** @type {any} */ (TOKENIZER) } });

/** @param {string} data */
export const open = (data) => opened(vietnamese(), data, {});

/**
 * @param {any} library
 * @param {string} data
 * @param {{ prefix?: boolean }} options
 * @returns {Promise<import('../engines/peer.d.ts').Engine>}
 */
export async function opened(library, data, options) {
  restore(library, parseChunked(await load(data, 'index.jsonl')));
  return {
    async search(text) {
      const { hits } = await search(library, { term: text, limit: 10, threshold: 0, boost: { title: 2 }, ...options });
      return hits.map(({ id, document }) => ({ id, title: document.title, excerpt: document.lead }));
    },
  };
}
