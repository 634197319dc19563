/** Queries as readers type them: spans of 4 to 6 syllables from leads, with and without marks, and whole titles. */
import { randomFrom } from './stats.mjs';

/** @typedef {{ text: string, marks: boolean, id: string }} Query `id`: the article it was taken from */

/** Syllables with single spaces between them: no digits, no punctuation. */
const RUN = /[\p{L}\p{M}]+(?: [\p{L}\p{M}]+){3,}/gu;

/**
 * Half of them with marks, and the same spans without.
 *
 * @param {import('./corpus.mjs').Lead[]} leads
 * @param {number} count
 * @param {number} seed
 * @returns {Query[]}
 */
export function spanQueries(leads, count, seed) {
  const random = randomFrom(seed);
  const pick = (/** @type {number} */ limit) => Math.floor(random() * limit);
  /** @type {Query[]} */
  const queries = [];
  const seen = new Set();
  for (let attempt = 0; queries.length < count && attempt < count * 200; attempt += 1) {
    const { id, text } = leads[pick(leads.length)] ?? { id: '', text: '' };
    const runs = [...text.normalize('NFC').matchAll(RUN)].map(([run]) => run.split(' '));
    const run = runs[pick(runs.length)];
    if (!run) continue;
    const length = Math.min(run.length, 4 + pick(3));
    const from = pick(run.length - length + 1);
    const span = run.slice(from, from + length).join(' ');
    if (seen.has(span) || withoutMarks(span) === span) continue;
    seen.add(span);
    queries.push({ text: span, marks: true, id }, { text: withoutMarks(span), marks: false, id });
  }
  if (queries.length < count) throw new Error(`the corpus gives ${queries.length} queries, not ${count}: it has too few leads`);
  return queries.slice(0, count);
}

/**
 * Titles of articles, whole and without marks.
 *
 * @param {import('./corpus.mjs').Lead[]} titles
 * @param {number} count at most; fewer where there are fewer
 * @param {number} seed
 * @returns {Query[]}
 */
export function titleQueries(titles, count, seed) {
  const random = randomFrom(seed);
  const left = titles.filter(({ text }) => withoutMarks(text) !== text);
  const chosen = [];
  while (chosen.length < count && left.length) chosen.push(...left.splice(Math.floor(random() * left.length), 1));
  return chosen.map(({ id, text }) => ({ id, text: withoutMarks(text), marks: false }));
}

/** @param {string} text */
export function withoutMarks(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
}
