/** Judged queries of others: sets that lie beside the articles. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORPORA } from '../places.mjs';
import { withoutMarks } from '../queries.mjs';

/** @typedef {import('./floors.mjs').Floor} Floor */
/** @typedef {import('./measure.mjs').QuerySet} QuerySet */

/** @type {{ name: string, floor: Floor, unmarked?: Floor }[]} `unmarked`: the queries are also asked without their marks */
const SETS = [
  { name: 'news_topics', floor: { 'ndcg@10': 0.92 }, unmarked: { 'ndcg@10': 0.9 } },
  { name: 'dantri_unaccented_knownitem', floor: { 'ndcg@10': 0.88 } },
  { name: 'alqac2022', floor: { 'ndcg@10': 0.91 }, unmarked: { 'ndcg@10': 0.89 } },
  { name: 'news_related', floor: { 'ndcg@10': 0.88 } },
  { name: 'xquad_vi', floor: {} },
];

const ALL = SETS.flatMap(({ name, floor, unmarked }) => [
  { id: name, name, floor, rewrite: (/** @type {string} */ text) => text },
  ...(unmarked ? [{ id: `${name}-unmarked`, name, floor: unmarked, rewrite: withoutMarks }] : []),
]);

export const RETRIEVAL_IDS = ALL.map(({ id }) => id);

/** Those that are here. @param {Set<string>} wanted @returns {QuerySet[]} */
export function retrievalSets(wanted) {
  const folder = (/** @type {string} */ name) => join(CORPORA, 'retrieval', name);
  return ALL.filter(({ id, name }) => wanted.has(id) && existsSync(folder(name))).map(({ id, name, floor, rewrite }) => {
    const lines = readFileSync(join(folder(name), 'queries.jsonl'), 'utf8').split('\n').filter(Boolean);
    const queries = lines.map((line) => JSON.parse(line)).map(({ id: query, text }) => ({ id: String(query), text: rewrite(text) }));
    const qrels = readFileSync(join(folder(name), 'qrels.tsv'), 'utf8');
    return { id, group: 'retrieval', corpus: join(folder(name), 'corpus.jsonl.zst'), library: name, floor, queries, qrels };
  });
}
