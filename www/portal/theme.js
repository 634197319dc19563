/** Light or dark for the whole page: as the system, until a reader chooses here or in the article. */
import { keepSettings, readSettings } from '../element/reader-settings.js';

/** @typedef {import('../element/reader-settings.js').Settings['theme']} Theme */

const NAMES = { auto: 'Giao diện: tự động', light: 'Giao diện: sáng', dark: 'Giao diện: tối', sepia: 'Giao diện: giấy ngà', contrast: 'Giao diện: tương phản cao' };

/** @param {Theme} theme */
function apply(theme) {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  const label = document.querySelector('[data-theme-label]');
  if (label) label.textContent = NAMES[theme];
}

export function themes() {
  apply(readSettings().theme);
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector('[data-theme-toggle]'));
  if (button) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const settings = readSettings();
      const order = /** @type {Theme[]} */ (['auto', 'light', 'dark']); // The reader's others lead back to the first.
      settings.theme = order[(order.indexOf(settings.theme) + 1) % order.length];
      keepSettings(settings);
      apply(settings.theme);
    });
  }
  // The reader's own choice of theme is the page's.
  document.addEventListener('timdoc-theme', (event) => {
    const { theme } = /** @type {CustomEvent<{ theme: Theme }>} */ (event).detail;
    event.preventDefault();
    apply(theme);
  });
}
