/** The words of what readers do with an article: they load when the first of it is used. */

/** @typedef {typeof import('./reading-more-vi.js').messages} MoreWords */

/**
 * @param {'vi' | 'en'} lang
 * @returns {Promise<MoreWords>}
 */
export const moreWords = async (lang) => (await (lang === 'en' ? import('./reading-more-en.js') : import('./reading-more-vi.js'))).messages;
