/** Stands in for www/lib/css.js in a packed page: the style sheets are part of the script. */
import { SHEETS } from '../styles.js';

/** @type {Map<string, CSSStyleSheet>} */
const made = new Map();

/**
 * Adds `www/style/<name>` to a root.
 *
 * @param {ShadowRoot} root
 * @param {string} name
 */
export async function adopt(root, name) {
  let sheet = made.get(name);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEETS[name] ?? '');
    made.set(name, sheet);
  }
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
