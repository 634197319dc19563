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
 * Makes a function that cuts text into pieces. Words of the query standing together are marked; one
 * standing alone only when nowhere in the article two stand together, else every `của` would light up.
 *
 * @param {string} query
 * @param {string[]} texts all of the article
 * @returns {(text: string) => Segment[]}
 */
export function highlighter(query, texts) {
  const asked = (query.replace(/(^|\s)-\S+/g, ' ').match(WORD) ?? []).slice(0, 64).map(parse);
  if (asked.length === 0) return (text) => [{ text, hit: false }];
  const least = asked.length > 1 && texts.some((text) => runs(asked, text, 2).length > 0) ? 2 : 1;
  return (text) => {
    /** @type {Segment[]} */
    const segments = [];
    let done = 0;
    for (const [from, to] of runs(asked, text, least)) {
      segments.push({ text: text.slice(done, from), hit: false }, { text: text.slice(from, to), hit: true });
      done = to;
    }
    segments.push({ text: text.slice(done), hit: false });
    return segments.filter((segment) => segment.text);
  };
}

/**
 * Where words of the query stand together in a text, as UTF-16 offsets from and to.
 *
 * @param {ReturnType<typeof parse>[]} asked
 * @param {string} text
 * @param {number} least words in a run
 */
function runs(asked, text, least) {
  /** @type {[from: number, to: number][]} */
  const found = [];
  let from = 0;
  let to = 0;
  let words = 0;
  const close = () => words >= least && found.push([from, to]);
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const parsed = word.length > 40 ? null : parse(word);
    if (!parsed || !asked.some((one) => fits(one, parsed))) continue;
    if (words > 0 && /^[\s/-]{1,2}$/.test(text.slice(to, index))) words += 1;
    else {
      close();
      from = index;
      words = 1;
    }
    to = index + word.length;
  }
  close();
  return found;
}
