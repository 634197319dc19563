/** What leaves the reader's device: requests for files of this library, and nothing of what was searched for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE, field, hits, open, search, withPage } from './support/browser.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** Every request of a page from now on, with its headers. @param {Page} page */
async function listen(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  /** @type {{ url: string, headers: Record<string, string>, kind: string }[]} */
  const requests = [];
  session.on('Network.requestWillBeSent', ({ request: { url, headers, method, postData }, type }) => requests.push({ url, headers: { ...headers, method, body: postData ?? '' }, kind: type ?? '' }));
  return requests;
}

const told = (/** @type {{ url: string, headers: Record<string, string> }} */ { url, headers }) => JSON.stringify([decodeURIComponent(url), ...Object.values(headers).map((value) => decodeURIComponent(value))]);

test('a search asks this host only, and no request says what is searched for', withPage(async (page) => {
  const requests = await listen(page);
  await open(page);
  await field(page).click();
  await search(page, 'học tập');
  await page.locator('timdoc-search .facet li').first().waitFor({ state: 'attached' });
  await search(page, 'tuyển sinh');
  assert.ok(requests.some(({ url }) => /postings|terms|articles/.test(url)), 'files of the library were asked for');
  assert.deepEqual(requests.filter(({ url }) => !url.startsWith(BASE)).map(({ url }) => url), []);
  assert.deepEqual(requests.filter((request) => /học|tập|tuyển|sinh/i.test(told(request))).map(told), []);
  assert.deepEqual(requests.filter(({ headers }) => headers.method !== 'GET').map(told), []);
}));

test('a page opened by a link with a search in it tells nobody but the host of that page', withPage(async (page) => {
  const requests = await listen(page);
  await open(page, 'index.html?q=tuy%E1%BB%83n+sinh');
  await hits(page).first().waitFor();
  const files = requests.filter(({ url }) => url.includes('/bundle/') || url.endsWith('.wasm'));
  assert.ok(files.length > 3);
  assert.deepEqual(files.filter((request) => /tuyển|sinh/i.test(told(request))).map(told), []);
}));

test('nothing is kept about a reader but what the reader asked for', withPage(async (page, context) => {
  await open(page);
  await search(page, 'học tập');
  assert.deepEqual(await context.cookies(), []);
  assert.deepEqual(await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => /học|tập/.test(key + localStorage[key] + sessionStorage[key]))), []);
}));
