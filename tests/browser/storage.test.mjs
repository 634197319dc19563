/** The browser keeps nothing, not everything, or takes it away again: every write of saving refused once, storage switched off, the cache cleared in the middle, the worker killed, a tab closed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOCK, field, hits, resultsFor, until, withPage } from './support/browser.mjs';
import { withHost } from './support/host.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').BrowserContext} Context */
/** @typedef {Parameters<Parameters<typeof withHost>[0]>[0]} Host */

const QUERY = 'học tập';

/** @param {string} name @param {(page: Page, host: Host, context: Context) => Promise<void>} body @param {Parameters<typeof withPage>[1]} [options] */
const onHost = (name, body, options) => test(name, { skip: MOCK }, withPage((page, context) => withHost((host) => body(page, host, context)), options));
/** @param {Page} page */
const control = (page) => page.locator('timdoc-search .offline');
/** @param {Page} page @param {string} label */
const button = (page, label) => control(page).locator('button', { hasText: label });
/** @param {Page} page @param {Host} host */
async function ready(page, host) {
  await page.goto(`${host.base}page.html?q=${encodeURIComponent(QUERY)}`);
  await resultsFor(page, QUERY);
  await control(page).locator('button').first().waitFor();
}
/** Files of the library on the device, and whether a manifest says that they are whole. @param {Page} page */
const kept = (page) => page.evaluate(async () => {
  const cache = await caches.open(`timdoc:${new URL('bundle/', document.baseURI)}`);
  const names = (await cache.keys()).map(({ url }) => url.slice(url.lastIndexOf('/') + 1));
  const manifest = await (await cache.match(new URL('bundle/manifest.json', document.baseURI)))?.text();
  const wanted = manifest ? [...manifest.matchAll(/[a-z]+-[0-9a-f]{16}\.bin/g)].map(([name]) => name) : [];
  return { files: names.filter((name) => name.endsWith('.bin')).length, whole: manifest !== undefined, missing: wanted.filter((name) => !names.includes(name)) };
});
/** Writes so far are counted; the n-th fails as it does where there is no room. */
const COUNTED = (/** @type {number} */ n) => {
  Object.assign(globalThis, { writes: 0, failing: n });
  const { put } = Cache.prototype;
  Cache.prototype.put = function counted(...given) {
    const now = (Reflect.set(globalThis, 'writes', Reflect.get(globalThis, 'writes') + 1), Reflect.get(globalThis, 'writes'));
    if (now === Reflect.get(globalThis, 'failing')) return Promise.reject(new DOMException('full', 'QuotaExceededError'));
    return put.apply(this, given);
  };
};

onHost('no room at any one write of saving: it is said, nothing passes for whole, and trying again makes it whole', async (page, host, context) => {
  await page.addInitScript(COUNTED, -1);
  await ready(page, host);
  await button(page, 'Lưu để đọc').click();
  await control(page).locator('.kept').waitFor();
  const writes = await page.evaluate(() => Reflect.get(globalThis, 'writes'));
  assert.ok(writes > 6, `${writes} writes`);
  for (let n = 1; n <= writes; n += 1) {
    await page.evaluate(async () => { for (const name of await caches.keys()) await caches.delete(name); });
    const other = await context.newPage();
    await other.addInitScript(COUNTED, n);
    await ready(other, host);
    await button(other, 'Lưu để đọc').click();
    await control(other).locator('[role=alert]', { hasText: 'Máy không đủ chỗ trống' }).waitFor();
    assert.equal((await kept(other)).whole, false, `write ${n}`);
    assert.ok(await hits(other).count(), 'the results stay');
    await button(other, 'Thử lại').click();
    await control(other).locator('.kept').waitFor();
    assert.deepEqual((await kept(other)).missing, [], `write ${n}`);
    await other.close();
  }
});

onHost('a cache that is cleared while it fills is not taken for whole; what is gone is fetched again', async (page, host) => {
  await ready(page, host);
  let held = true;
  host.behave(({ path, range }) => (held && /bundle\/articles-/.test(path) && !range ? { wait: 2500 } : undefined));
  await button(page, 'Lưu để đọc').click();
  await until(async () => (await kept(page)).files >= 2, 'a part has come');
  await page.evaluate(async () => { for (const name of await caches.keys()) await caches.delete(name); });
  held = false;
  await control(page).locator('[role=alert]', { hasText: 'Trình duyệt vừa xóa một phần đã lưu' }).waitFor({ timeout: 20_000 });
  assert.equal((await kept(page)).whole, false);
  await button(page, 'Thử lại').click();
  await control(page).locator('.kept').waitFor();
  assert.deepEqual((await kept(page)).missing, []);
});

/** What private windows and "block all site data" do. @type {Record<string, () => void>} */
const REFUSALS = {
  'Cache Storage is not there': () => Object.defineProperty(globalThis, 'caches', { get: () => undefined }),
  'Cache Storage throws': () => Object.defineProperty(globalThis, 'caches', { get() { throw new DOMException('denied', 'SecurityError'); } }),
  'Cache Storage rejects': () => ['open', 'has', 'keys', 'match', 'delete'].forEach((name) => Reflect.set(CacheStorage.prototype, name, async () => { throw new DOMException('denied', 'SecurityError'); })),
  'a cache that was opened rejects': () => ['put', 'keys', 'match', 'delete'].forEach((name) => Reflect.set(Cache.prototype, name, async () => { throw new DOMException('gone', 'UnknownError'); })),
  'localStorage and sessionStorage throw': () => ['localStorage', 'sessionStorage'].forEach((name) => Object.defineProperty(globalThis, name, { get() { throw new DOMException('denied', 'SecurityError'); } })),
  'no navigator.storage, locks or channels': () => {
    for (const name of ['storage', 'locks']) Object.defineProperty(Navigator.prototype, name, { get: () => undefined });
    Reflect.deleteProperty(globalThis, 'BroadcastChannel');
  },
  'no service worker': () => Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined }),
};
for (const [what, refuse] of Object.entries(REFUSALS)) {
  onHost(`${what}: search, filters and reading go on, and saving works or says why not`, async (page, host) => {
    await page.addInitScript(refuse);
    await page.goto(`${host.base}page.html?q=${encodeURIComponent(QUERY)}`);
    await resultsFor(page, QUERY);
    await page.locator('timdoc-search .facet li').first().waitFor();
    await control(page).locator('button').first().click();
    await control(page).locator('.kept, [role=alert]').first().waitFor();
    await hits(page).first().click();
    await page.locator('timdoc-reader .body p').first().waitFor();
  });
}

const OWN = '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Trang thử</title><link rel="icon" href="data:,">'
  + '<script type="module" src="timdoc.js"></script><timdoc-search bundle="bundle/" offline></timdoc-search></html>';
const worker = { serviceWorkers: /** @type {const} */ ('allow') };
/** @param {Page} page @param {Host} host */
async function controlled(page, host) {
  host.behave(({ path }) => (path === 'page.html' ? { body: Buffer.from(OWN) } : undefined));
  await ready(page, host);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

onHost('the service worker is stopped again and again: searching, saving and opening without a network go on', async (page, host, context) => {
  await controlled(page, host);
  const session = await context.newCDPSession(page);
  await session.send('ServiceWorker.enable');
  // The command's own answer may be lost when the worker starts again meanwhile.
  const stop = () => Promise.race([session.send('ServiceWorker.stopAllWorkers'), new Promise((resolve) => setTimeout(resolve, 2000))]);
  await stop();
  await field(page).fill('nông thôn mới');
  await resultsFor(page, 'nông thôn mới');
  // What the worker was answering when it was stopped does not come: then the page says so, and its button goes on.
  const onward = async (/** @type {() => Promise<unknown>} */ done, /** @type {string} */ what) => {
    const again = page.locator('timdoc-search').getByRole('button', { name: 'Thử lại' });
    await until(async () => {
      if (await again.isVisible()) await again.click({ timeout: 1000 }).catch(() => {});
      return Boolean(await done());
    }, what, 20_000).catch(async () => assert.fail(await page.evaluate((text) => `no ${text}; the page says: ${document.querySelector('timdoc-search')?.shadowRoot?.textContent}`, what)));
  };
  await button(page, 'Lưu để đọc').click();
  await stop();
  await onward(() => control(page).locator('.kept').isVisible(), 'library kept');
  await stop();
  host.behave(() => ({ reset: true }));
  await page.reload();
  await stop();
  await field(page).fill(QUERY);
  const count = page.locator('timdoc-search .count');
  await onward(async () => (await hits(page).count()) > 0 && (await count.textContent({ timeout: 1000 }).catch(() => ''))?.includes(`“${QUERY}”`), 'results');
}, worker);

onHost('a service worker that the browser refuses: all works, and the page says that it does not open without a network', async (page, host) => {
  await page.addInitScript(() => (ServiceWorkerContainer.prototype.register = async () => { throw new DOMException('denied', 'SecurityError'); }));
  host.behave(({ path }) => (path === 'page.html' ? { body: Buffer.from(OWN) } : undefined));
  await ready(page, host);
  await button(page, 'Lưu để đọc').click();
  await control(page).locator('.quiet', { hasText: 'hãy để nguyên thẻ đang mở' }).waitFor();
}, worker);

onHost('the shell is cleared under a page: the page opens again', async (page, host) => {
  await controlled(page, host);
  await page.evaluate(async () => { for (const name of await caches.keys()) await caches.delete(name); });
  await page.reload();
  await resultsFor(page, QUERY);
}, worker);

onHost('one tab removes what the other saved: the other goes on searching, and says that it is gone', async (page, host, context) => {
  await ready(page, host);
  await button(page, 'Lưu để đọc').click();
  await control(page).locator('.kept').waitFor();
  const other = await context.newPage();
  await ready(other, host);
  await control(other).locator('.kept').waitFor();
  await control(page).locator('[data-do=remove]').click();
  await control(page).locator('[data-do=remove]').click();
  await button(other, 'Lưu để đọc ngoại tuyến').waitFor();
  await field(other).fill('nông thôn mới');
  await resultsFor(other, 'nông thôn mới');
});

onHost('both tabs save at once, one is closed in the middle: it is whole', async (page, host, context) => {
  await ready(page, host);
  const other = await context.newPage();
  await ready(other, host);
  host.behave(({ path, range }) => (/bundle\/articles-/.test(path) && !range ? { wait: 1500 } : undefined));
  await Promise.all([page, other].map((tab) => button(tab, 'Lưu để đọc').click()));
  await until(async () => (await kept(other)).files >= 1, 'a part has come');
  await page.close();
  await control(other).locator('.kept').waitFor({ timeout: 20_000 });
  assert.deepEqual((await kept(other)).missing, []);
});
