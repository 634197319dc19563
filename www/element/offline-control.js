/**
 * Keeping a library, whole control: progress with bytes, share and time left; pause, go on, cancel; what is saved, how
 * much room it takes and whether the browser promises to keep it; a newer version; removal, after a question.
 */
import { offlineWords } from '../i18n/offline.js';
import { adopt } from '../lib/css.js';
import { keeperOf } from '../lib/keeper.js';
import { pageKept, keepPage } from '../lib/offline.js';
import { h, icon } from './dom.js';
import { explain } from './both.js';
import { watchVersions } from './version-notes.js';

/** @typedef {import('./search-app.js').SearchApp} SearchApp */
/** @typedef {import('../lib/keeper.js').Keeper} Keeper */
/** @typedef {import('../i18n/box.js').Words & typeof offlineWords.vi} Words */
/** @typedef {[name: string, label: string, act: () => unknown, main?: boolean]} Deed */

/**
 * Fills an element with the control, and keeps it as things stand.
 *
 * @param {SearchApp} app
 * @param {import('../lib/types.d.ts').Library} library
 * @param {HTMLElement} element
 */
export async function control(app, library, element) {
  const keeper = keeperOf(library);
  await adopt(app.root, 'offline.css');
  const view = new Control(app, keeper, element);
  await keeper.look();
  view.draw();
  void keeper.check();
  void watchVersions(app.host);
  return view;
}

class Control {
  /** What the live region was told last. */
  #said = '';
  #asking = false;
  #life = new AbortController();
  /** Whether it was on the page: when it is not any more, it draws no more. */
  #seen = false;
  /** Counts what was drawn: what comes late for an earlier state is dropped. */
  #drawn = 0;

  /**
   * @param {SearchApp} app
   * @param {Keeper} keeper
   * @param {HTMLElement} element
   */
  constructor(app, keeper, element) {
    this.app = app;
    this.keeper = keeper;
    this.element = element;
    /** @type {Words} */
    this.words = { ...app.words, ...offlineWords[app.words.lang] };
    this.#said = keeper.phase;
    this.bar = h('progress', { 'aria-label': this.words.keeping, max: 1, value: 0 });
    this.text = h('span', { class: 'how' });
    const { signal } = this.#life;
    keeper.addEventListener('change', () => this.draw(), { signal });
    keeper.addEventListener('progress', () => this.#measure(), { signal });
  }

  async save() {
    void keepPage(this.app.host.getAttribute('worker')).catch(() => {});
    await this.keeper.save();
  }

  draw() {
    const { phase } = this.keeper;
    if (this.#seen && !this.element.isConnected) {
      this.#life.abort();
      return;
    }
    this.#seen = this.element.isConnected;
    if (phase !== 'saved') this.#asking = false;
    this.#drawn += 1;
    this.#measure();
    this.#put(...this.#parts());
    this.#say(phase);
  }

  /** @returns {(Node | false | null)[]} */
  #parts() {
    const { words, keeper } = this;
    const { status: { saved_bytes, total_bytes, older }, phase } = keeper;
    const rest = words.size(total_bytes - saved_bytes);
    const cancel = /** @type {Deed} */ (['cancel', words.cancel, () => this.#cancel()]);
    const pause = /** @type {Deed} */ (['go', words.pause, () => keeper.pause(), true]);
    const stays = older && h('p', { class: 'quiet' }, words.olderStays);
    if (phase === 'none') return [this.#deeds(['go', words.save(words.size(total_bytes)), () => this.save(), true])];
    if (phase === 'saving' || phase === 'waiting') return [this.bar, this.text, this.#deeds(pause, cancel), stays];
    if (phase === 'paused') return [this.bar, this.text, this.#deeds(['go', words.goOn(rest), () => this.save(), true], cancel), stays];
    if (phase === 'failed') return [this.#failure(), this.#deeds(['go', words.retry, () => this.save(), true], ...(saved_bytes ? [cancel] : [])), stays];
    return this.#saved();
  }

  #saved() {
    const { words, keeper } = this;
    const { status: { total_bytes, state }, newer } = keeper;
    if (this.#asking) {
      return [h('p', { class: 'ask', id: 'sure' }, words.sure(words.size(state === 'saved' ? total_bytes : keeper.status.saved_bytes))), this.#deeds(
        ['keep', words.sureNo, () => this.#ask(false), true], ['remove', words.sureYes, () => this.#remove()])];
    }
    const quiet = h('p', { class: 'quiet' });
    void this.#room(quiet, this.#drawn);
    return [
      h('p', { class: 'kept' }, icon('done'), h('span', null, state === 'saved' ? words.saved(words.size(total_bytes)) : words.savedOlder)),
      newer && h('p', { class: 'newer' }, words.newer(words.number(newer.articles), newer.articles, words.size(newer.bytes))),
      this.#deeds(...(newer ? [/** @type {Deed} */ (['go', words.update, () => this.save(), true])] : []), ['remove', words.unsave, () => this.#ask(true)]),
      quiet,
    ];
  }

  /** Why it failed, and what to do. */
  #failure() {
    const { words, keeper: { code, status } } = this;
    const what = h('span');
    const text = h('p', { class: 'error', role: 'alert' }, what);
    const own = words.errors[code];
    if (own) what.textContent = own.join('. ');
    else explain(this.app.words, code, (said) => (what.textContent = said.join('. ')));
    const rest = status.total_bytes - status.saved_bytes;
    // Some browsers do not tell how much room there really is.
    if (code === 'quota') void this.keeper.room().then(({ free }) => free < rest && text.append(` ${words.need(words.size(rest), words.size(free))}`));
    return text;
  }

  /** @param {HTMLElement} place @param {number} drawn */
  async #room(place, drawn) {
    const { words } = this;
    const [{ used, free, persisted }, page] = await Promise.all([this.keeper.room(), pageKept()]);
    if (drawn !== this.#drawn) return;
    place.textContent = [words.room(words.size(used), words.size(free)), persisted ? words.persisted : words.notPersisted, page ? '' : words.pageNotKept].join(' ');
  }

  /** How far it is. */
  #measure() {
    const { words, keeper: { phase, status: { saved_bytes, total_bytes }, left, here } } = this;
    const [done, all] = [words.size(saved_bytes), words.size(total_bytes)];
    this.bar.value = total_bytes ? saved_bytes / total_bytes : 0;
    if (phase === 'waiting' || phase === 'paused') return void (this.text.textContent = words[phase](done, all));
    const share = String(Math.floor(this.bar.value * 100));
    this.text.textContent = [words.saving(done, all, share), left !== null && words.left(left), !here && words.elsewhere].filter(Boolean).join(', ');
  }

  /** Buttons; the first is the main one. @param {...Deed} deeds */
  #deeds(...deeds) {
    return h('div', { class: 'deeds', onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Escape' || !this.#asking) return;
      event.stopPropagation();
      this.#ask(false);
    } }, deeds.map(([name, label, act, main]) => h('button', {
      type: 'button', class: main ? 'plain' : 'link', 'data-do': name, 'aria-describedby': this.#asking ? 'sure' : null, onclick: () => void act(),
    }, name === 'go' && this.keeper.phase === 'none' && icon('save'), label)));
  }

  /** Puts what is drawn in its place; the focus stays on the control. @param {...(Node | false | null)} parts */
  #put(...parts) {
    const { element } = this;
    const focused = /** @type {HTMLElement | null} */ (this.app.root.activeElement);
    const had = focused && element.contains(focused) ? focused.dataset.do ?? 'go' : null;
    element.replaceChildren(...parts.filter((part) => part instanceof Node));
    if (had === null) return;
    /** @type {HTMLElement | null} */ (element.querySelector(`[data-do="${had}"]`) ?? element.querySelector('button'))?.focus();
  }

  /** @param {boolean} asking */
  #ask(asking) {
    this.#asking = asking;
    this.draw();
    /** @type {HTMLElement | null} */ (this.element.querySelector(asking ? '[data-do=keep]' : '[data-do=remove]'))?.focus();
  }

  async #remove() {
    await this.keeper.remove();
    this.app.announcer.say(this.words.unsaved, 0);
  }

  async #cancel() {
    await this.keeper.cancel();
    this.app.announcer.say(this.words.cancelled, 0);
  }

  /** Says what changed, once. @param {Keeper['phase']} phase */
  #say(phase) {
    if (phase === this.#said) return;
    const { words } = this;
    const finished = phase === 'saved' && (this.#said === 'saving' || this.#said === 'waiting');
    this.#said = phase;
    const text = finished ? words.savedDone : phase === 'saving' ? words.begun : phase === 'paused' || phase === 'waiting' ? this.text.textContent ?? '' : '';
    if (text) this.app.announcer.say(text, 0);
  }
}
