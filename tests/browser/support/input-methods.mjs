/**
 * Vietnamese keyboards, as they reach a page: what a method shows after each key, and the ways that programs put it into
 * a field.
 */

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {'telex' | 'vni'} Method */

const TONES = { '\u0300': 'f2', '\u0301': 's1', '\u0309': 'r3', '\u0303': 'x4', '\u0323': 'j5' };
/** Marks of the letter itself: its key in Telex (\0: the letter once more), in VNI. */
const SHAPES = { '\u0302': '\u00006', '\u031b': 'w7', '\u0306': 'w8' };

/** All letters with marks, in lower case: 67, and as many in upper case. */
export const LETTERS = ['a', 'ă', 'â', 'e', 'ê', 'i', 'o', 'ô', 'ơ', 'u', 'ư', 'y']
  .flatMap((letter) => ['', ...Object.keys(TONES)].map((tone) => (letter + tone).normalize('NFC'))).filter((letter) => !/^[a-z]$/.test(letter)).concat('đ');

/**
 * The keys of a word and what stands there after each: the mark of a letter at once, the tone at the end of the word.
 *
 * @param {string} word
 * @param {Method} method
 * @returns {{ key: string, shown: string }[]}
 */
export function keysOf(word, method) {
  const column = method === 'telex' ? 0 : 1;
  /** @type {{ key: string, shown: string }[]} */
  const keys = [];
  let shown = '';
  let last = '';
  for (const letter of word.normalize('NFC')) {
    const [base, ...marks] = letter.normalize('NFD').replace('đ', 'd\u0335').replace('Đ', 'D\u0335');
    keys.push({ key: base, shown: shown + base });
    let shaped = base;
    for (const mark of marks) {
      if (mark in TONES) last = TONES[/** @type {keyof typeof TONES} */ (mark)][column];
      else {
        shaped = mark === '\u0335' ? (base === 'D' ? 'Đ' : 'đ') : (base + mark).normalize('NFC');
        const key = mark === '\u0335' ? '\u00009'[column] : SHAPES[/** @type {keyof typeof SHAPES} */ (mark)][column];
        keys.push({ key: key === '\0' ? base : key, shown: shown + shaped });
      }
    }
    shown += shaped;
  }
  if (last) keys.push({ key: last, shown: word.normalize('NFC') });
  return keys;
}

/**
 * One that composes: the syllable is its own until it is finished. `raw` shows the keys until then.
 *
 * @param {Page} page @param {{ key: string, shown: string }[]} keys @param {() => Promise<void>} after each key @param {boolean} [raw]
 */
export async function compose(page, keys, after, raw = false) {
  const session = await page.context().newCDPSession(page);
  let typed = '';
  for (const { key, shown } of keys) {
    typed += key;
    const text = raw ? typed : shown;
    await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await after();
  }
  await session.send('Input.insertText', { text: keys[keys.length - 1].shown });
  await session.detach();
  await after();
}

/**
 * One that takes letters back and types others, as UniKey does: by backspaces; `select`: by marking them to the left;
 * `first`: after a sign that ends what the browser would complete (EVKey, OpenKey), which it takes back too.
 *
 * @param {Page} page @param {{ key: string, shown: string }[]} keys @param {() => Promise<void>} after @param {{ select?: boolean, first?: string }} [how]
 */
export async function retype(page, keys, after, { select = false, first = '' } = {}) {
  let before = '';
  for (const { shown } of keys) {
    let same = 0;
    while (same < before.length && before[same] === shown[same]) same += 1;
    const back = before.length - same;
    if (back && first) await page.keyboard.insertText(first);
    for (let n = 0; n < back + (back && first ? 1 : 0); n += 1) await page.keyboard.press(select ? 'Shift+ArrowLeft' : 'Backspace');
    await page.keyboard.insertText(shown.slice(same));
    before = shown;
    await after();
  }
}
