/** Passing an article on: its address, its citation, a passage of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE, withPage } from './support/browser.mjs';
import { clipboard, inReader, LONG, openArticle, openMenu, select } from './support/reading.mjs';

/** @typedef {import('playwright-core').Page} Page */

const COPY = { permissions: ['clipboard-read', 'clipboard-write'] };
const UNPUBLISHED = { ...LONG, url: null };
/** What is said, and shown, of what was done. @param {Page} page */
const notice = (page) => inReader(page, '.notice').textContent();
const said = (/** @type {Page} */ page, /** @type {RegExp} */ what) => page.waitForFunction(([source]) =>
  [...(document.querySelector('timdoc-reader')?.shadowRoot?.querySelectorAll('[role=status]') ?? [])].some(({ textContent }) => new RegExp(source).test(textContent ?? '')), [what.source]);

test('the citation is one line of source, title, date and address', withPage(async (page) => {
  await openArticle(page, { query: '?doc=a&q=duong' });
  await openMenu(page, 'more');
  await inReader(page, '.entry.cite').click();
  await said(page, /Đã chép trích dẫn/);
  assert.equal(await notice(page), 'Đã chép trích dẫn');
  assert.equal(await clipboard(page), 'Báo Sông Thao, “Con đường về bản”, 19/05/2024, https://songthao.example/con-duong');
  assert.equal(await page.evaluate(() => document.querySelector('timdoc-reader')?.shadowRoot?.activeElement?.parentElement?.className), 'menu more', 'the focus stays');
}, COPY));

test('the address of an article without one of its own is this page’s, without the search', withPage(async (page) => {
  await openArticle(page, { article: UNPUBLISHED, query: '?doc=a&q=duong&from=2024-01-01&portal=1#s4.1' });
  await page.waitForFunction(() => CSS.highlights.has('timdoc-fact')); // Going there takes the focus, and closes a menu.
  await openMenu(page, 'more');
  await inReader(page, '.entry.link').click();
  await said(page, /Đã chép liên kết/);
  assert.equal(await clipboard(page), `${BASE}test.html?doc=a&portal=1`);
}, COPY));

test('an address that would run a script is not passed on', withPage(async (page) => {
  await openArticle(page, { article: { ...LONG, url: 'javascript:alert(1)' } });
  await openMenu(page, 'more');
  await inReader(page, '.entry.link').click();
  await said(page, /Đã chép liên kết/);
  assert.equal(await clipboard(page), `${BASE}test.html?doc=a`);
}, COPY));

test('without a clipboard the old way copies, and the focus stays', withPage(async (page) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.addEventListener('copy', () => Reflect.set(globalThis, 'copied', String(getSelection()) || 'something'));
  });
  await openArticle(page);
  await openMenu(page, 'more');
  await inReader(page, '.entry.link').click();
  await said(page, /Đã chép liên kết/);
  assert.ok(await page.evaluate(() => Reflect.get(globalThis, 'copied')));
}));

test('where nothing can be copied, the text is there to copy by hand', withPage(async (page) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => false;
  });
  await openArticle(page);
  await openMenu(page, 'more');
  await inReader(page, '.entry.link').click();
  await inReader(page, '.by-hand').waitFor();
  assert.equal(await inReader(page, '.by-hand').textContent(), LONG.url);
}));

test('where the device shares, the article’s own address is shared', withPage(async (page) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'share', { value: async (/** @type {unknown} */ what) => Reflect.set(globalThis, 'shared', what) }));
  await openArticle(page);
  await openMenu(page, 'more');
  await inReader(page, '.entry.share').click();
  assert.deepEqual(await page.evaluate(() => Reflect.get(globalThis, 'shared')), { title: LONG.title, url: LONG.url });
}));

test('a selected passage is copied with its source', withPage(async (page) => {
  await openArticle(page);
  await select(page, [3, 0], [4, 12]);
  await inReader(page, '.passage .text').click();
  await said(page, /Đã chép đoạn văn/);
  const [first, ...others] = (await clipboard(page)).split('\n');
  assert.ok(first.startsWith('“Câu thứ 1 kể việc'), first);
  assert.ok(others[0].endsWith('”') && LONG.blocks[2].text.startsWith(others[0].slice(0, -1)), others[0]);
  assert.equal(others[1], 'Báo Sông Thao, “Con đường về bản”, 19/05/2024, https://songthao.example/con-duong');
}, COPY));

test('the offer goes when nothing is selected any more, and is not made for other text of the page', withPage(async (page) => {
  await openArticle(page);
  await select(page, [3, 0], [3, 20]);
  await inReader(page, '.passage').waitFor();
  await page.evaluate(() => getSelection()?.empty());
  await inReader(page, '.passage').waitFor({ state: 'detached' });
  await page.evaluate(() => getSelection()?.selectAllChildren(/** @type {Node} */ (document.querySelector('main > h1'))));
  await page.waitForTimeout(600);
  assert.equal(await inReader(page, '.passage').count(), 0);
}));

test('a selected passage is copied from the menu by keyboard alone', withPage(async (page) => {
  await openArticle(page);
  await openMenu(page, 'more');
  assert.equal(await inReader(page, '.passage-link').isVisible(), false);
  await page.keyboard.press('Escape');
  await select(page, [3, 0], [3, 19]);
  await inReader(page, '.passage').waitFor();
  await inReader(page, '.more > summary').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await said(page, /Đã chép đoạn văn/);
  assert.ok((await clipboard(page)).startsWith('“Câu thứ 1 kể việc'));
}, COPY));

test('a link to a passage leads to the article’s own page with a text fragment', withPage(async (page) => {
  await openArticle(page);
  await select(page, [3, 0], [3, 19]);
  await inReader(page, '.passage .link').click();
  await said(page, /Đã chép liên kết đến đoạn/);
  assert.equal(await clipboard(page), `${LONG.url}#:~:text=${encodeURIComponent(LONG.blocks[1].text.slice(0, 19).trim())}`);
}, COPY));

test('a link to a passage leads back to its sentences here', withPage(async (page) => {
  await openArticle(page, { article: UNPUBLISHED });
  await select(page, [24, 50], [25, 10]);
  await inReader(page, '.passage .link').click();
  await said(page, /Đã chép liên kết đến đoạn/);
  const link = await clipboard(page);
  assert.match(link, /\?doc=a#s24\.2-25\.1$/);
  await page.goto('about:blank');
  await page.goto(link);
  await inReader(page, 'article').waitFor();
  await page.waitForFunction(() => CSS.highlights.has('timdoc-fact'));
  const marked = await page.evaluate(() => [...(CSS.highlights.get('timdoc-fact') ?? [])].map(String));
  assert.deepEqual(marked.map((text) => [text.slice(0, 8), text.slice(-5)]), [['Bà con g', 'công.'], ['Câu thứ ', ' Lốc.']]);
  assert.ok(await inReader(page, '[data-part="24"]').evaluate((element) => element.getBoundingClientRect().top > 0 && element.getBoundingClientRect().top < innerHeight));
}, COPY));

test('an address that names no passage of the article is harmless', withPage(async (page) => {
  for (const hash of ['#s99.1', '#s3.99', '#s4.2-3.1', '#s1.1-99999999.1', '#s', '#sach']) {
    await openArticle(page, { query: `?doc=a${hash}` });
    await page.waitForTimeout(150);
  }
}));
