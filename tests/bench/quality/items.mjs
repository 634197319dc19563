/** Known items: articles, and what somebody who looks for one of them remembers of it. */
import { chance } from './chance.mjs';
import { otherPlacement } from './typing.mjs';
import { hasMarks, words } from './words.mjs';

/** @typedef {import('./news.mjs').News} News */
/** @typedef {import('./news.mjs').Article} Article */
/** @typedef {import('./chance.mjs').Chance} Chance */

/**
 * @typedef {object} Item
 * @property {string} id of the article
 * @property {string} title
 * @property {string[]} span 4 to 6 words that stand together in the lead
 * @property {string[] | null} open a span of the article with a word whose tone has two places; null when there is none
 * @property {string[]} scattered 3 or 4 rarer words, each of another sentence
 */

const TITLE_WORDS = 4;
const LEAD_WORDS = 12;
const SPAN = { least: 4, most: 6 };
const SCATTERED = { least: 3, most: 4 };
/** A scattered word is in 2 articles or more, and in this share of them or less. */
const RARE = 0.02;

/** Words with a blank between them and nothing else; none is a part of e-mail, TP.HCM or covid19. */
const RUN = /(?<![\p{L}\p{M}\p{N}][-./&'’@_]?)[\p{L}\p{M}]+(?: [\p{L}\p{M}]+)+(?![-./&'’@_]?[\p{L}\p{M}\p{N}])/gu;
const SENTENCE_END = /[.!?…;:]+(?=\s|$)|\n/u;

/**
 * The same for the same seed.
 *
 * @param {News} news
 * @param {number} count
 * @param {number} seed
 * @returns {Item[]}
 */
export function drawItems(news, count, seed) {
  /** @type {Item[]} */
  const items = [];
  for (const article of chance(seed, 'articles').shuffled(news.articles)) {
    if (items.length === count) break;
    const item = itemOf(article, news, seed);
    if (item) items.push(item);
  }
  return items;
}

/**
 * Null for an article that is too short.
 *
 * @param {Article} article
 * @param {News} news
 * @param {number} seed
 * @returns {Item | null}
 */
function itemOf(article, news, seed) {
  const lead = article.lead || article.body.split('\n', 1)[0];
  if (words(article.title).length < TITLE_WORDS || !hasMarks(article.title) || words(lead).length < LEAD_WORDS) return null;
  const span = drawSpan(lead, chance(seed, 'span', article.id));
  const scattered = drawScattered(article, news, chance(seed, 'scattered', article.id));
  if (!span || !scattered) return null;
  return { id: article.id, title: article.title, span, open: drawOpen(article, chance(seed, 'open', article.id)), scattered };
}

/** The runs of a text that are long enough for a span. @param {string} text */
function runsOf(text) {
  return [...text.matchAll(RUN)].map(([run]) => run.split(' ')).filter((run) => run.length >= SPAN.least);
}

/**
 * A span that all kinds of queries can be made of: some of its marks can be left out, one of its words can hold a slip,
 * and its last one can be cut.
 *
 * @param {string} text
 * @param {Chance} chance
 */
function drawSpan(text, chance) {
  const spans = runsOf(text).flatMap((run) => windows(run, SPAN.least + chance.below(SPAN.most - SPAN.least + 1)));
  const fit = spans.filter((span) => span.filter(hasMarks).length >= 2 && span.some((word) => word.length >= 3) && (span.at(-1) ?? '').length >= 2);
  return fit.length ? chance.one(fit) : null;
}

/** @param {Article} article @param {Chance} chance */
function drawOpen({ lead, body }, chance) {
  const length = SPAN.least + chance.below(SPAN.most - SPAN.least + 1);
  const spans = runsOf(`${lead}\n${body}`).flatMap((run) => windows(run, length));
  const open = spans.filter((span) => span.some(otherPlacement));
  return open.length ? chance.one(open) : null;
}

/** All stretches of a run of a length; the whole run when it is shorter. @param {string[]} run @param {number} length */
function windows(run, length) {
  const starts = Math.max(1, run.length - length + 1);
  return Array.from({ length: starts }, (_, start) => run.slice(start, start + length));
}

/** @param {Article} article @param {News} news @param {Chance} chance */
function drawScattered({ lead, body }, news, chance) {
  const most = news.articles.length * RARE;
  const isRare = (/** @type {string} */ word) => {
    const articles = news.articlesWith(word);
    return articles >= 2 && articles <= most;
  };
  const isWord = (/** @type {string} */ word) => /^[\p{L}\p{M}]{2,}$/u.test(word);
  const length = SCATTERED.least + chance.below(SCATTERED.most - SCATTERED.least + 1);
  /** @type {Set<string>} */
  const drawn = new Set();
  for (const sentence of chance.shuffled(`${lead}\n${body}`.split(SENTENCE_END))) {
    const rare = words(sentence).map((word) => word.toLowerCase()).filter((word) => isWord(word) && isRare(word) && !drawn.has(word));
    if (rare.length) drawn.add(chance.one(rare));
    if (drawn.size === length) return [...drawn];
  }
  return drawn.size >= SCATTERED.least ? [...drawn] : null;
}
