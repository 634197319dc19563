/** The columns of the table: what each shows, and which way is better. */
import { figure } from '../stats.mjs';

/** @typedef {import('./measure.mjs').Measured} Measured */
/**
 * @typedef {object} Column
 * @property {string} head
 * @property {(found: Measured) => number | undefined} value
 * @property {(found: Measured) => string} [text] where it is more than the value
 * @property {'less' | 'more'} better
 */

const MB = 1e6;
const percent = (/** @type {number | undefined} */ share) => (share === undefined ? undefined : share * 100);
const scaled = (/** @type {number | undefined} */ bytes, by = MB) => (bytes === undefined ? undefined : bytes / by);

/** @type {Column[]} */
export const COLUMNS = [
  { head: 'first results, KB', value: ({ cold }) => scaled(cold?.bytes.median, 1000), better: 'less' },
  { head: 'requests', value: ({ cold }) => cold?.requests.median, better: 'less' },
  {
    head: 's at 1.6 Mbit/s', value: ({ cold }) => scaled(cold?.slow.median, 1000), better: 'less',
    text: ({ cold }) => (cold ? `${cold.reckoned ? '≈ ' : ''}${figure(cold.slow.median / 1000)}` : '–'),
  },
  { head: 's, localhost', value: ({ cold }) => scaled(cold?.near.median, 1000), better: 'less' },
  {
    head: 'warm p50, ms', value: ({ warm }) => warm?.shown.median, better: 'less',
    text: ({ warm }) => withoutShown(warm?.shown.median, warm?.matched?.median),
  },
  {
    head: 'warm p95, ms', value: ({ warm }) => warm?.shown.p95, better: 'less',
    text: ({ warm }) => withoutShown(warm?.shown.p95, warm?.matched?.p95),
  },
  { head: 'build, s', value: ({ build }) => build?.seconds, better: 'less' },
  { head: 'build, s of processor', value: ({ build }) => build?.cpu, better: 'less' },
  { head: 'build, MB', value: ({ build }) => build?.megabytes, better: 'less' },
  { head: 'index, MB', value: ({ library }) => scaled(library?.raw), better: 'less' },
  { head: 'index, MB on the wire', value: ({ library }) => scaled(library?.wire), better: 'less' },
  { head: 'files', value: ({ library }) => library?.files, better: 'less' },
  { head: 'offline, MB', value: ({ offline }) => scaled(offline), better: 'less' },
  { head: 'no result, %', value: ({ warm }) => percent(warm?.nothing), better: 'less' },
  { head: 'titles found, %', value: ({ warm }) => percent(warm?.titles), better: 'more' },
  { head: 'spans found, %', value: ({ warm }) => percent(warm?.spans), better: 'more' },
];

/** @param {number | undefined} shown @param {number | undefined} matched */
function withoutShown(shown, matched) {
  if (shown === undefined) return '–';
  return matched === undefined ? figure(shown) : `${figure(shown)} (${figure(matched)})`;
}

/** @param {Column} column @param {Measured} found */
export function cell({ value, text }, found) {
  return text?.(found) ?? figure(value(found) ?? NaN);
}
