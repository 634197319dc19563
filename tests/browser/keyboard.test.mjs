/** Everything with the keyboard alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { field, hits, open, openFilters, resultsFor, search, withPage } from './support/browser.mjs';

/** What has the focus inside an element's shadow root. @param {import('playwright-core').Page} page @param {string} host */
const active = (page, host = 'timdoc-search') => page.evaluate((name) => {
  const element = document.querySelector(name)?.shadowRoot?.activeElement;
  return element ? `${element.localName} ${element.textContent ?? ''}`.trim() : null;
}, host);

test('search, open, and back without a mouse', withPage(async (page) => {
  await open(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('hoc tap');
  await resultsFor(page, 'hoc tap');
  const first = await hits(page).first().textContent();
  await page.keyboard.press('ArrowDown');
  assert.equal(await active(page), `a ${first}`);
  await page.keyboard.press('Enter');
  await page.locator('timdoc-reader h1').waitFor();
  await page.locator('timdoc-reader .back').focus();
  await page.keyboard.press('Enter');
  await resultsFor(page, 'hoc tap');
}));

test('arrows move along the results and back to the field', withPage(async (page) => {
  await open(page);
  await search(page, 'hoc');
  const titles = await hits(page).allTextContents();
  await field(page).press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await active(page), `a ${titles[1]}`);
  await page.keyboard.press('End');
  assert.equal(await active(page), `a ${titles.at(-1)}`);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowUp');
  assert.equal(await active(page), 'input');
}));

test('Escape goes back to the field, and then empties it', withPage(async (page) => {
  await open(page);
  await search(page, 'hoc');
  await field(page).press('ArrowDown');
  await page.keyboard.press('Escape');
  assert.equal(await active(page), 'input');
  await page.keyboard.press('Escape');
  assert.equal(await field(page).inputValue(), '');
  await page.locator('timdoc-search .tips').waitFor();
}));

test('Tab goes from the field to the filters and to the results, in reading order', withPage(async (page) => {
  await open(page);
  await search(page, 'hoc');
  await openFilters(page);
  await field(page).focus();
  /** @type {string[]} */
  const order = [];
  for (let n = 0; n < 80 && order.at(-1) !== 'hit'; n += 1) {
    await page.keyboard.press('Tab');
    order.push(await page.evaluate(() => {
      const element = document.querySelector('timdoc-search')?.shadowRoot?.activeElement;
      return element?.closest('.hit') ? 'hit' : element?.closest('.side') ? 'filter' : (element?.localName ?? 'outside');
    }));
  }
  assert.ok(order.indexOf('filter') > 0 && order.indexOf('filter') < order.indexOf('hit'), order.join(' '));
  assert.ok(!order.includes('outside'), order.join(' '));
}));

test('the focus is always visible', withPage(async (page) => {
  await open(page);
  await search(page, 'hoc');
  await field(page).press('ArrowDown');
  const outline = await page.evaluate(() => {
    const element = document.querySelector('timdoc-search')?.shadowRoot?.activeElement;
    return element ? getComputedStyle(element).outlineStyle : 'none';
  });
  assert.notEqual(outline, 'none');
}));

test('a related article opened by keyboard has the focus on its title', withPage(async (page) => {
  await open(page);
  await search(page, 'hoc tap');
  await hits(page).first().click();
  const next = page.locator('timdoc-reader .neighbours a').first();
  await next.focus();
  const name = await next.textContent();
  await page.keyboard.press('Enter');
  await page.waitForFunction((t) => document.querySelector('timdoc-reader')?.shadowRoot?.activeElement?.textContent === t, name);
}));
