/**
 * The demonstration portal around timdoc: the theme, and on the front page the latest news and the
 * categories, filled from the library like any page could.
 */
import { showDate } from '../element/both.js';
import { h } from '../element/dom.js';
import { open } from '../timdoc.js';
import { themes } from './theme.js';

/** @typedef {import('../lib/types.d.ts').Hit} Hit */
/** @typedef {import('../lib/types.d.ts').Library} Library */

/** News at the top, categories below, articles in each. */
const LATEST = 7;
const BLOCKS = 3;
const EACH = 4;

/** @param {Hit} hit */
const address = (hit) => `reader.html?doc=${encodeURIComponent(hit.id)}`;

/** @param {Hit} hit */
const date = ({ published }) => published && h('time', { datetime: published.date }, showDate(published.date));

/** @param {string} category */
const categoryAddress = (category) => `?${new URLSearchParams({ 'f.category': category })}`;

/** @param {Hit} hit */
const row = (hit) => h('li', null, h('a', { href: address(hit) }, hit.title), date(hit));

/**
 * @param {Library} library
 * @param {Element} place
 */
async function latest(library, place) {
  const { hits } = await library.search('', { sort: 'newest', limit: LATEST });
  const [first, ...others] = hits;
  place.removeAttribute('aria-busy');
  if (!first) return place.replaceChildren(h('p', null, 'Chưa có tin bài.'));
  place.replaceChildren(
    h('article', { class: 'first' },
      first.category && h('p', { class: 'category' }, h('a', { href: categoryAddress(first.category) }, first.category)),
      h('h3', null, h('a', { href: address(first) }, first.title)),
      h('p', { class: 'snippet' }, first.snippet.map(({ text }) => text).join('')),
      h('p', { class: 'meta' }, date(first), first.source && h('span', null, first.source))),
    h('ul', { class: 'rows' }, others.map(row)));
}

/**
 * @param {Library} library
 * @param {Element} place
 * @param {Element | null} menu
 */
async function categories(library, place, menu) {
  const { category = [] } = await library.facets({ fields: ['category'] });
  menu?.append(...category.slice(0, 6).map(({ value, label }) => h('li', null, h('a', { href: categoryAddress(value) }, label))));
  for (const { value, label, count } of category.slice(0, BLOCKS)) {
    const { hits } = await library.search('', { filters: { category: [value] }, sort: 'newest', limit: EACH });
    place.append(h('section', { class: 'block' },
      h('h2', null, h('a', { href: categoryAddress(value) }, label), h('span', { class: 'count' }, `${count} bài`)),
      h('ul', { class: 'rows' }, hits.map(row))));
  }
}

async function front() {
  const news = document.querySelector('[data-latest]');
  const blocks = document.querySelector('[data-blocks]');
  if (!news || !blocks) return;
  try {
    const library = await open(new URL('bundle/', document.baseURI));
    await latest(library, news);
    await categories(library, blocks, document.querySelector('[data-menu]'));
  } catch (error) {
    console.error('portal:', error);
    news.removeAttribute('aria-busy');
    news.replaceChildren(h('p', null, 'Chưa tải được tin mới. Hãy kiểm tra kết nối mạng rồi tải lại trang.'));
    addEventListener('online', () => void front(), { once: true });
  }
}

themes();
void front();
