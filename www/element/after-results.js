/**
 * What comes after results: whole queries for a half-typed one, the filters, the footer. After a pause, so that typing
 * does not wait for it.
 *
 * Filters are counted only where they are in sight: on a narrow page when they are opened.
 */
import { codeOf, isFiltered } from './both.js';
import { anew, h, modified } from './dom.js';
import { FiltersView } from './filters-view.js';
import { offlineControl } from './offline-view.js';

/** @typedef {import('./search-app.js').SearchApp} SearchApp */
/** @typedef {import('../lib/types.d.ts').Library} Library */

/** Milliseconds before anything is counted. */
const SETTLE = 150;

export class AfterResults {
  /** @type {FiltersView | null} */
  #filters = null;
  /** Counts for what is asked now, until that is done. @type {((seen: boolean) => Promise<void>) | null} */
  #count = null;
  #footed = false;

  /** @param {SearchApp} app */
  constructor(app) {
    this.app = app;
    // It comes into sight by its button, or as the page grows wider.
    const seen = new ResizeObserver(() => void this.#look());
    seen.observe(app.panel.side);
    app.life.addEventListener('abort', () => seen.disconnect());
  }

  /**
   * @param {Library} library
   * @param {() => boolean} current false once another search has begun
   */
  async refine(library, current) {
    const { app } = this;
    this.#count = null;
    if (app.compact) return;
    await new Promise((resolve) => setTimeout(resolve, SETTLE));
    if (!current()) return;
    if (app.typing) await suggest(app, library, current).catch((error) => console.warn('timdoc:', error));
    if (!current()) return;
    const { text } = app;
    const options = app.options(1);
    this.#count = async (seen) => {
      this.#filters ??= new FiltersView(app);
      await this.#filters.update(library, current, text, options, seen);
    };
    app.panel.toggle.hidden = false;
    await this.#look();
  }

  async #look() {
    const { panel, state, words } = this.app;
    const seen = panel.side.getClientRects().length > 0;
    const count = this.#count;
    if (!count || !(seen || isFiltered(state) || panel.chips.childElementCount)) return;
    if (seen) this.#count = null;
    panel.side.querySelector(':scope > .error')?.remove();
    try {
      await count(seen);
    } catch (error) {
      if (codeOf(error) === 'aborted') return;
      console.warn('timdoc:', error);
      this.app.trouble(words.filtersFailed, () => {
        this.#count = count;
        return this.#look();
      }, error);
    }
  }

  /** The footer: saving for offline reading. @param {() => boolean} searching results come first */
  async foot(searching) {
    if (this.#footed) return;
    this.#footed = true;
    try {
      const library = await this.app.library();
      if (searching()) return void (this.#footed = false);
      this.app.panel.foot.append(await offlineControl(this.app, library));
    } catch (error) {
      this.#footed = false;
      // It is tried again by itself, but what came broken stays so until the page is loaded anew.
      if (error instanceof SyntaxError) this.app.trouble(this.app.words.errors.network[0], anew, error);
    }
  }
}

/**
 * Whole queries for a half-typed one, with their marks: a line of buttons between the box and the results, whose place
 * is kept while someone types, so that results do not move. Those that still fit stay until the next ones come.
 *
 * @param {SearchApp} app
 * @param {Library} library
 * @param {() => boolean} current
 */
async function suggest(app, library, current) {
  const { field, panel, state, words, ask, announcer } = app;
  const asked = state.q.trim().toLowerCase();
  const found = /[\s"”]$/.test(state.q) ? [] : await library.suggest(state.q, { limit: 5, signal: app.options(1).signal });
  if (!current()) return;
  const others = found.filter(({ text }) => text.toLowerCase() !== asked);
  const line = panel.suggest;
  const shown = others.map(({ text }) => text).join('\n');
  if (line.contains(/** @type {ShadowRoot} */ (line.getRootNode()).activeElement) || shown === line.dataset.shown) return;
  line.dataset.shown = shown;
  line.replaceChildren(...others.map(({ text, segments }) => h('button', { type: 'button', class: 'example', lang: 'vi', onclick: () => ask(text) },
    segments.map((piece) => (piece.hit ? piece.text : h('b', null, piece.text))))));
  if (others.length) announcer.say(`${panel.count.textContent}. ${words.suggested(words.number(others.length), others.length)}`);
  line.onkeydown = (event) => {
    const all = /** @type {HTMLElement[]} */ ([...line.children]);
    const at = all.indexOf(/** @type {HTMLElement} */ (event.target));
    const to = { ArrowRight: all[at + 1], ArrowLeft: all[at - 1] ?? field, ArrowUp: field, ArrowDown: panel.list.querySelector('a') }[event.key];
    if (!to || modified(event)) return;
    event.preventDefault();
    to.focus();
  };
}
