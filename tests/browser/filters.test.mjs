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

const bars = (/** @type {import('playwright-core').Page} */ page) => page.locator('timdoc-search .bars button');
/** The bar that has the focus: its period and its place in the toolbar of what. @param {import('playwright-core').Page} page */
const held = (page) => page.evaluate(() => {
  const bar = /** @type {HTMLElement | null} */ (document.querySelector('timdoc-search')?.shadowRoot?.activeElement ?? null);
  return bar?.dataset.period && `${bar.dataset.period} in ${bar.parentElement?.getAttribute('aria-label')}`;
});

test('a year of the histogram opens its months, a month narrows it, and "all years" leads back', withPage(async (page) => {
  await all(page);
  const before = await total(page);
  const years = await bars(page).count();
  const bar = bars(page).last();
  const year = (await bar.getAttribute('data-period')) ?? '';
  const count = Number(await bar.locator('.n').textContent());
  await bar.click();
  await page.locator('timdoc-search .months').waitFor();
  assert.equal(await total(page), count);
  assert.deepEqual([new URL(page.url()).searchParams.get('from'), new URL(page.url()).searchParams.get('to')], [`${year}-01-01`, `${year}-12-31`]);
  const counts = (await bars(page).locator('.n').allTextContents()).map(Number);
  assert.equal(counts.length, 12);
  assert.equal(counts.reduce((sum, one) => sum + one, 0), count, 'the months are those of the year');
  const at = counts.findIndex((one) => one > 0);
  await bars(page).nth(at).click();
  await until(async () => (await total(page)) === counts[at], 'the month');
  assert.equal(new URL(page.url()).searchParams.get('from'), `${year}-${String(at + 1).padStart(2, '0')}-01`);
  await page.locator('timdoc-search .bars [aria-pressed=true]').click();
  await until(async () => (await total(page)) === count, 'the year again');
  await page.locator('timdoc-search .open button').click();
  await until(async () => (await total(page)) === before, 'all years');
  await until(async () => (await bars(page).count()) === years, 'their bars');
  assert.equal(new URL(page.url()).searchParams.get('from'), null);
}));

test('the histogram by keyboard: one stop, arrows move, Enter opens, Escape goes back to the same year', withPage(async (page) => {
  await all(page);
  assert.equal(await bars(page).evaluateAll((all) => all.filter((bar) => /** @type {HTMLElement} */ (bar).tabIndex === 0).length), 1);
  await page.locator('timdoc-search .bars [tabindex="0"]').focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('End');
  const last = (await bars(page).last().getAttribute('data-period')) ?? '';
  assert.equal(await held(page), `${last} in Số bài theo năm`);
  await page.keyboard.press('Enter');
  await until(async () => ((await held(page)) ?? '').endsWith(`in Số bài theo tháng, năm ${last}`), 'in the months');
  const name = await page.evaluate(() => document.querySelector('timdoc-search')?.shadowRoot?.activeElement?.querySelector('.sr')?.textContent);
  assert.match(name ?? '', /^Tháng \d+: \d+ bài viết$/);
  await page.keyboard.press('Home');
  assert.equal(await held(page), `${last}-01 in Số bài theo tháng, năm ${last}`);
  await page.keyboard.press('Escape');
  await until(async () => (await held(page)) === `${last} in Số bài theo năm`, 'back');
  assert.equal(new URL(page.url()).searchParams.get('from'), null);
}));

test('an address with a month shows its year opened', withPage(async (page) => {
  await open(page, 'index.html?all=1&from=2024-05-01&to=2024-05-31');
  await page.locator('timdoc-search .bars [data-period="2024-05"][aria-pressed=true]').waitFor();
  await page.locator('timdoc-search .chip', { hasText: '05/2024' }).waitFor();
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

test('on a narrow page filters are counted when they are opened, not before; on a wide one at once', withPage(async (page) => {
  await open(page);
  await counted(page);
  await search(page, 'hoc');
  await page.locator('timdoc-search .toggle').waitFor();
  await page.waitForTimeout(1000);
  const asked = () => page.evaluate(() => /** @type {string[]} */ (Reflect.get(globalThis, 'counted')));
  assert.deepEqual(await asked(), []);
  await page.locator('timdoc-search .toggle').click();
  await page.locator('timdoc-search .facet li').first().waitFor();
  assert.ok((await asked()).includes('category'));
}, { viewport: { width: 360, height: 740 } }));

test('a page that grows wider counts the filters that come into sight', withPage(async (page) => {
  await open(page);
  await search(page, 'hoc');
  await page.waitForTimeout(500);
  assert.equal(await page.locator('timdoc-search .facet').count(), 0);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.locator('timdoc-search .facet li').first().waitFor();
}, { viewport: { width: 360, height: 740 } }));

test('filters of an address have their chips on a narrow page too, before they are opened', withPage(async (page) => {
  await open(page, 'index.html?q=hoc&f.place=Sông Thao');
  await page.locator('timdoc-search .chip', { hasText: 'Sông Thao' }).waitFor();
}, { viewport: { width: 360, height: 740 } }));
