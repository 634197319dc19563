/** A newer version of the library, or of the page, while the old one is saved or an article is open. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MOCK, field, hits, resultsFor, until, withPage } from './support/browser.mjs';
import { withHost } from './support/host.mjs';
import { NEW, makeLibraries } from './support/libraries.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').BrowserContext} Context */
/** @typedef {Parameters<Parameters<typeof withHost>[0]>[0]} Host */

/** @type {ReturnType<typeof makeLibraries>} */
let made;
before(() => (made = makeLibraries(1000)));
after(() => made.remove());

const FILE = /^bundle\/[a-z]+-[0-9a-f]{16}\.bin$/;
/** Another library altogether: no file of the first is left. */
const OTHER = new URL('../fixtures/bundle-v1/', import.meta.url);

/** @param {string} name @param {(page: Page, host: Host, context: Context) => Promise<void>} body @param {Parameters<typeof withPage>[1]} [options] */
const onHost = (name, body, options) => test(name, { skip: MOCK }, withPage((page, context) => withHost(async (host) => {
  host.library(made.old);
  await body(page, host, context);
}), options));

/** @param {Page} page */
const control = (page) => page.locator('timdoc-search .offline');
/** @param {Page} page */
const note = (page) => page.locator('timdoc-reader .version, timdoc-search .version');
/** @param {Page} page @param {string} label */
const button = (page, label) => control(page).locator('button', { hasText: label });
/** @param {Page} page @param {Host} host @param {string} [query] */
const search = (page, host, query = 'kế hoạch') => page.goto(`${host.base}page.html?q=${encodeURIComponent(query)}`);
/** Saves the library as it is. @param {Page} page @param {Host} host */
async function saved(page, host) {
  await search(page, host);
  await button(page, 'Lưu để đọc').click();
  await control(page).locator('.kept').waitFor();
}
/** The library's files on the device, and how many articles its saved manifest tells of. @param {Page} page */
const kept = (page) => page.evaluate(async () => {
  const cache = await caches.open(`timdoc:${new URL('bundle/', document.baseURI)}`);
  const names = (await cache.keys()).map(({ url }) => url.slice(url.lastIndexOf('/') + 1)).sort();
  const manifest = await (await cache.match(new URL('bundle/manifest.json', document.baseURI)))?.json();
  return { names, segments: /** @type {number} */ (manifest?.segments.length) };
});
/** As if the page came to the front after a while. @param {Page} page */
const back = (page) => page.evaluate(() => void dispatchEvent(new Event('online')));

onHost('a saved library that has a newer version says so with what it brings, and fetches only that', async (page, host) => {
  await saved(page, host);
  host.library(made.both);
  await back(page);
  await control(page).getByText(/Thư viện có bản mới: 1\.001 bài, cần tải 1 KB\./).waitFor();
  const seen = host.requests.length;
  await button(page, 'Cập nhật').click();
  await control(page).locator('.newer').waitFor({ state: 'detached' });
  await control(page).locator('.kept').waitFor();
  const fetched = host.requests.slice(seen).filter(({ path }) => FILE.test(path));
  assert.ok(fetched.length > 0);
  assert.ok(fetched.reduce((sum, { body }) => sum + body.length, 0) < 2_000, fetched.map(({ path }) => path).join(' '));
  assert.equal((await kept(page)).segments, 2);
  await field(page).fill('cầu phao mới');
  await hits(page).filter({ hasText: NEW.title }).first().waitFor();
});

onHost('a page that opens when there is a newer version than the one saved says so too', async (page, host) => {
  await saved(page, host);
  host.library(made.both);
  await search(page, host);
  await control(page).getByText('Thư viện có bản mới: 1.001 bài').waitFor();
  assert.equal((await kept(page)).segments, 1);
});

onHost('an update that breaks off leaves the old version whole, and it answers without a network', async (page, host, context) => {
  await saved(page, host);
  const before = await kept(page);
  host.library(made.both);
  host.behave(({ path, range, body }) => (/bundle\/articles-/.test(path) && !range && body.length < 1000 ? { wait: Infinity } : undefined));
  await back(page);
  await button(page, 'Cập nhật').click();
  await until(async () => (await kept(page)).names.length > before.names.length, 'a part has come');
  await button(page, 'Tạm dừng').click();
  await control(page).getByText('Bản cũ đã lưu vẫn tìm và đọc được').waitFor();
  assert.equal((await kept(page)).segments, 1);
  for (const name of before.names) assert.ok((await kept(page)).names.includes(name), name);
  await context.setOffline(true);
  await field(page).fill(made.articles[7].title);
  await hits(page).filter({ hasText: made.articles[7].title }).first().waitFor();
});

onHost('an update that is cancelled leaves the old version as it was', async (page, host) => {
  await saved(page, host);
  const before = await kept(page);
  host.library(made.both);
  host.behave(({ path, range, body }) => (/bundle\/articles-/.test(path) && !range && body.length < 1000 ? { wait: Infinity } : undefined));
  await back(page);
  await button(page, 'Cập nhật').click();
  await until(async () => (await kept(page)).names.length > before.names.length, 'a part has come');
  await button(page, 'Hủy').click();
  await control(page).locator('.kept').waitFor();
  assert.deepEqual(await kept(page), before);
});

onHost('after an update nothing of the old version is left', async (page, host) => {
  await saved(page, host);
  const before = await kept(page);
  host.library(OTHER);
  await back(page);
  await button(page, 'Cập nhật').click();
  await until(async () => !(await kept(page)).names.some((name) => name.endsWith('.bin') && before.names.includes(name)), 'the old files are gone');
  await control(page).locator('.kept').waitFor();
  assert.equal((await kept(page)).names.length, 5);
});

onHost('beside an open article a newer version is offered quietly; the article stays', async (page, host) => {
  await saved(page, host);
  await page.goto(`${host.base}page.html?doc=${encodeURIComponent(made.articles[7].id)}`);
  await page.locator('timdoc-reader .body p').first().waitFor();
  await page.locator('timdoc-reader h1').evaluate((title) => Reflect.set(title, 'mine', true));
  await page.waitForFunction(() => Boolean(document.querySelector('timdoc-reader')));
  await until(async () => {
    host.library(made.both);
    await back(page);
    return note(page).isVisible();
  }, 'the note is shown');
  await note(page).getByText('Thư viện có bản mới: 1.001 bài').waitFor();
  await note(page).locator('button', { hasText: 'Cập nhật' }).focus();
  await page.keyboard.press('Enter');
  await note(page).getByText('Đã cập nhật thư viện').waitFor();
  assert.equal(await page.evaluate(() => document.querySelector('timdoc-reader')?.shadowRoot?.activeElement?.textContent), 'Đóng');
  assert.equal(await page.locator('timdoc-reader h1').evaluate((title) => Reflect.get(title, 'mine')), true);
  assert.equal((await kept(page)).segments, 2);
});

onHost('a note is put off with the keyboard, and does not come back in this visit', async (page, host) => {
  await saved(page, host);
  host.library(made.both);
  const article = `${host.base}page.html?doc=${encodeURIComponent(made.articles[7].id)}`;
  await page.goto(article);
  await note(page).locator('button', { hasText: 'Để sau' }).focus();
  await page.keyboard.press('Enter');
  await note(page).waitFor({ state: 'hidden' });
  await page.goto(article);
  await page.locator('timdoc-reader .body p').first().waitFor();
  await page.waitForTimeout(800);
  assert.equal(await note(page).isVisible(), false);
});

onHost('a page whose version is gone from the host goes on with the new one', async (page, host) => {
  await search(page, host);
  await hits(page).first().waitFor();
  host.library(OTHER);
  await field(page).fill('học');
  await resultsFor(page, 'học');
});

onHost('a version that this code is too old for is said, and the page can be loaded again', async (page, host) => {
  await search(page, host);
  await hits(page).first().waitFor();
  const manifest = JSON.stringify({ format: 'timdoc', version: 99, segments: [] });
  host.behave(({ path }) => (/manifest\.json/.test(path) ? { body: Buffer.from(manifest) } : /^bundle\//.test(path) ? { status: 404 } : undefined));
  await field(page).fill('một câu khác hẳn');
  await page.locator('timdoc-search [data-code=version]').waitFor();
  host.behave(() => {});
  await Promise.all([page.waitForEvent('load'), page.locator('timdoc-search .state.error button', { hasText: 'Tải lại trang' }).click()]);
  await resultsFor(page, 'một câu khác hẳn').catch(() => {});
  assert.equal(await page.locator('timdoc-search [data-code=version]').count(), 0);
});

onHost('two tabs are not swapped under each other: the second one sees the update', async (page, host, context) => {
  await saved(page, host);
  const other = await context.newPage();
  await search(other, host);
  await control(other).locator('.kept').waitFor();
  host.library(made.both);
  await back(page);
  await button(page, 'Cập nhật').click();
  await until(async () => (await kept(page)).segments === 2, 'the update is there');
  await field(other).fill(made.articles[7].title);
  await hits(other).filter({ hasText: made.articles[7].title }).first().waitFor();
  await control(other).locator('.kept').waitFor();
});

// New code: a service worker that waits.

const PAGE = '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Trang thử</title><link rel="icon" href="data:,">'
  + '<script type="module" src="timdoc.js"></script><timdoc-search bundle="bundle/" offline></timdoc-search></html>';

/** A host whose page works offline, and whose code is another from now on when told so. @param {Host} host */
function published(host) {
  let newer = false;
  host.behave(({ path, body }) => {
    if (path === 'page.html') return { body: Buffer.from(PAGE) };
    if (path !== 'sw.js' && path !== 'shell.json') return undefined;
    const version = /"version": "([0-9a-f]{16})"/.exec(String(body))?.[1] ?? /=\s*"([0-9a-f]{16})"/.exec(String(body))?.[1];
    return newer && version ? { body: Buffer.from(String(body).replaceAll(version, 'fedcba9876543210')) } : undefined;
  });
  return () => (newer = true);
}
/** @param {Page} page */
const controlled = async (page) => {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
};
/** Shells that are kept. @param {Page} page */
const shells = (page) => page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('timdoc-shell:')).map((name) => name.slice(-16)));
const worker = { serviceWorkers: /** @type {const} */ ('allow') };

onHost('new code is told of, and takes over when the reader says so', async (page, host) => {
  const publish = published(host);
  await page.goto(`${host.base}page.html`);
  await controlled(page);
  assert.equal(await note(page).count(), 0);
  publish();
  await page.reload();
  await note(page).getByText('Trang này có bản mới.').waitFor();
  assert.ok((await shells(page)).length === 2, 'the old one still serves');
  await Promise.all([page.waitForEvent('load'), note(page).locator('button', { hasText: 'Tải lại' }).click()]);
  await controlled(page);
  await until(async () => (await shells(page)).join() === 'fedcba9876543210', 'the old one is gone');
}, worker);

onHost('new code does not take over while someone may be reading in another tab', async (page, host, context) => {
  const publish = published(host);
  await page.goto(`${host.base}page.html`);
  await controlled(page);
  const other = await context.newPage();
  await other.goto(`${host.base}page.html`);
  await controlled(other);
  publish();
  await page.reload();
  await note(page).locator('button', { hasText: 'Tải lại' }).click();
  await note(page).getByText('Hãy đóng các thẻ ấy').waitFor();
  assert.equal((await shells(other)).length, 2);
  await other.close();
  await Promise.all([page.waitForEvent('load'), note(page).locator('button', { hasText: 'Tải lại' }).click()]);
  await until(async () => (await shells(page)).join() === 'fedcba9876543210', 'the old one is gone');
}, worker);

onHost('half an upload is not installed', async (page, host) => {
  const publish = published(host);
  await page.goto(`${host.base}page.html`);
  await controlled(page);
  publish();
  host.behave(({ path, body }) => {
    if (path === 'page.html') return { body: Buffer.from(PAGE) };
    // The new worker and its list are there; one of the files is still the old one's.
    if (path === 'sw.js' || path === 'shell.json') return { body: Buffer.from(String(body).replace(/[0-9a-f]{16}/, 'fedcba9876543210').replace(/("timdoc\.js": "sha256-)[^"]{4}/, '$1AAAA')) };
    return undefined;
  });
  await page.reload();
  await until(async () => host.of(/^timdoc\.js$/).length >= 3, 'the new worker fetches its files');
  await until(() => page.evaluate(async () => !(await navigator.serviceWorker.getRegistration())?.installing), 'the new worker is given up');
  const waiting = await page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
  assert.equal(waiting, false);
  assert.equal(await note(page).count(), 0);
}, worker);
