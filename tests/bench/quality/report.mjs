/** The table of a run, and how it compares with a kept one. */
import { markdown } from '../table.mjs';
import { missed, wording } from './floors.mjs';

/** @typedef {import('./measure.mjs').Measures} Measures */
/** @typedef {{ id: string, group: string, floor: import('./floors.mjs').Floor, perfect?: import('./phrases.mjs').Perfect, measures: Measures }} Row */

const HEAD = ['set', 'queries', 'nDCG@10', 'MRR@10', 'success@1', 'success@10', 'zero %', 'p50 µs', 'p95 µs', 'perfect MRR', 'perfect s@10', 'floor', 'holds'];

/** @param {Row[]} rows */
export function table(rows) {
  return markdown(HEAD, rows.map((row) => {
    const { floor, perfect, measures } = row;
    const quality = [measures['ndcg@10'], measures['mrr@10'], measures['success@1'], measures['success@10']].map(share);
    const rest = [(measures.zero_results * 100).toFixed(1), String(measures.p50_us), String(measures.p95_us)];
    const ideal = perfect ? [share(perfect['mrr@10']), share(perfect['success@10'])] : ['', ''];
    return [row.id, String(measures.queries), ...quality, ...rest, ...ideal, wording(floor), verdict(row)];
  }));
}

/** @param {Row} row */
function verdict(row) {
  const below = missed(row);
  if (below.length) return `NO: ${below.join(', ')}`;
  return wording(row.floor) || row.group === 'known' ? 'yes' : '';
}

/** @param {number} value 0 to 1 */
const share = (value) => value.toFixed(3);

const COMPARED = /** @type {const} */ (['ndcg@10', 'mrr@10', 'success@1', 'success@10']);
const TOLERANCE = 0.005;

/**
 * @typedef {object} Run what is kept
 * @property {number} schema
 * @property {number} seed
 * @property {number} articles
 * @property {string} date
 * @property {{ id: string, measures: Measures }[]} sets
 */

/**
 * A line for each measure that is worse than in a kept run.
 *
 * @param {Run} now
 * @param {Run} kept
 */
export function drops(now, kept) {
  if (now.seed !== kept.seed || now.articles !== kept.articles) {
    return [`the kept run is of --seed ${kept.seed} --articles ${kept.articles}, this one of --seed ${now.seed} --articles ${now.articles}`];
  }
  return now.sets.flatMap(({ id, measures }) => {
    const then = kept.sets.find((set) => set.id === id)?.measures;
    if (!then) return [];
    if (then.queries !== measures.queries) return [`${id}: ${then.queries} queries were kept, and there are ${measures.queries} now`];
    const worse = COMPARED.filter((name) => then[name] - measures[name] > TOLERANCE);
    return worse.map((name) => `${id}: ${name} dropped from ${share(then[name])} to ${share(measures[name])}`);
  });
}
