/** What the menu for the look of the text holds: size, spacing, width, face, colours, highlighting, and the usual again. */
import { moreWords } from '../i18n/reading-more.js';
import { h } from './dom.js';
import { CHOICES, SIZES, usualSettings } from './reader-settings.js';

/** @typedef {import('./reader-settings.js').Settings} Settings */

/**
 * @param {import('./reader-app.js').ReaderApp} app
 * @returns {Promise<HTMLElement[]>}
 */
export async function displaySheet(app) {
  const { settings } = app;
  const words = { ...app.words, ...await moreWords(app.words.lang) };
  /** Puts the settings as they are into the controls. @type {(() => void)[]} */
  const shown = [];
  const set = (/** @type {Partial<Settings>} */ part) => {
    app.change(part);
    for (const show of shown) show();
  };

  const size = (/** @type {number} */ by, /** @type {string} */ sign, /** @type {string} */ label) => {
    const button = h('button', { type: 'button', class: 'plain', onclick: () => set({ size: settings.size + by }) },
      h('span', { 'aria-hidden': 'true' }, sign), h('span', { class: 'sr' }, label));
    shown.push(() => (button.disabled = !(settings.size + by in SIZES)));
    return button;
  };
  const percent = h('output', { 'aria-live': 'polite' });
  shown.push(() => (percent.textContent = `${Math.round(SIZES[settings.size] * 100)} %`));

  /** One of a few: radio buttons that look like one control. */
  const pick = (/** @type {keyof typeof CHOICES} */ name, /** @type {string} */ label, /** @type {Record<string, string>} */ labels) => h('fieldset', { class: `pick ${name}` },
    h('legend', null, label),
    h('div', { class: 'choices' }, Object.keys(labels).map((value) => {
      const input = h('input', { type: 'radio', class: 'sr', name, value, onchange: () => set({ [name]: value }) });
      shown.push(() => (input.checked = settings[name] === value));
      return h('label', null, input, h('span', { class: `choice ${value}` }, labels[value]));
    })));

  const highlight = h('input', { type: 'checkbox', onchange: () => set({ highlight: highlight.checked }) });
  shown.push(() => (highlight.checked = settings.highlight));

  const sheet = [
    h('div', { class: 'sizes', role: 'group', 'aria-label': words.textSize }, h('span', null, words.textSize), size(-1, 'A−', words.smaller), percent, size(1, 'A+', words.larger)),
    pick('spacing', words.spacing, words.spacings),
    pick('width', words.width, words.widths),
    pick('face', words.face, words.faces),
    pick('theme', words.theme, words.themes),
    h('label', { class: 'check highlight' }, highlight, words.highlight),
    h('button', { type: 'button', class: 'reset', onclick: () => {
      const { rate, history, ...look } = usualSettings();
      set(look);
      app.announcer.say(words.resetDone, 0);
    } }, words.reset),
  ];
  for (const show of shown) show();
  return sheet;
}
