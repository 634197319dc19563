/** Words as keys are pressed for them, and with their tone on the other letter. */

/** @typedef {{ tones: Record<string, string>, shapes: Record<string, string>, stroke: string }} Method */

const GRAVE = '\u0300';
const ACUTE = '\u0301';
const TILDE = '\u0303';
const HOOK = '\u0309';
const DOT = '\u0323';
const CIRCUMFLEX = '\u0302';
const BREVE = '\u0306';
const HORN = '\u031b';

/** An empty key stands for the letter once more. @type {Method} */
const TELEX = {
  tones: { [ACUTE]: 's', [GRAVE]: 'f', [HOOK]: 'r', [TILDE]: 'x', [DOT]: 'j' },
  shapes: { [CIRCUMFLEX]: '', [BREVE]: 'w', [HORN]: 'w' },
  stroke: 'd',
};

/** @type {Method} */
const VNI = {
  tones: { [ACUTE]: '1', [GRAVE]: '2', [HOOK]: '3', [TILDE]: '4', [DOT]: '5' },
  shapes: { [CIRCUMFLEX]: '6', [HORN]: '7', [BREVE]: '8' },
  stroke: '9',
};

/** `đường` as dduwowngf. @param {string} word */
export const telex = (word) => keys(word, TELEX, false);

/**
 * `đường` as d9u7o7ng2, or late as d9uong72.
 *
 * @param {string} word
 * @param {boolean} late shapes of vowels at the end of the syllable too
 */
export const vni = (word, late) => keys(word, VNI, late);

/**
 * The tone comes last, as those do who type fast.
 *
 * @param {string} word
 * @param {Method} method
 * @param {boolean} late
 */
function keys(word, { tones, shapes, stroke }, late) {
  let typed = '';
  let shape = '';
  let tone = '';
  for (const sign of word.normalize('NFD')) {
    if (sign in tones) tone = tones[sign];
    else if (sign in shapes && late) shape = shapes[sign]; // one 7 makes ươ of uo
    else if (sign in shapes) typed += shapes[sign] || typed.slice(-1).toLowerCase();
    else if (sign === 'đ' || sign === 'Đ') typed += (sign === 'đ' ? 'd' : 'D') + stroke;
    else typed += sign;
  }
  const all = typed + shape + tone;
  const capitals = word.length > 1 && word === word.toUpperCase();
  return capitals ? all.toUpperCase() : all;
}

/** Open oa, oe, uy, whose tone the old style has on the first letter and the new one on the second. */
const OPEN = /^([^aeiouy]*)(?:(o)(\p{M}?)([ae])(\p{M}?)|(?<!q)(u)(\p{M}?)(y)(\p{M}?))$/iu;

/**
 * A word with its tone where the other style has it; null for one that both write alike.
 *
 * @param {string} word
 */
export function otherPlacement(word) {
  const found = OPEN.exec(word.normalize('NFD'));
  if (!found) return null;
  const [start, first, before, second, after] = found.slice(1).filter((part) => part !== undefined);
  const isTone = (/** @type {string} */ mark) => mark in TELEX.tones;
  if (before === '' && isTone(after)) return (start + first + after + second).normalize('NFC');
  if (after === '' && isTone(before)) return (start + first + second + before).normalize('NFC');
  return null;
}
