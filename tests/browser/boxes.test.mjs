/** Several boxes on one page: names, addresses, keys and events of their own; one engine. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, BASE, open, ownPage, until, withPage } from './support/browser.mjs';

/** @typedef {import('playwright-core').Page} Page */

const TWO = '<timdoc-search bundle="bundle/" id="first"></timdoc-search><timdoc-search bundle="bundle/" prefix="b-" id="second"></timdoc-search>';
const box = (/** @type {Page} */ page, /** @type {string} */ id) => page.locator(`#${id}`);

/** @param {Page} page @param {string} [body] */
async function both(page, body = TWO) {
  await ownPage(page, body);
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => asked.push(request.url().slice(BASE.length)));
  await open(page, 'test.html?q=hoc&b-q=tap');
  for (const id of ['first', 'second']) await box(page, id).locator('.hit').first().waitFor();
  return asked;
}

test('one engine, one manifest and one of each file serve both', withPage(async (page) => {
  const asked = await both(page);
  for (const file of [/_bg\.wasm$/, /_rest\.wasm$/, /wasm\/timdoc\.js$/, /manifest\.json$/, /search\.css$/, /search-app\.js$/]) {
    assert.equal(asked.filter((path) => file.test(path)).length, 1, String(file));
  }
}));

test('a search in one leaves the address of the other as it is', withPage(async (page) => {
  await both(page);
  await box(page, 'second').locator('input').first().fill('lang');
  await until(async () => new URL(page.url()).searchParams.get('b-q') === 'lang', 'its own');
  assert.equal(new URL(page.url()).searchParams.get('q'), 'hoc');
  assert.equal(await box(page, 'first').locator('input').first().inputValue(), 'hoc');
}));

for (const [name, body, names] of /** @type {[string, string, string[]][]} */ ([
  ['numbers', TWO, ['Tìm bài viết', 'Tìm bài viết 2']],
  ['labels', TWO.replace('id="first"', 'id="first" label="Tìm văn bản"').replace('id="second"', 'id="second" label="Tìm tin tức"'), ['Tìm văn bản', 'Tìm tin tức']],
])) {
  test(`landmarks, fields and results are told apart by ${name}, and axe finds nothing`, withPage(async (page) => {
    await both(page, body);
    const told = await page.locator('timdoc-search form').evaluateAll((forms) => forms.map((form) => form.getAttribute('aria-label')));
    assert.deepEqual(told, names);
    const regions = await page.locator('timdoc-search .main').evaluateAll((all) => all.map((region) => region.getAttribute('aria-label')));
    assert.equal(new Set(regions).size, 2, String(regions));
    assert.deepEqual(await axe(page), []);
  }));
}

test('only one answers Ctrl+K', withPage(async (page) => {
  await both(page);
  await page.evaluate(() => {
    Reflect.set(globalThis, 'focused', []);
    document.addEventListener('focusin', ({ target }) => Reflect.get(globalThis, 'focused').push(/** @type {Element} */ (target).id));
  });
  await page.keyboard.press('Control+k');
  assert.deepEqual(await page.evaluate(() => Reflect.get(globalThis, 'focused')), ['first']);
}));

test('events come from the box that they are about', withPage(async (page) => {
  await both(page);
  await page.evaluate(() => {
    Reflect.set(globalThis, 'told', []);
    for (const name of ['timdoc-results', 'timdoc-open']) document.addEventListener(name, (event) => {
      event.preventDefault();
      Reflect.get(globalThis, 'told').push(`${name} ${/** @type {Element} */ (event.target).id}`);
    });
  });
  await box(page, 'second').locator('input').first().fill('lang');
  await until(() => page.evaluate(() => Reflect.get(globalThis, 'told').length > 0), 'results');
  await box(page, 'first').locator('.hit a').first().click();
  assert.deepEqual([...new Set(await page.evaluate(() => Reflect.get(globalThis, 'told')))], ['timdoc-results second', 'timdoc-open first']);
}));
