/** Known items: queries made from articles, each for the one it was made from. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORPORA } from '../places.mjs';
import { unpack } from '../unpack.mjs';
import { chance } from './chance.mjs';
import { drawItems } from './items.mjs';
import { KINDS } from './kinds.mjs';
import { readNews } from './news.mjs';
import { perfect } from './phrases.mjs';
import { ownSources, renew } from './stamps.mjs';

/** @typedef {import('./measure.mjs').QuerySet} QuerySet */
/** @typedef {import('./phrases.mjs').Perfect} Perfect */
/** @typedef {Record<string, { queries: { id: string, text: string }[], perfect?: Perfect }>} Made by kind */

export const KNOWN_IDS = KINDS.map(({ id }) => id);

/**
 * @param {Set<string>} wanted
 * @param {{ articles: number, seed: number }} sample
 * @param {string} folder where queries are kept for the next run
 * @returns {Promise<QuerySet[]>}
 */
export async function knownSets(wanted, { articles, seed }, folder) {
  const kinds = KINDS.filter(({ id }) => wanted.has(id));
  if (!kinds.length) return [];
  const corpus = join(CORPORA, 'news_10k.jsonl.zst');
  const file = join(folder, `known-${seed}-${articles}.json`);
  await renew(file, [corpus, ...ownSources()], async () => {
    const unpacked = join(folder, 'news_10k.jsonl');
    await unpack(corpus, unpacked);
    writeFileSync(file, JSON.stringify(make(unpacked, articles, seed)));
  });
  /** @type {Made} */
  const made = JSON.parse(readFileSync(file, 'utf8'));
  return kinds.map(({ id, floor, prefix }) => {
    const { queries, perfect: ideal } = made[id];
    const qrels = queries.map((query) => `${query.id}\t${query.id}\t1\n`).join('');
    return { id, group: 'known', corpus, library: 'news_10k', floor, prefix, queries, qrels, perfect: ideal };
  });
}

/** @param {string} file @param {number} articles @param {number} seed @returns {Made} */
function make(file, articles, seed) {
  const news = readNews(file);
  const items = drawItems(news, articles, seed);
  const made = KINDS.map(({ id, ask }) => {
    const asked = items.map((item) => ({ id: item.id, ...ask(item, chance(seed, id, item.id)) }));
    return { id, asked: asked.flatMap(({ id: article, text, phrase }) => (text ? [{ id: article, text, phrase }] : [])) };
  });
  const ideals = perfect(made.map(({ asked }) => asked.flatMap(({ phrase }) => (phrase ? [phrase] : []))), news);
  return Object.fromEntries(made.map(({ id, asked }, at) => [id, {
    queries: asked.map(({ id: article, text }) => ({ id: article, text })),
    ...(asked.some(({ phrase }) => phrase) && { perfect: ideals[at] }),
  }]));
}
