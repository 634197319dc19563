/**
 * Style sheets for shadow roots, as ordinary .css files beside the modules.
 *
 * They are fetched and adopted as constructable sheets: `style-src 'self'` allows that, one sheet
 * serves all elements of a page, and a timdoc on another origin needs no `style-src` entry (it needs
 * `connect-src` for the library in any case). Where that is not possible a <link> does it.
 */
import { fitted } from '../element/dom.js';
import { fetched } from './ahead.js';

/** @type {Map<string, Promise<CSSStyleSheet>>} */
const sheets = new Map();

/**
 * Adds `www/style/<name>` to a root; resolves when it applies.
 *
 * @param {ShadowRoot} root
 * @param {string} name
 */
export async function adopt(root, name) {
  const url = new URL(`../style/${name}`, import.meta.url).href;
  let sheet = sheets.get(url);
  if (!sheet) {
    sheet = load(url, root);
    sheets.set(url, sheet);
  }
  try {
    const loaded = await sheet; // Before the list is read: two sheets may come at the same time.
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, loaded];
  } catch {
    sheets.delete(url);
    await link(root, url);
  }
}

/** @param {string} url @param {ShadowRoot} root */
async function load(url, root) {
  const response = await fetched(url);
  const text = await response.text();
  // One that came short would not show what it lays out; a <link> asks once more.
  if (!response.ok || !/}\s*$/.test(text)) throw new Error(`${response.status} ${url}`);
  return new CSSStyleSheet().replace(fitted(text, root));
}

/**
 * @param {ShadowRoot} root
 * @param {string} url
 */
function link(root, url) {
  return new Promise((resolve) => {
    const element = document.createElement('link');
    element.rel = 'stylesheet';
    element.onload = element.onerror = resolve;
    element.href = url;
    root.append(element);
  });
}
