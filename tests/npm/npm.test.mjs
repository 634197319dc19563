/**
 * The npm package in a page built with Vite: PROJECT is where, OUT what Vite made, BUNDLE the sample library. The page is
 * served with the strict policy that portals may have, so whatever a bundler does must keep to it.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('../browser/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const { OUT = '', BUNDLE = '', PROJECT = '' } = process.env;
const STRICT = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; require-trusted-types-for 'script'; trusted-types timdoc";
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.json': 'application/json' };

/** @type {import('playwright-core').Browser} */
let browser;
/** What Vite made, with the library beside it. */
const built = createServer((request, response) => {
  const path = pathOf(request);
  const file = path.startsWith('/bundle/') ? join(BUNDLE, path.slice(8)) : join(OUT, path === '/' ? 'index.html' : path);
  send(file, response, { 'Content-Security-Policy': STRICT });
});
let base = '';

/** @param {import('node:http').IncomingMessage} request */
const pathOf = ({ url = '/' }) => decodeURIComponent(new URL(url, 'http://localhost').pathname);

/**
 * @param {string} file
 * @param {import('node:http').ServerResponse} response
 * @param {Record<string, string>} [headers]
 */
function send(file, response, headers) {
  if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
  const type = TYPES[/** @type {keyof typeof TYPES} */ (extname(file))] ?? 'application/octet-stream';
  return response.writeHead(200, { 'Content-Type': type, ...headers }).end(readFileSync(file));
}

before(async () => {
  await new Promise((resolve) => built.listen(0, '127.0.0.1', () => resolve(undefined)));
  base = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (built.address()).port}/`;
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
});
after(async () => {
  await browser?.close();
  built.close();
});

/**
 * A test with a page, which fails when a request did, when the page had an error or broke its policy.
 *
 * @param {(page: import('playwright-core').Page, asked: string[]) => Promise<void>} body
 * @param {() => string} [address]
 */
const withPage = (body, address = () => base) => async () => {
  const context = await browser.newContext({ locale: 'vi-VN' });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  /** @type {string[]} */
  const wrong = [];
  /** @type {string[]} */
  const asked = [];
  page.on('response', (response) => {
    asked.push(response.url());
    if (response.status() >= 400 && !response.url().endsWith('favicon.ico')) wrong.push(`${response.status()} ${response.url()}`);
  });
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !/favicon/.test(message.location().url)) wrong.push(message.text());
  });
  try {
    await page.goto(address());
    await body(page, asked);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
};

const box = (/** @type {import('playwright-core').Page} */ page) => page.locator('timdoc-search input[type=search]');
const hits = (/** @type {import('playwright-core').Page} */ page) => page.locator('timdoc-search .hit h3 a');

test('the elements search and read under the strict policy, and nothing is asked for that is not there', withPage(async (page) => {
  await box(page).fill('hoc tap');
  await hits(page).first().waitFor();
  await page.locator('timdoc-search .facet li').first().waitFor({ state: 'attached' });
  assert.ok(Number(await page.evaluate(() => document.body.dataset.total)) > 0, 'timdoc-results');
  const name = await hits(page).first().textContent();
  await hits(page).first().click();
  await page.locator('timdoc-reader .body p').first().waitFor();
  assert.equal(await page.locator('timdoc-reader h1').textContent(), name);
  await page.waitForFunction(() => document.body.dataset.documents !== undefined);
}));

test('style sheets apply without a request for one', withPage(async (page, asked) => {
  await box(page).fill('hoc tap');
  await hits(page).first().waitFor();
  assert.equal(await hits(page).first().evaluate((link) => getComputedStyle(link).textDecorationLine), 'none');
  assert.deepEqual(asked.filter((url) => /\.css(\?|$)|^data:/.test(url)), []);
}));

test('both parts of the engine are fetched once, and not before someone uses the box', withPage(async (page, asked) => {
  const wasm = () => asked.filter((url) => url.endsWith('.wasm'));
  /** @param {string} part Of the engine: the beginning of its file's name, to which Vite adds a hash. */
  const times = (part) => wasm().filter((url) => url.includes(`/${part}`)).length;
  await page.waitForTimeout(300);
  assert.deepEqual(wasm(), []);
  await box(page).fill('hoc tap');
  await hits(page).first().waitFor();
  assert.equal(times('timdoc_bg'), 1);
  // The rest counts the filters.
  await page.locator('timdoc-search .facet li').first().waitFor({ state: 'attached' });
  await box(page).fill('hoc tap va');
  await page.waitForTimeout(300);
  assert.deepEqual([times('timdoc_bg'), times('timdoc_rest'), wasm().length], [1, 1, 2]);
}));

test('offline="auto" saves the library and registers no worker that is not the site\'s', withPage(async (page) => {
  await page.evaluate(() => {
    const search = document.createElement('timdoc-search');
    search.setAttribute('bundle', '/bundle/');
    search.setAttribute('offline', 'auto');
    document.querySelector('main')?.append(search);
  });
  await page.waitForFunction(async () => {
    const name = (await caches.keys()).find((key) => key.startsWith('timdoc:'));
    return name && (await (await caches.open(name)).match('/bundle/manifest.json'));
  });
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
}));

test('a page draws its own list, with errors that it can tell apart', withPage(async (page) => {
  await page.locator('h1').first().click();
  await page.waitForFunction(() => document.body.dataset.code);
  assert.equal(await page.locator('#newest li').count(), 3);
  assert.equal(await page.evaluate(() => document.body.dataset.code), 'bad_request');
  assert.ok(Number(await page.evaluate(() => document.body.dataset.awards)) > 0);
}));

test('what Vite made has no address that a strict policy does not allow', () => {
  assert.ok(!readFileSync(join(OUT, 'index.html'), 'utf8').includes('data:'));
});

test('it works while developing, from Vite\'s own server', async () => {
  const { createServer: createVite } = await import(pathToFileURL(join(PROJECT, 'node_modules/vite/dist/node/index.js')).href);
  const library = {
    name: 'library',
    /** @param {any} server */
    configureServer({ middlewares }) {
      middlewares.use('/bundle', (/** @type {any} */ request, /** @type {any} */ response) => send(join(BUNDLE, pathOf(request)), response));
    },
  };
  const vite = await createVite({ root: PROJECT, logLevel: 'error', plugins: [library], server: { host: '127.0.0.1' } });
  await vite.listen();
  try {
    await withPage(async (page) => {
      await box(page).fill('hoc tap');
      await hits(page).first().waitFor();
    }, () => vite.resolvedUrls.local[0])();
  } finally {
    await vite.close();
  }
});
