/**
 * Quiet notes that there is something newer: of the page's code, which takes over when the reader says so and no other
 * tab is open; of a saved library, beside an open article. They stand at the lower edge, above everything, move nothing,
 * and go when told "later".
 */
import { languageOf, worded } from '../i18n/box.js';
import { offlineWords } from '../i18n/offline.js';
import { adopt } from '../lib/css.js';
import { keeperOf } from '../lib/keeper.js';
import { ask, reload } from '../lib/offline.js';
import { h } from './dom.js';

/** @typedef {typeof offlineWords.vi & { number: (n: number) => string, size: (bytes: number) => string }} Words */

/** Milliseconds between two looks for new code, on a page that stays open. */
const LOOK = 15 * 60_000;

/** @type {Notes | null} one of a page */
let notes = null;

/**
 * Begins to watch, once a page.
 *
 * @param {HTMLElement} host the element that the notes are of
 * @param {import('../lib/types.d.ts').Library} [library] given where no other control tells of its new versions
 */
export async function watchVersions(host, library) {
  if (!notes) {
    notes = new Notes(host);
    await notes.code();
  }
  if (library) await notes.library(library);
}

class Notes {
  /** What the note is about. @type {'code' | 'library' | ''} */
  #about = '';

  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    const lang = languageOf(host);
    this.words = /** @type {Words} */ (worded(lang, offlineWords[lang]));
    this.text = h('p', { role: 'status' });
    this.deeds = h('div', { class: 'deeds' });
    this.element = h('div', { class: 'version', role: 'region', 'aria-label': this.words.notices, popover: 'manual' }, h('div', null, this.text, this.deeds));
  }

  /** Watches for new code. Workers that are not timdoc's are left alone. */
  async code() {
    const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
    if (!registration) return;
    const look = async () => {
      const { waiting } = registration;
      if (waiting && navigator.serviceWorker.controller && (await ask(waiting, 'who')) === 'timdoc') await this.#tellCode();
    };
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look));
    let looked = Date.now();
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState !== 'visible' || Date.now() - looked < LOOK) return;
      looked = Date.now();
      registration.update().catch(() => {});
    });
    await look();
  }

  #tellCode() {
    const { words } = this;
    return this.#show('code', words.newPage, words.reload, async () => {
      if (!(await reload())) this.text.textContent = words.others;
    });
  }

  /** @param {import('../lib/types.d.ts').Library} library */
  async library(library) {
    const { words } = this;
    const keeper = keeperOf(library);
    const look = () => {
      const { phase, newer, status } = keeper;
      if (this.#about === 'library' && phase === 'saved' && !newer) return this.#done();
      if (this.#about === 'library' && phase !== 'saved') return this.#measure(keeper);
      if (phase !== 'saved' || !newer || !(status.older || status.state === 'saved')) return undefined;
      return this.#show('library', words.newer(words.number(newer.articles), newer.articles, words.size(newer.bytes)), words.update, () => keeper.save());
    };
    keeper.addEventListener('change', () => void look());
    keeper.addEventListener('progress', () => this.#about === 'library' && this.#measure(keeper));
    await keeper.look();
    await keeper.check();
    await look();
  }

  /** @param {import('../lib/keeper.js').Keeper} keeper */
  #measure({ phase, status: { saved_bytes, total_bytes }, code }) {
    const { words } = this;
    const [done, all] = [words.size(saved_bytes), words.size(total_bytes)];
    const failed = words.errors[code];
    this.text.textContent = phase === 'waiting' ? words.waiting(done, all) : phase === 'paused' ? words.paused(done, all)
      : phase === 'failed' ? (failed ? failed.join('. ') : words.olderStays) : words.saving(done, all, String(Math.floor((100 * saved_bytes) / (total_bytes || 1))));
    // Not hidden: the focus may be on it.
    this.deeds.firstElementChild?.setAttribute('aria-disabled', String(phase === 'saving' || phase === 'waiting'));
  }

  #done() {
    const { words, deeds } = this;
    this.text.textContent = words.updated;
    const close = h('button', { type: 'button', class: 'plain', onclick: () => this.#hide() }, words.close);
    const focused = deeds.contains(this.host.shadowRoot?.activeElement ?? null);
    deeds.replaceChildren(close);
    if (focused) close.focus();
  }

  /**
   * @param {'code' | 'library'} about
   * @param {string} text
   * @param {string} label
   * @param {() => unknown} act
   */
  async #show(about, text, label, act) {
    if (this.#about === 'code' || isPutOff(about) || !('popover' in this.element)) return;
    this.#about = about;
    const { words, element, deeds } = this;
    const root = this.host.shadowRoot ?? this.host;
    if (root instanceof ShadowRoot) await adopt(root, 'offline.css');
    deeds.replaceChildren(
      h('button', { type: 'button', class: 'plain', onclick: () => void act() }, label),
      h('button', { type: 'button', class: 'link', onclick: () => this.#later() }, words.later));
    if (!element.isConnected) root.append(element);
    element.showPopover();
    // What gets the focus is not to end up beneath the note.
    document.documentElement.style.scrollPaddingBottom = `${element.offsetHeight + 24}px`;
    // A live region is read when it changes, not when it comes.
    setTimeout(() => (this.text.textContent = text), 100);
  }

  #later() {
    putOff(this.#about);
    this.#hide();
  }

  #hide() {
    this.#about = '';
    this.element.hidePopover();
    this.text.textContent = '';
    document.documentElement.style.scrollPaddingBottom = '';
  }
}

/** @param {string} about */
function putOff(about) {
  try {
    sessionStorage.setItem(`timdoc-later:${about}`, '1');
  } catch {
    // Storage is switched off: it is told again on the next page.
  }
}

/** @param {string} about */
function isPutOff(about) {
  try {
    return sessionStorage.getItem(`timdoc-later:${about}`) !== null;
  } catch {
    return false;
  }
}
