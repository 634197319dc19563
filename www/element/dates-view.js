/** Dates as a filter: from and to as dd/mm/yyyy, and a histogram whose bars are buttons. */
import { parseDay, showDate } from '../lib/dates.js';
import { h } from './dom.js';

/** @typedef {import('../lib/types.d.ts').HistogramBar} HistogramBar */
/** @typedef {import('./search-app.js').SearchApp} SearchApp */

export class DatesView {
  /** The bars last seen without a date filter, and what they counted. @type {{ key: string, bars: HistogramBar[] }} */
  #seen = { key: '', bars: [] };

  /** @param {SearchApp} app */
  constructor(app) {
    const { words } = app;
    this.app = app;
    this.error = h('p', { class: 'error', id: 'day-error', role: 'alert', hidden: true });
    this.from = this.#field('from');
    this.to = this.#field('to');
    this.bars = h('div', { class: 'bars', role: 'group', 'aria-label': words.years });
    this.element = h('fieldset', { class: 'facet dates' }, h('legend', null, words.dates),
      this.bars,
      h('div', { class: 'days' },
        h('label', null, h('span', null, words.from), this.from),
        h('label', null, h('span', null, words.to), this.to)),
      this.error);
  }

  /** @param {'from' | 'to'} edge */
  #field(edge) {
    return h('input', {
      type: 'text', inputmode: 'numeric', autocomplete: 'off', maxlength: 12, placeholder: this.app.words.dayHint,
      onchange: () => this.#apply(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && this.#apply(),
    });
  }

  /** Reads both fields; searches when they make sense, and says why when not. */
  #apply() {
    const { words, state } = this.app;
    const read = (/** @type {HTMLInputElement} */ field, /** @type {'first' | 'last'} */ edge) =>
      field.value.trim() ? parseDay(field.value, edge) : '';
    const from = read(this.from, 'first');
    const to = read(this.to, 'last');
    const order = from && to && from > to;
    this.#invalid(this.from, from === null || Boolean(order));
    this.#invalid(this.to, to === null || Boolean(order));
    const message = from === null || to === null ? words.dayBad : order ? words.dayOrder : '';
    this.error.hidden = !message;
    this.error.textContent = message;
    if (message || from === null || to === null || (from === state.from && to === state.to)) return;
    void this.app.change({ from, to });
  }

  /**
   * @param {HTMLInputElement} field
   * @param {boolean} invalid
   */
  #invalid(field, invalid) {
    for (const [name, value] of [['aria-invalid', 'true'], ['aria-describedby', 'day-error']]) {
      if (invalid) field.setAttribute(name, value);
      else field.removeAttribute(name);
    }
  }

  /**
   * @param {string} text the query that was counted
   * @param {HistogramBar[]} bars
   */
  update(text, bars) {
    const { state, root } = this.app;
    const { from, to } = state;
    for (const [field, day] of /** @type {const} */ ([[this.from, from], [this.to, to]])) {
      // Never under the typing hand, and a value with an error stays to be mended.
      if (root.activeElement !== field && this.error.hidden) field.value = day && showDate(day);
    }
    // With a date filter on, the bars stay those of all years, so that another one can be picked.
    const key = JSON.stringify([text, state.filters]);
    if (!from && !to) this.#seen = { key, bars };
    this.#draw(this.#seen.key === key ? this.#seen.bars : bars);
  }

  /** @param {HistogramBar[]} bars */
  #draw(bars) {
    const { words, state, root } = this.app;
    const active = root.activeElement instanceof HTMLElement ? root.activeElement.dataset.period : undefined;
    const highest = Math.max(1, ...bars.map(({ count }) => count));
    this.bars.hidden = bars.length === 0;
    this.bars.replaceChildren(...bars.map(({ period, from, to, count }) => {
      const on = state.from === from && state.to === to;
      const bar = h('span', { class: 'bar' });
      bar.style.setProperty('--share', String(count / highest));
      return h('button', {
        type: 'button', 'data-period': period, 'aria-pressed': String(on),
        onclick: () => {
          this.error.hidden = true;
          void this.app.change(on ? { from: '', to: '' } : { from, to });
        },
      }, h('span', { class: 'n', 'aria-hidden': 'true' }, words.number(count)), bar,
        h('span', null, period, h('span', { class: 'sr' }, `: ${words.found(words.number(count), count)}`)));
    }));
    if (active) /** @type {HTMLElement | null} */ (this.bars.querySelector(`[data-period="${CSS.escape(active)}"]`))?.focus();
    else this.bars.scrollLeft = this.bars.scrollWidth;
  }
}
