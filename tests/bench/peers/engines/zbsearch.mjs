/** ZBSearch, by which Orama's authors carry Orama on: an index in memory, saved in chunks. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { insert, save, stringifyChunked } from 'zbsearch';
import { folded, vietnamese } from '../pages/zbsearch.mjs';

/** @typedef {import('./peer.d.ts').Peer} Peer */

/** @type {Omit<Peer, 'id' | 'name' | 'settings'>} */
const COMMON = {
  npm: ['zbsearch'],
  documentation: 'https://zbsearch.dev/docs/zbsearch/search and the comments of its own types (`threshold`, `prefix`, `Tokenizer`)',
  texts: true, // It keeps the documents that it is given, whole.
  library: /^data\//,
};

/** @type {Peer} */
export const zbsearch = {
  ...COMMON,
  id: 'zbsearch',
  name: "ZBSearch, language 'vietnamese'",
  settings: "`language: 'vietnamese'`, which keeps the marks; `threshold: 0` (all words wanted), title twice as heavy",
  build: (articles, folder) => build(vietnamese(), articles, folder),
};

/** @type {Peer} */
export const zbsearchFolded = {
  ...COMMON,
  id: 'zbsearch-folded',
  name: 'ZBSearch, folded',
  settings: 'a tokenizer of our own that folds marks and đ; `threshold: 0` (all words wanted), `prefix: false`, title twice as heavy',
  build: (articles, folder) => build(folded(), articles, folder),
};

/**
 * @param {any} library
 * @param {AsyncIterable<import('./peer.d.ts').Article>} articles
 * @param {string} folder
 */
async function build(library, articles, folder) {
  for await (const { id, title, lead, body } of articles) await insert(library, { id, title, lead, body });
  writeFileSync(join(folder, 'index.jsonl'), stringifyChunked(/** @type {any} */ (save(library, { format: 'chunked' }))));
}
