/** What is to be reached at least. */

/** @typedef {import('./measure.mjs').Measures} Measures */
/** @typedef {import('./phrases.mjs').Perfect} Perfect */

/** @typedef {{ 'ndcg@10'?: number, 'mrr@10'?: number, 'success@10'?: number, belowPerfect?: number }} Floor `belowPerfect`: how far MRR@10 may be below that of a perfect phrase matcher */

const QUALITY = /** @type {const} */ (['ndcg@10', 'success@10', 'mrr@10']);

/** Of every kind of query for a known item. The time is for 10,000 articles. */
const KNOWN = { zero_results: 0.01, p95_us: 1500 };

export const KNOWN_FLOORS = 'known items also: zero results ≤ 1 %, p95 ≤ 1,500 µs';

/** @param {Floor} floor */
export function wording({ belowPerfect, ...floor }) {
  const least = QUALITY.filter((name) => floor[name] !== undefined).map((name) => `${name} ≥ ${floor[name]}`);
  return [...least, ...(belowPerfect === undefined ? [] : [`mrr@10 ≥ perfect − ${belowPerfect}`])].join(', ');
}

/**
 * The names of the floors that a set does not reach.
 *
 * @param {{ floor: Floor, group: string, measures: Measures, perfect?: Perfect }} set
 */
export function missed({ floor, group, measures, perfect }) {
  /** @type {string[]} */
  const names = QUALITY.filter((name) => measures[name] < (floor[name] ?? 0));
  const near = perfect && floor.belowPerfect !== undefined ? perfect['mrr@10'] - floor.belowPerfect : 0;
  if (measures['mrr@10'] < near) names.push('mrr@10');
  if (group !== 'known') return names;
  if (measures.zero_results > KNOWN.zero_results) names.push('zero');
  if (measures.p95_us > KNOWN.p95_us) names.push('p95');
  return names;
}
