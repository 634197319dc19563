/**
 * Whole queries for a half-typed one, with their marks: a line of buttons between the box and the results, whose place
 * is kept while someone types, so that results do not move. Loaded after results; those that still fit stay until
 * the next ones come.
 */
import { h } from './dom.js';

/** @typedef {import('./search-app.js').SearchApp} SearchApp */

/**
 * @param {SearchApp} app
 * @param {import('../lib/types.d.ts').Library} library
 * @param {AbortSignal} signal
 * @param {() => boolean} current false once another search has begun
 */
export async function suggest({ field, panel, state, words, ask, announcer }, library, signal, current) {
  const asked = state.q.trim().toLowerCase();
  const found = /[\s"”]$/.test(state.q) ? [] : await library.suggest(state.q, { limit: 5, signal });
  if (!current()) return;
  const others = found.filter(({ text }) => text.toLowerCase() !== asked);
  const line = panel.suggest;
  if (line.contains(/** @type {ShadowRoot} */ (line.getRootNode()).activeElement) || others.map(({ text }) => text).join('\n') === line.dataset.shown) return;
  line.dataset.shown = others.map(({ text }) => text).join('\n');
  line.replaceChildren(...others.map(({ text, segments }) => h('button', { type: 'button', class: 'example', lang: 'vi', onclick: () => ask(text) },
    segments.map((piece) => (piece.hit ? piece.text : h('b', null, piece.text))))));
  if (others.length) announcer.say(`${panel.count.textContent}. ${words.suggested(words.number(others.length), others.length)}`);
  line.onkeydown = (event) => {
    const all = /** @type {HTMLElement[]} */ ([...line.children]);
    const at = all.indexOf(/** @type {HTMLElement} */ (event.target));
    const to = { ArrowRight: all[at + 1], ArrowLeft: all[at - 1] ?? field, ArrowUp: field, ArrowDown: panel.list.querySelector('a') }[event.key];
    if (!to || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    to.focus();
  };
}
