/** Results that drop down under a compact box go away when the reader turns to something else. Loaded by such boxes. */

/** @param {import('./search-app.js').SearchApp} app */
export function dropDown(app) {
  const { host, life: signal } = app;
  addEventListener('pointerdown', (event) => event.composedPath().includes(host) || app.close(), { signal });
  host.addEventListener('focusout', ({ relatedTarget: to }) => to && to !== host && !host.contains(/** @type {Node} */ (to)) && app.close(), { signal });
}
