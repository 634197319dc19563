/**
 * What people do, in Firefox: search by keyboard, read, save and go on without a network, open a packed file by its name
 * on disk. The rest is tested in Chromium; this shows that nothing of it is Chromium's alone.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const { FIREFOX = '', TIMDOC = '', DIST = '' } = process.env;
const PATIENCE = 30_000; // ms

/** @type {import('puppeteer-core').Browser} */
let browser;
const work = mkdtempSync(join(tmpdir(), 'timdoc-firefox-'));

before(async () => {
  browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true, timeout: 120_000 });
});
after(async () => {
  await browser?.close();
  rmSync(work, { recursive: true, force: true });
});

/** `timdoc serve`, with the strict policy. @returns {Promise<{ url: string, stop: () => Promise<unknown> }>} */
function serve(port = '0') {
  const server = spawn(TIMDOC, ['serve', DIST, '--strict-csp', '--port', port], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => server.on('exit', resolve));
  return new Promise((resolve, reject) => {
    server.stdout.on('data', (text) => {
      const [url] = /http:\/\/\S+/.exec(String(text)) ?? [];
      if (url) resolve({ url, stop: () => (server.kill(), ended) });
    });
    void ended.then(() => reject(new Error('timdoc serve ended')));
  });
}

/** @param {(page: import('puppeteer-core').Page, url: string, stop: () => Promise<unknown>) => Promise<void>} body */
const withServer = (body) => async () => {
  const { url, stop } = await serve();
  try {
    await withPage((page) => body(page, url, stop))();
  } finally {
    await stop();
  }
};

/** @param {(page: import('puppeteer-core').Page) => Promise<void>} body */
const withPage = (body) => async () => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && /Content-Security|Trusted/i.test(message.text()) && errors.push(message.text()));
  try {
    await body(page);
    assert.deepEqual(errors, [], 'errors in the page');
  } finally {
    await context.close();
  }
};

const BOX = "document.querySelector('timdoc-search')?.shadowRoot";
const READER = "document.querySelector('timdoc-reader')?.shadowRoot";

/** Waits until an expression is true in the page. @param {import('puppeteer-core').Page} page @param {string} expression */
const until = (page, expression) => page.waitForFunction(expression, { timeout: PATIENCE, polling: 100 });

/** Types a query and waits for its results. @param {import('puppeteer-core').Page} page @param {string} query */
async function search(page, query) {
  await until(page, `!!${BOX}?.querySelector('input')`);
  await page.evaluate(`${BOX}.querySelector('input').focus()`);
  await page.keyboard.type(query, { delay: 20 });
  await until(page, `${BOX}.querySelector('.count')?.textContent.includes('“${query}”') && ${BOX}.querySelectorAll('.hit').length > 3`);
}

/** Goes to the first result by keyboard, and opens it. @param {import('puppeteer-core').Page} page */
async function read(page) {
  await page.keyboard.press('ArrowDown');
  await until(page, `!!${BOX}.activeElement?.matches('.hit h3 a')`);
  const title = await page.evaluate(`${BOX}.activeElement.textContent`);
  await page.keyboard.press('Enter');
  await until(page, `${READER}?.querySelectorAll('.body p').length > 0`);
  assert.equal(await page.evaluate(`${READER}.querySelector('h1, h2').textContent`), title);
}

test('a search without marks, and an article of it, by keyboard and under the strict policy', withServer(async (page, url) => {
  await page.goto(url);
  await search(page, 'hoc tap');
  await read(page);
  assert.match(String(await page.evaluate(`[...${READER}.querySelectorAll('mark')].map((mark) => mark.textContent).join(' ')`)), /học tập/i);
}));

test('a saved library is searched and read when the server is gone', withServer(async (page, url, stop) => {
  await page.goto(url);
  await search(page, 'hoc tap'); // The demo saves a small library by itself.
  await until(page, `!!${BOX}.querySelector('.offline .kept')`);
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  await stop();
  await page.goto(url);
  await search(page, 'tuyen sinh');
  await read(page);
}));

test('a packed file opens from the disk, searches and reads', withPage(async (page) => {
  const file = join(work, 'Thư viện của xã.html');
  execFileSync(TIMDOC, ['pack', join(DIST, 'bundle'), '--out', file]);
  await page.goto(pathToFileURL(file).href);
  await search(page, 'hoc tap');
  await read(page);
}));

test('an address with a search in it opens its results, with dates as dd/mm/yyyy', withServer(async (page, url) => {
  await page.goto(`${url}?q=tuyen+sinh`);
  await until(page, `${BOX}?.querySelectorAll('.hit').length > 2`);
  assert.match(String(await page.evaluate(`${BOX}.querySelector('.hit time').textContent`)), /^\d\d\/\d\d\/\d{4}/);
}));
