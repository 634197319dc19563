/** The bar above an article: the way back, text size, colours, highlighting, print. */
import { h, icon } from './dom.js';
import { keepSettings, readSettings, SIZES } from './reader-settings.js';

/** @typedef {import('./reader-settings.js').Settings} Settings */

/**
 * @param {import('../i18n/reading.js').ReadingWords} words
 * @param {object} on
 * @param {() => void} on.back
 * @param {(settings: Settings) => void} on.change
 */
export function readerTools(words, on) {
  const settings = readSettings();
  const show = () => {
    smaller.disabled = settings.size === 0;
    larger.disabled = settings.size === SIZES.length - 1;
    percent.textContent = `${Math.round(SIZES[settings.size] * 100)} %`;
  };
  const set = (/** @type {Partial<Settings>} */ part) => {
    Object.assign(settings, part);
    keepSettings(settings);
    show();
    on.change(settings);
  };
  const step = (/** @type {number} */ by) => set({ size: Math.min(SIZES.length - 1, Math.max(0, settings.size + by)) });
  const smaller = h('button', { type: 'button', class: 'plain', onclick: () => step(-1) }, h('span', { 'aria-hidden': 'true' }, 'A−'), h('span', { class: 'sr' }, words.smaller));
  const larger = h('button', { type: 'button', class: 'plain', onclick: () => step(1) }, h('span', { 'aria-hidden': 'true' }, 'A+'), h('span', { class: 'sr' }, words.larger));
  const percent = h('output', { 'aria-live': 'polite' });
  const themes = Object.entries(words.themes).map(([value, label]) => h('label', null,
    h('input', { type: 'radio', name: 'theme', value, checked: settings.theme === value, onchange: () => set({ theme: /** @type {Settings['theme']} */ (value) }) }),
    label));
  const highlight = h('label', { hidden: true },
    h('input', { type: 'checkbox', checked: settings.highlight, onchange: (/** @type {Event} */ event) =>
      set({ highlight: /** @type {HTMLInputElement} */ (event.target).checked }) }),
    words.highlight);
  const menu = h('details', { class: 'menu' },
    h('summary', { class: 'plain' }, h('span', { 'aria-hidden': 'true', class: 'aa' }, 'Aa'), h('span', null, words.display)),
    h('div', { class: 'sheet' },
      h('div', { class: 'sizes', role: 'group', 'aria-label': words.textSize }, h('span', null, words.textSize), smaller, percent, larger),
      h('fieldset', null, h('legend', null, words.theme), themes),
      highlight));
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    event.preventDefault();
    menu.open = false;
    menu.querySelector('summary')?.focus();
  });
  const backText = h('span', null, words.back);
  const element = h('div', { class: 'toolbar', part: 'tools' },
    h('button', { type: 'button', class: 'plain back', onclick: on.back }, icon('back'), backText),
    menu,
    h('button', { type: 'button', class: 'plain print', onclick: () => print() }, icon('print'), h('span', null, words.print)));
  show();
  return { element, settings, highlight, menu, backText };
}
