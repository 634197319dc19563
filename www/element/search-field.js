/** What reaches the search from its field and from the network. */

/** @typedef {import('./search-app.js').SearchApp} SearchApp */

/** Milliseconds: a pause in typing before a search. */
const PAUSE = 60;

/**
 * Every input searches, after a pause; also while a word is being composed, and when it is finished.
 *
 * @param {SearchApp} app
 * @param {AbortSignal} signal
 */
export function bindField(app, signal) {
  const { field } = app;
  const typed = (/** @type {boolean} */ composing) => {
    app.composing = composing;
    app.typing = true;
    void app.change({ q: field.value, exact: false, all: false }, PAUSE);
  };
  field.addEventListener('input', (event) => typed(/** @type {InputEvent} */ (event).isComposing), { signal });
  field.addEventListener('compositionend', () => typed(false), { signal });
  field.form?.addEventListener('submit', (event) => {
    event.preventDefault();
    void app.change({ q: field.value });
  }, { signal });
  field.addEventListener('focus', () => app.open(true), { signal });
}

/**
 * A badge while there is no network; what failed is tried again when it is back.
 *
 * @param {SearchApp} app
 * @param {AbortSignal} signal
 */
export function bindNetwork(app, signal) {
  const look = () => {
    app.panel.badge.hidden = navigator.onLine;
    if (navigator.onLine && (app.failed || app.panel.notes.querySelector('.failed'))) void app.run();
  };
  for (const change of ['online', 'offline']) addEventListener(change, look, { signal });
  look();
}
