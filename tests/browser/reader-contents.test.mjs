/** Moving about in an article and from one to the next: contents, neighbours by date. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOCK, open, withPage } from './support/browser.mjs';
import { inReader, LONG, openArticle } from './support/reading.mjs';

/** @typedef {import('playwright-core').Page} Page */

const PHONE = { viewport: { width: 360, height: 740 } };
const current = (/** @type {Page} */ page) => inReader(page, '.contents [aria-current]').allTextContents();
const topOf = (/** @type {Page} */ page, /** @type {string} */ part) => inReader(page, part).evaluate((element) => element.getBoundingClientRect().top);

test('an article of three headings has contents, one of two has none', withPage(async (page) => {
  await openArticle(page);
  assert.deepEqual(await inReader(page, '.contents a').allTextContents(), ['Mục Một', 'Mục Hai', 'Mục Ba', 'Mục Bốn']);
  await openArticle(page, { article: { blocks: LONG.blocks.filter(({ text }) => !/Ba|Bốn/.test(text)) } });
  assert.equal(await inReader(page, '.contents').count(), 0);
}));

test('contents stand beside the text on a wide page, and folded above it on a phone', withPage(async (page) => {
  await openArticle(page);
  const places = await inReader(page, 'article').evaluate((article) => [article.querySelector('.contents'), article.querySelector('.body')].map((element) => element?.getBoundingClientRect().toJSON()));
  assert.ok(places[0].right < places[1].left);
  await inReader(page, '.contents a').first().waitFor();
  await page.setViewportSize(PHONE.viewport);
  await inReader(page, '.contents a').first().waitFor({ state: 'hidden' });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
}));

test('an entry leads to its heading, and the address says so', withPage(async (page) => {
  await openArticle(page);
  await inReader(page, '.contents summary').focus();
  await page.keyboard.press('Enter');
  for (let n = 0; n < 3; n += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const top = await topOf(page, 'h2[data-part="20"]');
  assert.ok(top >= 0 && top < 60, `${top}`);
  assert.equal(await page.evaluate(() => document.querySelector('timdoc-reader')?.shadowRoot?.activeElement?.textContent), 'Mục Ba');
  assert.match(page.url(), /#s20$/);
  assert.equal(await inReader(page, '.contents details').getAttribute('open'), null, 'folded again');
}, PHONE));

test('contents mark where the reader is', withPage(async (page) => {
  await openArticle(page);
  assert.deepEqual(await current(page), []);
  await inReader(page, 'h2[data-part="11"]').evaluate((element) => element.scrollIntoView());
  await page.waitForFunction(() => document.querySelector('timdoc-reader')?.shadowRoot?.querySelector('.contents [aria-current]')?.textContent === 'Mục Hai');
}));

test('a step in the contents is taken back with "back to results"', withPage(async (page) => {
  await open(page, 'index.html?q=su%E1%BB%91i+th%E1%BA%A7u');
  await page.locator('timdoc-search .hit a[data-id="mua-vang-suoi-thau-2026"]').first().click();
  await inReader(page, '.contents a').last().click();
  await inReader(page, '.back').click();
  await page.waitForURL(/index\.html\?q=/);
}));

test('"older" leads from the newest article through all of them, one by one', { skip: MOCK }, withPage(async (page) => {
  await open(page, 'reader.html');
  const { walked, back, sorted } = await page.evaluate(async () => {
    const { open } = await import(new URL('timdoc.js', document.baseURI).href);
    const library = await open('bundle/');
    const { hits } = await library.search('', { sort: 'newest', limit: 100 });
    const sorted = hits.map((/** @type {{ id: string }} */ { id }) => id);
    const walk = async (/** @type {string | undefined} */ id, /** @type {string} */ way) => {
      const ids = [];
      for (; id && ids.length < 200; id = (await library.article(id))[way]?.id) ids.push(id);
      return ids;
    };
    return { sorted, walked: await walk(sorted[0], 'older'), back: await walk(sorted.at(-1), 'newer') };
  });
  assert.ok(sorted.length > 20);
  assert.deepEqual(walked, sorted);
  assert.deepEqual(back, sorted.reverse());
}));
