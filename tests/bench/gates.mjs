/**
 * What a first search and a library may cost today: gates of `./build.sh check`. They are counts, the same on every
 * machine; timings are never gates. A ceiling of gates.json is lowered when something got smaller, until it is the budget.
 */
import { readFileSync } from 'node:fs';
import { median } from './stats.mjs';

/** The budgets of 10,000 articles: bytes of the library, requests and round trips to ten results; % of the text offline. */
const BUDGETS = { bytes: 130_000, requests: 24, trips: 4, offline: 55 };

/** @typedef {keyof typeof BUDGETS} Name */
/** @typedef {{ name: Name, value: number, ceiling: number, budget: number }} Gate */

const SAYS = {
  bytes: 'first search: bytes of the library, median',
  requests: 'first search: requests, median',
  trips: 'first search: dependent round trips, median',
  offline: 'everything for offline, % of the text',
};

/** @param {import('./rows.mjs').Sized} sized @returns {Gate[]} */
export function gates({ corpus, cold = [], made }) {
  const all = JSON.parse(readFileSync(new URL('gates.json', import.meta.url), 'utf8'));
  const ceilings = all[corpus.real ? 'real' : 'made up'];
  const values = {
    bytes: median(cold.map(({ bytes }) => bytes)),
    requests: median(cold.map(({ requests }) => requests)),
    trips: median(cold.map(({ trips }) => trips)),
    offline: made ? (made.bytes / corpus.bytes) * 100 : NaN,
  };
  return /** @type {Name[]} */ (Object.keys(BUDGETS)).map((name) => {
    // What was not measured has not passed.
    const value = Number.isFinite(values[name]) ? values[name] : Infinity;
    return { name, value, ceiling: ceilings[name], budget: BUDGETS[name] };
  });
}

/** @param {Gate[]} found @param {import('./corpus.mjs').Corpus} corpus */
export function showGates(found, corpus) {
  const number = (/** @type {number} */ value) => value.toLocaleString('en', { maximumFractionDigits: 1 });
  const line = (/** @type {Gate} */ { name, value, ceiling, budget }) =>
    `${value > ceiling ? '✗' : '✓'} ${SAYS[name]}: ${number(value)} (ceiling ${number(ceiling)}, budget ${number(budget)})`;
  return [`${corpus.articles} articles: ${corpus.name}`, ...found.map(line)].join('\n');
}
