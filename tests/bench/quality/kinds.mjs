/** The ways in which somebody asks for a known item: one kind, one set of queries. */
import { withoutMarks } from '../queries.mjs';
import { slip } from './mistakes.mjs';
import { otherPlacement, telex, vni } from './typing.mjs';
import { hasMarks, withoutTone, words } from './words.mjs';

/** @typedef {import('./items.mjs').Item} Item */
/** @typedef {import('./chance.mjs').Chance} Chance */
/** @typedef {import('./phrases.mjs').Phrase} Phrase */
/** @typedef {import('./floors.mjs').Floor} Floor */

/**
 * @typedef {object} Asked
 * @property {string} text
 * @property {Phrase} [phrase] what a perfect phrase matcher would look for
 */

/**
 * @typedef {object} Kind
 * @property {string} id
 * @property {boolean} [prefix] the last word may be unfinished
 * @property {Floor} floor
 * @property {(item: Item, chance: Chance) => Asked | null} ask null: this item cannot be asked for so
 */

/** @type {Floor} */
const AS_A_PHRASE = { 'success@10': 0.99, belowPerfect: 0.02 };
/** @type {Floor} */
const MISTYPED = { 'success@10': 0.96, 'mrr@10': 0.85 };

const plain = (/** @type {string[]} */ list) => list.map(withoutMarks);
const exactly = (/** @type {string[]} */ list) => list.map((word) => /** @type {const} */ ({ word, as: 'toned' }));
const openly = (/** @type {string[]} */ list) => list.map((word) => /** @type {const} */ ({ word, as: 'folded' }));

/** @param {string[]} span @param {string} [text] @returns {Asked} */
const marked = (span, text = span.join(' ')) => ({ text, phrase: exactly(span) });

/** @param {string[]} span @param {string} [text] @returns {Asked} */
const unmarked = (span, text = plain(span).join(' ')) => ({ text, phrase: openly(span) });

/** @type {Kind[]} */
export const KINDS = [
  { id: 'title', floor: AS_A_PHRASE, ask: ({ title }) => marked(words(title), title) },
  { id: 'title-unmarked', floor: AS_A_PHRASE, ask: ({ title }) => unmarked(words(title), withoutMarks(title)) },
  { id: 'span', floor: AS_A_PHRASE, ask: ({ span }) => marked(span) },
  { id: 'span-unmarked', floor: AS_A_PHRASE, ask: ({ span }) => unmarked(span) },
  { id: 'half-marked', floor: AS_A_PHRASE, ask: ({ span }, chance) => halfMarked(span, chance) },
  { id: 'placement', floor: AS_A_PHRASE, ask: ({ open }) => open && marked(open, open.map((word) => otherPlacement(word) ?? word).join(' ')) },
  { id: 'quoted', floor: AS_A_PHRASE, ask: ({ span }) => marked(span, `"${span.join(' ')}"`) },
  { id: 'quoted-unmarked', floor: AS_A_PHRASE, ask: ({ span }) => unmarked(span, `"${plain(span).join(' ')}"`) },
  { id: 'typing-error', floor: MISTYPED, ask: ({ span }, chance) => marked(span, mistyped(span, chance).join(' ')) },
  { id: 'telex', floor: MISTYPED, ask: ({ span }) => marked(span, span.map(telex).join(' ')) },
  { id: 'vni', floor: MISTYPED, ask: ({ span }, chance) => marked(span, inVni(span, chance).join(' ')) },
  { id: 'prefix', prefix: true, floor: MISTYPED, ask: ({ span }, chance) => cut(span, chance) },
  { id: 'glued', floor: MISTYPED, ask: ({ span }, chance) => glued(span, chance, (word) => word) },
  { id: 'glued-unmarked', floor: MISTYPED, ask: ({ span }, chance) => glued(span, chance, withoutMarks) },
  { id: 'glued-all', floor: {}, ask: ({ span }, chance) => gluedAll(span, chance) },
  { id: 'scattered', floor: { 'success@10': 0.99, 'mrr@10': 0.95 }, ask: ({ scattered }) => ({ text: scattered.join(' ') }) },
  { id: 'scattered-unmarked', floor: { 'success@10': 0.92, 'mrr@10': 0.75 }, ask: ({ scattered }) => ({ text: plain(scattered).join(' ') }) },
];

/** Some words with their marks and some without, of each at least one. @param {string[]} span @param {Chance} chance @returns {Asked} */
function halfMarked(span, chance) {
  const places = chance.shuffled(span.flatMap((word, at) => (hasMarks(word) ? [at] : [])));
  const kept = new Set([places[0], ...places.slice(2).filter(() => chance.below(2))]);
  const phrase = span.map((word, at) => /** @type {const} */ ({ word, as: kept.has(at) ? 'toned' : 'folded' }));
  return { text: span.map((word, at) => (kept.has(at) ? word : withoutMarks(word))).join(' '), phrase };
}

/** @param {string[]} span @param {Chance} chance */
function mistyped(span, chance) {
  const at = chance.one(span.flatMap((word, place) => (word.length >= 3 ? [place] : [])));
  return span.map((word, place) => (place === at ? slip(word, chance.below) : word));
}

/** In one of the two ways VNI is typed. @param {string[]} span @param {Chance} chance */
function inVni(span, chance) {
  const late = chance.below(2) === 1;
  return span.map((word) => vni(word, late));
}

/** The last word cut to one or two letters; its tone is not typed yet. @param {string[]} span @param {Chance} chance @returns {Asked} */
function cut(span, chance) {
  const whole = span.slice(0, -1);
  const last = span[span.length - 1];
  const start = withoutTone(last).slice(0, 1 + chance.below(Math.min(2, last.length - 1)));
  return { text: [...whole, start].join(' '), phrase: [...exactly(whole), { word: start, as: 'begins' }] };
}

/**
 * Two or three neighbours as one word without marks.
 *
 * @param {string[]} span
 * @param {Chance} chance
 * @param {(word: string) => string} rest how the other words are typed
 * @returns {Asked}
 */
function glued(span, chance, rest) {
  const { start, end } = stretch(span, 2 + chance.below(2), chance);
  const text = [...span.slice(0, start).map(rest), plain(span.slice(start, end)).join('').toLowerCase(), ...span.slice(end).map(rest)].join(' ');
  const phrase = span.map((word, at) => /** @type {const} */ ({ word, as: rest(word) === word && (at < start || at >= end) ? 'toned' : 'folded' }));
  return { text, phrase };
}

/** Three neighbours as one word, and nothing else. @param {string[]} span @param {Chance} chance @returns {Asked} */
function gluedAll(span, chance) {
  const { start, end } = stretch(span, 3, chance);
  const three = span.slice(start, end);
  return unmarked(three, plain(three).join('').toLowerCase());
}

/** @param {string[]} span @param {number} length @param {Chance} chance */
function stretch(span, length, chance) {
  const start = chance.below(span.length - length + 1);
  return { start, end: start + length };
}
