/**
 * Which words of an article the query meant, for the reader. A word of the query that leaves marks
 * open fits every marked form of its letters (`hoc` → học), one with marks fits only these.
 */

/** @typedef {import('./types.d.ts').Segment} Segment */

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** @param {string} word @returns {{ letters: string, shape: string[], tone: string }} */
function parse(word) {
  const parts = word.toLowerCase().replaceAll('đ', 'd\u0335').normalize('NFD');
  const tone = parts.match(TONES)?.[0] ?? '';
  const shape = parts.replace(TONES, '').match(/\P{M}\p{M}*/gu) ?? [];
  return { letters: shape.map((letter) => letter[0]).join(''), shape, tone };
}

/**
 * True when a word of the text fits a word of the query: same letters, and no mark contradicted.
 *
 * @param {ReturnType<typeof parse>} asked
 * @param {ReturnType<typeof parse>} word
 */
function fits(asked, word) {
  return asked.letters === word.letters
    && (!asked.tone || asked.tone === word.tone)
    && asked.shape.every((letter, i) => letter.length === 1 || letter === word.shape[i]);
}

/**
 * Makes a function that cuts text into pieces. Words of the query standing together are marked; a
 * word of it standing alone only when the query has one word, else every `của` would light up.
 *
 * @param {string} query
 * @returns {(text: string) => Segment[]}
 */
export function highlighter(query) {
  const asked = (query.replace(/(^|\s)-\S+/g, ' ').match(WORD) ?? []).slice(0, 64).map(parse);
  if (asked.length === 0) return (text) => [{ text, hit: false }];
  return (text) => {
    const words = [...text.matchAll(WORD)].map((match) => ({ at: match.index, end: match.index + match[0].length, word: match[0].length > 40 ? null : parse(match[0]) }));
    const which = words.map(({ word }) => (word ? asked.findIndex((one) => fits(one, word)) : -1));
    /** @type {Segment[]} */
    const segments = [];
    let done = 0;
    for (let i = 0; i < words.length; i++) {
      if (which[i] < 0) continue;
      let last = i;
      while (last + 1 < words.length && which[last + 1] >= 0 && words[last + 1].at - words[last].end <= 2) last++;
      if (last > i || asked.length === 1) {
        segments.push({ text: text.slice(done, words[i].at), hit: false }, { text: text.slice(words[i].at, words[last].end), hit: true });
        done = words[last].end;
      }
      i = last;
    }
    segments.push({ text: text.slice(done), hit: false });
    return segments.filter((segment) => segment.text);
  };
}
