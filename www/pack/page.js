/**
 * The page of `timdoc pack`: one file that holds a library, its search and its reader, and opens without a server.
 *
 * The two elements do their work as on any page; what they would fetch is in the page itself (blocks.js). Here is only
 * what stands around them: what this is, the newest articles, and which of the three views the address asks for.
 */
import { languageOf, worded } from '../i18n/box.js';
import { messages as en } from '../i18n/en.js';
import { messages as vi } from '../i18n/vi.js';
import { h } from '../element/dom.js';
import { readSettings } from '../element/reader-settings.js';
import { errorState } from '../element/states.js';
import { showDate } from '../element/dates.js';
import { open } from '../lib/library.js';
import { packWords } from './words.js';
import '../timdoc.js';

/** Articles on the first view. */
const RECENT = 10;

const root = document.documentElement;
const lang = languageOf(root);
const words = worded(lang, lang === 'en' ? en : vi);
const own = packWords(lang);
Object.assign(words.errors, own.errors);

const place = (/** @type {string} */ name) => /** @type {HTMLElement} */ (document.querySelector(`[data-${name}]`));
const search = /** @type {import('../element/search-element.js').TimdocSearch} */ (document.querySelector('timdoc-search'));
const reader = /** @type {import('../element/reader-element.js').TimdocReader} */ (document.querySelector('timdoc-reader'));

/** Which view it is: the elements say so by their attributes. */
function view() {
  root.dataset.view = !reader.hidden ? 'reading' : search.hasAttribute('active') ? 'results' : 'home';
}

/**
 * Goes to another address of this page without loading the file again.
 *
 * @param {string} query `?doc=…`, or '' for the first view
 * @param {object | null} state
 */
function go(query, state) {
  history.pushState(state, '', location.pathname + query);
  dispatchEvent(new PopStateEvent('popstate', { state }));
}

/** Whether a click is to be a step on this page, not a new tab. @param {MouseEvent} event */
const plain = (event) => !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

/** @param {import('../lib/types.d.ts').Hit} hit */
function row({ id, title, published, source }) {
  const query = `?${new URLSearchParams({ doc: id })}`;
  const link = h('a', { href: query, lang: 'vi', onclick: (/** @type {MouseEvent} */ event) => {
    if (!plain(event)) return;
    event.preventDefault();
    history.replaceState({ ...history.state, timdocScroll: scrollY }, '');
    go(query, { timdocSteps: 1 });
    void reader.show();
  } }, title);
  return h('li', null, link, h('p', null,
    published ? h('time', { datetime: published.date }, showDate(published.date)) : h('span', null, words.undated),
    source && h('span', { lang: 'vi' }, source)));
}

async function recent() {
  const library = await open(new URL(search.getAttribute('bundle') ?? '', document.baseURI));
  const { articles, from, to } = library.info;
  const n = words.number(articles);
  place('about').textContent = [own.articles(n, articles), from && to && own.dates(showDate(from), showDate(to))].filter(Boolean).join(', ');
  place('foot').textContent = [own.foot, to && own.newest(showDate(to))].filter(Boolean).join(' ');
  const { hits } = await library.search('', { sort: 'newest', limit: RECENT });
  const all = h('a', { href: '?all=1&sort=newest', class: 'all', onclick: (/** @type {MouseEvent} */ event) => {
    if (!plain(event)) return;
    event.preventDefault();
    go('?all=1&sort=newest', null);
    void search.start();
    scrollTo(0, 0);
    search.focus({ preventScroll: true });
  } }, own.all(n));
  place('recent').replaceChildren(...(hits.length
    ? [h('h2', null, to ? own.recent : own.first), h('ul', { role: 'list' }, hits.map(row)), articles > hits.length ? all : '']
    : [h('p', null, own.none)]));
}

/** The reader's own choice of colours is the page's. @param {string} theme */
function dress(theme) {
  if (theme === 'auto') delete root.dataset.theme;
  else root.dataset.theme = theme;
}

dress(readSettings().theme);
document.addEventListener('timdoc-theme', (event) => {
  event.preventDefault();
  dress(/** @type {CustomEvent<{ theme: string }>} */ (event).detail.theme);
});
place('skip').textContent = own.skip;
place('skip').addEventListener('click', (event) => {
  event.preventDefault();
  search.focus();
});
place('home').addEventListener('click', (event) => {
  if (!plain(event)) return;
  event.preventDefault();
  if (location.search) go('', null);
  scrollTo(0, 0);
});
// Who types above an article leaves it for results; the back button leads to it again. Before the box itself hears of it.
document.addEventListener('input', (event) => {
  if (event.target !== search || reader.hidden) return;
  const params = new URLSearchParams(location.search);
  params.delete('doc');
  go(params.size ? `?${params}` : '', null);
}, { capture: true });
new MutationObserver(view).observe(document.body, { subtree: true, attributeFilter: ['active', 'hidden'] });
view();
place('late').remove();
recent().catch((error) => {
  console.error('timdoc:', error);
  place('recent').replaceChildren(errorState(words, error, null));
});
