/** How the text of an article looks, and how readers change that. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, open, withPage } from './support/browser.mjs';
import { inReader, openArticle, openMenu } from './support/reading.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** A computed style of a part of the reader. @param {Page} page @param {string} part @param {string} name */
const style = (page, part, name) => inReader(page, part).first().evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), name);
const choose = (/** @type {Page} */ page, /** @type {string} */ value) => inReader(page, `.choice.${value}`).click();

const PROSE = { blocks: [{ kind: 'paragraph', text: 'Sáng nay, bà con thôn Nà Lốc cùng nhau sửa lại con đường qua suối để học sinh kịp đến trường trong ngày khai giảng năm học mới. '.repeat(12) }] };

test('a line holds 60 to 75 characters, at every size of the text', withPage(async (page) => {
  await openArticle(page, { article: PROSE });
  await openMenu(page, 'display');
  const perLine = () => inReader(page, '.body p').last().evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
    return (element.textContent ?? '').length / lines;
  });
  for (const steps of [0, 2, 2]) {
    for (let n = 0; n < steps; n += 1) await inReader(page, '.sizes button').last().click();
    const length = await perLine();
    assert.ok(length >= 60 && length <= 75, `${length} characters`);
  }
}));

test('spacing, line length, face and colours are remembered, and go back to the usual', withPage(async (page) => {
  await openArticle(page);
  const look = async () => Promise.all([style(page, 'article', 'line-height'), style(page, '.frame', 'max-width'), style(page, 'article', 'font-family'), style(page, ':host, article', 'color')]);
  const usual = await look();
  await openMenu(page, 'display');
  for (const value of ['loose', 'narrow', 'serif', 'sepia']) await choose(page, value);
  const changed = await look();
  for (const [at, value] of changed.entries()) assert.notEqual(value, usual[at]);
  await page.reload();
  await inReader(page, 'article').waitFor();
  assert.deepEqual(await look(), changed);
  await openMenu(page, 'display');
  await inReader(page, '.reset').click();
  assert.deepEqual(await look(), usual);
}));

test('no line of large, loose or tight text cuts stacked marks', withPage(async (page) => {
  await openArticle(page, { article: { title: 'Ễ Ữ Ỗ Ẩ Ậ Ự Ợ Ằ', blocks: [{ kind: 'paragraph', text: 'Ễ Ữ Ỗ Ẩ Ậ Ự Ợ Ằ ' }] } });
  await openMenu(page, 'display');
  for (const face of ['sans', 'serif']) {
    await choose(page, face);
    await choose(page, 'tight');
    const room = await inReader(page, '.body p').last().evaluate((element) => {
      const context = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
      const { font, lineHeight } = getComputedStyle(element);
      context.font = font;
      const { actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = context.measureText('ỄỮỖẨẬỰỢẰ');
      return Number.parseFloat(lineHeight) - up - down;
    });
    assert.ok(room >= 0, `${face}: marks of neighbouring lines overlap by ${-room} px`);
  }
}));

test('a reader who asks the system for more contrast gets it before choosing anything', withPage(async (page) => {
  await page.emulateMedia({ contrast: 'more' });
  await openArticle(page);
  assert.equal(await style(page, 'article', 'color'), 'rgb(0, 0, 0)');
  assert.equal(await style(page, '.meta', 'color'), 'rgb(0, 0, 0)');
}));

test('a theme that the page gave the element comes back with "automatic"', withPage(async (page) => {
  await openArticle(page, { body: '<timdoc-reader theme="dark"></timdoc-reader>' });
  const given = await style(page, 'article', 'color');
  await openMenu(page, 'display');
  await choose(page, 'light');
  assert.notEqual(await style(page, 'article', 'color'), given);
  await choose(page, 'auto');
  assert.equal(await style(page, 'article', 'color'), given);
}));

test('the demo portal takes the reader’s colours over', withPage(async (page) => {
  await open(page, 'reader.html?doc=mua-vang-suoi-thau-2026');
  await inReader(page, 'article').waitFor();
  await openMenu(page, 'display');
  for (const theme of ['sepia', 'contrast', 'dark']) {
    await choose(page, theme);
    const [page_, reader] = await page.evaluate(() => [document.body, /** @type {Element} */ (document.querySelector('timdoc-reader'))].map((element) => getComputedStyle(element).backgroundColor));
    assert.equal(page_, reader, theme);
    assert.deepEqual(await axe(page), [], theme);
  }
}));

test('the menu is used by keyboard alone', withPage(async (page) => {
  await openArticle(page);
  await inReader(page, '.display > summary').focus();
  await page.keyboard.press('Enter');
  await inReader(page, '.reset').waitFor();
  await page.keyboard.press('Tab'); // Smaller.
  await page.keyboard.press('Tab'); // Larger.
  const before = await style(page, 'article', 'font-size');
  await page.keyboard.press('Enter');
  assert.notEqual(await style(page, 'article', 'font-size'), before);
  await page.keyboard.press('Tab'); // Spacing.
  await page.keyboard.press('ArrowRight');
  assert.equal(await inReader(page, '.frame').getAttribute('data-spacing'), 'loose');
  await page.keyboard.press('Escape');
  assert.equal(await inReader(page, '.display').getAttribute('open'), null);
  assert.equal(await page.evaluate(() => document.querySelector('timdoc-reader')?.shadowRoot?.activeElement?.parentElement?.className), 'menu display');
}));

test('pressing a label keeps its menu open, also where an ancestor of the reader takes the focus', withPage(async (page) => {
  await openArticle(page, { body: '<div tabindex="-1"><timdoc-reader></timdoc-reader></div>' });
  await openMenu(page, 'display');
  await inReader(page, '.pick legend').first().click();
  await choose(page, 'loose');
  assert.equal(await inReader(page, '.frame').getAttribute('data-spacing'), 'loose');
  assert.equal(await inReader(page, '.display').getAttribute('open'), '');
}));

test('a menu closes when it is left, by pointer or by keyboard', withPage(async (page) => {
  await openArticle(page);
  await openMenu(page, 'display');
  await page.locator('main > h1').click();
  assert.equal(await inReader(page, '.display').getAttribute('open'), null);
  await openMenu(page, 'more');
  await inReader(page, '.more .entry').last().focus();
  await page.keyboard.press('Tab');
  await inReader(page, '.more:not([open])').waitFor();
}));

test('a wide table scrolls by itself on a phone, and can be scrolled by keyboard', withPage(async (page) => {
  const row = { kind: 'table_row', text: ['Thôn Nà Lốc thuộc xã Suối Thầu', '148 hộ', '3,4 triệu đồng', '2025', 'Đã giải quyết xong'].join('\t') };
  await openArticle(page, { article: { blocks: [row, row, row] } });
  const table = inReader(page, '.table');
  assert.ok(await table.evaluate((element) => element.scrollWidth > element.clientWidth));
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  await table.focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => (document.querySelector('timdoc-reader')?.shadowRoot?.querySelector('.table')?.scrollLeft ?? 0) > 0);
}, { viewport: { width: 360, height: 740 } }));

test('the bar of a phone is one line, also with large text', withPage(async (page) => {
  await openArticle(page, { query: '?doc=a&q=b' });
  await openMenu(page, 'display');
  for (let n = 0; n < 4; n += 1) await inReader(page, '.sizes button').last().click();
  const heights = await inReader(page, '.toolbar').evaluate((bar) => [bar.clientHeight, .../** @type {HTMLElement[]} */ ([...bar.querySelectorAll('.plain.back, .menu')]).map(({ offsetWidth }) => offsetWidth)]);
  assert.ok(heights[0] < 60, `${heights[0]} px`);
  assert.ok(heights.slice(1).every((width) => width >= 44), String(heights));
}, { viewport: { width: 360, height: 740 } }));
