/**
 * Building DOM, and small things that go with it. Every string becomes a text node or an attribute; nothing is ever
 * parsed as HTML. The look that must be there before anything is fetched comes with it.
 */
import { boxText } from '../i18n/box.js';

export * from './base-style.js';

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * `h('a', { href, class: 'x', onclick: fn }, 'text', node)`. A function is a listener for the event
 * after `on`; null, undefined and false leave the attribute out; true gives it an empty value.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any> | null} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value == null || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  put(element, children);
  return element;
}

/**
 * Appends children, leaving out the absent ones.
 *
 * @param {ParentNode} parent
 * @param {(Child | Child[])[]} children
 */
export function put(parent, children) {
  for (const child of children.flat()) if (child != null && child !== false) parent.append(child);
}

const ICONS = {
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM20 20l-4-4',
  close: 'M6 6l12 12M18 6L6 18',
  back: 'M15 5l-7 7 7 7',
  filter: 'M4 6h16M7 12h10M10 18h4',
  save: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  done: 'M5 12.5l5 5L19 7',
  offline: 'M3 3l18 18M2 9.5a15 15 0 0 1 20 0M5 13a10 10 0 0 1 14 0M8.5 16.5a5 5 0 0 1 7 0M12 20h.01',
  warn: 'M12 4L2.5 20h19zM12 10v4M12 17h.01',
  table: 'M4 5h16v14H4zM4 10h16M4 15h16M10 5v14',
};

/**
 * A decorative icon.
 *
 * @param {keyof typeof ICONS} name
 */
export function icon(name) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(ns, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/** Milliseconds after which a wait is said to be one, with a way out. */
export const LATE = 10_000;

/** Loads the page again. What hangs is let go first: browsers give a host few connections, and the page needs one. */
export function anew() {
  stop();
  location.reload();
}

/**
 * Says at once what is wrong, with a button that takes it away and tries again; without `again` it loads the page anew,
 * where only that helps: a module that came broken, or does not come, cannot be asked for twice.
 *
 * @param {Element} host whose language it is in
 * @param {string} text
 * @param {(() => unknown) | false} [again]
 */
export function trouble(host, text, again) {
  const words = boxText(host);
  const note = h('p', { class: 'failed', role: 'alert' }, text, ' ', h('button', { type: 'button', onclick: () => {
    note.remove();
    if (again) again();
    else anew();
  } }, again ? words.retry : words.reload));
  return note;
}

/**
 * Text in pieces, the hits in <mark>.
 *
 * @param {import('../lib/types.d.ts').Segment[]} segments
 */
export const marked = (segments) => segments.map(({ text, hit }) => (hit ? h('mark', null, text) : text));

/** True with a key that asks the browser for something else: a new tab, a selection. @param {MouseEvent | KeyboardEvent} event */
export const modified = (event) => event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
