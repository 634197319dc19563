/** What the menu "Thêm" holds: share, copy, the passage that is selected, print, and the articles put aside and read. */
import { moreWords } from '../i18n/reading-more.js';
import { h } from './dom.js';
import { readerIcon } from './reader-icons.js';
import { addressOf, citation, copy } from './share.js';

/**
 * @param {import('./reader-app.js').ReaderApp} app
 * @returns {Promise<HTMLElement[]>}
 */
export async function moreSheet(app) {
  const words = await moreWords(app.words.lang);
  /** An entry that closes the menu and puts the focus back on its button before it does what it says. */
  const entry = (/** @type {string} */ name, /** @type {SVGElement} */ sign, /** @type {string} */ label, /** @type {() => void} */ work) => h('li', null,
    h('button', { type: 'button', class: `entry ${name}`, onclick: (/** @type {Event} */ event) => {
      const menu = /** @type {HTMLElement} */ (event.currentTarget).closest('details');
      if (menu) menu.open = false;
      menu?.querySelector('summary')?.focus();
      work();
    } }, sign, label));
  const of = (/** @type {(article: import('../lib/types.d.ts').Article) => void} */ work) => () => app.article && work(app.article);
  const share = 'share' in navigator && entry('share', readerIcon('share'), words.share, of((article) => {
    navigator.share({ title: article.title, url: addressOf(article) }).catch((error) => {
      // Thought better of it: nothing to say. Refused by the browser: the address can still be copied.
      if (error.name !== 'AbortError') void copy(app, words, addressOf(article), words.copiedLink);
    });
  }));
  // What floats over the end of the page is far away for a keyboard: it is here too.
  const passage = ['text', 'link'].map((name) => entry(`passage-${name}`, readerIcon(name === 'text' ? 'quote' : 'link'), name === 'text' ? words.copyPassage : words.linkPassage,
    () => /** @type {HTMLElement | null} */ (app.dock.element.querySelector(`.passage .${name}`))?.click()));
  const show = () => passage.forEach((item) => (item.hidden = !app.dock.element.querySelector('.passage')));
  // As the passage comes and goes, not as the menu opens: a key pressed right after that must find them.
  new MutationObserver(show).observe(app.dock.element, { childList: true });
  show();
  return [h('ul', { role: 'list' },
    passage,
    share || null,
    entry('link', readerIcon('link'), words.copyLink, of((article) => void copy(app, words, addressOf(article), words.copiedLink))),
    entry('cite', readerIcon('quote'), words.copyCitation, of((article) => void copy(app, words, citation(article), words.copiedCitation))),
    entry('print', readerIcon('print'), words.print, () => print()),
    entry('shelf', readerIcon('list'), words.shelf, () => void import('./shelf-view.js').then(({ openShelf }) => openShelf(app, words))))];
}
