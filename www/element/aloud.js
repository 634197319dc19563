/**
 * Reads an article aloud, a sentence an utterance: Chrome breaks off long ones. The sentence is marked, and kept in
 * view until the reader scrolls away (or wants no movement). To pause is to stop and to say the sentence again: the
 * browsers' own pause does nothing on Android.
 */
import { moreWords } from '../i18n/reading-more.js';
import { textOf } from '../lib/facts.js';
import { h, icon } from './dom.js';
import { readerIcon } from './reader-icons.js';
import { RATES } from './reader-settings.js';
import { rangeIn, sentencesOf } from './sentences.js';

/** @typedef {import('./reader-app.js').ReaderApp} ReaderApp */
/** @typedef {{ part: number, from: number, to: number, text: string }} Spoken */

const MARK = 'timdoc-aloud';

/** Characters of a sentence after which it is said in pieces. */
const LONG = 240;

/** The voice to use: one of the device itself rather than one over the network. */
const voice = () => {
  const voices = speechSynthesis.getVoices().filter(({ lang }) => /^vi([-_]|$)/i.test(lang));
  return voices.find(({ localService }) => localService) ?? voices[0] ?? null;
};

/**
 * Begins at the sentence at the top of the window.
 *
 * @param {ReaderApp} app
 */
export async function readAloud(app) {
  const { article, dock } = app;
  const [words] = await Promise.all([moreWords(app.words.lang), app.style('aloud.css')]);
  if (!article || article !== app.article) return;
  const running = dock.element.querySelector('.aloud');
  if (running) return void /** @type {HTMLElement | null} */ (running.querySelector('.play'))?.focus();
  const aloud = new Aloud(app, { ...app.words, ...words }, article);
  dock.element.append(aloud.bar);
  aloud.begin();
}

class Aloud {
  #at = 0;
  #playing = false;
  /**
   * The one that counts: events of those that were cut off come late. And Chrome forgets an utterance that nobody holds:
   * its end is then never told.
   *
   * @type {SpeechSynthesisUtterance | null}
   */
  #utterance = null;
  #follows = !matchMedia('(prefers-reduced-motion: reduce)').matches;
  #life = new AbortController();

  /**
   * @param {ReaderApp} app
   * @param {import('../i18n/reading.js').ReadingWords & import('../i18n/reading-more.js').MoreWords} words
   * @param {import('../lib/types.d.ts').Article} article
   */
  constructor(app, words, article) {
    this.app = app;
    this.words = words;
    this.sentences = sentencesIn(article);
    const button = (/** @type {string} */ name, /** @type {string} */ label, /** @type {SVGElement} */ sign, /** @type {() => void} */ onclick) =>
      h('button', { type: 'button', class: `entry ${name}`, 'aria-label': label, title: label, onclick }, sign);
    this.play = button('play', words.pause, readerIcon('pause'), () => (this.#playing ? this.#pause() : this.#speak()));
    this.back = h('button', { type: 'button', class: 'entry spoken', hidden: this.#follows, onclick: () => this.#toSpoken() }, words.toSpoken);
    const rate = h('select', { 'aria-label': words.rate, onchange: () => {
      app.change({ rate: rate.selectedIndex });
      if (this.#playing) this.#speak();
    } }, RATES.map((times, at) => h('option', { selected: at === app.settings.rate }, `${times.toLocaleString(words.lang)}×`)));
    this.bar = h('div', { class: 'aloud', role: 'group', 'aria-label': words.aloud },
      button('before', words.before, readerIcon('before'), () => this.#step(-1)), this.play,
      button('after', words.after, readerIcon('after'), () => this.#step(1)), rate,
      button('shut', words.stop, icon('close'), () => this.stop()), this.back);
    this.bar.addEventListener('keydown', (event) => event.key === 'Escape' && this.stop());
    const { signal } = this.#life;
    app.left.addEventListener('abort', () => this.stop(), { signal });
    addEventListener('pagehide', () => this.stop(), { signal });
    // Whoever scrolls wants to look elsewhere. What scrolls the page here is none of these.
    for (const type of ['wheel', 'touchmove']) addEventListener(type, () => this.#letGo(), { signal, passive: true });
    addEventListener('keydown', (event) => {
      const control = /** @type {Element} */ (event.composedPath()[0]).closest?.('button, select, input, summary, a');
      if (/^(PageUp|PageDown|Home|End)$/.test(event.key) && control?.tagName !== 'SELECT' || /^(ArrowUp|ArrowDown| )$/.test(event.key) && !control) this.#letGo();
    }, { signal });
  }

  begin() {
    const top = /** @type {HTMLElement | undefined} */ ([...this.app.place.querySelectorAll('article [data-part]')].find((element) => element.getBoundingClientRect().bottom > 24));
    this.#at = Math.max(0, this.sentences.findIndex(({ part }) => part >= Number(top?.dataset.part ?? 0)));
    this.#speak();
    this.play.focus({ preventScroll: true });
  }

  stop() {
    const focused = this.bar.contains(this.app.root.activeElement);
    this.#silence();
    this.#life.abort();
    this.bar.remove();
    this.#unmark();
    if (focused) this.app.tools.listen.focus();
  }

  /** Cuts off what is being said. When nothing is, some engines lose what comes next after a cancel. */
  #silence() {
    const running = this.#utterance !== null;
    this.#utterance = null;
    if (running) speechSynthesis.cancel();
  }

  #speak() {
    this.#silence();
    const spoken = this.sentences[this.#at];
    if (!spoken) {
      this.stop();
      return this.app.dock.tell(this.words.spokenAll);
    }
    const utterance = new SpeechSynthesisUtterance(spoken.text);
    utterance.lang = 'vi-VN';
    utterance.voice = voice();
    utterance.rate = RATES[this.app.settings.rate];
    utterance.onend = () => {
      if (utterance !== this.#utterance) return;
      this.#utterance = null;
      this.#at += 1;
      this.#speak();
    };
    utterance.onerror = () => {
      if (utterance !== this.#utterance) return;
      this.stop();
      this.app.dock.tell(this.words.voiceFailed);
    };
    this.#utterance = utterance;
    this.#show(true);
    this.#mark();
    speechSynthesis.speak(utterance);
  }

  #pause() {
    this.#silence();
    this.#show(false);
  }

  /** @param {number} by */
  #step(by) {
    this.#at = Math.min(this.sentences.length - 1, Math.max(0, this.#at + by));
    if (this.#playing) this.#speak();
    else this.#mark();
  }

  /** @param {boolean} playing */
  #show(playing) {
    this.#playing = playing;
    const label = playing ? this.words.pause : this.words.play;
    this.play.replaceChildren(readerIcon(playing ? 'pause' : 'play'));
    this.play.title = label;
    this.play.setAttribute('aria-label', label);
  }

  /** Marks the sentence, and brings it into view when it is to be followed and is not there. */
  #mark() {
    this.#unmark();
    const { part, from, to } = this.sentences[this.#at];
    const element = /** @type {HTMLElement | null} */ (this.app.place.querySelector(`article [data-part="${part}"]`));
    if (!element) return;
    const range = 'highlights' in CSS ? this.#rangeOf(element, part, from, to) : null;
    if (range) CSS.highlights.set(MARK, new Highlight(range));
    else element.classList.add('spoken');
    if (!this.#follows) return;
    const { top, bottom } = (range ?? element).getBoundingClientRect();
    if (top < 16 || bottom > this.bar.getBoundingClientRect().top - 16) scrollBy({ top: top - innerHeight / 3, behavior: 'smooth' });
  }

  /** @param {HTMLElement} element @param {number} part @param {number} from @param {number} to */
  #rangeOf(element, part, from, to) {
    const before = (element.textContent ?? '').length - textOf(this.app.article ?? { title: '', lead: null, blocks: [] }, part).length;
    return before >= 0 ? rangeIn(element, before + from, before + to) : null;
  }

  #unmark() {
    if ('highlights' in CSS) CSS.highlights.delete(MARK);
    for (const element of this.app.place.querySelectorAll('.spoken')) element.classList.remove('spoken');
  }

  #letGo() {
    this.#follows = false;
    this.back.hidden = false;
  }

  #toSpoken() {
    this.play.focus({ preventScroll: true });
    this.#follows = true;
    this.#mark();
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (calm) this.app.place.querySelector(`article [data-part="${this.sentences[this.#at].part}"]`)?.scrollIntoView({ block: 'center', behavior: 'instant' });
    this.#follows = !calm;
    this.back.hidden = !calm;
  }
}

/**
 * What is said of an article, in its order.
 *
 * @param {import('../lib/types.d.ts').Article} article
 * @returns {Spoken[]}
 */
function sentencesIn(article) {
  return new Array(article.blocks.length + 2).fill(0).flatMap((_, part) => {
    const text = textOf(article, part);
    return sentencesOf(text).flatMap(([from, to]) => pieces(text, from, to)).map(([from, to]) =>
      ({ part, from, to, text: text.slice(from, to).replaceAll('\t', ', ').trim() })).filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  });
}

/**
 * A sentence, or its pieces when it is long: cut after a comma, else between words, else anywhere.
 *
 * @param {string} text
 * @param {number} from
 * @param {number} to
 */
function pieces(text, from, to) {
  /** @type {[number, number][]} */
  const out = [];
  while (to - from > LONG) {
    const piece = text.slice(from, from + LONG);
    const comma = Math.max(...[', ', '; ', ': '].map((mark) => piece.lastIndexOf(mark) + 1));
    const cut = comma > LONG / 3 ? comma : piece.lastIndexOf(' ') > 0 ? piece.lastIndexOf(' ') : LONG;
    out.push([from, from + cut]);
    from += cut;
  }
  out.push([from, to]);
  return out;
}
