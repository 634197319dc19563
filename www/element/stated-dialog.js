/**
 * A dialog with tables of what the articles found state: commendations, documents, models, with totals in which each
 * counts once, and as CSV. Every row leads to the articles that say so.
 */
import { statedWords } from '../i18n/stated.js';
import { csv } from '../lib/csv.js';
import { adopt } from '../lib/css.js';
import { errorState, showDate } from './both.js';
import { h, icon } from './dom.js';

/** @typedef {import('./search-app.js').SearchApp} SearchApp */
/** @typedef {import('../lib/types.d.ts').Stated} Stated */
/** @typedef {import('../i18n/box.js').Words & typeof statedWords.vi} Words */
/** @typedef {string | number | null} Cell */
/** @typedef {{ cells: Cell[], reports: string[] }} Row */
/** @typedef {{ kind: 'award' | 'document' | 'model', label: string, columns: string[], numbers: number[], rows: Row[], total: string, sums: Cell[] }} Table */

/** Articles of a row that are listed by title; more are told by their number. */
const FEW = 3;

/**
 * Opens the dialog over what is asked now.
 *
 * @param {SearchApp} app
 * @param {string} text
 * @param {import('../lib/types.d.ts').SearchOptions} options
 */
export async function openStated(app, text, { signal: _, ...options }) {
  const { root } = app;
  /** @type {Words} */
  const words = { ...app.words, ...statedWords[app.words.lang] };
  await adopt(root, 'stated.css');
  const stop = new AbortController();
  const bar = h('progress', { 'aria-label': words.reading, max: 1, value: 0 });
  const place = h('div', { class: 'tables' }, h('p', { class: 'state' }, words.reading), bar);
  const close = h('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, icon('close'), words.close);
  const about = h('p', { class: 'from' });
  const dialog = h('dialog', { class: 'stated', part: 'dialog', 'aria-labelledby': 'stated' },
    h('div', { class: 'top' }, h('h2', { id: 'stated' }, words.statedTitle), close), about, place);
  dialog.addEventListener('close', () => {
    stop.abort();
    dialog.remove();
  });
  root.append(dialog);
  dialog.showModal();
  try {
    const library = await app.library();
    const found = await library.stated(text, { ...options, signal: stop.signal, onProgress: (done, all) => (bar.value = all ? done / all : 1) });
    about.textContent = words.statedFrom(words.number(found.articles.length), found.articles.length, text.trim());
    if (found.total > found.articles.length) about.textContent += ` ${words.statedFirst(words.number(found.articles.length))}`;
    place.replaceChildren(...view(app, words, found));
    app.announcer.say(about.textContent);
  } catch (error) {
    if (!stop.signal.aborted) place.replaceChildren(errorState(words, error, null));
  }
}

/**
 * @param {SearchApp} app
 * @param {Words} words
 * @param {Stated} found
 */
function view(app, words, found) {
  const tables = tablesOf(words, found);
  if (tables.length === 0) return [h('p', { class: 'state' }, words.statedNone)];
  const panels = tables.map((table, at) => h('div', { role: 'tabpanel', id: `stated-${at}`, 'aria-labelledby': `stated-tab-${at}`, hidden: at > 0 }, panel(app, words, found, table)));
  const tabs = tables.map(({ label, rows }, at) => h('button', {
    type: 'button', role: 'tab', id: `stated-tab-${at}`, 'aria-controls': `stated-${at}`, 'aria-selected': String(at === 0), tabindex: at === 0 ? 0 : -1,
    onclick: () => choose(at),
  }, `${label} (${words.number(rows.length)})`));
  const choose = (/** @type {number} */ chosen) => {
    tabs.forEach((tab, at) => {
      tab.setAttribute('aria-selected', String(at === chosen));
      tab.tabIndex = at === chosen ? 0 : -1;
      panels[at].hidden = at !== chosen;
    });
    tabs[chosen].focus();
  };
  const keys = (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = tabs.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    if (!step || at < 0) return;
    event.preventDefault();
    choose((at + step + tabs.length) % tabs.length);
  };
  return [h('div', { role: 'tablist', class: 'tabs', 'aria-label': words.statedTitle, onkeydown: keys }, tabs), ...panels];
}

/**
 * The tables that have rows, as they are shown and saved.
 *
 * @param {Words} words
 * @param {Stated} found
 * @returns {Table[]}
 */
export function tablesOf(words, { awards, documents, models }) {
  const day = (/** @type {string | null} */ iso) => (iso ? showDate(iso) : null);
  const ids = (/** @type {{ article: string }[]} */ reports) => reports.map(({ article }) => article);
  const { columns } = words;
  /** @type {Table[]} */
  const tables = [
    {
      kind: 'award', label: words.kinds.award, numbers: [1, 2, 3],
      columns: [columns.day, columns.collectives, columns.individuals, columns.together, columns.form, columns.giver, columns.place],
      rows: awards.rows.map((row) => ({
        cells: [day(row.day), row.collectives, row.individuals, row.together, row.form, row.giver, row.place], reports: ids(row.reports),
      })),
      total: words.totalAwards(words.number(awards.totals.commendations), awards.totals.commendations),
      sums: [awards.totals.collectives, awards.totals.individuals, awards.totals.together || null, null, null, null],
    },
    {
      kind: 'document', label: words.kinds.document, numbers: [],
      columns: [columns.number, columns.title, columns.issued, columns.issuer],
      rows: documents.rows.map((row) => ({ cells: [row.number, row.title, day(row.date), row.issuer], reports: ids(row.reports) })),
      total: words.totalDocuments(words.number(documents.totals.documents), words.number(documents.totals.citations)),
      sums: [null, null, null],
    },
    {
      kind: 'model', label: words.kinds.model, numbers: [],
      columns: [columns.name, columns.kind],
      rows: models.rows.map((row) => ({ cells: [row.name, row.kind], reports: ids(row.reports) })),
      total: words.totalModels(words.number(models.totals.models)),
      sums: [null],
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

/**
 * @param {SearchApp} app
 * @param {Words} words
 * @param {Stated} found
 * @param {Table} table
 */
function panel(app, words, found, { kind, label, columns, numbers, rows, total, sums }) {
  const articles = new Map(found.articles.map((article) => [article.id, article]));
  const number = (/** @type {number} */ at) => (numbers.includes(at) ? 'n' : null);
  const show = (/** @type {Cell} */ cell) => (typeof cell === 'number' ? words.number(cell) : cell ?? '');
  const link = (/** @type {string} */ id) => h('li', null, h('a', { href: app.ways.hrefFor(id) }, articles.get(id)?.title ?? id));
  const save = () => download(`${kind}.csv`, csv([
    [...columns, words.columns.count, words.columns.articles],
    ...rows.map(({ cells, reports }) => [...cells, reports.length, reports.map((id) => articles.get(id)?.url ?? articles.get(id)?.title ?? id).join(' | ')]),
    [total, ...sums, null, null],
  ]));
  return [
    h('div', { class: 'table', tabindex: 0, role: 'region', 'aria-label': label }, h('table', null,
      h('thead', null, h('tr', null, columns.map((name, at) => h('th', { scope: 'col', class: number(at) }, name)), h('th', { scope: 'col' }, words.columns.articles))),
      h('tbody', { lang: 'vi' }, rows.map(({ cells, reports }) => h('tr', null,
        cells.map((cell, at) => h('td', { class: number(at) }, show(cell))),
        h('td', null, h('ul', { role: 'list' }, reports.slice(0, FEW).map(link)),
          reports.length > FEW && h('span', { class: 'others' }, words.others(words.number(reports.length - FEW))))))),
      h('tfoot', null, h('tr', null, h('th', { scope: 'row' }, total), sums.map((sum, at) => h('td', { class: number(at + 1) }, show(sum))), h('td', null))))),
    h('p', { class: 'save' }, h('button', { type: 'button', class: 'plain', onclick: save }, icon('save'), words.saveTable), h('span', null, words.countedOnce)),
  ];
}

/**
 * @param {string} name
 * @param {string} text
 */
function download(name, text) {
  const href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  h('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
