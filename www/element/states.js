/** Errors, as they are shown: what happened and what to do. */
import { anew, h, icon } from './dom.js';

/** @typedef {import('../i18n/box.js').Words} Words */

/**
 * The stable code of an error, as TimdocError has it; a module that cannot be fetched is a network
 * error, or offline when there is no network.
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
    icon(code === 'offline' ? 'offline' : 'warn'),
    title,
    advice,
    h('p', { class: 'code' }, words.details, ' ', h('code', null, code)),
    /version|slow/.test(code) ? h('button', { type: 'button', class: 'plain', onclick: code === 'slow' ? anew : reload }, words.reload)
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

/** Loads the page again, with newer code if there is any; also when what looks for that came broken. */
const reload = () => import('../lib/offline.js').then(({ renew }) => renew()).catch(anew);
