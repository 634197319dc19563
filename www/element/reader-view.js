/** An article as DOM: its head, body, and what surrounds it. */
import { showDate } from './both.js';
import { h, marked } from './dom.js';
import { readerIcon } from './reader-icons.js';
import { factsView } from './facts-view.js';
import { body, tame } from './reader-blocks.js';
import { webAddress } from './web-address.js';

/** @typedef {import('../i18n/reading.js').ReadingWords} Words */
/** @typedef {import('../lib/types.d.ts').Article} Article */
/** @typedef {import('../lib/types.d.ts').ArticleDate} ArticleDate */
/** @typedef {import('../lib/types.d.ts').RelatedArticle} RelatedArticle */

/**
 * @typedef {object} Links
 * @property {(id: string) => string} article     where another article is read
 * @property {(query: string) => string} search   where a search is shown
 */

/**
 * A date, with a remark when part of it was worked out.
 *
 * @param {Words} words
 * @param {ArticleDate} date
 * @param {boolean} time
 */
function dateOf(words, date, time) {
  return [h('time', { datetime: date.date }, showDate(date.date, time)),
    date.inferred && h('span', { class: 'inferred', title: words.inferredWhy(date.text) }, ` (${words.inferred})`)];
}

/**
 * @param {Words} words
 * @param {Article} article
 * @param {Links} links
 * @param {import('./reader-blocks.js').Cut} cut
 * @param {() => ParentNode} place where all of it will be
 */
export function articleView(words, article, links, cut, place) {
  const { published, event, source, category, byline, lead } = article;
  const title = tame(h('h1', { tabindex: -1, part: 'title', 'data-part': 0 }, marked(cut(article.title))));
  const original = webAddress(article.url);
  return {
    title,
    element: h('article', { part: 'article', lang: 'vi' },
      h('header', null,
        category && h('p', { class: 'category' }, category),
        title,
        article.title_derived && h('p', { class: 'derived', lang: words.lang }, words.derived),
        h('p', { class: 'meta', part: 'meta' },
          published ? h('span', null, dateOf(words, published, true)) : h('span', { lang: words.lang }, words.undated),
          source && h('span', null, source),
          event && event.date !== published?.date && h('span', null, h('span', { lang: words.lang }, words.eventDate), ' ', dateOf(words, event, false)))),
      pictured(words, article, h('div', { class: 'body', part: 'body' },
        lead && tame(h('p', { class: 'lead', 'data-part': 1 }, marked(cut(lead)))),
        body(words, article.blocks, cut),
        byline && tame(h('p', { class: 'byline' }, byline)))),
      original && h('p', { class: 'original', lang: words.lang },
        h('a', { href: original, rel: 'noopener noreferrer external' }, readerIcon('out'), words.original),
        h('span', { class: 'address' }, original))),
    aside: aside(words, article, links, place),
  };
}

/**
 * Puts the pictures in, if there are any, once their code is there.
 *
 * @param {Words} words
 * @param {Article} article
 * @param {HTMLElement} body
 */
function pictured(words, { images }, body) {
  if (images?.length) import('./reader-images.js').then(({ showImages }) => showImages(words, images, body)).catch(() => {}); // Text is read without pictures too.
  return body;
}

/**
 * @param {Words} words
 * @param {Article} article
 * @param {Links} links
 * @param {() => ParentNode} place
 */
function aside(words, article, links, place) {
  const { attachments, related, newer, older } = article;
  const files = attachments.map(({ name, url }) => ({ name, href: webAddress(url) }));
  const part = (/** @type {string} */ name, /** @type {string} */ label, /** @type {HTMLElement[]} */ rows) =>
    rows.length > 0 && h('section', { class: name, 'aria-label': label }, h('h2', null, label), h('ul', { role: 'list', lang: 'vi' }, rows));
  const other = (/** @type {RelatedArticle} */ { id, title, published }) => [
    h('a', { href: links.article(id), 'data-id': id }, title),
    published && h('time', { datetime: published.date }, showDate(published.date))];
  const step = (/** @type {'newer' | 'older'} */ which, /** @type {RelatedArticle | null} */ to) => to && h('p', { class: which },
    h('span', { class: 'dir' }, which === 'newer' && readerIcon('back'), words[which], which === 'older' && readerIcon('next')),
    h('a', { href: links.article(to.id), 'data-id': to.id, lang: 'vi' }, to.title),
    to.published && h('time', { datetime: to.published.date }, showDate(to.published.date)));
  return h('div', { class: 'aside', part: 'aside' },
    part('attachments', words.attachments, files.map(({ name, href }) =>
      h('li', null, readerIcon('file'), href ? h('a', { href, rel: 'noopener noreferrer' }, name) : h('span', null, name)))),
    factsView(words, article, links, place),
    part('related', words.related, related.map((one) => h('li', null, other(one)))),
    (newer || older) && h('nav', { class: 'neighbours', 'aria-label': words.neighbours }, step('newer', newer), step('older', older)));
}
