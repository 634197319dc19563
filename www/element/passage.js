/**
 * Passages: what someone selects can be copied with its source or passed on as a link, and such a link leads to it.
 *
 * `#s7` is part 7 of the article (0 the title, 1 the lead, 2 + n the block n), `#s7.2` its second sentence, `#s7.2-8.1`
 * the sentences from there to the first of part 8. The reader finds them itself: the text comes after the page, too
 * late for a browser that looks for a text fragment. On the article's own page a text fragment does it.
 */
import { moreWords } from '../i18n/reading-more.js';
import { textOf } from '../lib/facts.js';
import { h, icon } from './dom.js';
import { readerIcon } from './reader-icons.js';
import { forget, MARK, rangeIn, sentencesOf } from './sentences.js';
import { citation, copy, hereOf } from './share.js';
import { webAddress } from './web-address.js';

/** @typedef {import('./reader-app.js').ReaderApp} ReaderApp */
/** @typedef {import('../lib/types.d.ts').Article} Article */
/** @typedef {{ part: number, from: number, to: number }} Piece of a part's text, in UTF-16 units */

/** Words at each end of a passage that name it in a text fragment, and how long it is named whole. */
const ENDS = 5;
const WHOLE = 12;

/** Characters of a text fragment that mail and chat programs still take for part of the link. */
const LONGEST = 1000;

/**
 * @param {ReaderApp} app
 * @param {string} hash
 */
export function goToPassage({ article, place }, hash) {
  const [, part, first, last = part, end = first] = /^#s(\d+)(?:\.(\d+)(?:-(\d+)\.(\d+))?)?$/.exec(hash) ?? [];
  const start = partOf(place, Number(part));
  if (!article || !start) return;
  forget(place);
  /** @type {Range[]} */
  const ranges = [];
  for (let at = Number(part); first && at <= Math.min(Number(last), article.blocks.length + 1); at += 1) {
    const element = partOf(place, at);
    const text = textOf(article, at);
    const sentences = sentencesOf(text);
    const from = sentences[at === Number(part) ? Number(first) - 1 : 0]?.[0];
    const to = (at === Number(last) ? sentences[Number(end) - 1] : undefined)?.[1] ?? text.length;
    if (!element || from === undefined) continue;
    const before = (element.textContent ?? '').length - text.length;
    const range = before >= 0 ? rangeIn(element, before + from, before + to) : null;
    if (range && 'highlights' in CSS) ranges.push(range);
    else element.classList.add('told');
  }
  if (ranges.length > 0) CSS.highlights.set(MARK, new Highlight(...ranges));
  start.tabIndex = -1;
  start.focus({ preventScroll: true });
  start.scrollIntoView({ block: first ? 'center' : 'start', behavior: 'instant' });
}

/** @param {ParentNode} place @param {number} part */
const partOf = (place, part) => /** @type {HTMLElement | null} */ (place.querySelector(`[data-part="${part}"]`));

/**
 * Shows what can be done with the passage that is selected; takes it away when none is.
 *
 * @param {ReaderApp} app
 * @param {AbortSignal} signal another article is shown
 */
export async function offerPassage(app, signal) {
  const words = await moreWords(app.words.lang);
  const shown = app.dock.element.querySelector('.passage');
  const { article } = app;
  const pieces = article ? selectedPieces(app, article) : [];
  shown?.remove();
  if (!article || pieces.length === 0 || signal.aborted) return;
  const text = pieces.map(({ part, from, to }) => textOf(article, part).slice(from, to).trim()).filter(Boolean).join('\n');
  const link = linkTo(article, pieces, text);
  const button = (/** @type {string} */ name, /** @type {SVGElement} */ sign, /** @type {string} */ label, /** @type {() => void} */ onclick) =>
    h('button', { type: 'button', class: `entry ${name}`, onclick }, sign, label);
  const bar = h('div', { class: 'passage', role: 'group', 'aria-label': words.passage },
    button('text', readerIcon('quote'), words.copyPassage, () => void copy(app, words, `“${text}”\n${citation(article)}`, words.copiedPassage)),
    button('link', readerIcon('link'), words.linkPassage, () => void copy(app, words, link, words.copiedPassageLink)),
    'share' in navigator && button('share', readerIcon('share'), words.sharePassage, () => void navigator.share({ title: article.title, text: `“${text}”`, url: link }).catch(() => {})),
    h('button', { type: 'button', class: 'entry shut', 'aria-label': words.close, onclick: () => bar.remove() }, icon('close')));
  // A press on a button must not take the selection away.
  bar.addEventListener('mousedown', (event) => event.preventDefault());
  bar.addEventListener('keydown', (event) => event.key === 'Escape' && bar.remove());
  signal.addEventListener('abort', () => bar.remove());
  app.dock.element.append(bar);
}

/**
 * Where a passage can be read: on the article's own page, where browsers find a text, else here by its sentences.
 *
 * @param {Article} article
 * @param {Piece[]} pieces
 * @param {string} text
 */
function linkTo(article, pieces, text) {
  const original = webAddress(article.url);
  if (original && 'fragmentDirective' in document) {
    const words = text.split(/\s+/);
    const code = (/** @type {string[]} */ some) => encodeURIComponent(some.join(' ')).replaceAll('-', '%2D');
    const named = words.length <= WHOLE && pieces.length === 1 ? code(words) : `${code(words.slice(0, ENDS))},${code(words.slice(-ENDS))}`;
    if (named.length < LONGEST) return `${original}${original.includes('#') ? '' : '#'}:~:text=${named}`;
  }
  const sentence = (/** @type {number} */ part, /** @type {number} */ at) =>
    `${part}.${Math.max(1, sentencesOf(textOf(article, part)).filter(([from]) => from <= at).length)}`;
  const [first, last] = [pieces[0], pieces[pieces.length - 1]];
  const [from, to] = [sentence(first.part, first.from), sentence(last.part, last.to - 1)];
  return `${hereOf(article)}#s${from}${from === to ? '' : `-${to}`}`;
}

/**
 * What is selected of each part of the article, in its order.
 *
 * @param {ReaderApp} app
 * @param {Article} article
 */
function selectedPieces({ place, root }, article) {
  const selected = selectedRange(root);
  if (!selected || !place.contains(selected.startContainer) || !place.contains(selected.endContainer)) return [];
  const range = document.createRange();
  range.setStart(selected.startContainer, selected.startOffset);
  range.setEnd(selected.endContainer, selected.endOffset);
  /** @type {Piece[]} */
  const pieces = [];
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll('article [data-part]'))) {
    if (!range.intersectsNode(element)) continue;
    const part = Number(element.dataset.part);
    const text = textOf(article, part);
    const before = (element.textContent ?? '').length - text.length;
    const upTo = (/** @type {Node} */ node, /** @type {number} */ offset) => {
      const head = document.createRange();
      head.setStart(element, 0);
      head.setEnd(node, offset);
      return Math.max(0, String(head).length - before);
    };
    const from = element.contains(range.startContainer) ? upTo(range.startContainer, range.startOffset) : 0;
    const to = element.contains(range.endContainer) ? upTo(range.endContainer, range.endOffset) : text.length;
    if (text.slice(from, to).trim()) pieces.push({ part, from, to });
  }
  return pieces;
}

/**
 * The selection, also inside a shadow tree: each browser has its own way to tell.
 *
 * @param {ShadowRoot} root
 * @returns {AbstractRange | null}
 */
function selectedRange(root) {
  const own = /** @type {Selection | null} */ (/** @type {any} */ (root).getSelection?.() ?? null);
  if (own) return own.rangeCount && !own.isCollapsed ? own.getRangeAt(0) : null;
  const selection = getSelection();
  const [composed] = /** @type {any} */ (selection)?.getComposedRanges?.({ shadowRoots: [root] }) ?? [];
  return composed ?? (selection?.rangeCount ? selection.getRangeAt(0) : null);
}
