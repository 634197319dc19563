/** The articles that known items are drawn from, read into numbered words. */
import { readFileSync } from 'node:fs';
import { clean, forms, words } from './words.mjs';

/**
 * @typedef {object} Article
 * @property {string} id
 * @property {string} title
 * @property {string} lead
 * @property {string} body
 * @property {number[]} words numbers of the words of all fields; a 0 where a field or paragraph ends
 */

/**
 * @typedef {object} News
 * @property {Article[]} articles
 * @property {import('./words.mjs').Forms[]} forms of every word, by its number
 * @property {(word: string) => number} articlesWith how many articles have a word, with its marks
 */

/**
 * @param {string} file unpacked, one JSON object a line
 * @returns {News}
 */
export function readNews(file) {
  /** @type {Map<string, number>} */
  const numbers = new Map();
  const known = [forms('')];
  const number = (/** @type {string} */ word) => {
    const found = numbers.get(word) ?? known.length;
    if (found === known.length) {
      numbers.set(word, found);
      known.push(forms(word));
    }
    return found;
  };
  const articles = readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => {
    const { id, title, lead, body } = JSON.parse(line);
    const fields = [title, lead, body].map((text) => clean(text ?? ''));
    const parts = fields.flatMap((text) => text.split('\n')).map((text) => [...words(text).map(number), 0]);
    return { id: String(id), title: fields[0], lead: fields[1], body: fields[2], words: parts.flat() };
  });
  const frequencies = countArticles(articles, known);
  return { articles, forms: known, articlesWith: (word) => frequencies.get(forms(word).toned) ?? 0 };
}

/** @param {Article[]} articles @param {import('./words.mjs').Forms[]} known */
function countArticles(articles, known) {
  /** @type {Map<string, number>} */
  const frequencies = new Map();
  for (const article of articles) {
    for (const word of new Set([...new Set(article.words)].map((number) => known[number].toned))) {
      frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
    }
  }
  return frequencies;
}
