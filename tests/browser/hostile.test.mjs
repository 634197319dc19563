/**
 * Inside a portal whose CSS does everything wrong, the elements look and measure as they do elsewhere.
 *
 * docs/demo/hostile.html is drawn twice, with its style sheet and with one that only sets the same column; every element
 * inside the shadow root must have the same place, size and look.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE, hits, open, withPage } from './support/browser.mjs';

/** @typedef {import('playwright-core').Page} Page */

const PAGE = 'docs/demo/hostile.html';
const CALM = 'body { margin: 0; background: #fffbe6; } .masthead { position: fixed; top: 0; } .column { box-sizing: border-box; width: 100%; margin-top: 56px; padding: 0 16px 16px; }';

/** Pixels by which a place or a size may differ: rounding. */
const TOLERANCE = 1;

/**
 * What is drawn in an element's shadow root: each element with its place, size and look.
 *
 * @param {Page} page @param {string} tag
 */
const drawn = (page, tag) => page.evaluate((name) => {
  const root = document.querySelector(name)?.shadowRoot;
  if (!root) throw new Error(`no ${name}`);
  const looks = ['color', 'backgroundColor', 'fontFamily', 'fontSize', 'fontStyle', 'fontWeight', 'fontStretch', 'fontVariant', 'fontKerning', 'lineHeight', 'letterSpacing',
    'wordSpacing', 'textAlign', 'textIndent', 'textTransform', 'textShadow', 'whiteSpace', 'wordBreak', 'lineBreak', 'hyphens', 'overflowWrap', 'direction', 'cursor',
    'listStyleType', 'webkitTextFillColor', 'webkitTextStrokeWidth', 'display', 'fill', 'stroke', 'boxSizing'];
  const all = [...root.querySelectorAll('*')].filter((element) => !element.closest('.sr') && element.getClientRects().length);
  const start = all[0].getBoundingClientRect();
  return all.map((element) => {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return {
      element: `${element.localName}.${element.getAttribute('class') ?? ''} “${element.textContent?.trim().slice(0, 30)}”`,
      box: [box.left - start.left, box.top - start.top, box.width, box.height],
      look: Object.fromEntries(looks.map((key) => [key, Reflect.get(style, key)])),
    };
  });
}, tag);

/** @param {Page} page @param {string} query @param {string} tag @param {(page: Page) => Promise<void>} ready */
async function compare(page, query, tag, ready) {
  await open(page, PAGE + query);
  await ready(page);
  const hostile = await drawn(page, tag);
  await page.route(`${BASE}docs/demo/hostile.css`, (route) => route.fulfill({ body: CALM, contentType: 'text/css' }));
  await page.reload();
  await ready(page);
  const calm = await drawn(page, tag);
  assert.ok(calm.length > 20, `only ${calm.length} elements`);
  const differences = [];
  if (hostile.length !== calm.length) differences.push(`${hostile.length} elements instead of ${calm.length}`);
  for (const [i, { element, box, look }] of calm.entries()) {
    const other = hostile[i];
    if (other?.element !== element) {
      differences.push(`${other?.element} instead of ${element}`);
      break;
    }
    if (box.some((value, side) => Math.abs(value - other.box[side]) > TOLERANCE)) differences.push(`${element}: at ${other.box} instead of ${box}`);
    for (const [key, value] of Object.entries(look)) if (other.look[key] !== value) differences.push(`${element}: ${key} is ${other.look[key]} instead of ${value}`);
  }
  assert.deepEqual(differences.slice(0, 30), [], `${differences.length} differences`);
}

/** @param {Page} page */
const searched = async (page) => {
  await hits(page).nth(2).waitFor();
  const toggles = page.locator('timdoc-search .toggle:not([hidden])');
  await toggles.first().waitFor({ state: 'attached' });
  for (const toggle of await toggles.all()) if (await toggle.isVisible()) await toggle.click();
  await page.locator('timdoc-search .facet li').first().waitFor({ state: 'attached' });
  await page.locator('timdoc-search .n').first().waitFor({ state: 'attached' });
  await page.waitForTimeout(500);
};

for (const width of [1280, 360]) {
  test(`the box, results and filters at ${width} px`, withPage((page) => compare(page, '?h-q=hoc+tap', 'timdoc-search', searched), { viewport: { width, height: 900 } }));

  test(`an article at ${width} px`, withPage((page) => compare(page, '?doc=2026-05-18-muoi-nam-chi-thi-05', 'timdoc-reader', async () => {
    await page.locator('timdoc-reader .related a').first().waitFor();
  }), { viewport: { width, height: 900 } }));
}

test('a reader without an article stays hidden', withPage(async (page) => {
  await open(page, PAGE);
  await page.locator('timdoc-search input').waitFor();
  assert.equal(await page.locator('timdoc-reader').isVisible(), false);
}));

test('the portal hides the box by hiding what it stands in', withPage(async (page) => {
  await open(page, PAGE);
  await page.locator('timdoc-search input').waitFor();
  await page.evaluate(() => document.querySelector('.column')?.setAttribute('style', 'visibility: hidden'));
  assert.equal(await page.locator('timdoc-search input').isVisible(), false);
}));

test('type that a reader of large type set in the browser is large here too', withPage(async (page) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: 24 } });
  await open(page, PAGE);
  await page.locator('timdoc-search input').waitFor();
  const size = await page.evaluate(() => parseFloat(getComputedStyle(/** @type {Element} */ (document.querySelector('timdoc-search')?.shadowRoot?.querySelector('.box'))).fontSize));
  assert.ok(Math.abs(size - 24) < 0.5, `${size} px`);
}));
