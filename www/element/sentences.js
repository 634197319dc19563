/** From a fact to the sentence it was read in: shown, marked, and where the reader goes on. */

/** @typedef {import('../lib/types.d.ts').Mention} Mention */

/** The name of the mark: reader.css says how it looks. */
export const MARK = 'timdoc-fact';

/** Where a sentence ends. Stops inside numbers and abbreviations ("TP.", "1.250") do not end one: a space and a capital or a sign follow those that do. */
const STOP = /(?<!\b\p{Lu}\p{L}?)[.!?…]["”’)]*\s+(?=[\p{Lu}\p{N}“"(–-])|\n+/gu;

/**
 * The sentence of a text that a place lies in: from after the last full stop before it to the next one.
 *
 * @param {string} text
 * @param {number} start UTF-16 units
 * @param {number} end
 * @returns {[start: number, end: number]}
 */
export function sentenceAt(text, start, end) {
  let from = 0;
  for (const stop of text.matchAll(STOP)) {
    const next = stop.index + stop[0].length;
    if (stop.index >= end) return [from, stop.index + stop[0].trimEnd().length];
    if (next <= start) from = next;
  }
  return [from, text.length];
}

/**
 * All sentences of a text.
 *
 * @param {string} text
 * @returns {[start: number, end: number][]} UTF-16 units
 */
export function sentencesOf(text) {
  /** @type {[number, number][]} */
  const out = [];
  let from = 0;
  for (const stop of text.matchAll(STOP)) {
    out.push([from, stop.index + stop[0].trimEnd().length]);
    from = stop.index + stop[0].length;
  }
  if (from < text.length) out.push([from, text.length]);
  return out;
}

/**
 * Goes to the sentence of a place in an article that is shown.
 *
 * @param {ParentNode} place what holds the article
 * @param {Mention} mention
 * @param {string} text of the part it is in
 */
export function goTo(place, { part, start, end }, text) {
  const element = /** @type {HTMLElement | null} */ (place.querySelector(`[data-part="${part}"]`));
  if (!element) return;
  forget(place);
  element.classList.add('told');
  // What stands before the text: "Chú thích ảnh:" for screen readers. In cells of a table nothing is marked.
  const before = (element.textContent ?? '').length - text.length;
  const [from, to] = sentenceAt(text, start, end);
  const range = before >= 0 ? rangeIn(element, before + from, before + to) : null;
  if (range && 'highlights' in CSS) {
    CSS.highlights.set(MARK, new Highlight(range));
    element.classList.add('marked');
  }
  const smooth = !matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollIntoView({ block: 'center', behavior: smooth ? 'smooth' : 'instant' });
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/** Takes the mark away. @param {ParentNode} place */
export function forget(place) {
  if ('highlights' in CSS) CSS.highlights.delete(MARK);
  for (const told of place.querySelectorAll('.told')) told.classList.remove('told', 'marked');
}

/**
 * A stretch of an element's text.
 *
 * @param {HTMLElement} element
 * @param {number} start
 * @param {number} end
 */
export function rangeIn(element, start, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let before = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = (node.nodeValue ?? '').length;
    if (!begun && start < before + length) {
      range.setStart(node, start - before);
      begun = true;
    }
    if (begun && end <= before + length) {
      range.setEnd(node, end - before);
      return range;
    }
    before += length;
  }
  return null;
}
