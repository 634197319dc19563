/** How well a perfect phrase matcher would do: it finds what has the words in sequence, and orders it by chance. */
import { sum } from '../stats.mjs';
import { forms } from './words.mjs';

/** @typedef {import('./words.mjs').Forms} Forms */
/** @typedef {{ word: string, as: 'toned' | 'folded' | 'begins' }[]} Phrase how each word is to agree */
/** @typedef {{ 'mrr@10': number, 'success@10': number }} Perfect */

const PAGE = 10;

/**
 * What is to be expected over each list of phrases.
 *
 * @param {Phrase[][]} lists phrases that stand in an article at least
 * @param {import('./news.mjs').News} news
 * @returns {Perfect[]}
 */
export function perfect(lists, news) {
  const found = countArticles(lists.flat(), news);
  return lists.map((phrases) => {
    const counts = found.splice(0, phrases.length);
    const mean = (/** @type {(count: number) => number} */ of) => sum(counts.map(of)) / counts.length;
    return { 'mrr@10': mean(reciprocalRank), 'success@10': mean((count) => Math.min(1, PAGE / count)) };
  });
}

/** The mean over all places the right one of so many may have. @param {number} count */
function reciprocalRank(count) {
  return sum(Array.from({ length: Math.min(count, PAGE) }, (_, at) => 1 / (at + 1))) / count;
}

/**
 * How many articles have each phrase, all in one pass: whether the first two words agree but for marks tells which
 * phrases are worth a closer look.
 *
 * @param {Phrase[]} phrases
 * @param {import('./news.mjs').News} news
 */
function countArticles(phrases, news) {
  const { numbers, ofWord } = numberFolded(news.forms);
  const start = (/** @type {number} */ first, /** @type {number} */ second) => first * numbers.size + second;
  /** @type {Map<number, { at: number, tests: ((forms: Forms) => boolean)[] }[]>} */
  const byStart = new Map();
  phrases.forEach((phrase, at) => {
    const [first, second] = phrase.map(({ word }) => numbers.get(forms(word).folded) ?? NaN);
    const others = byStart.get(start(first, second)) ?? [];
    byStart.set(start(first, second), [...others, { at, tests: phrase.map(test) }]);
  });
  const found = phrases.map(() => 0);
  for (const { words } of news.articles) {
    /** @type {Set<number>} */
    const here = new Set();
    for (let at = 0; at + 1 < words.length; at += 1) {
      for (const phrase of byStart.get(start(ofWord[words[at]], ofWord[words[at + 1]])) ?? []) {
        if (phrase.tests.every((agrees, after) => agrees(news.forms[words[at + after] ?? 0]))) here.add(phrase.at);
      }
    }
    here.forEach((phrase) => (found[phrase] += 1));
  }
  const lost = found.indexOf(0);
  if (lost >= 0) throw new Error(`no article has the phrase "${phrases[lost].map(({ word }) => word).join(' ')}", which was taken from one`);
  return found;
}

/** One number for all words that differ in marks only. @param {Forms[]} known */
function numberFolded(known) {
  /** @type {Map<string, number>} */
  const numbers = new Map();
  for (const { folded } of known) if (!numbers.has(folded)) numbers.set(folded, numbers.size);
  return { numbers, ofWord: known.map(({ folded }) => numbers.get(folded) ?? 0) };
}

/** @param {Phrase[number]} part @returns {(forms: Forms) => boolean} */
function test({ word, as }) {
  const wanted = forms(word);
  if (as === 'toned') return ({ toned }) => toned === wanted.toned;
  if (as === 'folded') return ({ folded }) => folded === wanted.folded;
  if (wanted.toneless === wanted.folded) return ({ folded }) => folded.startsWith(wanted.folded);
  return ({ toneless }) => toneless.startsWith(wanted.toneless);
}
