/** What is fetched when, and what it weighs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { BASE, field, open, ownPage, resultsFor, withPage } from './support/browser.mjs';

/** Notes what a page fetches, and its weight gzipped, as a host would send it. @param {import('playwright-core').Page} page */
function watch(page) {
  /** @type {Map<string, Promise<number>>} */
  const files = new Map();
  page.on('response', (response) => {
    const path = response.url().slice(BASE.length).split('?')[0];
    if (response.url().startsWith(BASE)) files.set(path, response.body().then((body) => gzipSync(body, { level: 9 }).length, () => 0));
  });
  const weight = async (/** @type {RegExp} */ pattern) => {
    let sum = 0;
    for (const [path, size] of files) if (pattern.test(path)) sum += await size;
    return sum;
  };
  return { files, weight };
}

const BARE = '<timdoc-search bundle="bundle/"></timdoc-search>';

test('before the box is used, only the element itself is loaded, at most 6 KB', withPage(async (page) => {
  await ownPage(page, BARE);
  const { files, weight } = watch(page);
  await open(page, 'test.html');
  await field(page).waitFor();
  await page.waitForLoadState('networkidle');
  const paths = [...files.keys()].filter((path) => !['test.html', 'test.css', 'favicon.ico'].includes(path));
  assert.deepEqual(paths.sort(), ['element/base-style.js', 'element/dom.js', 'element/reader-element.js', 'element/search-element.js', 'i18n/box.js', 'timdoc.js']);
  const size = await weight(/\.js$/);
  assert.ok(size <= 6_000, `${size} bytes`);
}));

// The budget is 70 KB; tests/tools/code-size.mjs prints how far it is.
test('all code before the first results is at most 160 KB', withPage(async (page) => {
  await ownPage(page, BARE);
  const { weight } = watch(page);
  await open(page, 'test.html');
  await field(page).fill('hoc tap');
  await resultsFor(page, 'hoc tap');
  const size = await weight(/\.(js|wasm)$/);
  assert.ok(size <= 160_000, `${size} bytes`);
}));

test('the whole widget, scripts and styles without the engine, is at most 22 KB', withPage(async (page) => {
  await ownPage(page, BARE);
  const { files, weight } = watch(page);
  await open(page, 'test.html');
  await field(page).fill('hoc tap');
  await resultsFor(page, 'hoc tap');
  await page.locator('timdoc-search .facet li').first().waitFor();
  await page.locator('timdoc-search .offline button').waitFor();
  const own = /^(timdoc\.js|element\/|i18n\/|style\/|lib\/(css|dates|offline)\.js)/;
  const size = await weight(own);
  assert.ok(size <= 22_000, `${size} bytes in ${[...files.keys()].filter((path) => own.test(path)).join(' ')}`);
}));

test('two boxes on a page share one engine', withPage(async (page) => {
  await ownPage(page, '<timdoc-search bundle="bundle/"></timdoc-search><timdoc-search bundle="bundle/" prefix="b-" compact></timdoc-search>');
  const manifests = [];
  page.on('request', (request) => request.url().endsWith('manifest.json') && manifests.push(request.url()));
  await open(page, 'test.html?q=hoc&b-q=tap');
  await page.locator('timdoc-search').nth(0).locator('.hit').first().waitFor();
  await page.locator('timdoc-search').nth(1).locator('.hit').first().waitFor();
  assert.equal(manifests.length, 1);
}));
