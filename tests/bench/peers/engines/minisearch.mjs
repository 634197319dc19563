/** MiniSearch: an index in memory, sent as one file of JSON. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { OPTIONS } from '../pages/minisearch.mjs';

/** @type {import('./peer.d.ts').Peer} */
export const minisearch = {
  id: 'minisearch',
  name: 'MiniSearch, folded, all words',
  npm: ['minisearch'],
  settings: 'title, lead and body with `processTerm` folding marks and đ, all words wanted, title twice as heavy; title and lead stored',
  documentation: 'https://lucaong.github.io/minisearch/types/MiniSearch.Options.html',
  texts: false,
  library: /^data\//,
  async build(articles, folder) {
    const index = new MiniSearch(OPTIONS);
    for await (const article of articles) index.add(article);
    writeFileSync(join(folder, 'index.json'), JSON.stringify(index));
  },
};
