/** What the tests of reading share: an article of several headings, a reader on a page of its own. */
import { fakeLibrary, open, ownPage } from './browser.mjs';

export { VOICE } from './voice.mjs';

/** @typedef {import('playwright-core').Page} Page */

const sentence = (/** @type {number} */ n) => `Câu thứ ${n} kể việc làm đường ở thôn Nà Lốc. Bà con góp ${n} ngày công.`;
export const LONG = {
  title: 'Con đường về bản', lead: 'Lời dẫn của bài.', source: 'Báo Sông Thao', url: 'https://songthao.example/con-duong',
  blocks: ['Một', 'Hai', 'Ba', 'Bốn'].flatMap((name, at) => [
    { kind: 'heading', text: `Mục ${name}` },
    ...Array.from({ length: 8 }, (_, n) => ({ kind: 'paragraph', text: sentence(at * 8 + n + 1).repeat(3).replaceAll('.C', '. C') })),
  ]),
};

/** A part of the reader. @param {Page} page @param {string} part */
export const inReader = (page, part) => page.locator(`timdoc-reader ${part}`);

/**
 * Opens an article of a made-up library.
 *
 * @param {Page} page
 * @param {{ article?: object, query?: string, body?: string, lang?: string }} [options]
 */
export async function openArticle(page, { article = LONG, query = '?doc=a', body = '<timdoc-reader></timdoc-reader>', lang } = {}) {
  await ownPage(page, body, { lang });
  await fakeLibrary(page, { article });
  await open(page, `test.html${query}`);
  await inReader(page, 'article').waitFor();
}

/** Opens a menu of the reader's bar, and waits for what is in it. @param {Page} page @param {'display' | 'more'} name */
export async function openMenu(page, name) {
  await inReader(page, `.${name} > summary`).click();
  await inReader(page, `.${name} .sheet :is(.reset, .entry.print)`).waitFor();
}

/** What is on the clipboard. @param {Page} page */
export const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

/** Selects from one place of the article's text to another. @param {Page} page @param {[part: number, at: number]} from @param {[part: number, at: number]} to */
export const select = (page, from, to) => page.evaluate(([[first, start], [last, end]]) => {
  const root = /** @type {ShadowRoot} */ (document.querySelector('timdoc-reader')?.shadowRoot);
  const text = (/** @type {number} */ part) => /** @type {Node} */ (root.querySelector(`[data-part="${part}"]`)?.firstChild);
  getSelection()?.setBaseAndExtent(text(first), start, text(last), end);
}, /** @type {const} */ ([from, to]));
