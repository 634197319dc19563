/**
 * What the browser tests share: one Chromium a file, a fresh context a test, pages of their own, axe.
 *
 * TIMDOC_URL is the address of dist/ as it is served, CHROMIUM the browser's path. TIMDOC_MOCK=1 says
 * that the library there is a mock, and skips what only the real engine can show.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { BASE, LAUNCH } from './launch.mjs';

export { BASE };
export const MOCK = Boolean(process.env.TIMDOC_MOCK);
export const STRICT = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; require-trusted-types-for 'script'; trusted-types timdoc";
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FAKE = readFileSync(new URL('fake-library.js', import.meta.url), 'utf8');

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  browser = await chromium.launch(LAUNCH);
});
after(() => browser?.close());

/**
 * Runs a test with a page of its own, and fails it when the page had an error or broke its policy.
 *
 * @param {(page: import('playwright-core').Page, context: import('playwright-core').BrowserContext) => Promise<void>} body
 * @param {import('playwright-core').BrowserContextOptions & { expectErrors?: boolean }} [options]
 *   service workers are off unless asked for: they would answer before the test's own routes do
 */
export const withPage = (body, { expectErrors = false, ...options } = {}) => async () => {
  const context = await browser.newContext({ locale: 'vi-VN', viewport: { width: 1280, height: 900 }, serviceWorkers: 'block', ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Trusted/i.test(message.text())) errors.push(message.text());
  });
  try {
    await body(page, context);
    if (!expectErrors) assert.deepEqual(errors, [], 'errors in the page');
  } finally {
    await context.close();
  }
};

/**
 * A browser of its own whose storage stays in a folder, for what must outlive it.
 *
 * @param {string} folder
 * @param {(page: import('playwright-core').Page, context: import('playwright-core').BrowserContext) => Promise<void>} work
 */
export async function withProfile(folder, work) {
  const context = await chromium.launchPersistentContext(folder, { ...LAUNCH, locale: 'vi-VN', viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(10_000);
  try {
    await work(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

/** Opens the demo portal. @param {import('playwright-core').Page} page @param {string} [path] */
export const open = (page, path = 'index.html') => page.goto(BASE + path);

/** The search field. @param {import('playwright-core').Page} page */
export const field = (page) => page.locator('timdoc-search input').first();

/** The links of the results. @param {import('playwright-core').Page} page */
export const hits = (page) => page.locator('timdoc-search .hit h3 a');

/** Types a query and waits for its results. @param {import('playwright-core').Page} page @param {string} query */
export async function search(page, query) {
  await field(page).fill(query);
  await resultsFor(page, query);
}

/** Waits until the results shown are those of a query. @param {import('playwright-core').Page} page @param {string} query */
export async function resultsFor(page, query) {
  await page.waitForFunction((q) => {
    const root = document.querySelector('timdoc-search')?.shadowRoot;
    return root?.querySelector('.count')?.textContent?.includes(`“${q}”`) && root.querySelector('.hit');
  }, query);
}

/** The number of articles found, as the page says it. @param {import('playwright-core').Page} page */
export async function total(page) {
  const text = await page.locator('timdoc-search .count').textContent();
  return Number(/([\d.,]+) (?:bài|article)/.exec(text ?? '')?.[1].replace(/[.,]/g, ''));
}

/** The filters open on a narrow page too. @param {import('playwright-core').Page} page */
export async function openFilters(page) {
  const toggle = page.locator('timdoc-search .toggle');
  await toggle.and(page.locator(':not([hidden])')).waitFor({ state: 'attached' });
  if (await toggle.isVisible()) await toggle.click();
  await page.locator('timdoc-search .facet li').first().waitFor();
}

/**
 * A page of the test's own in the place of one of the demo's.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} body
 * @param {{ path?: string, lang?: string, csp?: string, head?: string }} [options]
 */
export async function ownPage(page, body, { path = 'test.html', lang = 'vi', csp = STRICT, head = '' } = {}) {
  const html = `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">`
    + `<title>Trang thử</title><link rel="stylesheet" href="test.css"><script type="module" src="timdoc.js"></script>${head}</head><body><main><h1>Trang thử</h1>${body}</main></body></html>`;
  await page.route((url) => url.href.split(/[?#]/)[0] === BASE + path, (route) =>
    route.fulfill({ body: html, contentType: 'text/html; charset=utf-8', headers: { 'Content-Security-Policy': csp } }));
  // axe takes a page without a background for a white one, also when its color-scheme makes it dark.
  await page.route(BASE + 'test.css', (route) => route.fulfill({ body: 'html { background: Canvas; color: CanvasText; }', contentType: 'text/css' }));
}

/**
 * A library that answers what the test says, in the place of the engine; for states that are hard to
 * bring about. See fake-library.js.
 *
 * @param {import('playwright-core').Page} page
 * @param {object} answers
 */
export async function fakeLibrary(page, answers) {
  await page.route(BASE + 'lib/library.js', (route) =>
    route.fulfill({ body: `const ANSWERS = ${JSON.stringify(answers)};\n${FAKE}`, contentType: 'text/javascript' }));
}

/**
 * What axe finds wrong, as text. It runs in a world of its own, which the page's policy does not reach.
 *
 * @param {import('playwright-core').Page} page
 * @param {string[]} [rules] default: all of WCAG 2.2 AA, and axe's best practices
 */
export async function axe(page, rules) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  await session.send('Runtime.evaluate', { expression: AXE, contextId });
  const options = { runOnly: rules ?? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] };
  const { result } = await session.send('Runtime.evaluate', {
    contextId, awaitPromise: true, returnByValue: true,
    expression: `axe.run(document, ${JSON.stringify(options)})
      .then(({ violations }) => violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.flat().join(' > ')).join(', ')))`,
  });
  return /** @type {string[]} */ (result.value);
}

/** Waits for a condition outside the page. @param {() => Promise<boolean>} condition @param {string} what */
export async function until(condition, what, timeout = 10_000) {
  const end = Date.now() + timeout;
  while (!(await condition())) {
    if (Date.now() > end) assert.fail(`timed out: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
