/** FlexSearch: an index in memory, exported as files of JSON; once plain, once with its contextual index. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contextual, plain } from '../pages/flexsearch.mjs';

/** @typedef {import('./peer.d.ts').Peer} Peer */

/** @type {Omit<Peer, 'id' | 'name' | 'settings'>} */
const COMMON = {
  npm: ['flexsearch'],
  documentation: 'https://github.com/nextapps-de/flexsearch/blob/master/doc/encoder.md and its README, "Context Search"',
  texts: false,
  library: /^data\//,
};

const FIELD = 'one field of title, lead and body; an `Encoder` whose `normalize` folds marks and đ, `dedupe` off, `suggest` on; title and lead beside it';

/** @type {Peer} */
export const flexsearch = {
  ...COMMON,
  id: 'flexsearch',
  name: 'FlexSearch, folded',
  settings: FIELD,
  build: (articles, folder) => build(plain(), articles, folder),
};

/** @type {Peer} */
export const flexsearchContextual = {
  ...COMMON,
  id: 'flexsearch-contextual',
  name: 'FlexSearch, folded, contextual index',
  settings: `${FIELD}; \`tokenize: 'strict'\`, \`context: true\``,
  build: (articles, folder) => build(contextual(), articles, folder),
};

/**
 * @param {import('flexsearch').Index} index
 * @param {AsyncIterable<import('./peer.d.ts').Article>} articles
 * @param {string} folder
 */
async function build(index, articles, folder) {
  const shown = [];
  for await (const { id, title, lead, body } of articles) {
    index.add(shown.length, `${title}\n${lead}\n${body}`);
    shown.push([id, title, lead]);
  }
  /** @type {string[]} */
  const parts = [];
  await index.export((/** @type {string} */ key, /** @type {string} */ data) => {
    if (data === undefined) return;
    parts.push(key);
    writeFileSync(join(folder, `${key}.json`), data);
  });
  writeFileSync(join(folder, 'shown.json'), JSON.stringify(shown));
  writeFileSync(join(folder, 'parts.json'), JSON.stringify(parts));
}
