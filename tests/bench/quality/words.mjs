/** Words and their marks, by Unicode alone: the product's own tables must not judge themselves. */
import { withoutMarks } from '../queries.mjs';

const TONE = /[\u0300\u0301\u0303\u0309\u0323]/gu;
/** Zero-width signs and soft hyphens that pages leave within words. */
const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/gu;

/** A text in one form of Unicode, without what cannot be seen, each white space but the end of a line a blank. @param {string} text */
export function clean(text) {
  return text.normalize('NFC').replace(UNSEEN, '').replace(/[Ðð]/gu, (letter) => (letter === 'Ð' ? 'Đ' : 'đ')).replace(/[^\S\n]+/gu, ' ').trim();
}

/** @param {string} text cleaned */
export function words(text) {
  return text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/**
 * What is compared of a word. The tone is taken out of its letter and put at the end, so that hòa and hoà are equal.
 *
 * @typedef {{ folded: string, toneless: string, toned: string }} Forms
 * @param {string} word
 * @returns {Forms}
 */
export function forms(word) {
  const lower = word.toLowerCase();
  const apart = lower.normalize('NFD');
  const toneless = apart.replace(TONE, '').normalize('NFC');
  return { folded: withoutMarks(lower), toneless, toned: toneless + (apart.match(TONE) ?? []).join('') };
}

/** @param {string} word */
export const hasMarks = (word) => withoutMarks(word) !== word;

/** A word as it stands in the field before its tone is typed. @param {string} word */
export const withoutTone = (word) => word.normalize('NFD').replace(TONE, '').normalize('NFC');
