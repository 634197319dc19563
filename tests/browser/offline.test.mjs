/** Without a network. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE, fakeLibrary, field, hits, open, openFilters, ownPage, resultsFor, search, withPage } from './support/browser.mjs';

const WORKER = { serviceWorkers: /** @type {const} */ ('allow') };

/** A first visit that leaves the page and the library on the device. @param {import('playwright-core').Page} page */
async function visit(page) {
  await open(page);
  await page.evaluate(() => Promise.race([
    navigator.serviceWorker.ready,
    new Promise((_, reject) => setTimeout(reject, 20_000, new Error('the service worker is not ready after 20 s'))),
  ]).then(() => {}));
  // It is ready before it has taken over the page that installed it.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await field(page).click();
  await page.locator('timdoc-search .offline .kept').waitFor({ timeout: 30_000 });
}

test('after one visit, search and reading work with the network off', withPage(async (page, context) => {
  await visit(page);
  await context.setOffline(true);
  await search(page, 'hoc tap');
  await hits(page).nth(1).click();
  await page.locator('timdoc-reader .body p').first().waitFor();
  await page.goBack();
  await search(page, 'chuyen doi so');
  await hits(page).first().click();
  await page.locator('timdoc-reader .body p').first().waitFor();
}, WORKER));

test('after one visit, filters and tables of facts work with the network off', withPage(async (page, context) => {
  await visit(page);
  await context.setOffline(true);
  await search(page, 'khen thưởng');
  await openFilters(page);
  await page.locator('timdoc-search .facet li label').first().click();
  await page.locator('timdoc-search .chip').first().waitFor();
  await page.locator('timdoc-search [aria-haspopup=dialog]').click();
  await page.locator('timdoc-search dialog table tbody tr').first().waitFor();
}, WORKER));

test('what was removed is not saved by itself again', withPage(async (page) => {
  await visit(page);
  const control = page.locator('timdoc-search .offline');
  await control.locator('[data-do=remove]').click();
  await control.locator('[data-do=remove]').click();
  await control.locator('button', { hasText: 'Lưu để đọc ngoại tuyến' }).waitFor();
  await page.reload();
  await page.waitForLoadState('networkidle');
  await field(page).click();
  await control.locator('button', { hasText: 'Lưu để đọc ngoại tuyến' }).waitFor();
  await page.waitForTimeout(1000);
  assert.equal(await control.locator('.kept').count(), 0);
}, WORKER));

test('a page opened with the network off has its results', withPage(async (page, context) => {
  await visit(page);
  await context.setOffline(true);
  const other = await context.newPage();
  await other.goto(BASE + 'index.html?q=hoc+tap');
  await resultsFor(other, 'hoc tap');
}, WORKER));

test('a page reloaded with the network off restores its search', withPage(async (page, context) => {
  await visit(page);
  await search(page, 'hoc tap');
  await context.setOffline(true);
  await page.reload();
  await resultsFor(page, 'hoc tap');
}, WORKER));

test('the page says that it is offline', withPage(async (page, context) => {
  await visit(page);
  await context.setOffline(true);
  await search(page, 'hoc tap');
  await page.locator('timdoc-search .badge').waitFor({ state: 'visible' });
}, WORKER));

test('a range of a saved file is answered by the service worker', withPage(async (page, context) => {
  await visit(page);
  await context.setOffline(true);
  const answer = await page.evaluate(async () => {
    for (const name of await caches.keys()) {
      if (!name.startsWith('timdoc:')) continue;
      const cache = await caches.open(name);
      for (const { url } of await cache.keys()) {
        const size = (await (await cache.match(url))?.blob())?.size ?? 0;
        if (url.endsWith('manifest.json') || size < 100) continue;
        const response = await fetch(url, { headers: { Range: 'bytes=2-5' } });
        return { status: response.status, range: response.headers.get('Content-Range'), length: (await response.arrayBuffer()).byteLength };
      }
    }
    return null;
  });
  assert.equal(answer?.status, 206);
  assert.match(answer?.range ?? '', /^bytes 2-5\/\d+$/);
  assert.equal(answer?.length, 4);
}, WORKER));

test('the service worker asks the network for a saved file that was damaged', withPage(async (page) => {
  await visit(page);
  const lengths = await page.evaluate(async () => {
    const manifest = await (await fetch('bundle/manifest.json')).json();
    const url = new URL(`bundle/${manifest.segments[0].head.file}`, document.baseURI).href;
    const length = async (/** @type {RequestCache} */ cache) => (await (await fetch(url, { cache })).arrayBuffer()).byteLength;
    await (await caches.open(`timdoc:${new URL('bundle/', document.baseURI)}`)).put(url, new Response(new Uint8Array(5)));
    return { saved: await length('default'), fresh: await length('reload'), right: manifest.segments[0].head.bytes };
  });
  assert.equal(lengths.saved, 5);
  assert.equal(lengths.fresh, lengths.right);
}, WORKER));

test('what is not saved is an offline error, not "no results"', withPage(async (page) => {
  await ownPage(page, '<timdoc-search></timdoc-search>');
  await fakeLibrary(page, { fail: { search: 'offline' } });
  await open(page, 'test.html?q=hoc');
  assert.equal(await page.locator('timdoc-search .state').getAttribute('data-code'), 'offline');
}));
