/**
 * Where someone is in an article: the part at the top of the window, and how much of it has gone by. Sizes of text and
 * window may change, and it still is the same place.
 */

/** @typedef {import('./reader-app.js').ReaderApp} ReaderApp */

/** Milliseconds without scrolling before a place counts. */
const STAY = 800;

/** Pixels below the window's edge where reading is taken to be. */
const LINE = 24;

/** @param {ReaderApp} app @returns {[part: number, share: number] | 'begin' | 'end'} */
function placeNow({ place }) {
  const body = place.querySelector('.body');
  if (!body || body.getBoundingClientRect().bottom <= innerHeight) return 'end';
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (body.querySelectorAll('[data-part]'))) {
    const { top, bottom, height } = element.getBoundingClientRect();
    if (bottom <= LINE) continue;
    const part = Number(element.dataset.part);
    if (part < 3) return 'begin'; // The title, the lead, the first block: that is no place to come back to.
    return [part, height > 0 ? Math.round(Math.max(0, LINE - top) / height * 1000) / 1000 : 0];
  }
  return 'end';
}

/**
 * Notes where the reader is, until another article is shown. The beginning is no news, so opening an article does not
 * undo where the reader stopped before; whoever has reached the end has stopped nowhere.
 *
 * @param {ReaderApp} app
 * @param {string} id
 * @param {AbortSignal} signal
 */
export function watchPlace(app, id, signal) {
  let ended = false;
  const note = () => {
    if (!timer) return;
    clearTimeout(timer);
    timer = 0;
    const at = placeNow(app);
    if (!app.settings.history || at === 'begin') return;
    ended ||= at === 'end';
    app.shelf.put(id, { at: ended || at === 'end' ? null : at });
  };
  const stay = () => {
    clearTimeout(timer);
    timer = setTimeout(note, STAY);
  };
  // This module comes after the article: some may have scrolled before it.
  let timer = setTimeout(note, STAY);
  addEventListener('scroll', stay, { signal, passive: true, capture: true });
  addEventListener('pagehide', note, { signal });
  document.addEventListener('visibilitychange', note, { signal });
  signal.addEventListener('abort', note);
}

/**
 * @param {ReaderApp} app
 * @param {[part: number, share: number]} at
 */
export function goToPlace({ place }, [part, share]) {
  const element = /** @type {HTMLElement | null} */ (place.querySelector(`.body [data-part="${part}"]`));
  if (!element) return;
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'start', behavior: 'instant' });
  scrollBy({ top: share * element.getBoundingClientRect().height - LINE, behavior: 'instant' });
}
