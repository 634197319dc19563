/** A query that is not corrected. Loaded when a reader wants it as typed. */

/**
 * Its words in quotation marks; its phrases, exclusions and bars as they are.
 *
 * @param {string} query
 */
export const verbatim = (query) => query.replace(/(-?)(["“„«][^"”“»]*["”“»]?|[^\s"“”„«»]+)/g, (all, not, word) => (/^["“„«]|^[-|]*$/.test(word) ? all : `${not}"${word}"`));
