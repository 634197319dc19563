/**
 * The screenshots of the documentation and of README, made anew: `node www/tools/screens.mjs [NAME…]`.
 *
 * A real Chromium, dist/ as `timdoc serve` serves it, the sample library; what cannot be had otherwise (no network, a file
 * that is gone, a policy) is done to the network, never to the page. Needs ./build.sh build. Pictures go to www/docs/img,
 * as WebP, which together stay below 600 KB (tests/browser/docs.test.mjs). README shows one of them.
 */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../../tests/bench/chromium.mjs';
import { VOICE } from '../../tests/browser/support/voice.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const QUALITY = 46;

/** @typedef {import('playwright-core').Page} Page */

/**
 * @typedef {object} Shot
 * @property {string} path        of the demo portal, with its query
 * @property {number} [width]     default: a phone's
 * @property {number} [height]
 * @property {'light' | 'dark'} [theme]
 * @property {string} [from]      selector of what stands at the top; default: the page's top
 * @property {(page: Page) => Promise<unknown>} [before]  what is done before the page opens
 * @property {(page: Page) => Promise<unknown>} ready     what is done, and waited for, on the page
 */

const SEARCH = 'timdoc-search';
const ARTICLE = 'reader.html?doc=2026-05-18-muoi-nam-chi-thi-05&q=hoc+tap';
/** @param {string} selector */
const shown = (selector) => (/** @type {Page} */ page) => page.locator(selector).first().waitFor();
const results = async (/** @type {Page} */ page) => {
  await shown('timdoc-search .hit')(page);
  await page.locator('timdoc-search .facet li, timdoc-search .toggle:not([hidden])').first().waitFor({ state: 'attached' });
};
/** @param {RegExp} what @param {number} status */
const refuse = (what, status) => (/** @type {Page} */ page) => page.route(what, (route) => route.fulfill({ status, body: '' }));
/** @param {string} code */
const failed = (code) => shown(`timdoc-search [data-code="${code}"]`);

/** @type {Record<string, Shot>} */
const SHOTS = {
  results: { path: 'index.html?q=hoc+tap', width: 1200, height: 750, from: SEARCH, ready: results },
  dark: { path: 'index.html?q=%22chuy%E1%BB%83n+%C4%91%E1%BB%95i+s%E1%BB%91%22', width: 1200, height: 750, theme: 'dark', from: SEARCH, ready: results },
  portal: { path: 'index.html', width: 1200, height: 750, ready: shown('.first h3') },
  tables: { path: 'index.html?q=khen', width: 1200, height: 750, ready: async (page) => {
    await results(page);
    await page.locator('timdoc-search [aria-haspopup=dialog]').click();
    await shown('timdoc-search dialog table')(page);
  } },
  dialog: { path: 'docs/variants.html', width: 1200, height: 750, ready: async (page) => {
    const trigger = page.locator('timdoc-search[dialog]').first();
    await trigger.scrollIntoViewIfNeeded();
    await trigger.locator('button').first().click();
    await trigger.locator('input').fill('hoc tap');
    await trigger.locator('.hit').first().waitFor();
  } },
  article: { path: ARTICLE, width: 1200, height: 750, ready: shown('timdoc-reader .body p') },
  facts: { path: ARTICLE, width: 1200, height: 750, from: 'timdoc-reader .aside', ready: shown('timdoc-reader .facts li') },
  phone: { path: 'index.html?q=tuyen+sinh', from: SEARCH, ready: results },
  tips: { path: 'index.html', from: SEARCH, ready: async (page) => { await page.locator('timdoc-search input').click(); await shown('timdoc-search .tips')(page); } },
  filters: { path: 'index.html?q=hoc+tap&from=2023-01-01', from: SEARCH, ready: async (page) => { await results(page); await page.locator('timdoc-search .toggle').click(); await shown('timdoc-search .facet li')(page); } },
  corrected: { path: 'index.html?q=tuyne+sinh', from: SEARCH, ready: shown('timdoc-search .corrected') },
  partial: { path: 'index.html?q=hien+mau+robot', from: SEARCH, ready: shown('timdoc-search .missing') },
  none: { path: 'index.html?q=xyzzyq', from: SEARCH, ready: shown('timdoc-search .none') },
  loading: { path: 'index.html?q=hoc+tap', from: SEARCH, before: (page) => page.route(/\.bin$/, () => {}), ready: shown('timdoc-search .busy') },
  saved: { path: 'index.html?q=hien+mau+xuan+hong', height: 260, ready: async (page) => {
    await shown('timdoc-search .kept')(page);
    await page.locator('timdoc-search .offline').evaluate((element) => element.scrollIntoView({ block: 'end' }));
  } },
  offline: { path: 'index.html?q=robot', from: SEARCH, before: async (page) => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'onLine', { get: () => false }));
    await page.route(/\.bin$/, (route) => route.abort('internetdisconnected'));
  }, ready: failed('offline') },
  missing: { path: 'index.html?q=hoc+tap', from: SEARCH, before: refuse(/\.bin$/, 404), ready: failed('missing') },
  damaged: { path: 'index.html?q=hoc+tap', from: SEARCH, before: (page) => page.route(/\.bin$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.body()).fill(0) });
  }), ready: failed('damaged') },
  newer: { path: 'index.html?q=hoc+tap', from: SEARCH, before: (page) => page.route(/manifest\.json$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...await response.json(), version: 99 } });
  }), ready: failed('version') },
  saving: { path: 'index.html?q=hien+mau+xuan+hong', height: 260, before: (page) => page.route(/articles.*\.bin$/, (route) => route.request().headers().range ? route.continue() : undefined), ready: async (page) => {
    await shown('timdoc-search .offline progress')(page);
    await page.locator('timdoc-search .offline').evaluate((element) => element.scrollIntoView({ block: 'end' }));
  } },
  aloud: { path: ARTICLE, before: (page) => page.addInitScript(VOICE), ready: async (page) => {
    await shown('timdoc-reader .body p')(page);
    await page.locator('timdoc-reader button.listen').click();
    await shown('timdoc-reader .aloud')(page);
    await page.waitForFunction(() => CSS.highlights.has('timdoc-aloud'));
  } },
  csp: { path: 'index.html?q=hoc+tap', from: SEARCH, before: (page) => page.route(/index\.html/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': "default-src 'self'" } });
  }), ready: failed('csp') },
  'phone-article': { path: ARTICLE, ready: shown('timdoc-reader .body p') },
  'phone-dark': { path: ARTICLE, theme: 'dark', ready: async (page) => { await shown('timdoc-reader .body p')(page); await page.locator('timdoc-reader .menu.display summary').click(); await shown('timdoc-reader .choices')(page); } },
  shelf: { path: ARTICLE, ready: async (page) => {
    await shown('timdoc-reader .body p')(page);
    await page.locator('timdoc-reader button.keep').click();
    await page.locator('timdoc-reader .menu.more summary').click();
    await page.locator('timdoc-reader .entry.shelf').click();
    await shown('timdoc-reader dialog.shelf li')(page);
  } },
  gone: { path: 'reader.html?doc=khong-co', ready: shown('timdoc-reader [data-code=not_found]') },
};

/** Serves dist/ until the process ends. @returns {Promise<string>} its address */
function serve() {
  const server = spawn(join(ROOT, 'target/release/timdoc'), ['serve', join(ROOT, 'dist'), '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => server.kill());
  return new Promise((resolve, reject) => {
    server.stdout.on('data', (text) => {
      const [address] = /http:\/\/\S+/.exec(String(text)) ?? [];
      if (address) resolve(address.replace(/\/*$/, '/'));
    });
    server.on('exit', () => reject(new Error('timdoc serve ended; is dist/ built?')));
  });
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} base
 * @param {Shot} shot
 */
async function picture(browser, base, { path, width = 390, height = 660, theme = 'light', from, before, ready }) {
  const context = await browser.newContext({ locale: 'vi-VN', viewport: { width, height }, colorScheme: theme, serviceWorkers: 'block', reducedMotion: 'reduce' });
  context.setDefaultTimeout(20_000);
  try {
    const page = await context.newPage();
    await before?.(page);
    await page.goto(base + path);
    await ready(page);
    await page.waitForTimeout(600);
    if (!path.startsWith('docs/')) await page.mouse.move(1, 1);
    const top = !from ? null : await page.locator(from).first().evaluate((element) => Math.max(0, element.getBoundingClientRect().top + scrollY - 16)) ;
    if (top !== null) await page.evaluate((y) => scrollTo(0, y), top);
    await page.waitForTimeout(150);
    const session = await context.newCDPSession(page);
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
    return Buffer.from(data, 'base64');
  } finally {
    await context.close();
  }
}

const wanted = process.argv.slice(2);
const base = await serve();
const browser = await launch();
let sum = 0;
for (const [name, shot] of Object.entries(SHOTS)) {
  if (wanted.length && !wanted.includes(name)) continue;
  try {
    const bytes = await picture(browser, base, shot);
    await writeFile(join(ROOT, 'www/docs/img', `${name}.webp`), bytes);
    sum += bytes.length;
    console.log(`${(bytes.length / 1000).toFixed(1).padStart(7)} KB  ${name}.webp`);
  } catch (error) {
    process.exitCode = 1;
    console.error(`${name}: ${/** @type {Error} */ (error).message.split('\n')[0]}`);
  }
}
console.log(`${(sum / 1000).toFixed(1).padStart(7)} KB  in www/docs/img`);
await browser.close();
process.exit();
