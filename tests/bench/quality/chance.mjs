/** Chance that is the same in every run, and its own for each use: a kind of query more changes no other. */
import { randomFrom } from '../stats.mjs';

/**
 * @typedef {object} Chance
 * @property {(limit: number) => number} below a whole number
 * @property {<T>(list: readonly T[]) => T} one of a list that is not empty
 * @property {<T>(list: readonly T[]) => T[]} shuffled
 */

/**
 * @param {...(string | number)} use
 * @returns {Chance}
 */
export function chance(...use) {
  const random = randomFrom(hash(use.join('\n')));
  const below = (/** @type {number} */ limit) => Math.floor(random() * limit);
  return {
    below,
    one: (list) => list[below(list.length)],
    shuffled(list) {
      const mixed = [...list];
      for (let last = mixed.length - 1; last > 0; last -= 1) {
        const other = below(last + 1);
        [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
      }
      return mixed;
    },
  };
}

/** FNV-1a. @param {string} text */
function hash(text) {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}
