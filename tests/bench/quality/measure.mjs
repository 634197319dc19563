/** Runs the command line tool over a set of queries. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renew } from './stamps.mjs';

/**
 * @typedef {object} QuerySet
 * @property {string} id
 * @property {'retrieval' | 'known'} group
 * @property {string} corpus packed articles
 * @property {string} library what the library of these articles is called
 * @property {{ id: string, text: string }[]} queries
 * @property {string} qrels
 * @property {boolean} [prefix] the last word may be unfinished
 * @property {import('./floors.mjs').Floor} floor
 * @property {import('./phrases.mjs').Perfect} [perfect]
 */

/**
 * As `timdoc eval --json` prints them.
 *
 * @typedef {{ 'ndcg@10': number, 'mrr@10': number, 'recall@100': number, 'success@1': number, 'success@10': number,
 *   zero_results: number, p50_us: number, p95_us: number, queries: number }} Measures
 */

/**
 * The library of a set, built unless it is there from the same articles by the same tool.
 *
 * @param {string} tool
 * @param {QuerySet} set
 * @param {string} folder
 */
export async function libraryOf(tool, { corpus, library }, folder) {
  const out = join(folder, `lib-${library}`);
  await renew(out, [tool, corpus], () => void run(tool, ['build', corpus, '--out', out]));
  return out;
}

/**
 * @param {string} tool
 * @param {QuerySet} set
 * @param {string} library
 * @param {string} folder for queries and judgements
 * @returns {Measures}
 */
export function measure(tool, { id, queries, qrels, prefix }, library, folder) {
  const files = { queries: join(folder, `${id}.queries.jsonl`), qrels: join(folder, `${id}.qrels.tsv`) };
  writeFileSync(files.queries, queries.map((query) => JSON.stringify(query) + '\n').join(''));
  writeFileSync(files.qrels, qrels);
  const args = ['eval', library, '--queries', files.queries, '--qrels', files.qrels, '--json', ...(prefix ? ['--prefix'] : [])];
  return JSON.parse(run(tool, args));
}

/**
 * What the tool prints.
 *
 * @param {string} tool
 * @param {string[]} args
 */
export function run(tool, args) {
  const { status, stdout, stderr, error } = spawnSync(tool, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error) throw error;
  if (status !== 0) throw new Error(`timdoc ${args[0]}: exit ${status}: ${stderr.trim()}`);
  return stdout;
}
