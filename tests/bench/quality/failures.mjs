/** Queries that went wrong, the worst first. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './measure.mjs';

/** @typedef {import('./measure.mjs').QuerySet} QuerySet */

/**
 * Lines that tell what was asked, where the first relevant article came, and what came before it.
 *
 * @param {string} tool
 * @param {QuerySet} set
 * @param {string} library
 * @param {string} folder
 * @param {number} most
 */
export function failures(tool, set, library, folder, most) {
  const relevant = judgements(set.qrels);
  const found = search(tool, set, library, folder);
  const rank = (/** @type {string} */ id) => {
    const at = (found.get(id) ?? []).findIndex((article) => relevant.get(id)?.has(article));
    return at < 0 ? Infinity : at + 1;
  };
  const title = (/** @type {string | undefined} */ article) => (article ? titleOf(tool, library, article) : 'nothing');
  const failed = set.queries.filter(({ id }) => relevant.has(id)).map(({ id, text }) => ({ id, text, rank: rank(id) })).filter((query) => query.rank > 1);
  failed.sort((a, b) => (a.rank === b.rank ? 0 : b.rank - a.rank));
  return failed.slice(0, most).map(({ id, text, rank: place }) => {
    const [wanted] = relevant.get(id) ?? [];
    const where = place === Infinity ? 'not among ten' : `rank ${place}`;
    return `  ${where}: ${text}\n    wanted ${wanted}: ${title(wanted)}\n    first: ${title(found.get(id)?.[0])}`;
  });
}

/** By query, its relevant articles. @param {string} qrels */
function judgements(qrels) {
  /** @type {Map<string, Set<string>>} */
  const relevant = new Map();
  for (const line of qrels.split('\n')) {
    const [query, article, score] = line.split('\t');
    if (Number(score) > 0) relevant.set(query, (relevant.get(query) ?? new Set()).add(article));
  }
  return relevant;
}

/** By query, the first ten articles. @param {string} tool @param {QuerySet} set @param {string} library @param {string} folder */
function search(tool, { id: name, queries, prefix }, library, folder) {
  const file = join(folder, `${name}.queries.tsv`);
  writeFileSync(file, queries.map(({ id, text }) => `${id}\t${text.replace(/\s+/gu, ' ')}\n`).join(''));
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const line of run(tool, ['search', library, '--batch', file, ...(prefix ? ['--prefix'] : [])]).split('\n').filter(Boolean)) {
    const [query, , article] = line.split('\t');
    found.set(query, [...(found.get(query) ?? []), article]);
  }
  return found;
}

/** @param {string} tool @param {string} library @param {string} article */
function titleOf(tool, library, article) {
  return JSON.parse(run(tool, ['read', library, article, '--json'])).title;
}
