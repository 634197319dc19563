/** The next results, below those shown. Loaded when they are asked for. */
import { codeOf, errorState, replaceAddress } from './both.js';

/**
 * Adds them; the focus goes to the first of them.
 *
 * @param {import('./search-app.js').SearchApp} app
 */
export async function moreResults(app) {
  const { panel, words, limit } = app;
  const current = app.current();
  app.busy(true);
  try {
    const library = await app.library();
    const result = await library.search(app.text, app.options(limit, panel.list.childElementCount));
    if (!current()) return;
    const added = app.items(result.hits);
    panel.list.append(...added);
    added[0]?.querySelector('a')?.focus();
    app.state.shown = panel.list.childElementCount;
    replaceAddress(app.prefix, app.state);
    app.rest(result);
    app.announcer.say(panel.shown.textContent ?? '');
  } catch (error) {
    if (current() && codeOf(error) !== 'aborted') panel.place.replaceChildren(errorState(words, error, () => void moreResults(app)));
  } finally {
    app.busy(false);
  }
}
