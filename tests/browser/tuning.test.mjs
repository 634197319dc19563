/** The demo's page for trying weights of the ranking. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE, STRICT, axe, field, open, ownPage, resultsFor, withPage } from './support/browser.mjs';

/** @typedef {import('playwright-core').Page} Page */

const QUERY = 'tuning.html?q=hoc+tap';
const slider = (/** @type {Page} */ page, /** @type {string} */ name) => page.locator(`#w-${name}`);
const number = (/** @type {Page} */ page, /** @type {string} */ name) => page.locator(`[data-weight="${name}"] input[type=number]`);
const address = (/** @type {Page} */ page) => page.evaluate(() => location.search);

/** Opens the page and waits for its results. @param {Page} page @param {string} path */
async function tuning(page, path = QUERY) {
  await open(page, path);
  await page.locator('.tuned > li').first().waitFor();
}

/** What is shown: ids and scores, in order. @param {Page} page */
const listed = (page) => page.locator('.tuned > li').evaluateAll((items) => items.map((item) => `${item.getAttribute('data-id')} ${item.querySelector('.score')?.textContent}`));

/** Waits until something else is listed. @param {Page} page @param {string[]} before */
async function relisted(page, before) {
  await page.waitForFunction((was) => {
    const items = [...document.querySelectorAll('.tuned > li')].map((item) => `${item.getAttribute('data-id')} ${item.querySelector('.score')?.textContent}`);
    return items.length > 0 && JSON.stringify(items) !== was;
  }, JSON.stringify(before));
}

/** A number as Vietnamese writes it. @param {string | null} text */
const value = (text) => Number(/\d[\d.,]*/.exec(text ?? '')?.[0].replaceAll('.', '').replace(',', '.'));

test('a slider changes the scores at once', withPage(async (page) => {
  await tuning(page);
  const before = await listed(page);
  await slider(page, 'title').fill('0');
  await relisted(page, before);
}));

test('each result says its usual place once a weight is changed', withPage(async (page) => {
  await tuning(page);
  const usual = await page.locator('.tuned > li').evaluateAll((items) => items.map((item) => item.getAttribute('data-id')));
  await slider(page, 'recency').fill('1');
  await page.locator('.tuned .up').first().waitFor();
  const moved = page.locator('.tuned > li', { has: page.locator('.up', { hasText: /hạng \d+/ }) }).first();
  const id = await moved.getAttribute('data-id');
  assert.match((await moved.locator('.up').textContent()) ?? '', new RegExp(`hạng ${usual.includes(id) ? usual.indexOf(id) + 1 : usual.length}$`));
}));

test('the reasons of a result make up its score', withPage(async (page) => {
  await tuning(page);
  const first = page.locator('.tuned > li').first();
  await first.locator('summary').click();
  await first.locator('table').waitFor();
  const [added, multiplied] = await Promise.all(['+', '×'].map((sign) =>
    first.locator('tbody .number', { hasText: sign }).allTextContents()));
  const score = multiplied.reduce((product, text) => product * value(text), added.reduce((sum, text) => sum + value(text), 0));
  assert.ok(added.length >= 3 && multiplied.length >= 1, `${added} ${multiplied}`);
  assert.ok(Math.abs(score - value(await first.locator('.score').textContent())) < 0.05 * added.length, `${score}`);
}));

test('reasons that are open stay open when the list changes', withPage(async (page) => {
  await tuning(page);
  const first = await page.locator('.tuned > li').first().getAttribute('data-id');
  await page.locator('.tuned summary').first().click();
  const before = await listed(page);
  await slider(page, 'k1').fill('1');
  await relisted(page, before);
  assert.equal(await page.locator(`.tuned > li[data-id="${first}"] details[open]`).count(), 1);
}));

test('the address restores the query and the weights', withPage(async (page) => {
  await tuning(page);
  const before = await listed(page);
  await slider(page, 'title').fill('0.5');
  await relisted(page, before);
  const tuned = await listed(page);
  assert.equal(await address(page), '?q=hoc+tap&w.title=0.5');
  await page.reload();
  await page.locator('.tuned > li').first().waitFor();
  assert.equal(await page.locator('#query').inputValue(), 'hoc tap');
  assert.equal(await number(page, 'title').inputValue(), '0.5');
  assert.deepEqual(await listed(page), tuned);
}));

test('what makes no sense in the address is left out', withPage(async (page) => {
  await tuning(page, `${QUERY}&w.title=x&w.lead=-1&w.pear=1&w.b=&w.pair=1`);
  assert.equal(await page.locator('.weight.changed').count(), 1);
  assert.equal(await address(page), '?q=hoc+tap&w.pair=1');
}));

test('a weight beyond its slider can be typed, one that is none is not taken', withPage(async (page) => {
  await tuning(page);
  await number(page, 'title').fill('50');
  assert.equal(await address(page), '?q=hoc+tap&w.title=50');
  await number(page, 'title').fill('500');
  assert.equal(await number(page, 'title').getAttribute('aria-invalid'), 'true');
  assert.equal(await address(page), '?q=hoc+tap&w.title=50');
  await page.locator('#query').focus();
  assert.equal(await number(page, 'title').inputValue(), '50');
}));

test('one weight goes back to its usual value, and the cursor to its slider', withPage(async (page) => {
  await tuning(page);
  const usual = await slider(page, 'title').inputValue();
  await tuning(page, `${QUERY}&w.title=0&w.lead=0`);
  await page.getByRole('button', { name: `Từ ở tiêu đề: về ${usual}` }).click();
  assert.equal(await slider(page, 'title').inputValue(), usual);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'w-title');
  assert.equal(await address(page), '?q=hoc+tap&w.lead=0');
}));

test('"reset" makes all weights as usual', withPage(async (page) => {
  await tuning(page);
  const usual = await listed(page);
  await tuning(page, `${QUERY}&w.title=0&w.recency=1`);
  await page.getByRole('button', { name: 'Đặt lại tất cả' }).click();
  await page.waitForFunction((was) => document.querySelector('.tuned .score')?.textContent === was, usual[0].split(' ').slice(1).join(' '));
  assert.deepEqual(await listed(page), usual);
  assert.equal(await address(page), '?q=hoc+tap');
}));

test('the settings are shown for a page and for the command line', withPage(async (page) => {
  await tuning(page, "tuning.html?q=hoc+'tap&w.title=0.5&w.recency=0");
  const [json, command] = await page.locator('.copied code').allTextContents();
  assert.deepEqual(JSON.parse(json), { title: 0.5, recency: 0 });
  assert.equal(command, "timdoc search THƯ_MỤC 'hoc '\\''tap' --prefix --explain --weight title=0.5 --weight recency=0");
}));

test('the settings can be copied', withPage(async (page, context) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await tuning(page, `${QUERY}&w.title=2`);
  await page.getByRole('button', { name: /^Chép: Cho trang web/ }).click();
  await page.locator('.said', { hasText: 'Đã chép' }).waitFor();
  assert.deepEqual(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())), { title: 2 });
}));

test('the keyboard alone is enough', withPage(async (page) => {
  await open(page, 'tuning.html');
  await page.locator('#query').focus();
  await page.keyboard.type('hoc tap');
  await page.locator('.tuned .score').first().waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.id);
  for (let steps = 0; (await focused()) !== 'w-k1' && steps < 20; steps += 1) await page.keyboard.press('Tab');
  const before = await listed(page);
  await page.keyboard.press('Home');
  await relisted(page, before);
  assert.equal(await focused(), 'w-k1');
  const summary = () => page.evaluate(() => document.activeElement?.matches('.tuned summary'));
  for (let steps = 0; !(await summary()) && steps < 80; steps += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('.tuned details[open] table').waitFor();
}));

test('the first of the changed list is spoken, politely', withPage(async (page) => {
  await tuning(page);
  await page.locator('[data-tuning] [role=status]', { hasText: /\d+ bài.*Đứng đầu/ }).waitFor({ state: 'attached' });
}));

test('every weight has its words, in both languages', withPage(async (page) => {
  for (const lang of ['vi', 'en']) {
    await tuning(page, `${QUERY}&lang=${lang}`);
    assert.equal(await page.locator('html').getAttribute('lang'), lang);
    assert.ok((await page.locator('.weight').count()) > 10);
    assert.equal(await page.locator('[data-group=others]').count(), 0);
    assert.deepEqual((await page.locator('.weight').evaluateAll((rows) => rows.map((row) => row.querySelector('.help span')?.textContent))).filter((help) => !help), []);
  }
}));

test('it can be read in English, with the same settings', withPage(async (page) => {
  await tuning(page, `${QUERY}&w.title=0`);
  await page.getByRole('link', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Try the weights of the ranking' }).waitFor();
  assert.equal(await slider(page, 'title').inputValue(), '0');
}));

test('a strict policy does not stop it', withPage(async (page) => {
  await page.route(/tuning\.html/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': STRICT } });
  });
  await tuning(page, `${QUERY}&w.title=0`);
}));

test('a library that does not open is said', withPage(async (page) => {
  await page.route(`${BASE}bundle/manifest.json`, (route) => route.fulfill({ status: 404 }));
  await open(page, QUERY);
  await page.locator('[data-tuning] [role=alert]').waitFor();
}));

test('neither the search nor the service worker loads anything of it', withPage(async (page) => {
  await ownPage(page, '<timdoc-search bundle="bundle/"></timdoc-search>');
  /** @type {string[]} */
  const files = [];
  page.on('request', (request) => files.push(request.url()));
  await open(page, 'test.html');
  await field(page).fill('hoc tap');
  await resultsFor(page, 'hoc tap');
  await page.waitForLoadState('networkidle');
  const shell = await (await page.request.get(`${BASE}shell.json`)).json();
  assert.deepEqual([...files, ...Object.keys(shell.files)].filter((name) => /tuning/.test(name)), []);
}));

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const width of [1280, 360]) {
    test(`axe finds nothing and nothing sticks out, ${colorScheme}, ${width} px`, withPage(async (page) => {
      await tuning(page, `${QUERY}&w.title=0&w.recency=1`);
      if (width < 960) await page.locator('.panel > summary').click();
      await page.locator('.tuned summary').first().click();
      await page.locator('.tuned .up, .tuned .down').first().waitFor();
      assert.deepEqual(await axe(page), []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'sticks out');
    }, { colorScheme, viewport: { width, height: 740 } }));
  }
}
