/** Slips of the finger. */
import { withoutMarks } from '../queries.mjs';

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
/** How far the rows of a keyboard are shifted, in keys. */
const SHIFTS = [0, 0.25, 0.75];

const KEYS = ROWS.flatMap((row, y) => [...row].map((key, column) => ({ key, x: column + SHIFTS[y], y })));

/** The keys that touch a key. @type {Map<string, string[]>} */
const NEIGHBOURS = new Map(KEYS.map(({ key, x, y }) => [
  key,
  KEYS.filter((other) => other.key !== key && Math.abs(other.y - y) <= 1 && Math.abs(other.x - x) <= 1).map((other) => other.key),
]));

/** @typedef {(limit: number) => number} Pick a whole number below the limit */

/** The kinds of slips at a letter: what stands there and after it becomes. @type {((letter: string, next: string, pick: Pick) => string)[]} */
const SLIPS = [
  (letter, next, pick) => onto(letter, near(letter, pick)) + next,
  (letter, next, pick) => letter + near(letter, pick) + next,
  (_, next) => next,
  (letter, next) => next + letter,
];

/**
 * A word with one slip that changes its letters, not only its marks.
 *
 * @param {string} word
 * @param {Pick} pick
 */
export function slip(word, pick) {
  const letters = [...word];
  for (;;) {
    const at = pick(letters.length);
    const [letter, next = ''] = letters.slice(at, at + 2);
    const slipped = [...letters.slice(0, at), SLIPS[pick(SLIPS.length)](letter, next, pick), ...letters.slice(at + 2)].join('').normalize('NFC');
    if (withoutMarks(slipped) !== withoutMarks(word)) return slipped;
  }
}

/** @param {string} letter @param {Pick} pick */
function near(letter, pick) {
  const keys = NEIGHBOURS.get(withoutMarks(letter).toLowerCase()) ?? ['']; // a letter that no key has gives none
  return keys[pick(keys.length)];
}

/** Another key for a letter: a vowel keeps the tone, for its key is pressed later. @param {string} letter @param {string} key */
function onto(letter, key) {
  const tone = 'aeiouy'.includes(key) ? letter.normalize('NFD').replace(/[^\u0300\u0301\u0303\u0309\u0323]/gu, '') : '';
  return (letter === letter.toLowerCase() ? key : key.toUpperCase()) + tone;
}
