/**
 * Filters beside the results: facets with counts, dates, a histogram by year, and the chips that say
 * what is on. Loaded after the first results.
 */
import { showDate } from '../lib/dates.js';
import { isFiltered } from './address.js';
import { DatesView } from './dates-view.js';
import { h, icon } from './dom.js';
import { codeOf } from './states.js';

/** @typedef {import('../lib/types.d.ts').FacetValue} FacetValue */
/** @typedef {import('../lib/types.d.ts').Library} Library */
/** @typedef {import('../lib/types.d.ts').SearchOptions} SearchOptions */
/** @typedef {import('./search-app.js').SearchApp} SearchApp */

/** Values shown before "show all", and the most that are drawn; from so many on, letters narrow them down. */
const FEW = 6;
const MANY = 100;
const LONG = 20;

/** Groups that are open until the reader closes them: their values are few. Others are fetched when they are opened. */
const OPEN = ['category', 'source', 'fact'];
const MEMORY = 'timdoc-filters';

/** @returns {Record<string, boolean>} the groups that this reader has opened and closed */
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(MEMORY) ?? '{}');
  } catch {
    return {};
  }
}

/** @param {string} field @param {boolean} open */
function remember(field, open) {
  try {
    localStorage.setItem(MEMORY, JSON.stringify({ ...remembered(), [field]: open }));
  } catch {
    // No storage here: it is as it was at the next visit.
  }
}

/** Letters without case and marks. @param {string} text */
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');

/** Whether a label has what was typed: letters typed without marks match those with marks. @param {string} label @param {string} typed */
const matches = (label, typed) => (plain(typed) === typed.toLowerCase() ? plain(label).includes(plain(typed)) : label.normalize('NFC').toLowerCase().includes(typed.normalize('NFC').toLowerCase()));

export class FiltersView {
  /** @type {Map<string, FacetGroup>} */
  #groups = new Map();
  /** Labels seen, for the chips. @type {Map<string, string>} */
  #labels = new Map();

  /** Counts a group again for what is asked now. @type {(field: string) => Promise<void>} */
  #count = async () => {};

  /** @param {SearchApp} app */
  constructor(app) {
    this.app = app;
    this.dates = new DatesView(app);
    app.panel.side.append(this.dates.element);
  }

  /**
   * Counts again for what is asked now.
   *
   * @param {Library} library
   * @param {() => boolean} current false once another search has begun
   * @param {string} text
   * @param {SearchOptions} options
   */
  async update(library, current, text, options) {
    const { app } = this;
    // The years have their own place, in the histogram.
    const fields = library.info.fields.filter((field) => field !== 'year');
    this.#chips();
    for (const field of fields) {
      if (this.#groups.has(field)) continue;
      const group = new FacetGroup(app, field, (value, on) => this.#toggle(field, value, on), () => void this.#count(field));
      this.#groups.set(field, group);
      app.panel.side.insertBefore(group.element, this.dates.element);
    }
    const fill = (/** @type {import('../lib/types.d.ts').SearchResult} */ { facets }) => {
      for (const [field, counted] of Object.entries(facets)) {
        const values = counted.map((one) => (field === 'fact' ? { ...one, label: app.words.kinds[one.value] ?? one.label } : one));
        for (const { value, label } of values) this.#labels.set(`${field} ${value}`, label);
        this.#groups.get(field)?.update(values, app.state.filters[field] ?? []);
      }
    };
    this.#count = async (field) => {
      try {
        const counted = await library.search(text, { ...options, facets: [field] });
        if (current()) fill(counted);
      } catch (error) {
        if (current() && codeOf(error) !== 'aborted') app.trouble(app.words.filtersFailed, () => this.#count(field), error);
      }
    };
    for (const [field, group] of this.#groups) {
      if (app.state.filters[field]?.length) group.element.open = true;
      group.stale = !group.element.open;
    }
    const result = await library.search(text, { ...options, facets: fields.filter((field) => this.#groups.get(field)?.element.open), histogram: 'year' });
    if (!current()) return;
    fill(result);
    this.dates.update(text, result.histogram);
    app.panel.toggle.hidden = false;
    this.#chips();
  }

  /**
   * @param {string} field
   * @param {string} value
   * @param {boolean} on
   */
  #toggle(field, value, on) {
    const { filters } = this.app.state;
    const others = (filters[field] ?? []).filter((other) => other !== value);
    const values = on ? [...others, value] : others;
    const { [field]: _, ...rest } = filters;
    return this.app.change({ filters: values.length ? { ...rest, [field]: values } : rest });
  }

  /** One chip a filter; pressing it takes the filter away. */
  #chips() {
    const { panel, state, words } = this.app;
    const focused = panel.chips.contains(/** @type {ShadowRoot} */ (this.app.root).activeElement);
    /** @type {HTMLElement[]} */
    const chips = [];
    const add = (/** @type {string} */ name, /** @type {string} */ label, /** @type {() => unknown} */ remove) =>
      chips.push(h('button', { type: 'button', class: 'chip', 'aria-label': words.remove(`${name}: ${label}`), onclick: remove },
        h('span', { class: 'of' }, `${name}:`), h('span', { lang: 'vi' }, label), icon('close')));
    for (const [field, values] of Object.entries(state.filters)) {
      for (const value of values) {
        add(words.fields[field] ?? field, this.#labels.get(`${field} ${value}`) ?? value, () => this.#toggle(field, value, false));
      }
    }
    const { from, to } = state;
    const whole = from.slice(0, 4) === to.slice(0, 4) && from.endsWith('-01-01') && to.endsWith('-12-31');
    if (from || to) add(words.dates, whole ? words.year(from.slice(0, 4)) : words.range(from && showDate(from), to && showDate(to)), () => this.app.change({ from: '', to: '' }));
    panel.toggleText.textContent = chips.length ? words.filtersOn(words.number(chips.length)) : words.filters;
    if (chips.length > 1 && isFiltered(state)) {
      chips.push(h('button', { type: 'button', class: 'link', onclick: () => this.app.change({ filters: {}, from: '', to: '' }) }, words.removeAll));
    }
    panel.chips.replaceChildren(...chips);
    if (focused) (chips[0] ?? this.app.field).focus();
  }
}

/** The values of one field, as check boxes. Rows are kept, so that the focus stays where it is. */
class FacetGroup {
  /** @type {Map<string, { row: HTMLElement, box: HTMLInputElement, label: HTMLElement, count: HTMLElement }>} */
  #rows = new Map();
  #all = false;
  /** @type {[values: FacetValue[], on: string[]]} */
  #last = [[], []];
  /** True when it was closed as the others were counted. */
  stale = false;

  /**
   * @param {SearchApp} app
   * @param {string} field
   * @param {(value: string, on: boolean) => unknown} toggle
   * @param {() => void} opened
   */
  constructor(app, field, toggle, opened) {
    this.app = app;
    this.toggle = toggle;
    this.list = h('ul', { role: 'list' });
    this.more = h('button', { type: 'button', class: 'link', hidden: true, 'aria-expanded': 'false', onclick: () => {
      this.#all = !this.#all;
      this.update(...this.#last);
    } });
    const name = app.words.fields[field] ?? field;
    this.narrow = h('input', { type: 'search', class: 'narrow', autocomplete: 'off', spellcheck: 'false', hidden: true,
      placeholder: app.words.narrow, 'aria-label': `${app.words.narrow} ${name}`, oninput: () => this.update(...this.#last) });
    this.element = h('details', { class: 'facet', open: remembered()[field] ?? OPEN.includes(field) },
      h('summary', { onclick: () => remember(field, !this.element.open) }, name),
      h('div', { role: 'group', 'aria-label': name }, this.narrow, this.list, this.more));
    this.element.addEventListener('toggle', () => this.element.open && this.stale && opened());
  }

  /**
   * @param {FacetValue[]} values
   * @param {string[]} on
   */
  update(values, on) {
    const { words } = this.app;
    this.#last = [values, on];
    this.stale = false;
    // Values that are on stay in sight, also when nothing has them any more.
    const gone = on.filter((value) => !values.some((other) => other.value === value)).map((value) => ({ value, label: value, count: 0 }));
    const every = [...values, ...gone];
    const typed = this.narrow.value.trim();
    const found = typed ? every.filter(({ label }) => matches(label, typed)) : every;
    const shown = found.filter(({ value }, i) => i < (this.#all || typed ? MANY : FEW) || on.includes(value));
    const busy = this.list.contains(this.app.root.activeElement);
    for (const [value, { row }] of this.#rows) {
      if (shown.some((other) => other.value === value)) continue;
      row.remove();
      this.#rows.delete(value);
    }
    for (const { value, label, count } of shown) {
      const row = this.#rows.get(value) ?? this.#row(value);
      row.label.textContent = label;
      row.count.textContent = words.number(count);
      row.box.checked = on.includes(value);
      if (!busy || !row.row.isConnected) this.list.append(row.row);
    }
    this.narrow.hidden = every.length < LONG;
    this.more.hidden = every.length <= FEW || typed !== '';
    this.more.textContent = this.#all ? words.showLess : words.showAll(words.number(Math.min(MANY, every.length)));
    this.more.setAttribute('aria-expanded', String(this.#all));
    this.element.hidden = every.length === 0 && !typed;
  }

  /** @param {string} value */
  #row(value) {
    const box = h('input', { type: 'checkbox', onchange: () => this.toggle(value, box.checked) });
    const label = h('span', { class: 'label', lang: 'vi' });
    const count = h('span', { class: 'n' });
    const entry = { row: h('li', null, h('label', null, box, label, count)), box, label, count };
    this.#rows.set(value, entry);
    return entry;
  }
}
