/** How a reader likes the text: its size, the colours, highlighting. Kept on this device, if it lets us. */

/** @typedef {{ size: number, theme: 'auto' | 'light' | 'dark', highlight: boolean }} Settings */

const KEY = 'timdoc:reader';

/** Steps of the text size, as multiples of the page's. */
export const SIZES = [0.875, 1, 1.125, 1.25, 1.5, 1.75, 2];

/** @returns {Settings} */
export function readSettings() {
  const settings = /** @type {Settings} */ ({ size: 2, theme: 'auto', highlight: true });
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (Number.isInteger(kept.size) && kept.size in SIZES) settings.size = kept.size;
    if (kept.theme === 'light' || kept.theme === 'dark') settings.theme = kept.theme;
    if (kept.highlight === false) settings.highlight = false;
  } catch {
    // Storage is refused or holds something else: the usual settings will do.
  }
  return settings;
}

/** @param {Settings} settings */
export function keepSettings(settings) {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Refused or full: they last as long as the page.
  }
}
