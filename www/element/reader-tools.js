/** The bar above an article: the way back, read aloud, put aside, and two menus whose content loads when they open. */
import { h } from './dom.js';
import { readerIcon } from './reader-icons.js';

/** @typedef {import('../i18n/reading.js').ReadingWords} Words */

/**
 * @param {Words} words
 * @param {object} on
 * @param {() => void} on.back
 * @param {() => void} on.listen
 * @param {() => void} on.keep  puts the article aside, or takes it back
 * @param {() => Promise<Node[]>} on.display  what the menu for the look of the text holds
 * @param {() => Promise<Node[]>} on.more     what the other menu holds
 */
export function readerTools(words, on) {
  const backText = h('span', { class: 'words' }, words.back);
  const button = (/** @type {string} */ name, /** @type {() => void} */ onclick, /** @type {(Node | string)[]} */ ...content) =>
    h('button', { type: 'button', class: `plain ${name}`, hidden: name !== 'back', onclick }, content);
  const listen = button('listen', on.listen, readerIcon('voice'), h('span', { class: 'words' }, words.listen));
  const keep = button('keep', on.keep, readerIcon('keep'), h('span', { class: 'words' }, words.keep));
  const display = menu(words, 'display', [h('span', { 'aria-hidden': 'true', class: 'aa' }, 'Aa'), h('span', { class: 'words' }, words.display)], on.display);
  const more = menu(words, 'more', [readerIcon('more'), h('span', { class: 'sr' }, words.more)], on.more);
  const element = h('div', { class: 'bar' }, h('div', { class: 'toolbar', part: 'tools' },
    button('back', on.back, readerIcon('back'), backText), listen, keep, display, more));
  return {
    element, backText, listen, keep, more,
    /** Closes the menus that an event did not come from. @param {Event} [event] */
    close(event) {
      for (const menu of [display, more]) if (!event?.composedPath().includes(menu)) menu.open = false;
    },
  };
}

/**
 * A button that opens a sheet below it. Escape and leaving it close it.
 *
 * @param {Words} words
 * @param {string} name
 * @param {Node[]} summary
 * @param {() => Promise<Node[]>} content
 */
function menu(words, name, summary, content) {
  // It takes the focus when a label in it is pressed: else an ancestor of the reader might, and the menu would be left.
  const sheet = h('div', { class: 'sheet', tabindex: -1 });
  const button = h('summary', { class: 'plain' }, summary);
  const element = h('details', { class: `menu ${name}` }, button, sheet);
  /** @type {Promise<void> | null} */
  let filled = null;
  const fill = () => {
    filled ??= content().then((nodes) => sheet.replaceChildren(...nodes), (error) => {
      console.error('timdoc:', error);
      filled = null;
      sheet.replaceChildren(h('p', { role: 'alert' }, words.notLoaded));
    });
  };
  button.addEventListener('pointerenter', fill, { once: true });
  element.addEventListener('toggle', () => element.open && fill());
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !element.open) return;
    event.preventDefault();
    element.open = false;
    button.focus();
  });
  element.addEventListener('focusout', ({ relatedTarget }) => {
    // Later: Chromium 156 crashes when what is pressed goes while it is being pressed.
    if (relatedTarget instanceof Node && !element.contains(relatedTarget)) setTimeout(() => (element.open = false));
  });
  return element;
}
