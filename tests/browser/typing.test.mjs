/** Vietnamese keyboards: input methods that compose, and those that backspace and type again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeLibrary, field, hits, open, ownPage, resultsFor, search, withPage } from './support/browser.mjs';

/** @param {import('playwright-core').Page} page */
async function boxWithFake(page) {
  await ownPage(page, '<timdoc-search></timdoc-search>');
  await fakeLibrary(page, {});
  await open(page, 'test.html');
  await field(page).click();
}

test('what is being composed is searched', withPage(async (page, context) => {
  await boxWithFake(page);
  const session = await context.newCDPSession(page);
  for (const text of ['h', 'ho', 'hoc', 'học']) await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await resultsFor(page, 'học');
  await session.send('Input.insertText', { text: 'học' });
  assert.equal(await field(page).inputValue(), 'học');
}));

test('keys belong to the input method while it composes', withPage(async (page, context) => {
  await boxWithFake(page);
  const session = await context.newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'học', selectionStart: 3, selectionEnd: 3 });
  await resultsFor(page, 'học');
  for (const key of ['ArrowDown', 'Escape', 'Enter']) {
    await field(page).evaluate((input, name) => input.dispatchEvent(new KeyboardEvent('keydown', { key: name, isComposing: true, bubbles: true, composed: true, cancelable: true })), key);
    await field(page).evaluate((input, name) => input.dispatchEvent(new KeyboardEvent('keydown', { key: name, keyCode: 229, bubbles: true, composed: true, cancelable: true })), key);
  }
  assert.equal(await page.evaluate(() => document.querySelector('timdoc-search')?.shadowRoot?.activeElement?.localName), 'input');
  assert.equal(await field(page).inputValue(), 'học');
}));

test('a keyboard that backspaces and types again ends with the right query', withPage(async (page) => {
  await boxWithFake(page);
  await page.keyboard.type('tieng vie');
  for (const again of ['tiếng viê', 'tiếng việ', 'tiếng việt']) {
    for (let n = 0; n < 5; n += 1) await page.keyboard.press('Backspace');
    await page.keyboard.insertText(again.slice((await field(page).inputValue()).length));
  }
  const value = await field(page).inputValue();
  await resultsFor(page, value.trim());
  assert.equal(await field(page).inputValue(), value);
}));

test('the field is never written to while someone types', withPage(async (page) => {
  await boxWithFake(page);
  await page.evaluate(() => {
    const input = document.querySelector('timdoc-search')?.shadowRoot?.querySelector('input');
    const { set, get } = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value'));
    Reflect.set(globalThis, 'writes', 0);
    if (input) Object.defineProperty(input, 'value', { get, set(v) { Reflect.set(globalThis, 'writes', Reflect.get(globalThis, 'writes') + 1); set?.call(this, v); } });
  });
  await page.keyboard.type('cai cach hanh chinh', { delay: 20 });
  await resultsFor(page, 'cai cach hanh chinh');
  assert.equal(await page.evaluate(() => Reflect.get(globalThis, 'writes')), 0);
}));

test('what was typed before the search had loaded is searched', withPage(async (page) => {
  await page.route('**/element/search-app.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    await route.continue();
  });
  await open(page);
  await field(page).pressSequentially('hoc tap');
  await resultsFor(page, 'hoc tap');
}));

test('decomposed letters are the same query', withPage(async (page) => {
  await open(page);
  await search(page, 'học tập');
  const titles = await hits(page).allTextContents();
  await field(page).fill('học tập'.normalize('NFD'));
  await page.waitForTimeout(800);
  assert.deepEqual(await hits(page).allTextContents(), titles);
}));

test('suggestions for half a query come after results, have marks, do not move results, and are picked with arrows', withPage(async (page) => {
  await open(page);
  await field(page).pressSequentially('chuyen d');
  await hits(page).first().waitFor();
  const top = async () => (await hits(page).first().boundingBox())?.y;
  await resultsFor(page, 'chuyen d');
  const before = await top();
  const first = page.locator('timdoc-search .suggest button').first();
  await first.waitFor();
  assert.equal(await top(), before);
  const text = (await first.textContent()) ?? '';
  assert.match(text, /^chuy[êểệ]n đ/i);
  assert.equal(await field(page).inputValue(), 'chuyen d', 'the field is as typed');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await resultsFor(page, text);
  assert.equal(await field(page).inputValue(), text);
  assert.equal(await page.locator('timdoc-search .suggest').isVisible(), false, 'the query is complete');
}));
