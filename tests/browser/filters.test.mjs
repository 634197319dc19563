/** Filters: facets, dates, chips; all of them in the address. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hits, open, openFilters, search, total, until, withPage } from './support/browser.mjs';

/** @param {import('playwright-core').Page} page */
async function all(page) {
  await open(page, 'index.html?all=1');
  await hits(page).first().waitFor();
  await openFilters(page);
}

const firstFacet = (/** @type {import('playwright-core').Page} */ page) => page.locator('timdoc-search .facet').first().locator('li').first();
const days = (/** @type {import('playwright-core').Page} */ page) => page.locator('timdoc-search .days input');

test('a category narrows the results to its count', withPage(async (page) => {
  await all(page);
  const row = firstFacet(page);
  const count = Number(await row.locator('.n').textContent());
  const label = (await row.locator('.label').textContent()) ?? '';
  await row.locator('input').check();
  await until(async () => (await total(page)) === count, `total ${count}`);
  assert.equal(new URL(page.url()).searchParams.get('f.category'), label);
  for (const meta of await page.locator('timdoc-search .hit .meta').allTextContents()) assert.ok(meta.includes(label), meta);
}));

test('two values of a field are alternatives', withPage(async (page) => {
  await all(page);
  const rows = page.locator('timdoc-search .facet').first().locator('li');
  const counts = (await rows.locator('.n').allTextContents()).slice(0, 2).map(Number);
  await rows.nth(0).locator('input').check();
  await until(async () => (await total(page)) === counts[0], 'first value');
  await rows.nth(1).locator('input').check();
  await until(async () => (await total(page)) === counts[0] + counts[1], 'both values');
}));

test('a chip takes its filter away', withPage(async (page) => {
  await all(page);
  const before = await total(page);
  await firstFacet(page).locator('input').check();
  await page.locator('timdoc-search .chip').click();
  await until(async () => (await total(page)) === before, 'all again');
  assert.equal(new URL(page.url()).searchParams.get('f.category'), null);
}));

test('checking a box keeps the focus on it', withPage(async (page) => {
  await all(page);
  await firstFacet(page).locator('input').focus();
  await page.keyboard.press('Space');
  await page.locator('timdoc-search .chip').waitFor();
  await page.waitForTimeout(400);
  const checked = await page.evaluate(() => /** @type {HTMLInputElement} */ (document.querySelector('timdoc-search')?.shadowRoot?.activeElement)?.checked);
  assert.equal(checked, true);
}));

test('dates typed as dd/mm/yyyy bound the results', withPage(async (page) => {
  await all(page);
  await days(page).nth(0).fill('1/1/2024');
  await days(page).nth(1).fill('31-12-2024');
  await days(page).nth(1).press('Enter');
  await page.waitForURL(/from=2024-01-01&to=2024-12-31/);
  await page.locator('timdoc-search .chip').waitFor();
  const dates = await page.locator('timdoc-search .hit time').evaluateAll((times) => times.map((time) => time.getAttribute('datetime') ?? ''));
  assert.ok(dates.length > 0 && dates.every((date) => date.startsWith('2024')), dates.join(' '));
}));

test('a date that is none is said to be wrong and changes nothing', withPage(async (page) => {
  await all(page);
  const before = await total(page);
  await days(page).nth(0).fill('31/02/2024');
  await days(page).nth(0).press('Enter');
  await page.locator('timdoc-search .dates .error').waitFor();
  assert.equal(await days(page).nth(0).getAttribute('aria-invalid'), 'true');
  assert.equal(await total(page), before);
}));

test('a first day after the last is said to be wrong', withPage(async (page) => {
  await all(page);
  await days(page).nth(0).fill('02/01/2024');
  await days(page).nth(1).fill('01/01/2024');
  await days(page).nth(1).press('Enter');
  await page.locator('timdoc-search .dates .error').waitFor();
}));

test('a bar of the histogram picks its year, and once more lets it go', withPage(async (page) => {
  await all(page);
  const before = await total(page);
  const bar = page.locator('timdoc-search .bars button').last();
  const year = await bar.getAttribute('data-period');
  const count = Number(await bar.locator('.n').textContent());
  await bar.click();
  await until(async () => (await total(page)) === count, `the year ${year}`);
  const pressed = page.locator(`timdoc-search .bars button[data-period="${year}"][aria-pressed=true]`);
  await pressed.waitFor();
  await pressed.click();
  await until(async () => (await total(page)) === before, 'all years');
}));

test('a reload restores the filters', withPage(async (page) => {
  await all(page);
  await firstFacet(page).locator('input').check();
  await page.locator('timdoc-search .chip').waitFor();
  await page.waitForTimeout(300);
  const count = await total(page);
  await page.reload();
  await page.locator('timdoc-search .chip').waitFor();
  assert.equal(await total(page), count);
  await openFilters(page);
  assert.equal(await firstFacet(page).locator('input').isChecked(), true);
}));

test('on a phone the filters open and close', withPage(async (page) => {
  await open(page);
  await search(page, 'hoc');
  const toggle = page.locator('timdoc-search .toggle');
  await toggle.waitFor();
  assert.equal(await page.locator('timdoc-search .side').isVisible(), false);
  await toggle.click();
  assert.equal(await page.locator('timdoc-search .side').isVisible(), true);
  assert.equal(await toggle.getAttribute('aria-expanded'), 'true');
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'nothing sticks out');
}, { viewport: { width: 360, height: 740 } }));

/** Notes the fields that are counted. @param {import('playwright-core').Page} page */
const counted = (page) => page.evaluate(async () => {
  const { open } = await import(new URL('lib/library.js', document.baseURI).href);
  const library = await open(new URL('bundle/', document.baseURI));
  const { search } = Object.getPrototypeOf(library);
  Reflect.set(globalThis, 'counted', []);
  library.search = function (/** @type {string} */ text, /** @type {any} */ options) {
    Reflect.get(globalThis, 'counted').push(...(options.facets ?? []));
    return search.call(this, text, options);
  };
});
const group = (/** @type {import('playwright-core').Page} */ page, /** @type {string} */ name) => page.locator('timdoc-search details.facet', { has: page.locator('summary', { hasText: name }) });

test('people are counted only when their group is opened, and it stays open at the next visit', withPage(async (page) => {
  await open(page);
  await counted(page);
  await search(page, 'hoc');
  await openFilters(page);
  const people = group(page, 'Nhân vật');
  await people.waitFor();
  await page.waitForTimeout(500);
  const before = /** @type {string[]} */ (await page.evaluate(() => Reflect.get(globalThis, 'counted')));
  assert.ok(before.includes('category') && !before.includes('person'), before.join(' '));
  await people.locator('summary').focus();
  await page.keyboard.press('Enter');
  await people.locator('li').first().waitFor();
  assert.equal((await page.evaluate(() => Reflect.get(globalThis, 'counted'))).filter((/** @type {string} */ field) => field === 'person').length, 1);
  await page.reload();
  await people.locator('li').first().waitFor();
}));

test('a group with a value that is on is open', withPage(async (page) => {
  await open(page, 'index.html?q=hoc&f.place=Sông Thao');
  await group(page, 'Địa danh').locator('li input:checked').waitFor();
}));

test('letters without marks narrow a long group to names with marks', withPage(async (page) => {
  await open(page, 'index.html?all=1');
  const people = group(page, 'Nhân vật');
  await people.locator('summary').click();
  await people.locator('li').first().waitFor();
  const name = (await people.locator('.label').nth(3).textContent()) ?? '';
  const typed = name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toLowerCase();
  assert.notEqual(typed, name);
  await people.locator('.narrow').fill(typed);
  await until(async () => (await people.locator('.label').allTextContents()).every((label) => label.includes(name)), 'narrowed');
  assert.ok((await people.locator('li').count()) > 0);
}));
