/** The body of an article: blocks of plain text become headings, paragraphs, lists, quotes, tables. */
import { h, marked } from './dom.js';

/** @typedef {import('../i18n/reading.js').ReadingWords} Words */
/** @typedef {import('../lib/types.d.ts').Block} Block */
/** @typedef {(text: string) => import('../lib/types.d.ts').Segment[]} Cut */

/**
 * Each block says which part of the article it is: `data-part`, as facts name them.
 *
 * @param {Words} words
 * @param {Block[]} blocks
 * @param {Cut} cut marks the words of the query
 */
export function body(words, blocks, cut) {
  /** @type {HTMLElement[]} */
  const out = [];
  let part = 2;
  for (const run of runs(blocks)) {
    const { kind } = run[0];
    const text = (/** @type {Block} */ block) => marked(cut(block.text));
    const first = part;
    part += run.length;
    if (kind === 'list_item') out.push(h('ul', null, run.map((block, at) => h('li', { 'data-part': first + at }, text(block)))));
    else if (kind === 'table_row') out.push(table(words, run, first, cut));
    else {
      run.forEach((block, at) => {
        const element = single(words, block, text(block));
        element.dataset.part = String(first + at);
        out.push(element);
      });
    }
  }
  return out.map(tame);
}

/**
 * Lets a word of absurd length break anywhere the cheap way: by `overflow-wrap` alone Chromium takes
 * minutes to lay out a megabyte of it.
 *
 * @template {HTMLElement} E
 * @param {E} element
 */
export function tame(element) {
  element.classList.toggle('endless', /\S{300}/.test(element.textContent ?? ''));
  return element;
}

/**
 * Blocks of one kind that follow each other.
 *
 * @param {Block[]} blocks
 */
function runs(blocks) {
  /** @type {Block[][]} */
  const out = [];
  for (const block of blocks) {
    const last = out.at(-1);
    if (last && last[0].kind === block.kind) last.push(block);
    else out.push([block]);
  }
  return out;
}

/**
 * @param {Words} words
 * @param {Block} block
 * @param {(string | HTMLElement)[]} text
 */
function single(words, { kind }, text) {
  if (kind === 'heading') return h('h2', null, text);
  if (kind === 'quote') return h('blockquote', null, h('p', null, text));
  if (kind === 'caption') return h('p', { class: 'caption' }, h('span', { class: 'sr', lang: words.lang }, words.caption, ' '), text);
  return h('p', null, text);
}

/**
 * @param {Words} words
 * @param {Block[]} rows
 * @param {number} first which part the first row is
 * @param {Cut} cut
 */
function table(words, rows, first, cut) {
  const cells = rows.map((row) => row.text.split('\t'));
  const width = Math.max(...cells.map((row) => row.length));
  return h('div', { class: 'table', tabindex: 0, role: 'region', 'aria-label': words.table },
    h('table', null, h('tbody', null, cells.map((row, at) => h('tr', { 'data-part': first + at },
      new Array(width).fill(0).map((_, i) => h('td', null, marked(cut(row[i] ?? '')))))))));
}
