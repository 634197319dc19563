/**
 * The articles that a reader put aside, left half read, and read lately: on the reader's own page when no article is
 * chosen, and in a dialog over an article. All of it can be taken away again, and that undone.
 */
import { moreWords } from '../i18n/reading-more.js';
import { showDate } from './both.js';
import { h, icon } from './dom.js';
import { articleHref } from './reader-ways.js';

/** @typedef {import('./reader-app.js').ReaderApp} ReaderApp */
/** @typedef {import('../lib/shelf.js').Entry} Entry */
/** @typedef {import('../i18n/box.js').Words & import('../i18n/reading-more.js').MoreWords} Words */

/** Articles of a list before "show all", and half-read ones at most. */
const FEW = 8;
const UNFINISHED = 4;

/**
 * Shows the lists in the place of an article.
 *
 * @param {ReaderApp} app
 * @param {AbortSignal} signal an article is shown
 */
export async function showShelf(app, signal) {
  const [words] = await Promise.all([moreWords(app.words.lang), app.style('shelf.css')]);
  if (signal.aborted) return;
  const lists = new Lists(app, { ...app.words, ...words });
  app.place.replaceChildren(h('div', { class: 'shelf' }, h('h1', { tabindex: -1 }, words.shelf), lists.element));
  addEventListener('storage', (event) => app.shelf.concerns(event) && lists.draw(), { signal });
}

/**
 * Opens the lists in a dialog.
 *
 * @param {ReaderApp} app
 * @param {import('../i18n/reading-more.js').MoreWords} words
 */
export async function openShelf(app, words) {
  await app.style('shelf.css');
  const lists = new Lists(app, { ...app.words, ...words });
  const dialog = h('dialog', { class: 'shelf', 'aria-labelledby': 'shelf' },
    h('div', { class: 'top' }, h('h2', { id: 'shelf' }, words.shelf), h('button', { type: 'button', class: 'plain shut', 'aria-label': words.close, onclick: () => dialog.close() }, icon('close'))),
    lists.element);
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) return dialog.close(); // Beside it.
    app.follow(event);
    if (event.defaultPrevented) dialog.close();
  });
  const stop = new AbortController();
  addEventListener('storage', (event) => app.shelf.concerns(event) && lists.draw(), { signal: stop.signal });
  app.left.addEventListener('abort', () => dialog.close(), { signal: stop.signal });
  dialog.addEventListener('close', () => {
    stop.abort();
    app.frame.append(app.dock.element);
    dialog.remove();
  });
  app.root.append(dialog);
  // What is said of a list must not be said behind the dialog.
  dialog.append(app.dock.element);
  dialog.showModal();
}

class Lists {
  element = h('div', { class: 'lists' });
  /** Lists that are shown whole. @type {Set<string>} */
  #whole = new Set();

  /**
   * @param {ReaderApp} app
   * @param {Words} words
   */
  constructor(app, words) {
    this.app = app;
    this.words = words;
    this.draw();
  }

  draw() {
    const { words } = this;
    const { shelf, settings } = this.app;
    if (!shelf.works) return this.element.replaceChildren(h('p', null, words.refused));
    const all = shelf.all();
    const latest = (/** @type {'saved' | 'read'} */ when) => all.filter((entry) => entry[when]).sort((a, b) => b[when] - a[when]);
    const kept = latest('saved');
    const read = latest('read');
    const others = read.filter(({ id }) => id !== this.app.article?.id);
    const unfinished = others.filter(({ at }) => at).slice(0, UNFINISHED);
    const recent = others.filter((entry) => !unfinished.includes(entry));
    const remember = h('input', { type: 'checkbox', checked: settings.history, onchange: () => this.app.change({ history: remember.checked }) });
    this.element.replaceChildren(...[
      unfinished.length > 0 && this.#list('unfinished', words.unfinished, unfinished, { read: 0, at: null }),
      this.#list('kept', words.kept, kept, { saved: 0 }, words.keptNone, kept.length > 0 && [words.clearKept, kept]),
      this.#list('recent', words.recent, recent, { read: 0, at: null }, words.recentNone, others.length > 0 && [words.clearRead, read]),
      h('div', null, h('label', { class: 'check' }, remember, words.remember), h('p', { class: 'note' }, words.onlyHere)),
    ].filter((element) => element !== false));
  }

  /**
   * @param {string} name
   * @param {string} label
   * @param {Entry[]} entries
   * @param {Partial<Entry>} without  what taking an article off this list changes
   * @param {string} [none]    said of an empty list
   * @param {false | [label: string, all: Entry[]]} [clear]  takes all of them away, those on another list too
   */
  #list(name, label, entries, without, none, clear) {
    const { words } = this;
    const shown = this.#whole.has(name) ? entries : entries.slice(0, FEW);
    return h('section', { class: name, 'aria-label': label },
      h('h2', { tabindex: -1 }, label),
      entries.length === 0 && h('p', { class: 'none' }, none),
      entries.length > 0 && h('ul', { role: 'list' }, shown.map((entry) => this.#row(name, entry, without))),
      h('div', { class: 'ends' },
        shown.length < entries.length && h('button', { type: 'button', class: 'quiet', onclick: () => {
          this.#whole.add(name);
          this.draw();
          this.#focus(name, FEW);
        } }, words.showAll(words.number(entries.length))),
        clear && h('button', { type: 'button', class: 'quiet clear', onclick: () => this.#take(name, clear[1], without, words.cleared) }, clear[0])));
  }

  /**
   * @param {string} name
   * @param {Entry} entry
   * @param {Partial<Entry>} without
   */
  #row(name, entry, without) {
    const { words } = this;
    const { id, title, date, at, parts } = entry;
    const share = name === 'unfinished' && at && parts > 0 ? Math.min(99, Math.max(1, Math.round((at[0] + at[1]) / parts * 100))) : 0;
    return h('li', null,
      h('div', null, h('a', { href: articleHref(id), 'data-id': id, lang: 'vi' }, title || id),
        h('p', { class: 'about' }, date && h('time', { datetime: date }, showDate(date)), share > 0 && h('span', null, words.readShare(words.number(share))))),
      h('button', { type: 'button', class: 'off', 'aria-label': words.remove(title || id), title: words.remove(title || id), onclick: () => this.#take(name, [entry], without, words.removed) }, icon('close')));
  }

  /**
   * Takes articles off a list, and offers to put them back.
   *
   * @param {string} name
   * @param {Entry[]} entries
   * @param {Partial<Entry>} without
   * @param {string} said
   */
  #take(name, entries, without, said) {
    const { app, words } = this;
    const row = [...this.element.querySelectorAll(`.${name} li`)].findIndex((element) => element.contains(app.root.activeElement));
    for (const { id } of entries) app.shelf.put(id, without);
    this.#changed(name, row);
    app.dock.tell(said, { label: words.undo, work: () => {
      for (const entry of entries) app.shelf.put(entry.id, entry);
      this.#changed(name, row);
      app.dock.tell(words.undone);
    } });
  }

  /** @param {string} name @param {number} row */
  #changed(name, row) {
    this.draw();
    this.app.showTools();
    this.#focus(name, Math.max(0, row));
  }

  /** The focus stays where the list was changed: on the row there, the last one, or what is left of the list. @param {string} name @param {number} row */
  #focus(name, row) {
    const links = /** @type {NodeListOf<HTMLElement>} */ (this.element.querySelectorAll(`.${name} a`));
    (links[Math.min(row, links.length - 1)] ?? /** @type {HTMLElement | null} */ (this.element.querySelector(`.${name} h2`)) ?? this.element.querySelector('h2'))?.focus();
  }
}
