/** "Save for offline reading": told, paused, gone on with, shared between tabs, refused, removed. On a host of the test's own. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MOCK, until, withPage } from './support/browser.mjs';
import { withHost } from './support/host.mjs';
import { makeLibraries } from './support/libraries.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').BrowserContext} Context */
/** @typedef {Parameters<Parameters<typeof withHost>[0]>[0]} Host */

/** @type {ReturnType<typeof makeLibraries>} */
let made;
before(() => (made = makeLibraries(1050)));
after(() => made.remove());

const FILE = /^bundle\/[a-z]+-[0-9a-f]{16}\.bin$/;
const ARTICLES = /^bundle\/articles-/;
const QUERY = 'kế hoạch';

/**
 * @param {string} name
 * @param {(page: Page, host: Host, context: Context) => Promise<void>} body
 * @param {Parameters<typeof withPage>[1]} [options]
 */
const onHost = (name, body, options) => test(name, { skip: MOCK }, withPage((page, context) => withHost(async (host) => {
  host.library(made.old);
  await body(page, host, context);
  host.behave(() => {});
}), options));

/** @param {Page} page */
const control = (page) => page.locator('timdoc-search .offline');
/** @param {Page} page @param {string} label */
const button = (page, label) => control(page).locator('button', { hasText: label });
/** @param {Page} page @param {Host} host */
async function ready(page, host) {
  await page.goto(`${host.base}page.html?q=${encodeURIComponent(QUERY)}`);
  await control(page).locator('button').first().waitFor();
}
/** Files that were asked for whole, as saving does. @param {Host} host */
const whole = (host) => host.of(FILE).filter(({ range }) => !range);
/** Names of files in the library's storage. @param {Page} page @returns {Promise<string[]>} */
const kept = (page) => page.evaluate(async () => {
  const cache = await caches.open(`timdoc:${new URL('bundle/', document.baseURI)}`);
  return (await cache.keys()).map(({ url }) => url.slice(url.lastIndexOf('/') + 1)).filter((name) => name.endsWith('.bin')).sort();
});
/** Articles never come, all else does. @param {{ path: string, range: unknown }} request */
const stuck = ({ path, range }) => (ARTICLES.test(path) && !range ? { wait: Infinity } : undefined);
/** Begins to save, until all has come but the articles. @param {Page} page @param {Host} host */
async function half(page, host) {
  host.behave(stuck);
  await ready(page, host);
  await button(page, 'Lưu để đọc').click();
  await until(async () => (await kept(page)).length >= 5, 'all but the articles is saved');
}

onHost('the size is told before any file is fetched for it', async (page, host) => {
  await ready(page, host);
  assert.equal((await control(page).locator('button').textContent())?.trim(), 'Lưu để đọc ngoại tuyến (1,4 MB)');
  assert.deepEqual(await kept(page), []);
  const asked = whole(host).map(({ path }) => path).filter((path) => !/head-|dictionary-/.test(path));
  assert.deepEqual(asked, []);
});

onHost('progress is told in bytes, as a share, and with the time left', async (page, host) => {
  let turn = 0;
  host.behave(({ path, range }) => (FILE.test(path) && !range ? { wait: 1200 * (turn += 1) } : undefined));
  await ready(page, host);
  turn = 0;
  await button(page, 'Lưu để đọc').click();
  await control(page).locator('.how', { hasText: /^Đang lưu [\d,]+ (K|M)B\s\/\s1,4 MB \(\d+%\), còn / }).waitFor();
  const value = await control(page).locator('progress').evaluate((bar) => /** @type {HTMLProgressElement} */ (bar).value);
  assert.ok(value > 0 && value < 1, String(value));
});

onHost('pausing keeps what is there, and going on fetches only the rest', async (page, host) => {
  await half(page, host);
  await button(page, 'Tạm dừng').click();
  await control(page).getByText('Đang tạm dừng: đã lưu').waitFor();
  await until(async () => whole(host).filter(({ path }) => ARTICLES.test(path)).every(({ cancelled }) => cancelled), 'its requests are cancelled');
  const had = await kept(page);
  const seen = host.requests.length;
  host.behave(() => {});
  await button(page, 'Lưu tiếp').click();
  await control(page).locator('.kept').waitFor();
  const again = host.requests.slice(seen).map(({ path }) => path.slice('bundle/'.length));
  assert.deepEqual(again.filter((name) => had.includes(name)), []);
  assert.equal(again.filter((name) => name.startsWith('articles-')).length, 4);
});

onHost('pausing while saving has only just begun holds', async (page, host) => {
  // The note of which files are on their way is written slowly: what the reader asks for meanwhile is not to be lost.
  await page.addInitScript(() => {
    const { put } = Cache.prototype;
    Cache.prototype.put = async function slow(/** @type {RequestInfo | URL} */ request, response) {
      if (String(request).endsWith('.timdoc-note') && (await response.clone().json()).added.length && !Reflect.get(globalThis, 'noting')) {
        Reflect.set(globalThis, 'noting', true);
        await new Promise((resolve) => setTimeout(resolve, 600));
      }
      return put.call(this, request, response);
    };
  });
  host.behave(stuck);
  await ready(page, host);
  await button(page, 'Lưu để đọc').click();
  await page.waitForFunction(() => Reflect.get(globalThis, 'noting'));
  await button(page, 'Tạm dừng').click();
  await button(page, 'Lưu tiếp').waitFor();
  await page.waitForTimeout(800);
  assert.ok(await button(page, 'Lưu tiếp').isVisible());
});

onHost('what was paused is still paused at the next visit', async (page, host) => {
  await half(page, host);
  await button(page, 'Tạm dừng').click();
  await button(page, 'Lưu tiếp').waitFor();
  host.behave(() => {});
  const seen = host.requests.length;
  await ready(page, host);
  await control(page).getByText('Đang tạm dừng: đã lưu').waitFor();
  await page.waitForTimeout(500);
  assert.deepEqual(host.requests.slice(seen).filter(({ path, range }) => ARTICLES.test(path) && !range), []);
});

onHost('a page that is closed while it saves goes on at the next visit, with what is there', async (page, host) => {
  await half(page, host);
  const had = await kept(page);
  await page.goto('about:blank');
  host.behave(() => {});
  const seen = host.requests.length;
  await ready(page, host);
  await control(page).locator('.kept').waitFor();
  const again = host.requests.slice(seen).filter(({ range }) => !range).map(({ path }) => path.slice('bundle/'.length));
  assert.deepEqual(again.filter((name) => had.includes(name)), []);
});

onHost('a network that goes and comes back is waited for', async (page, host, context) => {
  host.behave(({ path, range }) => (ARTICLES.test(path) && !range ? { wait: 1500, reset: true } : undefined));
  await ready(page, host);
  await button(page, 'Lưu để đọc').click();
  await until(async () => (await kept(page)).length >= 5, 'all but the articles is saved');
  await context.setOffline(true);
  await control(page).getByText('Mất kết nối khi đã lưu').waitFor();
  host.behave(() => {});
  await context.setOffline(false);
  await control(page).locator('.kept').waitFor();
});

onHost('a host that fails for a while is asked again', async (page, host) => {
  host.behave(({ path, range }) => (ARTICLES.test(path) && !range ? { status: 503 } : undefined));
  await ready(page, host);
  await button(page, 'Lưu để đọc').click();
  await control(page).getByText('Mất kết nối khi đã lưu').waitFor();
  host.behave(() => {});
  await control(page).locator('.kept').waitFor();
});

onHost('cancelling deletes what was fetched', async (page, host) => {
  await half(page, host);
  await button(page, 'Hủy').click();
  await button(page, 'Lưu để đọc ngoại tuyến (1,4 MB)').waitFor();
  assert.deepEqual(await kept(page), []);
});

onHost('what is saved tells its size, the room it takes and what the browser promises', async (page, host) => {
  await page.addInitScript(() => (navigator.storage.persisted = async () => true));
  await ready(page, host);
  await button(page, 'Lưu để đọc').click();
  await control(page).getByText('Đã lưu trên máy này (1,4 MB)').waitFor();
  await control(page).locator('.quiet', { hasText: /Trang web này đang chiếm [\d,.]+ (K|M)B trên máy, còn dùng được khoảng [\d,.]+ [MG]B\. Trình duyệt đã nhận giữ lại/ }).waitFor();
});

onHost('a browser that promises nothing is told of', async (page, host) => {
  await page.addInitScript(() => (navigator.storage.persisted = async () => false));
  await ready(page, host);
  await button(page, 'Lưu để đọc').click();
  await control(page).locator('.quiet', { hasText: 'Trình duyệt có thể tự xóa khi máy thiếu chỗ' }).waitFor();
});

onHost('the browser is asked to keep it', async (page, host) => {
  await page.addInitScript(() => (navigator.storage.persist = async () => Boolean(Reflect.set(globalThis, 'persisting', true))));
  await ready(page, host);
  assert.equal(await page.evaluate(() => Reflect.get(globalThis, 'persisting')), undefined);
  await button(page, 'Lưu để đọc').click();
  await control(page).locator('.kept').waitFor();
  assert.equal(await page.evaluate(() => Reflect.get(globalThis, 'persisting')), true);
});

onHost('removing asks first; what was removed is gone', async (page, host) => {
  await ready(page, host);
  await button(page, 'Lưu để đọc').click();
  await button(page, 'Xóa khỏi máy').click();
  await control(page).getByText('Xóa thư viện đã lưu (1,4 MB)?').waitFor();
  await button(page, 'Giữ lại').click();
  assert.ok((await kept(page)).length > 0);
  await button(page, 'Xóa khỏi máy').click();
  await control(page).locator('[data-do=remove]').click();
  await button(page, 'Lưu để đọc ngoại tuyến (1,4 MB)').waitFor();
  assert.deepEqual(await kept(page), []);
});

onHost('all of it with the keyboard alone, and the focus is never lost', async (page, host) => {
  const focused = () => page.evaluate(() => document.querySelector('timdoc-search')?.shadowRoot?.activeElement?.textContent?.trim() ?? '');
  const reach = (/** @type {string} */ label) => until(async () => (await focused()).startsWith(label), `the focus is on “${label}”`);
  host.behave(stuck);
  await ready(page, host);
  await button(page, 'Lưu để đọc').focus();
  await page.keyboard.press('Enter');
  await reach('Tạm dừng');
  await page.keyboard.press('Enter');
  await reach('Lưu tiếp');
  host.behave(() => {});
  await page.keyboard.press('Space');
  await reach('Xóa khỏi máy');
  await page.keyboard.press('Enter');
  await reach('Giữ lại');
  await page.keyboard.press('Escape');
  await reach('Xóa khỏi máy');
  await page.keyboard.press('Enter');
  await reach('Giữ lại');
  await page.keyboard.press('Tab');
  await reach('Xóa');
  await page.keyboard.press('Enter');
  await reach('Lưu để đọc ngoại tuyến');
});

onHost('what happens is spoken', async (page, host) => {
  const spoken = (/** @type {string} */ text) => page.locator('timdoc-search [role=status]', { hasText: text }).first().waitFor({ state: 'attached' });
  host.behave(stuck);
  await ready(page, host);
  await button(page, 'Lưu để đọc').click();
  await spoken('Đang lưu thư viện để đọc ngoại tuyến');
  await button(page, 'Tạm dừng').click();
  await spoken('Đang tạm dừng');
  host.behave(() => {});
  await button(page, 'Lưu tiếp').click();
  await spoken('Đã lưu xong');
});

// Several tabs.

/** A second tab of the same page. @param {Context} context @param {Host} host */
async function second(context, host) {
  const page = await context.newPage();
  await ready(page, host);
  return page;
}

onHost('of two tabs one fetches, and the other shows how far it is', async (page, host, context) => {
  const other = await second(context, host);
  await half(page, host);
  await control(other).getByText('ở một thẻ khác').waitFor();
  assert.equal(whole(host).filter(({ path }) => ARTICLES.test(path)).length, 4);
  const again = await second(context, host);
  await control(again).getByText('ở một thẻ khác').waitFor();
  assert.equal(whole(host).filter(({ path }) => ARTICLES.test(path)).length, 4);
});

onHost('when the tab that fetches is closed, the other goes on', async (page, host, context) => {
  await half(page, host);
  const other = await second(context, host);
  await control(other).getByText('ở một thẻ khác').waitFor();
  host.behave(() => {});
  await page.close();
  await control(other).locator('.kept').waitFor();
});

onHost('either tab can pause, and both show it', async (page, host, context) => {
  await half(page, host);
  const other = await second(context, host);
  await button(other, 'Tạm dừng').click();
  await control(other).getByText('Đang tạm dừng').waitFor();
  await control(page).getByText('Đang tạm dừng').waitFor();
  await until(async () => whole(host).filter(({ path }) => ARTICLES.test(path)).every(({ cancelled }) => cancelled), 'its requests are cancelled');
});

// No room, no storage.

onHost('too little room is said before anything is fetched, with how much it needs', async (page, host) => {
  await page.addInitScript(() => {
    navigator.storage.estimate = async () => (Reflect.get(globalThis, 'roomy') ? { usage: 0, quota: 1e9 } : { usage: 100_000, quota: 500_000 });
  });
  await ready(page, host);
  const seen = host.requests.length;
  await button(page, 'Lưu để đọc').click();
  await control(page).locator('[role=alert]', { hasText: /Máy không đủ chỗ trống.*Cần 1,4 MB, chỉ còn 400 KB/ }).waitFor();
  assert.deepEqual(host.requests.slice(seen).filter(({ path, range }) => FILE.test(path) && !range).map(({ path }) => path), []);
  await page.evaluate(() => Reflect.set(globalThis, 'roomy', true));
  await button(page, 'Thử lại').click();
  await control(page).locator('.kept').waitFor();
});

onHost('a device that fills up meanwhile keeps what has come, and saving goes on when there is room', async (page, host, context) => {
  await ready(page, host);
  const session = await context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(host.base).origin, quotaSize: 500_000 });
  await button(page, 'Lưu để đọc').click();
  await control(page).locator('[role=alert]', { hasText: 'Máy không đủ chỗ trống' }).waitFor();
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(host.base).origin });
  const had = await kept(page);
  assert.ok(had.length > 0);
  const seen = host.requests.length;
  await button(page, 'Thử lại').click();
  await control(page).locator('.kept').waitFor();
  assert.deepEqual(host.requests.slice(seen).map(({ path }) => path.slice('bundle/'.length)).filter((name) => had.includes(name)), []);
});

onHost('a browser that refuses storage is said, and what to do; searching goes on', async (page, host) => {
  await page.addInitScript(() => (caches.open = async () => { throw new DOMException('refused', 'SecurityError'); }));
  await ready(page, host);
  await button(page, 'Lưu để đọc').click();
  await control(page).locator('[role=alert]', { hasText: /Trình duyệt không cho lưu.*cửa sổ thường/ }).waitFor();
  assert.ok(await page.locator('timdoc-search .hit').count());
});

onHost('a page without https says that saving needs it', async (page, host) => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'caches', { get: () => undefined });
    Object.defineProperty(globalThis, 'isSecureContext', { get: () => false });
  });
  await ready(page, host);
  await button(page, 'Lưu để đọc').click();
  await control(page).locator('[role=alert]', { hasText: /Trang chưa dùng https/ }).waitFor();
});

onHost('at 360 px no state of the control sticks out', async (page, host) => {
  const fits = async () => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), (await control(page).textContent()) ?? '');
  await half(page, host);
  await fits();
  await button(page, 'Tạm dừng').click();
  await button(page, 'Lưu tiếp').waitFor();
  await fits();
  host.behave(() => {});
  await button(page, 'Lưu tiếp').click();
  await control(page).locator('.kept').waitFor();
  await fits();
  await button(page, 'Xóa khỏi máy').click();
  await fits();
}, { viewport: { width: 360, height: 740 } });
