/** The results of the tuning page: each with its score, its usual place, and what the score is made of. */
import { showDate } from '../element/both.js';
import { h, marked } from '../element/dom.js';

/** @typedef {import('./tuning-words.js').TuningWords} TuningWords */
/** @typedef {import('../lib/types.d.ts').Hit} Hit */
/** @typedef {import('../lib/types.d.ts').Reason} Reason */

/** @param {Reason['kind']} kind */
const isAdded = (kind) => kind === 'word' || kind === 'pair' || kind === 'phrase';

export class HitsView {
  element = h('ol', { class: 'tuned', role: 'list' });
  /** Articles whose reasons are open: they stay so when the list changes. @type {Set<string>} */
  #open = new Set();

  /** @param {TuningWords} words */
  constructor(words) {
    this.words = words;
    const number = (/** @type {number} */ digits) => new Intl.NumberFormat(words.lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    this.number = number(2);
    this.factor = number(3);
  }

  /**
   * @param {string} query
   * @param {Hit[]} hits
   * @param {string[] | null} usual ids in their usual order; null when all weights are as usual
   */
  show(query, hits, usual) {
    this.element.replaceChildren(...hits.map((hit, at) => this.#item(query, hit, at + 1, usual)));
  }

  /** @param {string} query @param {Hit} hit @param {number} rank @param {string[] | null} usual */
  #item(query, hit, rank, usual) {
    const { words } = this;
    const params = new URLSearchParams({ doc: hit.id, ...(query && { q: query }) });
    return h('li', { 'data-id': hit.id },
      h('span', { class: 'rank', 'aria-hidden': 'true' }, String(rank)),
      h('div', null,
        h('h3', { lang: 'vi' }, h('a', { href: `reader.html?${params}` }, marked(hit.title_segments))),
        h('p', { class: 'meta' },
          hit.reasons.length > 0 && h('strong', { class: 'score' }, words.score(this.number.format(hit.score))),
          usual && this.#place(usual.indexOf(hit.id) + 1, rank, usual.length),
          hit.published && h('time', { datetime: hit.published.date }, showDate(hit.published.date))),
        hit.missing.length > 0 && h('p', { class: 'missing' }, words.missing, ' ',
          hit.missing.map((word, i) => [i > 0 ? ', ' : null, h('s', { lang: 'vi' }, word)]).flat()),
        hit.reasons.length > 0 && this.#why(hit)));
  }

  /** How the place differs from the usual one; 0: it was further down. @param {number} was @param {number} rank @param {number} known */
  #place(was, rank, known) {
    const { words } = this;
    if (was === rank) return h('span', null, words.same);
    const up = was === 0 || was > rank;
    return h('span', { class: up ? 'up' : 'down' }, h('span', { 'aria-hidden': 'true' }, up ? '▲ ' : '▼ '), was ? words.was(was) : words.wasBelow(known));
  }

  /** @param {Hit} hit */
  #why(hit) {
    const { words, number, factor } = this;
    const details = h('details', { open: this.#open.has(hit.id), ontoggle: () => {
      if (details.open) this.#open.add(hit.id);
      else this.#open.delete(hit.id);
    } },
    h('summary', null, words.why, h('span', { class: 'sr', lang: 'vi' }, `: ${hit.title}`)),
    h('table', null,
      h('thead', null, h('tr', null, [words.what, words.words].map((text) => h('th', { scope: 'col' }, text)), h('th', { scope: 'col', class: 'number' }, words.value))),
      h('tbody', null, hit.reasons.map(({ kind, text, value }) => h('tr', { 'data-kind': kind },
        h('th', { scope: 'row' }, words.kinds[kind] ?? kind),
        text ? h('td', { lang: 'vi' }, text) : h('td', { class: 'all' }, words.all),
        h('td', { class: 'number' }, isAdded(kind) ? `+ ${number.format(value)}` : `× ${factor.format(value)}`)))),
      h('tfoot', null, h('tr', null, h('th', { scope: 'row', colspan: 2 }, words.sum), h('td', { class: 'number' }, number.format(hit.score))))));
    return details;
  }
}
