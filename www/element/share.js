/** An article's address, its citation, and copying. */
import { emptyState, showDate, writeAddress } from './both.js';
import { h } from './dom.js';
import { webAddress } from './web-address.js';

/** @typedef {import('../lib/types.d.ts').Article} Article */
/** @typedef {Pick<import('./reader-app.js').ReaderApp, 'dock' | 'root'>} App */
/** @typedef {import('../i18n/reading-more.js').MoreWords} Words */

/** The address of an article on this page, without the search that led to it. @param {Pick<Article, 'id'>} article */
export function hereOf({ id }) {
  const url = new URL(location.href);
  const params = writeAddress('', emptyState(), url.searchParams);
  params.set('doc', id);
  url.search = String(params);
  url.hash = '';
  return url.href;
}

/** The address to pass on: the article's own where it has one. @param {Article} article */
export const addressOf = (article) => webAddress(article.url) ?? hereOf(article);

/**
 * Source, title, date and address in one line.
 *
 * @param {Article} article
 */
export const citation = (article) => [article.source, `“${article.title}”`, article.published && showDate(article.published.date), addressOf(article)]
  .filter(Boolean).join(', ').replace(/\s+/g, ' ');

/**
 * Puts a text on the clipboard and says so.
 *
 * @param {App} app
 * @param {Words} words
 * @param {string} text
 * @param {string} done what is said then
 */
export async function copy(app, words, text, done) {
  if (await copied(app.root, text)) app.dock.tell(done);
  else app.dock.tell(words.notCopied, text);
}

/**
 * @param {ShadowRoot} root
 * @param {string} text
 */
async function copied(root, text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Not over https (many offices' portals are not), or refused: the old way may do.
  }
  const focused = /** @type {HTMLElement | null} */ (root.activeElement);
  const field = h('textarea', { class: 'sr', readonly: true, 'aria-hidden': 'true' });
  field.value = text;
  root.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  focused?.focus({ preventScroll: true });
  return done;
}
