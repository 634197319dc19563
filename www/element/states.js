/** What is shown instead of results: each state says what happened and what to do. */
import { anew, h, icon } from './dom.js';

/** @typedef {import('../i18n/index.js').Words} Words */

/** Paths of icons. */
export const SAVE = 'M12 4v11M7 11l5 5 5-5M5 20h14';
export const OFFLINE = 'M3 3l18 18M8.5 16.5a5 5 0 0 1 7 0M5 13a10 10 0 0 1 5-2.7M2 9.5a15 15 0 0 1 4.5-3M12.5 5A15 15 0 0 1 22 9.5M16 11.5a10 10 0 0 1 3 1.5M12 20h.01';

/**
 * The stable code of an error, as TimdocError has it; a module that cannot be fetched is a network
 * error, or offline when there is no network. One that came broken, or of another version than those that import it,
 * stays so until the page is loaded again.
 *
 * @param {unknown} error
 */
export function codeOf(error) {
  const { code: own } = /** @type {{ code?: unknown }} */ (error ?? {});
  const code = typeof own === 'string' ? own : '';
  if (error instanceof DOMException && error.name === 'AbortError') return 'aborted';
  if (code && code !== 'network') return code;
  if (!navigator.onLine && (code || error instanceof TypeError)) return 'offline';
  return code || (error instanceof TypeError ? 'network' : error instanceof SyntaxError ? 'version' : 'other');
}

/**
 * @param {Words} words
 * @param {unknown} error
 * @param {(() => void) | null} retry
 * @param {'p' | 'h1'} [what] h1 where this is all there is on the page
 */
export function errorState(words, error, retry, what = 'p') {
  const code = codeOf(error);
  const title = h(what, { class: 'what' });
  const advice = h('p');
  explain(words, code, ([happened, help]) => {
    title.textContent = happened;
    advice.textContent = help;
  });
  return h('div', { class: 'state error', role: 'alert', 'data-code': code },
    icon(code === 'offline' ? OFFLINE : 'M12 4L2.5 20h19zM12 10v4M12 17h.01'),
    title,
    advice,
    h('p', { class: 'code' }, words.details, ' ', h('code', null, code)),
    /version|slow/.test(code) ? h('button', { type: 'button', class: 'plain', onclick: code === 'slow' ? anew : () => void reload() }, words.reload)
      : retry && h('button', { type: 'button', class: 'plain', onclick: retry }, words.retry));
}

/**
 * Says what an error means: at once, and better when the rarer ones have their words.
 *
 * @param {Words} words
 * @param {string} code
 * @param {(text: [title: string, advice: string]) => void} say
 */
export function explain(words, code, say) {
  const known = words.errors[code];
  say(known ?? words.errors.other);
  if (!known) void import('../i18n/faults.js').then(({ FAULTS }) => FAULTS[words.lang][code] && say(FAULTS[words.lang][code]), () => {});
}

/** Loads the page again, with newer code if there is any. */
async function reload() {
  const { renew } = await import('../lib/offline.js');
  await renew();
}

/**
 * Nothing found.
 *
 * @param {Words} words
 * @param {string} query
 * @param {(() => void) | null} unfilter given when there are filters to remove
 */
export function noneState(words, query, unfilter) {
  return h('div', { class: 'state none' },
    icon('search'),
    h('p', { class: 'what' }, query ? words.noneFor(query) : words.found('0', 0)),
    h('ul', null,
      query && [h('li', null, words.adviceSpelling), h('li', null, words.adviceFewer)],
      unfilter && h('li', null, words.adviceFilters)),
    unfilter && h('button', { type: 'button', class: 'plain', onclick: unfilter }, words.removeAll));
}

/**
 * Nothing asked yet: how to search, with examples to press.
 *
 * @param {Words} words
 * @param {(query: string) => void} ask
 */
export function tipsState(words, ask) {
  const tip = (/** @type {string} */ text, /** @type {string} */ example) =>
    h('li', null, text, ' ', h('button', { type: 'button', class: 'example', lang: 'vi', onclick: () => ask(example) }, example));
  return h('div', { class: 'state tips' },
    h('p', { class: 'what' }, words.tips),
    h('ul', null,
      tip(words.tipMarks, words.tipMarksExample),
      tip(words.tipPhrase, words.tipPhraseExample),
      tip(words.tipDocument, words.tipDocumentExample)));
}
