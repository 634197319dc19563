/**
 * How a reader likes to read: size, width, spacing and face of the text, colours, highlighting, the speed of the voice,
 * whether articles read are remembered. Kept on this device, if it lets us.
 */

/**
 * @typedef {object} Settings
 * @property {number} size        which of SIZES
 * @property {'narrow' | 'normal' | 'wide'} width
 * @property {'tight' | 'normal' | 'loose'} spacing
 * @property {'sans' | 'serif'} face
 * @property {'auto' | 'light' | 'dark' | 'sepia' | 'contrast'} theme
 * @property {boolean} highlight  the words of the query
 * @property {number} rate        which of RATES
 * @property {boolean} history    remember which articles were read
 */

/** Where they are kept. */
export const KEY = 'timdoc:reader';

/** Steps of the text size, as multiples of the page's. */
export const SIZES = [0.875, 1, 1.125, 1.25, 1.5, 1.75, 2];

/** Speeds of the voice. */
export const RATES = [0.75, 1, 1.25, 1.5, 1.75];

/** What a setting may be; the first is the usual one. */
export const CHOICES = {
  width: /** @type {const} */ (['normal', 'narrow', 'wide']),
  spacing: /** @type {const} */ (['normal', 'tight', 'loose']),
  face: /** @type {const} */ (['sans', 'serif']),
  theme: /** @type {const} */ (['auto', 'light', 'dark', 'sepia', 'contrast']),
};

/** @returns {Settings} */
export const usualSettings = () => ({ size: 2, width: 'normal', spacing: 'normal', face: 'sans', theme: 'auto', highlight: true, rate: 1, history: true });

/** @returns {Settings} */
export function readSettings() {
  const settings = usualSettings();
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (Number.isInteger(kept.size) && kept.size in SIZES) settings.size = kept.size;
    if (Number.isInteger(kept.rate) && kept.rate in RATES) settings.rate = kept.rate;
    for (const [name, values] of Object.entries(CHOICES)) if (/** @type {readonly string[]} */ (values).includes(kept[name])) Object.assign(settings, { [name]: kept[name] });
    for (const name of /** @type {const} */ (['highlight', 'history'])) if (kept[name] === false) settings[name] = false;
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
