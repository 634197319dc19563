/** Other scripts of the page: libraries of 2008 that change what all scripts share, a second timdoc, a wrapped fetch; and addresses that make no sense. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE, MOCK, field, hits, open, resultsFor, search, withPage } from './support/browser.mjs';
import { withHost } from './support/host.mjs';

/** @typedef {import('playwright-core').Page} Page */

const QUERY = 'học tập';

/** What Prototype.js 1.6.0 does to what is built in, and a script that puts things where they do not belong. */
const OLD_LIBRARY = () => {
  const any = /** @type {any} */ (Array.prototype);
  const $A = (/** @type {any} */ list) => (list?.toArray ? list.toArray() : [].slice.call(list ?? []));
  any.each = function each(/** @type {(value: unknown) => void} */ work) { for (const one of this) work(one); };
  any.toArray = any.entries = any.clone = function clone() { return [].concat(this); };
  any.reduce = function reduce() { return this.length > 1 ? this : this[0]; };
  any.toJSON = function toJSON() { return `[${this.map((/** @type {unknown} */ one) => JSON.stringify(one)).join(', ')}]`; };
  any.compact = any.flatten = any.without = any.last = () => {};
  /** @type {any} */ (String.prototype).toJSON = function toJSON() { return `"${this}"`; };
  /** @type {any} */ (Array).from = $A;
  for (const name of ['x', 'extend', 'each', 'file', 'prefix']) Reflect.set(Object.prototype, name, () => {});
  const bind = Function.prototype.bind;
  Function.prototype.bind = function old(...given) { return given.length < 2 && given[0] === undefined ? this : bind.apply(this, /** @type {any} */ (given)); };
};

test('on a page with an old library: the same results, article, saving and search without a network', { skip: MOCK }, withPage(async (page, context) => withHost(async (host) => {
  await page.goto(`${host.base}page.html?q=${encodeURIComponent(QUERY)}`);
  await resultsFor(page, QUERY);
  const right = await hits(page).allTextContents();
  await page.addInitScript(OLD_LIBRARY);
  await page.reload();
  await resultsFor(page, QUERY);
  assert.deepEqual(await hits(page).allTextContents(), right);
  await page.locator('timdoc-search .facet li').first().waitFor();
  await page.locator('timdoc-search .bars button').first().click();
  await page.locator('timdoc-search .bars.months button').nth(11).waitFor();
  await page.locator('timdoc-search .open button').click();
  await page.locator('timdoc-search .offline button').click();
  await page.locator('timdoc-search .offline .kept').waitFor();
  const kept = await page.evaluate(async () => {
    const cache = await caches.open(`timdoc:${new URL('bundle/', document.baseURI)}`);
    const manifest = await (await cache.match(new URL('bundle/manifest.json', document.baseURI)))?.json();
    return { segments: typeof manifest.segments, files: (await cache.keys()).filter(({ url }) => url.endsWith('.bin')).length };
  });
  assert.equal(kept.segments, 'object');
  assert.ok(kept.files > 3, `${kept.files} files`);
  await hits(page).first().click();
  await page.locator('timdoc-reader .body p').first().waitFor();
  await page.goBack();
  await context.setOffline(true);
  await field(page).fill('nông thôn mới');
  await resultsFor(page, 'nông thôn mới');
})));

test('what an old library gives JSON does not change what is remembered of an article', withPage(async (page) => {
  await open(page);
  await page.evaluate(OLD_LIBRARY);
  const at = await page.evaluate(async () => {
    const { Shelf } = await import(new URL('lib/shelf.js', document.baseURI).href);
    const shelf = new Shelf('https://thu.example/');
    shelf.put('a', { title: 'Bài', read: 1, at: [3, 0.5] });
    return shelf.get('a')?.at;
  });
  assert.deepEqual(at, [3, 0.5]);
}));

test('a fetch that the portal has wrapped serves', { skip: MOCK }, withPage(async (page) => {
  await page.addInitScript(() => {
    const own = window.fetch;
    window.fetch = function wrapped(...given) { return own.apply(window, given).then((response) => response); };
  });
  await open(page);
  await search(page, QUERY);
}));

test('two copies of timdoc on a page: one box, one reader, both work', { skip: MOCK }, withPage((page) => withHost(async (host) => {
  await page.goto(`${host.base}page.html?q=${encodeURIComponent(QUERY)}`);
  await resultsFor(page, QUERY);
  const outcome = await page.evaluate(async (other) => {
    const second = await import(other);
    const library = await second.open(new URL('bundle/', document.baseURI));
    const { hits } = await library.search('nông thôn mới');
    return hits.length;
  }, `${host.base}timdoc.js?copy=2`);
  assert.ok(outcome > 0);
  await field(page).fill('nông thôn mới');
  await resultsFor(page, 'nông thôn mới');
})));

test('a name that another script has taken is left to it, and the page goes on', withPage(async (page) => {
  await page.addInitScript(() => customElements.define('timdoc-reader', class extends HTMLElement {}));
  await open(page, 'index.html');
  await search(page, QUERY);
}));

const ODD = {
  script: '<script>window.pwned=1</script>', 'marks that turn text around': '\u202Ehọc\u202C \u2066tập', 'half a character': 'h\uD83Dọc',
  'a null and controls': 'học\u0000\u0007\u001b tập', 'a megabyte': 'học tập '.repeat(130_000),
};
for (const [what, query] of Object.entries(ODD)) {
  test(`typed: ${what}: results, none, or a state that says why`, { skip: MOCK }, withPage(async (page) => {
    await open(page);
    await field(page).evaluate((input, text) => {
      /** @type {HTMLInputElement} */ (input).value = text;
      input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    }, query);
    await page.locator('timdoc-search').locator('.hit, .state.none, .state.error').first().waitFor({ timeout: 20_000 });
    await page.locator('timdoc-search .busy').waitFor({ state: 'hidden' });
    assert.equal(await page.evaluate(() => Reflect.get(globalThis, 'pwned')), undefined);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await search(page, QUERY);
  }));
}

for (const [what, query] of Object.entries({
  'broken percent signs': '?q=h%E1%BB%ZZc%&f.category=%', 'half a character': '?q=h%ED%A0%BDc', script: '?q=<script>window.pwned=1</script>&f.<img src=x onerror=window.pwned=1>=1',
  'names of built-in things': '?q=học&f.__proto__=x&f.constructor=y&f.toString=z', 'days that are none': '?q=học&from=2024-99-99&to=-1&n=-5&sort=up', 'six thousand letters': `?q=${'h'.repeat(6_000)}`,
})) {
  test(`in the address: ${what}: the page lives, and the next search has results`, { skip: MOCK }, withPage(async (page) => {
    await page.goto(`${BASE}index.html${query}`);
    await page.locator('timdoc-search').locator('.hit, .state').first().waitFor({ timeout: 20_000 });
    await page.locator('timdoc-search .busy').waitFor({ state: 'hidden' });
    assert.equal(await page.evaluate(() => Reflect.get(globalThis, 'pwned')), undefined);
    assert.equal(await page.evaluate(() => Reflect.get({}, 'polluted') ?? Object.keys(Object.prototype).length), 0);
    await page.goto(`${BASE}index.html`);
    await search(page, QUERY);
  }));
}
