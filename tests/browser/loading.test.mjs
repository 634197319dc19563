/** What is fetched when, and what it weighs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { BASE, field, hits, MOCK, open, ownPage, resultsFor, withPage } from './support/browser.mjs';
import { withHost } from './support/host.mjs';

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
  assert.deepEqual(paths.sort(), ['element/dom.js', 'i18n/box.js', 'lib/ahead.js', 'timdoc.js']);
  const size = await weight(/\.js$/);
  assert.ok(size <= 6_000, `${size} bytes`);
}));

// The budget is 70 KB; tests/tools/code-size.mjs prints how far it is.
test('all code before the first results is at most 132 KB', withPage(async (page) => {
  await ownPage(page, BARE);
  const { weight } = watch(page);
  await open(page, 'test.html');
  await field(page).fill('hoc tap');
  await resultsFor(page, 'hoc tap');
  // The rest of the engine is asked for after them: engine.test.mjs.
  const size = await weight(/\.js$|_bg\.wasm$/);
  assert.ok(size <= 132_000, `${size} bytes`);
}));

test('the whole widget, scripts and styles without the engine, is at most 22 KB', withPage(async (page) => {
  await ownPage(page, BARE);
  const { files, weight } = watch(page);
  await open(page, 'test.html');
  await field(page).fill('hoc tap');
  await resultsFor(page, 'hoc tap');
  await page.locator('timdoc-search .facet li').first().waitFor();
  await page.locator('timdoc-search .offline button').waitFor();
  const own = /^(timdoc\.js|element\/|i18n\/|style\/|lib\/(ahead|css|offline)\.js)/;
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

/** What loads with the page, and what only comes after results. */
const FIRST = /^(timdoc\.js|element\/(dom|reader-element|search-element)\.js|i18n\/box\.js|lib\/ahead\.js|portal\/.*)$/;
const LATER = /^(element\/((filters|dates)-view|reader-place|offline-[a-z]+|version-notes|search-dialog|after-results|advice|facet-narrow)|lib\/(offline|storage|keeper)|i18n\/(offline|faults|advice))\.js$/;

/**
 * The code that a page asks for only after other code has come: what one module names and the element does not know.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} base
 * @param {() => Promise<void>} work
 */
async function chained(page, base, work) {
  let came = false;
  /** @type {string[]} */
  const late = [];
  // What a page that is being left had asked for can still come: it says nothing about this one.
  const own = new Set();
  const pathOf = (/** @type {import('playwright-core').Request} */ request) => new URL(request.url()).pathname.slice(1);
  const isCode = (/** @type {string} */ path) => /\.(js|wasm)$|^style\/(search|reader)\.css$/.test(path) && !FIRST.test(path) && !LATER.test(path);
  const asked = (/** @type {import('playwright-core').Request} */ request) => {
    own.add(request);
    if (came && isCode(pathOf(request))) late.push(pathOf(request));
  };
  const finished = (/** @type {import('playwright-core').Request} */ request) => void (came ||= own.has(request) && request.url().startsWith(base) && isCode(pathOf(request)));
  page.on('request', asked).on('requestfinished', finished);
  await work();
  page.off('request', asked).off('requestfinished', finished);
  assert.ok(came);
  return late;
}

/** What is asked for after the first results. */
const REST = 'wasm/timdoc_rest.wasm';

const slowCode = (/** @type {{ path: string }} */ { path }) => (/\.(js|css|wasm)$/.test(path) && !FIRST.test(path) ? { wait: 400 } : undefined);

test('all code of a search is asked for at once, and the manifest with it', { skip: MOCK }, withPage((page) => withHost(async ({ base, behave, of }) => {
  behave(slowCode);
  await page.goto(`${base}page.html`);
  const late = await chained(page, base, async () => {
    await field(page).click();
    await page.waitForTimeout(200);
    assert.equal(of(/bundle\/manifest\.json/).length, 1);
    await field(page).fill('hoc tap');
    await resultsFor(page, 'hoc tap');
  });
  assert.deepEqual(late.filter((path) => path !== REST), []);
})));

test('all code for reading an article is asked for at once', { skip: MOCK }, withPage((page) => withHost(async ({ base, behave }) => {
  await page.goto(`${base}page.html?q=hoc`);
  const id = await hits(page).first().getAttribute('data-id');
  behave(slowCode);
  const late = await chained(page, base, async () => {
    await page.goto(`${base}page.html?doc=${id}`);
    await page.locator('timdoc-reader .body p').first().waitFor();
  });
  assert.deepEqual(late, []);
})));

test('a library that is opened without an element asks for its code at once', { skip: MOCK }, withPage((page) => withHost(async ({ base, behave }) => {
  behave(slowCode);
  await page.goto(`${base}page.html`);
  const late = await chained(page, base, async () => {
    await page.evaluate(async () => {
      const { open } = await import(new URL('timdoc.js', document.baseURI).href);
      await (await open('bundle/')).search('hoc');
    });
  });
  assert.deepEqual(late.filter((path) => path !== REST), []);
})));
