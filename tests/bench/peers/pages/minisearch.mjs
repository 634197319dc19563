import MiniSearch from 'minisearch';
import { fold } from './fold.mjs';
import { load } from './load.mjs';

/** The same for building and for loading, as MiniSearch asks. @type {import('minisearch').Options} */
export const OPTIONS = {
  fields: ['title', 'lead', 'body'],
  storeFields: ['title', 'lead'],
  processTerm: fold,
  searchOptions: { combineWith: 'AND', boost: { title: 2 } },
};

/** @param {string} data @returns {Promise<import('../engines/peer.d.ts').Engine>} */
export async function open(data) {
  const index = MiniSearch.loadJSON(await load(data, 'index.json'), OPTIONS);
  return { search: (text) => index.search(text).slice(0, 10).map(({ id, title, lead }) => ({ id, title, excerpt: lead })) };
}
