/**
 * Whole sentences by Telex and VNI, by input methods that compose and by programs that take letters back: the query is
 * right, its results come, nothing half-typed is called "not found", the cursor stays.
 *
 * Time in the page stands still but for what the test lets pass, so that a slow machine changes nothing.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeLibrary, field, open, ownPage, until, withPage } from './support/browser.mjs';
import { compose, keysOf, LETTERS, retype } from './support/input-methods.mjs';

/** @typedef {import('playwright-core').Page} Page */

const SENTENCES = ['Người Đường Lâm giữ nghề gốm', 'ĐẠI HỘI khuyến học quý bốn'];

/** Milliseconds from key to key: longer than the pause before a search, so that what is half-typed is searched. */
const STROKE = 100;

/** @param {Page} page @param {string[]} sentences what there are articles for */
async function box(page, sentences) {
  await page.clock.install();
  await ownPage(page, '<timdoc-search></timdoc-search>');
  const words = sentences.flatMap((sentence) => sentence.split(' '));
  await fakeLibrary(page, { words, suggest: ['người đường lâm xưa', 'khuyến học khuyến tài'] });
  await open(page, 'test.html');
  await field(page).click();
  await page.locator('timdoc-search .tips li').first().waitFor();
  // What is shown for a moment counts too; and where the cursor is at every input.
  await page.evaluate(() => {
    const root = /** @type {ShadowRoot} */ (document.querySelector('timdoc-search')?.shadowRoot);
    const input = /** @type {HTMLInputElement} */ (root.querySelector('input'));
    const seen = { none: /** @type {string[]} */ ([]), tips: 0, away: 0, left: 0 };
    Reflect.set(globalThis, 'seen', seen);
    let begun = false;
    new MutationObserver(() => {
      begun ||= root.querySelector('.hit') !== null;
      if (root.querySelector('.none')) seen.none.push(input.value);
      if (begun && root.querySelector('.tips')) seen.tips += 1;
      if (root.activeElement !== input) seen.left += 1;
    }).observe(root, { subtree: true, childList: true });
    input.addEventListener('input', () => queueMicrotask(() => (seen.away += Number(input.selectionEnd !== input.value.length))));
  });
  await page.clock.pauseAt(new Date(Date.now() + 60_000));
}

/** @param {Page} page @param {string} sentence */
async function found(page, sentence) {
  assert.equal(await field(page).inputValue(), sentence);
  const answered = () => page.evaluate(() => document.querySelector('timdoc-search')?.shadowRoot?.querySelector('.count')?.textContent ?? '');
  for (let turn = 0; turn < 40 && !(await answered()).includes(`“${sentence}”`); turn += 1) await page.clock.runFor(50);
  assert.ok((await answered()).includes(`“${sentence}”`), await answered());
  assert.deepEqual(await page.evaluate(() => Reflect.get(globalThis, 'seen')), { none: [], tips: 0, away: 0, left: 0 });
  assert.deepEqual(await field(page).evaluate((/** @type {HTMLInputElement} */ input) => [input.selectionStart, input.selectionEnd]), [sentence.length, sentence.length]);
}

/** @type {Record<string, (page: Page, keys: { key: string, shown: string }[], after: () => Promise<void>) => Promise<void>>} */
const WAYS = {
  'an input method that composes syllables': (page, keys, after) => compose(page, keys, after),
  'one that shows the keys until the syllable is finished': (page, keys, after) => compose(page, keys, after, true),
  backspaces: (page, keys, after) => retype(page, keys, after),
  'marking to the left': (page, keys, after) => retype(page, keys, after, { select: true }),
  'an empty sign before backspaces': (page, keys, after) => retype(page, keys, after, { first: '\u202f' }),
  'a blank before backspaces': (page, keys, after) => retype(page, keys, after, { first: ' ' }),
};

for (const method of /** @type {const} */ (['telex', 'vni'])) {
  for (const [name, way] of Object.entries(WAYS)) {
    test(`sentences in ${method} by ${name}`, withPage(async (page) => {
      await box(page, SENTENCES);
      for (const sentence of SENTENCES) {
        await field(page).selectText();
        for (const [at, word] of sentence.split(' ').entries()) {
          if (at) await page.keyboard.insertText(' ');
          await way(page, keysOf(word, method), () => page.clock.runFor(STROKE));
        }
        await found(page, sentence);
      }
    }));
  }

  for (const name of ['an input method that composes syllables', 'backspaces']) {
    test(`every letter with marks, small and capital, in ${method} by ${name}`, withPage(async (page) => {
      assert.equal(LETTERS.length, 67);
      const both = [LETTERS.join(' '), LETTERS.join(' ').toUpperCase()];
      await box(page, both);
      for (const letters of both) {
        await field(page).selectText();
        for (const [at, letter] of letters.split(' ').entries()) {
          if (at) await page.keyboard.insertText(' ');
          await WAYS[name](page, keysOf(letter, method), async () => {});
        }
        await found(page, letters);
      }
    }));
  }
}

test('a tone that is taken back (z), a letter typed a third time (aaa), a lone w', withPage(async (page) => {
  const cases = [['họ', 'ho'], ['â', 'aa'], ['ư']];
  await box(page, cases.map((shown) => shown[shown.length - 1]).concat('họ', 'â'));
  for (const shown of cases) {
    for (const way of [WAYS.backspaces, WAYS['an input method that composes syllables']]) {
      await field(page).selectText();
      await way(page, shown.map((text) => ({ key: '', shown: text })), () => page.clock.runFor(STROKE));
      await found(page, shown[shown.length - 1]);
    }
  }
}));

test('an unfinished word that is found nowhere is said to be so after a while, for phones compose until the next word', withPage(async (page, context) => {
  await box(page, ['học']);
  const session = await context.newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'hojc', selectionStart: 4, selectionEnd: 4 });
  const none = page.locator('timdoc-search .none');
  await page.clock.runFor(400);
  assert.equal(await none.count(), 0);
  await page.clock.runFor(600);
  await none.waitFor();
  await session.send('Input.insertText', { text: 'học' });
  await page.clock.runFor(300);
  await none.waitFor({ state: 'detached' });
}));

test('the first letter may be taken back to become another one: advice does not flash between', withPage(async (page) => {
  await box(page, ['đi', 'd']);
  await page.keyboard.insertText('d');
  await page.clock.runFor(300);
  await page.locator('timdoc-search .hit').first().waitFor();
  await page.keyboard.press('Backspace');
  await page.clock.runFor(20);
  await page.keyboard.insertText('đ');
  await found(page, 'đ');
}));

test('the Enter that ends a composition submits nothing', withPage(async (page, context) => {
  await box(page, ['học']);
  const calls = () => page.evaluate(() => Reflect.get(globalThis, 'timdocCalls').length);
  const session = await context.newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'học', selectionStart: 3, selectionEnd: 3 });
  await page.clock.runFor(1000);
  // What comes after the results takes its time.
  let before = -1;
  await until(async () => before === (before = await calls()), 'no more calls');
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 });
  await page.clock.runFor(1000);
  assert.equal(await calls(), before);
  await session.send('Input.insertText', { text: 'học' });
  await found(page, 'học');
}));
