/**
 * The contents of a long article: its headings as links, and where the reader is among them. Beside the text where there
 * is room, else folded above it.
 */
import { h } from './dom.js';
import { step } from './reader-ways.js';

/** @typedef {import('./reader-app.js').ReaderApp} ReaderApp */

/** Pixels that the list takes beside the text, and the least width of a page that has it there. */
const SIDE = 272;
const PAGE = 1000;

/**
 * @param {ReaderApp} app
 * @param {import('../lib/types.d.ts').Article} article
 * @param {AbortSignal} signal another article is shown
 */
export async function contentsView(app, { blocks }, signal) {
  await app.style('contents.css');
  const { frame, host, place, words } = app;
  const links = blocks.flatMap(({ kind, text }, at) => (kind === 'heading' ? [h('a', { href: `#s${at + 2}` }, text)] : []));
  const list = h('ol', { role: 'list', lang: 'vi' }, links.map((link) => h('li', null, link)));
  const fold = h('details', null, h('summary', null, words.contents), list);
  const nav = h('nav', { class: 'contents', 'aria-label': words.contents, lang: words.lang }, fold);

  const headingOf = (/** @type {HTMLAnchorElement} */ link) => /** @type {HTMLElement | null} */ (place.querySelector(`h2[data-part="${link.hash.slice(2)}"]`));
  list.addEventListener('click', (event) => {
    const link = links.find((link) => event.composedPath().includes(link));
    const heading = link && headingOf(link);
    if (!heading || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!frame.classList.contains('beside')) fold.open = false;
    step(link.href);
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: 'start', behavior: 'instant' });
  });

  let waiting = 0;
  const mark = () => {
    waiting = 0;
    const passed = links.filter((link) => (headingOf(link)?.getBoundingClientRect().top ?? Infinity) < innerHeight / 3);
    for (const link of links) {
      if (link === passed.at(-1)) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
    const { offsetTop = 0, offsetHeight = 0 } = passed.at(-1) ?? {};
    if (offsetTop < list.scrollTop || offsetTop + offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = offsetTop - list.clientHeight / 3;
  };
  const later = () => void (waiting ||= requestAnimationFrame(mark));
  addEventListener('scroll', later, { signal, passive: true, capture: true });

  /** The frame's class is what tells where the list stands. */
  let beside = false;
  const settle = () => {
    // Not clientWidth: a portal's reset may make the element inline, and that has none.
    const room = host.getBoundingClientRect().width >= Math.max(PAGE, Number.parseFloat(getComputedStyle(frame).maxWidth) + SIDE);
    if (room !== beside || frame.classList.contains('beside') !== room) fold.open = room;
    beside = room;
    frame.classList.toggle('beside', room);
    later();
  };
  const sizes = new ResizeObserver(settle);
  sizes.observe(host);
  sizes.observe(place);
  settle();
  signal.addEventListener('abort', () => {
    sizes.disconnect();
    cancelAnimationFrame(waiting);
    frame.classList.remove('beside');
  });
  return nav;
}
