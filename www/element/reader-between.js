/** What stands between the head of an article and its text: its contents, the way to where the reader stopped. */
import { h } from './dom.js';

/** @typedef {import('./reader-app.js').ReaderApp} ReaderApp */
/** @typedef {import('../lib/types.d.ts').Article} Article */

/** Headings of an article that gets a list of its contents. */
const LEAST = 3;

/**
 * The list of an article's headings, when it has so many that one helps.
 *
 * @param {ReaderApp} app
 * @param {Article} article
 * @param {AbortSignal} signal
 */
export async function contentsOf(app, article, signal) {
  if (article.blocks.filter(({ kind }) => kind === 'heading').length < LEAST) return null;
  try {
    return await (await import('./contents-view.js')).contentsView(app, article, signal);
  } catch {
    return null; // The article can be read without it.
  }
}

/**
 * A quiet way to where the reader stopped last time.
 *
 * @param {ReaderApp} app
 * @param {Article} article
 */
export function stoppedAt(app, { id, blocks }) {
  const { settings, shelf, words } = app;
  const at = settings.history && shelf.get(id)?.at;
  const start = at && blocks[at[0] - 2]?.text.trim().split(/\s+/, 9).join(' ').slice(0, 80).replace(/[^\p{L}\p{N}]+$/u, '');
  if (!at || !start) return null;
  const link = h('p', { class: 'resume', lang: words.lang }, h('button', { type: 'button', onclick: async () => {
    const { goToPlace } = await import('./reader-place.js');
    goToPlace(app, at);
    link.hidden = true;
  } }, words.resume, ' ', h('span', { lang: 'vi' }, `“${start}…”`)));
  return link;
}
