/**
 * Made-up articles, for machines without the corpus: clauses of www/sample in new orders, the same in
 * every run. Their words are far fewer than real news has, so their figures only show that all runs.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { randomFrom } from './stats.mjs';

const SAMPLE = resolve(import.meta.dirname, '../../www/sample');
const CATEGORIES = ['Thời sự', 'Văn hóa', 'Y tế', 'Giáo dục', 'Thể thao', 'Thông báo'];
const SOURCES = ['Báo Sông Thao', 'Phường Thao Giang', 'Xã Vân Sơn', 'Xã Nậm Tang'];

/** @typedef {{ id: string, title: string, lead: string, body: string, date: string, category: string, source: string }} Made */

/**
 * @param {number} count
 * @returns {Made[]}
 */
export function makeArticles(count) {
  const random = randomFrom(2026);
  const whole = (/** @type {number} */ low, /** @type {number} */ high) => low + Math.floor(random() * (high - low + 1));
  /** @template T @param {T[]} list @returns {T} */
  const pick = (list) => list[Math.floor(random() * list.length)];
  const clauses = sampleClauses();
  const sentence = () => {
    const text = Array.from({ length: whole(1, 3) }, () => pick(clauses)).join(', ');
    return text[0].toUpperCase() + text.slice(1) + '.';
  };
  const paragraph = () => Array.from({ length: whole(2, 5) }, sentence).join(' ');
  return Array.from({ length: count }, (_, index) => ({
    id: `made-${index}`,
    title: sentence().slice(0, -1),
    lead: `${sentence()} ${sentence()}`,
    body: Array.from({ length: whole(4, 12) }, paragraph).join('\n'),
    date: new Date(Date.UTC(2015, 0, 1) + whole(0, 4300) * 86_400_000).toISOString().slice(0, 10),
    category: pick(CATEGORIES),
    source: pick(SOURCES),
  }));
}

/** What stands between commas and stops in the sample: 3 to 20 words, without front matter and markup. */
function sampleClauses() {
  const names = readdirSync(SAMPLE).filter((name) => /\.(md|txt)$/.test(name)).sort();
  const texts = names.map((name) => readFileSync(join(SAMPLE, name), 'utf8').normalize('NFC').replace(/^---\n[^]*?\n---\n/, ''));
  const parts = texts.flatMap((text) => text.split(/[.,;:!?\n|*#()“”"\[\]]+/u)).map((part) => part.trim());
  return parts.filter((part) => {
    const words = part.split(/\s+/).length;
    return words >= 3 && words <= 20 && /^\p{L}/u.test(part);
  });
}
