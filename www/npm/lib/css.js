/**
 * Stands in for www/lib/css.js in the npm package: style sheets are modules that load when they are wanted, as bundlers
 * make `data:` addresses of small files, which `style-src 'self'` does not allow.
 */

/** @type {Record<string, () => Promise<{ default: string }>>} */
const SHEETS = {
  /* one for each style sheet: tools/npm.mjs */
};

/** @type {Map<string, Promise<CSSStyleSheet>>} */
const made = new Map();

/**
 * Adds `style/<name>` to a root; resolves when it applies.
 *
 * @param {ShadowRoot} root
 * @param {string} name
 */
export async function adopt(root, name) {
  let sheet = made.get(name);
  if (!sheet) {
    sheet = SHEETS[name]().then((module) => new CSSStyleSheet().replace(module.default));
    sheet.catch(() => made.delete(name));
    made.set(name, sheet);
  }
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, await sheet];
}
