/**
 * Filters beside the results: facets with counts, dates, and the chips that say what is on. Loaded after
 * the first results, when they are in sight.
 */
import { codeOf, isFiltered, parseDay, showDate } from './both.js';
import { DatesView } from './dates-view.js';
import { h, icon } from './dom.js';

/** @typedef {import('../lib/types.d.ts').FacetValue} FacetValue */
/** @typedef {import('../lib/types.d.ts').Library} Library */
/** @typedef {import('../lib/types.d.ts').SearchOptions} SearchOptions */
/** @typedef {import('./search-app.js').SearchApp} SearchApp */

/** Values shown before "show all", and the most that are drawn; from so many on, letters narrow them down (facet-narrow.js). */
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
   * @param {boolean} seen where they are out of sight, only the names of what is on are looked up
   */
  async update(library, current, text, options, seen) {
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
    const wanted = fields.filter((field) => (seen ? this.#groups.get(field)?.element.open : app.state.filters[field]));
    if (!seen && wanted.length === 0) return;
    const result = await library.search(text, { ...options, facets: wanted, ...(seen && { histogram: this.dates.period }) });
    if (!current()) return;
    fill(result);
    if (seen) this.dates.update(result.histogram);
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
    const [year, month] = [from.slice(0, 4), from.slice(0, 7)];
    const whole = from === parseDay(year, 'first') && to === parseDay(year, 'last') ? words.year(year)
      : from === `${month}-01` && to === parseDay(showDate(month), 'last') ? showDate(month) : words.range(from && showDate(from), to && showDate(to));
    if (from || to) add(words.dates, whole, () => this.app.change({ from: '', to: '' }));
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
  /** Once there are many. @type {import('./facet-narrow.js').Narrow | 'comes' | undefined} */
  #narrow;
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
    const name = this.name = app.words.fields[field] ?? field;
    this.element = h('details', { class: 'facet', open: remembered()[field] ?? OPEN.includes(field) },
      h('summary', { onclick: () => remember(field, !this.element.open) }, name),
      h('div', { role: 'group', 'aria-label': name }, this.list, this.more));
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
    if (every.length >= LONG && !this.#narrow) void this.#narrowing();
    const narrow = typeof this.#narrow === 'object' ? this.#narrow : null;
    const typed = narrow?.typed ?? '';
    const found = narrow?.among(every) ?? every;
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
    if (narrow) narrow.field.hidden = every.length < LONG;
    this.more.hidden = every.length <= FEW || typed !== '';
    this.more.textContent = this.#all ? words.showLess : words.showAll(words.number(Math.min(MANY, every.length)));
    this.more.setAttribute('aria-expanded', String(this.#all));
    this.element.hidden = every.length === 0 && !typed;
  }

  /** A field whose letters narrow a long group down. */
  async #narrowing() {
    this.#narrow = 'comes';
    try {
      const { Narrow } = await import('./facet-narrow.js');
      const narrow = this.#narrow = new Narrow(this.app.words, this.name, () => this.update(...this.#last));
      this.list.before(narrow.field);
    } catch {
      this.#narrow = undefined; // The list can be read without it.
    }
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
