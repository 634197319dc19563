/**
 * Dates as a filter: from and to as dd/mm/yyyy, and a histogram whose bars are buttons.
 *
 * Bars are years; a year that is picked opens, and its months are bars. What is open follows from the dates themselves, so
 * it is in the address: dates within one year show its months. Pattern: a toolbar, one stop of the Tab key. Left and right
 * arrows, Home and End move; Enter, Space or the down arrow opens a year or picks a month (once more: lets it go); Escape,
 * the up arrow or "all years" goes back to the years, with the focus on the year that was open. Each bar tells its count.
 */
import { parseDay, showDate } from './both.js';
import { h, icon, modified } from './dom.js';

/** @typedef {import('../lib/types.d.ts').HistogramBar} HistogramBar */
/** @typedef {import('./search-app.js').SearchApp} SearchApp */

const MONTHS = '01 02 03 04 05 06 07 08 09 10 11 12'.split(' ');

export class DatesView {
  /** The year whose months are drawn, or ''; the year that was open last. */
  #drawn = '';
  #left = '';

  /** @param {SearchApp} app */
  constructor(app) {
    const { words } = app;
    this.app = app;
    this.error = h('p', { class: 'error', id: 'day-error', role: 'alert', hidden: true });
    this.from = this.#field('from');
    this.to = this.#field('to');
    this.bars = h('div', { class: 'bars', role: 'toolbar', onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event) });
    this.opened = h('b');
    this.back = h('div', { class: 'open', hidden: true },
      h('button', { type: 'button', class: 'link', onclick: () => this.#years() }, icon('back'), words.allYears), this.opened);
    this.element = h('fieldset', { class: 'facet dates' }, h('legend', null, words.dates),
      this.back, this.bars,
      h('div', { class: 'days' },
        h('label', null, h('span', null, words.from), this.from),
        h('label', null, h('span', null, words.to), this.to)),
      this.error);
  }

  /** @param {'from' | 'to'} edge */
  #field(edge) {
    return h('input', {
      type: 'text', inputmode: 'numeric', autocomplete: 'off', maxlength: 12, placeholder: this.app.words.dayHint, 'aria-describedby': 'day-error',
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
    const wrong = from && to && from > to;
    for (const [field, day] of /** @type {const} */ ([[this.from, from], [this.to, to]])) field.setAttribute('aria-invalid', String(day === null || Boolean(wrong)));
    const message = from === null || to === null ? words.dayBad : wrong ? words.dayOrder : '';
    this.error.hidden = !message;
    this.error.textContent = message;
    if (message || from === null || to === null || (from === state.from && to === state.to)) return;
    void this.app.change({ from, to });
  }

  /** The year that the dates are within, or ''. */
  get #year() {
    const { from, to } = this.app.state;
    return from.slice(0, 4) === to.slice(0, 4) ? from.slice(0, 4) : '';
  }

  /** What the bars are to be. @returns {'year' | 'month'} */
  get period() {
    return this.#year ? 'month' : 'year';
  }

  /** @param {HistogramBar[]} bars all that there are, whatever the dates are */
  update(bars) {
    const { state, root } = this.app;
    for (const [field, day] of /** @type {const} */ ([[this.from, state.from], [this.to, state.to]])) {
      // Never under the typing hand, and a value with an error stays to be mended.
      if (root.activeElement !== field && this.error.hidden) field.value = day && showDate(day);
    }
    const year = this.#year;
    this.#draw(year, year ? MONTHS.map((month) => {
      const period = `${year}-${month}`;
      return bars.find((bar) => bar.period === period) ?? { period, from: '', to: '', count: 0 };
    }) : bars);
  }

  /** @param {string} year @param {HistogramBar[]} bars */
  #draw(year, bars) {
    const { words, state, root } = this.app;
    const active = /** @type {HTMLElement | null} */ (root.activeElement);
    const held = active && (this.bars.contains(active) || this.back.contains(active));
    const turned = year !== this.#drawn;
    if (turned) [this.#drawn, this.#left] = [year, this.#drawn];
    const highest = Math.max(1, ...bars.map(({ count }) => count));
    this.back.hidden = !year;
    this.opened.textContent = year;
    this.bars.hidden = bars.length === 0;
    this.bars.classList.toggle('months', year !== '');
    this.bars.setAttribute('aria-label', year ? words.months(year) : words.years);
    this.bars.replaceChildren(...bars.map(({ period, from, to, count }) => {
      const on = state.from === from && state.to === to;
      const month = year && String(Number(period.slice(5)));
      const bar = h('span', { class: 'bar' });
      bar.style.setProperty('--share', String(count / highest));
      return h('button', {
        type: 'button', tabindex: -1, 'data-period': period, 'aria-pressed': year && String(on), 'aria-disabled': count === 0 && 'true',
        onclick: () => {
          if (count === 0) return;
          this.error.hidden = true;
          void this.app.change(on && year ? { from: `${year}-01-01`, to: `${year}-12-31` } : { from, to });
        },
      }, h('span', { class: 'n', 'aria-hidden': 'true' }, words.number(count)), bar,
        h('span', { 'aria-hidden': 'true' }, month || period),
        h('span', { class: 'sr' }, `${month ? words.month(month) : period}: ${words.found(words.number(count), count)}`));
    }));
    const bar = (/** @type {string} */ which) => /** @type {HTMLElement | null} */ (this.bars.querySelector(which));
    const stop = (held && !turned && bar(`[data-period="${active.dataset.period}"]`)) || bar('[aria-pressed=true]')
      || bar(year ? 'button:not([aria-disabled])' : `[data-period="${this.#left}"]`) || bar('button:last-child');
    if (stop) stop.tabIndex = 0;
    if (held) stop?.focus();
    else if (turned || !this.bars.scrollLeft) this.bars.scrollLeft = this.bars.scrollWidth;
  }

  /** Back to the years. */
  #years() {
    this.error.hidden = true;
    void this.app.change({ from: '', to: '' });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const all = /** @type {HTMLElement[]} */ ([...this.bars.children]);
    const at = all.indexOf(/** @type {HTMLElement} */ (event.target));
    const { key } = event;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[key];
    const back = (key === 'Escape' || key === 'ArrowUp') && this.#year;
    if (at < 0 || modified(event)) return;
    if (to === undefined && !back && (key !== 'ArrowDown' || this.#year)) return;
    event.preventDefault();
    if (back) this.#years();
    else if (to === undefined) all[at].click();
    else if (all[to]) {
      for (const bar of all) bar.tabIndex = bar === all[to] ? 0 : -1;
      all[to].focus();
    }
  }
}
