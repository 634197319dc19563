/** The sliders of the tuning page: one weight a slider and a number, in groups. */
import { h } from '../element/dom.js';

/** @typedef {import('./tuning-words.js').TuningWords} TuningWords */
/** @typedef {import('../lib/types.d.ts').Weight} Weight */

/** Most a weight may be. */
export const MOST = 100;

/** Group → weight → what its slider goes up to, and its step. @type {Record<keyof TuningWords['groups'], Record<string, [to: number, step: number]>>} */
const GROUPS = {
  words: { k1: [4, 0.1], b: [1, 0.05], title: [20, 0.5], lead: [10, 0.5] },
  near: { pair: [3, 0.05], phrase: [4, 0.1], sharp: [8, 0.1], sequence: [2, 0.05] },
  marks: { query_open: [1, 0.05], article_open: [1, 0.05], rare_form: [1, 0.05], alone: [1, 0.05], doubt: [20, 1], unfinished: [1, 0.05] },
  whole: { title_whole: [1, 0.05], coverage: [2, 0.05], complete: [1, 0.05], partial: [1, 0.05] },
  date: { recency: [1, 0.01] },
  others: {},
};

/** True for what a weight may be. @param {number} value */
export const isWeight = (value) => value >= 0 && value <= MOST;

export class WeightsView {
  /** The weights that are not as usual, by name. @type {Record<string, number>} */
  changed = {};
  /** @type {Map<string, (value: number) => void>} */
  #show = new Map();

  /**
   * @param {TuningWords} words
   * @param {Weight[]} weights
   * @param {Record<string, number>} changed
   * @param {() => void} onchange
   */
  constructor(words, weights, changed, onchange) {
    this.words = words;
    this.weights = weights;
    this.onchange = onchange;
    this.number = new Intl.NumberFormat(words.lang, { maximumFractionDigits: 4 });
    const place = (/** @type {string} */ name) => Object.entries(GROUPS).find(([, group]) => name in group)?.[0] ?? 'others';
    this.element = h('div', { class: 'weights' }, Object.entries(words.groups).map(([group, title]) => {
      const own = weights.filter(({ name }) => place(name) === group);
      return own.length > 0 && h('fieldset', { 'data-group': group }, h('legend', null, title), own.map((weight) => this.#row(weight)));
    }));
    for (const { name } of weights) if (name in changed) this.#set(name, changed[name]);
  }

  /** All as usual again. */
  reset() {
    for (const { name, value } of this.weights) this.#set(name, value);
    this.onchange();
  }

  /** @param {string} name @param {number} value */
  #set(name, value) {
    if (value === this.weights.find((weight) => weight.name === name)?.value) delete this.changed[name];
    else this.changed[name] = value;
    this.#show.get(name)?.(value);
  }

  /** @param {Weight} weight */
  #row({ name, value: usual }) {
    const { words } = this;
    const [title, help] = words.named[name] ?? [name, ''];
    const [upTo, step] = Object.values(GROUPS).find((group) => name in group)?.[name] ?? [1, 0.05];
    const to = usual > upTo ? usual * 2 : upTo;
    const usually = this.number.format(usual);
    const slider = h('input', { type: 'range', id: `w-${name}`, min: 0, max: to, step, 'aria-describedby': `h-${name}` });
    const exactly = h('input', { type: 'number', min: 0, max: MOST, step: 'any', inputmode: 'decimal', 'aria-label': words.exactly(title), 'aria-describedby': `h-${name}` });
    const back = h('button', { type: 'button', class: 'link', 'aria-label': words.backOf(title, usually), onclick: () => {
      change(usual);
      slider.focus();
    } }, words.back(usually));
    const change = (/** @type {number} */ value) => {
      this.#set(name, value);
      this.onchange();
    };
    slider.addEventListener('input', () => change(slider.valueAsNumber));
    exactly.addEventListener('input', () => {
      const value = exactly.valueAsNumber;
      exactly.setAttribute('aria-invalid', String(!isWeight(value)));
      if (isWeight(value)) change(value);
    });
    exactly.addEventListener('change', () => this.#show.get(name)?.(this.changed[name] ?? usual));
    const usualNote = h('span', { class: 'usual' }, words.usual(usually));
    const row = h('div', { class: 'weight', 'data-weight': name },
      h('div', { class: 'name' }, h('label', { for: `w-${name}` }, title), h('code', null, name)),
      h('div', { class: 'value' }, slider, exactly),
      h('p', { class: 'help' }, h('span', { id: `h-${name}` }, help), ' ', usualNote, back));
    this.#show.set(name, (value) => {
      slider.value = String(value);
      // Not while a number is being typed: "0." must not become "0".
      if (document.activeElement !== exactly || exactly.valueAsNumber !== value) exactly.value = String(value);
      exactly.removeAttribute('aria-invalid');
      row.classList.toggle('changed', value !== usual);
      usualNote.hidden = value !== usual;
      back.hidden = value === usual;
    });
    this.#show.get(name)?.(usual);
    return row;
  }
}
