import { withoutMarks } from '../../queries.mjs';

/** Small letters without marks; đ becomes d, which no peer does by itself. @param {string} text */
export const fold = (text) => withoutMarks(text).toLowerCase();

/** Folded words, for engines that take them apart by rules of another language. @param {string} text @returns {string[]} */
export const foldedWords = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
