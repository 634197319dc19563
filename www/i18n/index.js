/** The words of the interface, in the language of an element. */
import { languageOf } from './box.js';

/** @typedef {typeof import('./vi.js').messages & { lang: 'vi' | 'en', number: (n: number) => string, size: (bytes: number) => string }} Words */

/**
 * Loads the words of the search for an element; only its language is fetched.
 *
 * @param {Element} element
 * @returns {Promise<Words>}
 */
export async function wordsFor(element) {
  const lang = languageOf(element);
  return worded(lang, (await (lang === 'en' ? import('./en.js') : import('./vi.js'))).messages);
}

/**
 * Words with the numbers of their language.
 *
 * @template T
 * @param {'vi' | 'en'} lang
 * @param {T} messages
 */
export function worded(lang, messages) {
  const number = new Intl.NumberFormat(lang);
  const decimal = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
  return {
    ...messages,
    lang,
    number: (/** @type {number} */ n) => number.format(n),
    size: (/** @type {number} */ bytes) => (bytes < 1e6 ? `${number.format(Math.ceil(bytes / 1e3))} KB` : bytes < 1e9 ? `${decimal.format(bytes / 1e6)} MB` : `${decimal.format(bytes / 1e9)} GB`),
  };
}
