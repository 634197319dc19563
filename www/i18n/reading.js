/** The words of reading, apart from the search's: no search waits for them. */
import { languageOf, worded } from './box.js';

/** @typedef {import('./box.js').Words & typeof import('./reading-vi.js').messages} ReadingWords */

/**
 * Loads the words of reading for an element, with those of the search.
 *
 * @param {Element} element
 * @returns {Promise<ReadingWords>}
 */
export async function readingWordsFor(element) {
  const lang = languageOf(element);
  const [common, reading] = await Promise.all(lang === 'en' ? [import('./en.js'), import('./reading-en.js')] : [import('./vi.js'), import('./reading-vi.js')]);
  return worded(lang, { ...common.messages, ...reading.messages });
}
