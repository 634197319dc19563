/** What helps where no results are: how to search, and what to change when nothing is found. Loaded when it is shown. */
import { ADVICE } from '../i18n/advice.js';
import { h, put } from './dom.js';

/**
 * Nothing found: what to change.
 *
 * @param {import('../i18n/box.js').Words} words
 * @param {string} query
 * @param {(() => void) | null} unfilter given when there are filters to remove
 * @param {Element} place says already that nothing was found
 */
export function noneAdvice({ lang, removeAll }, query, unfilter, place) {
  const { spelling, fewer, filters } = ADVICE[lang];
  put(place, [
    h('ul', null,
      query && [h('li', null, spelling), h('li', null, fewer)],
      unfilter && h('li', null, filters)),
    unfilter && h('button', { type: 'button', class: 'plain', onclick: unfilter }, removeAll)]);
}

/**
 * Nothing asked yet: how to search, with examples to press, and the way to all articles.
 *
 * @param {import('./search-app.js').SearchApp} app
 * @param {Element} place
 */
export function tips(app, place) {
  const { lang, number } = app.words;
  const { title, examples, browse } = ADVICE[lang];
  put(place, [
    h('p', { class: 'what' }, title),
    h('ul', null, examples.map(([text, example]) =>
      h('li', null, text, ' ', h('button', { type: 'button', class: 'example', lang: 'vi', onclick: () => void app.ask(example) }, example))))]);
  if (app.compact) return;
  app.library().then(({ info }) => put(place, [
    h('button', { type: 'button', class: 'plain', onclick: () => void app.change({ all: true }) }, browse(number(info.articles)))]), () => {});
}
