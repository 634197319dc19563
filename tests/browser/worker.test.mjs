/** The service worker: on a portal's own origin while timdoc is on another, killed, refused; what is not saved is said. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { MOCK, field, hits, resultsFor, until, withPage, withProfile } from './support/browser.mjs';
import { withHost } from './support/host.mjs';
import { makeLibraries } from './support/libraries.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').BrowserContext} Context */
/** @typedef {Parameters<Parameters<typeof withHost>[0]>[0]} Host */

/** @type {ReturnType<typeof makeLibraries>} */
let made;
before(() => (made = makeLibraries(1050)));
after(() => made.remove());

const QUERY = 'kế hoạch';
const worker = { serviceWorkers: /** @type {const} */ ('allow') };

/** A page of the test's own. @param {string} body @param {string} [head] */
const html = (body, head = '') => Buffer.from(`<!doctype html><html lang="vi"><meta charset="utf-8"><title>Trang thử</title>${head}${body}</html>`);
const OWN = html('<script type="module" src="timdoc.js"></script><timdoc-search bundle="bundle/" offline></timdoc-search>');

/** @param {Page} page */
const controlled = async (page) => {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
};
/** @param {Page} page */
const control = (page) => page.locator('timdoc-search .offline');
/** @param {string} name @param {(page: Page, host: Host, context: Context) => Promise<void>} body @param {Parameters<typeof withPage>[1]} [options] */
const onHost = (name, body, options = worker) => test(name, { skip: MOCK }, withPage((page, context) => withHost(async (host) => {
  host.library(made.old);
  host.behave(({ path }) => (path === 'page.html' ? { body: OWN } : undefined));
  await body(page, host, context);
}), options));

// What is not saved is said.

onHost('without a network, before anything was saved: it says so, and how to save', async (page, host, context) => {
  await page.goto(`${host.base}page.html`);
  await controlled(page);
  await context.setOffline(true);
  await page.reload();
  await field(page).fill(QUERY);
  await page.locator('timdoc-search [data-code=offline]').getByText('Thư viện này chưa được lưu trên máy').waitFor();
  assert.equal(await page.locator('timdoc-search .none').count(), 0);
  await context.setOffline(false);
  await resultsFor(page, QUERY);
});

/** One of the files of articles, of the full size. */
function fullFile() {
  const names = readdirSync(made.old).filter((name) => name.startsWith('articles-')).sort();
  return new RegExp(`bundle/${names.find((name) => statSync(new URL(name, made.old)).size === 256 * 1024)}`);
}

/** Saves all but a part of the files. @param {Page} page @param {Host} host @param {RegExp} part */
async function saveBut(page, host, part) {
  host.behave(({ path, range }) => (path === 'page.html' ? { body: OWN } : part.test(path) && !range ? { wait: Infinity } : undefined));
  await page.goto(`${host.base}page.html?q=${encodeURIComponent(QUERY)}`);
  await controlled(page);
  await control(page).locator('button', { hasText: 'Lưu để đọc' }).click();
  const all = readdirSync(made.old).filter((name) => name.endsWith('.bin') && !part.test(`bundle/${name}`)).length;
  await until(() => page.evaluate(async (count) => (await (await caches.open(`timdoc:${new URL('bundle/', document.baseURI)}`)).keys()).filter(({ url }) => url.endsWith('.bin')).length === count, all), 'all but the part is saved');
  await control(page).locator('button', { hasText: 'Tạm dừng' }).click();
  await control(page).getByText('Đang tạm dừng').waitFor();
}

onHost('without a network, with a part saved: what is there answers, and what is not is an error that says how much is there', async (page, host, context) => {
  await saveBut(page, host, fullFile());
  await context.setOffline(true);
  /** @type {string[]} */
  const outcomes = [];
  for (const { title } of made.articles.filter((_, at) => at % 160 === 5)) {
    await page.goto(`${host.base}page.html?q=${encodeURIComponent(`"${title}"`)}`);
    await page.locator('timdoc-search').locator('.hit, .state.none, .state.error').first().waitFor();
    assert.equal(await page.locator('timdoc-search .none').count(), 0, title);
    const error = page.locator('timdoc-search [data-code=offline]');
    if (await error.count()) {
      await error.getByText(/Máy mới lưu được 1,1 MB\s\/\s1,4 MB của thư viện/).waitFor();
      outcomes.push('error');
    } else outcomes.push('hit');
  }
  assert.ok(outcomes.includes('error') && outcomes.includes('hit'), outcomes.join(' '));
});

onHost('an article that is not saved says how much is', async (page, host, context) => {
  host.behave(({ path }) => (path === 'page.html' ? { body: html('<script type="module" src="timdoc.js"></script><timdoc-reader bundle="bundle/" offline></timdoc-reader>') } : undefined));
  await page.goto(`${host.base}page.html?doc=${encodeURIComponent(made.articles[5].id)}`);
  await page.locator('timdoc-reader .body p').first().waitFor();
  await controlled(page);
  await context.setOffline(true);
  await page.goto(`${host.base}page.html?doc=${encodeURIComponent(made.articles[900].id)}`);
  await page.locator('timdoc-reader [data-code=offline]').getByText('Thư viện này chưa được lưu trên máy').waitFor();
});

onHost('a page that works offline opens no library for those who have asked for nothing', async (page, host) => {
  await page.goto(`${host.base}page.html`);
  await page.waitForLoadState('networkidle');
  await until(async () => host.of(/^lib\/offline\.js$/).length > 0, 'what the attribute asks for is begun');
  await until(() => page.evaluate(async () => Boolean(await (await import(new URL('lib/offline.js', document.baseURI).href)).pageKept().then(() => true))), 'and done');
  await page.waitForLoadState('networkidle');
  assert.deepEqual(host.of(/^bundle\/|\.wasm$/).map(({ path }) => path), []);
}, { serviceWorkers: 'block' });

onHost('without the box being used, what was begun goes on', async (page, host) => {
  host.behave(({ path, range }) => (path === 'page.html' ? { body: OWN } : /bundle\/articles-/.test(path) && !range ? { wait: Infinity } : undefined));
  await page.goto(`${host.base}page.html?q=${encodeURIComponent(QUERY)}`);
  await control(page).locator('button', { hasText: 'Lưu để đọc' }).click();
  await until(async () => host.of(/bundle\/articles-/).filter(({ range }) => !range).length > 0, 'saving is under way');
  await page.goto('about:blank');
  host.behave(({ path }) => (path === 'page.html' ? { body: OWN } : undefined));
  await page.goto(`${host.base}page.html`);
  await until(() => page.evaluate(async () => Boolean(await (await caches.open(`timdoc:${new URL('bundle/', document.baseURI)}`)).match(new URL('bundle/manifest.json', document.baseURI)))), 'all of it is saved');
});

onHost('what was begun goes on when a page that was opened without a network has one', async (page, host, context) => {
  const address = `${host.base}page.html?q=${encodeURIComponent(made.articles[5].title)}`;
  const part = fullFile();
  host.behave(({ path, range }) => (path === 'page.html' ? { body: OWN } : part.test(path) && !range ? { wait: Infinity } : undefined));
  await page.goto(address);
  await controlled(page);
  await control(page).locator('button', { hasText: 'Lưu để đọc' }).click();
  await control(page).locator('.how', { hasText: '1,1 MB' }).waitFor();
  await page.goto('about:blank');
  await context.setOffline(true);
  await page.goto(address);
  await control(page).getByText('Mất kết nối khi đã lưu 1,1 MB').waitFor();
  host.behave(({ path }) => (path === 'page.html' ? { body: OWN } : undefined));
  await context.setOffline(false);
  await control(page).locator('.kept').waitFor();
});

// Mishaps.

test('after the browser was killed and opened again, without a network: search and reading', { skip: MOCK }, () => withHost(async (host) => {
  host.library(made.old);
  host.behave(({ path }) => (path === 'page.html' ? { body: OWN } : undefined));
  const profile = mkdtempSync(join(tmpdir(), 'timdoc-profile-'));
  const address = `${host.base}page.html?q=${encodeURIComponent(QUERY)}`;
  try {
    await withProfile(profile, async (page) => {
      await page.goto(address);
      await controlled(page);
      await control(page).locator('button', { hasText: 'Lưu để đọc' }).click();
      await control(page).locator('.kept').waitFor();
    });
    host.behave(() => ({ reset: true }));
    await withProfile(profile, async (page, context) => {
      await context.setOffline(true);
      await page.goto(address);
      await resultsFor(page, QUERY);
      await control(page).locator('.kept').waitFor();
    });
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}));

onHost('a page whose worker cannot be installed says that it does not open without a network', async (page, host) => {
  host.behave(({ path }) => (path === 'page.html' ? { body: OWN } : path === 'sw.js' ? { status: 404 } : undefined));
  await page.goto(`${host.base}page.html?q=${encodeURIComponent(QUERY)}`);
  await control(page).locator('button', { hasText: 'Lưu để đọc' }).click();
  await control(page).locator('.quiet', { hasText: 'hãy để nguyên thẻ đang mở' }).waitFor();
});

onHost('a library whose storage the browser has cleared is not taken for saved', async (page, host) => {
  await page.goto(`${host.base}page.html?q=${encodeURIComponent(QUERY)}`);
  await control(page).locator('button', { hasText: 'Lưu để đọc' }).click();
  await control(page).locator('.kept').waitFor();
  await page.evaluate(async () => { for (const name of await caches.keys()) await caches.delete(name); });
  await page.reload();
  await control(page).locator('button', { hasText: 'Lưu để đọc ngoại tuyến (1,4 MB)' }).waitFor();
});

// timdoc on another origin.

/**
 * A portal and, on another origin, timdoc with its library.
 *
 * @param {string} name
 * @param {(page: Page, portal: Host, cdn: Host, context: Context) => Promise<void>} body
 * @param {{ more?: string, expectErrors?: boolean }} [options] attributes; whether the page is to break its policy
 */
const twoOrigins = (name, body, { more = 'offline worker="timdoc-sw.js"', expectErrors = false } = {}) => test(name, { skip: MOCK }, withPage((page, context) => withHost((portal) => withHost(async (cdn) => {
  cdn.library(made.old);
  cdn.behave(() => ({ headers: { 'Access-Control-Allow-Origin': '*' } }));
  const origin = new URL(cdn.base).origin;
  const policy = `default-src 'self'; script-src 'self' ${origin} 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self' ${origin}; require-trusted-types-for 'script'; trusted-types timdoc`;
  portal.behave(({ path }) => {
    if (path === 'tin/tim.html') {
      return { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy }, body: html(
        `<h1>Cổng thử</h1><script type="module" src="${cdn.base}timdoc.js"></script><timdoc-search bundle="${cdn.base}bundle/" ${more.replace('timdoc-sw', '../timdoc-sw')}></timdoc-search>`,
        '<link rel="stylesheet" href="../portal.css">') };
    }
    if (path === 'portal.css') return { status: 200, body: Buffer.from('h1 { color: rgb(1, 2, 3); }') };
    if (path === 'timdoc-sw.js') return { status: 200, body: Buffer.from(`importScripts((self.TIMDOC = '${cdn.base}') + 'sw.js');`) };
    return { status: 404, body: Buffer.alloc(0) };
  });
  await body(page, portal, cdn, context);
})), { ...worker, expectErrors }));

twoOrigins('a portal with timdoc on another origin works without a network, its own page and look too', async (page, portal, cdn, context) => {
  const address = `${portal.base}tin/tim.html`;
  await page.goto(address);
  await controlled(page);
  await page.goto(`${address}?q=${encodeURIComponent(QUERY)}`);
  await resultsFor(page, QUERY);
  await control(page).locator('button', { hasText: 'Lưu để đọc' }).click();
  await control(page).locator('.kept').waitFor();
  await until(() => page.evaluate(async () => (await caches.keys()).some((name) => name.startsWith('timdoc-pages:'))), 'the page is kept');
  assert.equal((await control(page).locator('.quiet').textContent())?.includes('để nguyên thẻ'), false);
  await context.setOffline(true);
  await page.goto(`${address}?q=${encodeURIComponent(made.articles[7].title)}`);
  await hits(page).filter({ hasText: made.articles[7].title }).first().waitFor();
  assert.equal(await page.locator('h1').first().evaluate((title) => getComputedStyle(title).color), 'rgb(1, 2, 3)');
});

twoOrigins('a stub keeps the code of timdoc and nothing else of its origin', async (page, portal, cdn) => {
  await page.goto(`${portal.base}tin/tim.html`);
  await controlled(page);
  const paths = await page.evaluate(async () => {
    const [name] = (await caches.keys()).filter((name) => name.startsWith('timdoc-shell:'));
    return (await (await caches.open(name)).keys()).map(({ url }) => url);
  });
  assert.ok(paths.includes(`${cdn.base}timdoc.js`) && paths.includes(`${cdn.base}wasm/timdoc_bg.wasm`));
  const others = paths.filter((url) => !url.endsWith('.timdoc-shell') && !/^(timdoc\.js|(element|i18n|lib|style|wasm)\/)/.test(url.slice(cdn.base.length)));
  assert.deepEqual(others, []);
});

twoOrigins('the policy for Trusted Types serves the stub\'s address and nothing else', async (page, portal) => {
  await page.goto(`${portal.base}tin/tim.html`);
  await controlled(page);
  const outcome = await page.evaluate(async () => {
    const refused = async (/** @type {() => unknown} */ work) => Promise.resolve().then(work).then(() => false, () => true);
    return {
      worker: navigator.serviceWorker.controller?.scriptURL,
      again: await refused(() => /** @type {any} */ (globalThis).trustedTypes.createPolicy('timdoc', { createScriptURL: (/** @type {string} */ url) => url })),
      plain: await refused(() => navigator.serviceWorker.register('../timdoc-sw.js?other')),
    };
  });
  assert.deepEqual(outcome, { worker: `${portal.base}timdoc-sw.js`, again: true, plain: true });
}, { expectErrors: true });

twoOrigins('without a stub nothing is registered, and a saved library says to leave the tab open', async (page, portal) => {
  await page.goto(`${portal.base}tin/tim.html?q=${encodeURIComponent(QUERY)}`);
  await control(page).locator('button', { hasText: 'Lưu để đọc' }).click();
  await control(page).locator('.quiet', { hasText: 'hãy để nguyên thẻ đang mở' }).waitFor();
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
}, { more: 'offline' });
