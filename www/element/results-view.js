/** The list of results: one article an item, its title a real link. */
import { showDate } from './both.js';
import { h, marked } from './dom.js';

/** @typedef {import('../i18n/box.js').Words} Words */
/** @typedef {import('../lib/types.d.ts').Hit} Hit */
/** @typedef {import('../lib/types.d.ts').SearchResult} SearchResult */

/**
 * @param {Words} words
 * @param {Hit} hit
 * @param {string} href
 */
function item(words, hit, href) {
  const { published } = hit;
  return h('li', { class: 'hit', part: 'hit' },
    h('h3', { part: 'title', lang: 'vi' }, h('a', { href, 'data-id': hit.id }, marked(hit.title_segments))),
    h('p', { class: 'meta' },
      published
        ? h('time', { datetime: published.date, title: published.inferred && words.inferredWhy(published.text) }, showDate(published.date))
        : h('span', null, words.undated),
      hit.source && h('span', { lang: 'vi' }, hit.source),
      hit.category && h('span', { lang: 'vi' }, hit.category),
      hit.title_derived && h('span', null, words.derived)),
    hit.snippet.length > 0 && h('p', { class: 'snippet', part: 'snippet', lang: 'vi' }, marked(hit.snippet)),
    hit.missing.length > 0 && h('p', { class: 'missing' }, words.missing, ' ',
      hit.missing.map((word, i) => [i > 0 ? ', ' : null, h('s', { lang: 'vi' }, word)]).flat()));
}

/**
 * Items for the list of results.
 *
 * @param {Words} words
 * @param {Hit[]} hits
 * @param {(id: string) => string} hrefFor
 */
export const items = (words, hits, hrefFor) => hits.map((hit) => item(words, hit, hrefFor(hit.id)));

/**
 * Remarks above the list: what was corrected, with a way back; that nothing was, with a way there; that no article has
 * all words.
 *
 * @param {Words} words
 * @param {SearchResult} result
 * @param {{ q: string, exact: boolean }} state
 * @param {(exact: boolean) => void} exactly
 */
export function remarks(words, { corrected, partial, total }, { q, exact }, exactly) {
  const other = (/** @type {string} */ label) => h('button', { type: 'button', class: 'link', onclick: () => exactly(!exact) }, label);
  return [
    corrected && h('p', { class: 'remark corrected' }, words.corrected, ' ', h('strong', { lang: 'vi' }, corrected.query), '. ', other(words.asTyped(corrected.original))),
    exact && q.trim() !== '' && h('p', { class: 'remark exact' }, words.exact, ' ', other(words.correct)),
    partial && total > 0 && h('p', { class: 'remark' }, words.partial),
  ];
}

/**
 * One line for the screen reader and for the eye.
 *
 * @param {Words} words
 * @param {SearchResult} result
 * @param {string} query
 */
export function summary(words, result, query) {
  const { total, partial, corrected } = result;
  query = corrected?.query ?? query;
  if (total === 0 && query) return words.noneFor(query);
  if (partial) return words.nearest(count(words, result), total, query);
  return query ? words.foundFor(count(words, result), total, query) : words.found(count(words, result), total);
}

/**
 * How many articles are found; an estimate is told as one, in two digits.
 *
 * @param {Words} words
 * @param {SearchResult} result
 */
export function count(words, { total, total_exact }) {
  if (total_exact) return words.number(total);
  const unit = 10 ** Math.max(0, String(total).length - 2);
  return words.about(words.number(Math.round(total / unit) * unit));
}
