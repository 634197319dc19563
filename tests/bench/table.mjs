/** Rows, as a table that reads well in a terminal and is Markdown too. */
import { figure } from './stats.mjs';

/**
 * @typedef {object} Row
 * @property {string} id stable, for comparing runs
 * @property {string} what
 * @property {string} unit
 * @property {number} [budget]
 * @property {boolean} [judged] false: no verdict, for the budget is about other articles
 * @property {number | null} value what the budget is held against; null: not measured
 * @property {import('./stats.mjs').Spread} [spread] where it is one of many
 * @property {'p90' | 'p95'} [high] which high figure to show beside the median
 * @property {string} [note] after the figures; or why there are none
 */

const HIGH = { p90: '90 %', p95: '95 %' };

/**
 * @param {Row} row
 * @returns {string}
 */
export function verdict({ budget, judged = true, value, spread }) {
  if (budget === undefined || value === null || !Number.isFinite(value) || !judged) return '–';
  if (!spread) return value <= budget ? 'ok' : 'OVER';
  if (value <= budget) return spread.max <= budget ? 'ok' : 'ok, not all';
  return spread.median <= budget ? 'OVER, median ok' : 'OVER';
}

/** @param {Row} row */
function measured({ value, unit, spread, high, note }) {
  if (value === null) return note ?? 'not measured';
  const after = note ? `; ${note}` : '';
  const unitAfter = unit && ` ${unit}`;
  if (!spread) return `${figure(value)}${unitAfter}${after}`;
  const shown = high ?? 'p90';
  return `${figure(spread.median)} · ${HIGH[shown]} ${figure(spread[shown])} · max ${figure(spread.max)}${unitAfter}${after}`;
}

/**
 * @param {Row[]} rows
 * @param {Row[] | undefined} kept of an earlier run
 */
export function table(rows, kept) {
  const head = ['what', 'budget', 'measured', 'verdict', ...(kept ? ['now / kept'] : [])];
  const lines = rows.map((row) => {
    const cells = [row.what, row.budget === undefined ? '' : `${figure(row.budget)} ${row.unit}`.trim(), measured(row), verdict(row)];
    return kept ? [...cells, ratio(row, kept.find(({ id }) => id === row.id))] : cells;
  });
  return markdown(head, lines);
}

/**
 * @param {Row} now
 * @param {Row | undefined} then
 */
function ratio(now, then) {
  const [a, b] = [now, then].map((row) => row?.spread?.median ?? row?.value ?? NaN);
  return b ? figure(a / b) : '–';
}

/**
 * @param {string[]} head
 * @param {string[][]} lines
 */
export function markdown(head, lines) {
  const widths = head.map((title, column) => Math.max(...[head, ...lines].map((line) => width(line[column])), width(title)));
  const draw = (/** @type {string[]} */ cells) => `| ${cells.map((cell, column) => cell + ' '.repeat(widths[column] - width(cell))).join(' | ')} |`;
  return [draw(head), `|${widths.map((size) => '-'.repeat(size + 2)).join('|')}|`, ...lines.map(draw)].join('\n');
}

/** Characters as a terminal counts them: combining marks take no place. @param {string} text */
const width = (text) => [...text.normalize('NFC').replace(/\p{M}/gu, '')].length;
