/** A reader at <timdoc-search>: from the first focus to the first results, code and all. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { withFreshPage } from './chromium.mjs';
import { Recorder, trips } from './network.mjs';

/** @typedef {import('./network.mjs').Transfer} Transfer */
/**
 * @typedef {object} Visit
 * @property {number} ms from focus to results
 * @property {number} trips dependent sets of requests from focus to results
 * @property {Transfer[]} early before the reader touched the box
 * @property {Transfer[]} code fetched before the results, the early ones too
 * @property {Transfer[]} data the same, of the library
 * @property {Transfer[]} later after the results: counts of the filters, suggestions
 */

/** Milliseconds between the keys of someone who types. */
const KEY = 120;

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} address of the page with the widget
 * @param {string} library address of the library
 * @param {string} query
 * @param {{ link?: typeof import('./network.mjs').SLOW, typed?: boolean }} [how] `typed`: key by key, else pasted
 * @returns {Promise<Visit>}
 */
export function visit(browser, address, library, query, { link, typed = false } = {}) {
  return withFreshPage(browser, async (page) => {
    const recorder = await Recorder.of(page);
    /** CDP's clock and the page's: both in seconds, apart by this. @type {number} */
    let apart = NaN;
    recorder.session.on('Network.requestWillBeSent', ({ wallTime, timestamp }) => (apart = wallTime - timestamp));
    await page.goto(address, { waitUntil: 'networkidle' });
    const early = recorder.transfers.length;
    if (link) await recorder.slow(link);
    const results = page.evaluate((query) => new Promise((resolve, reject) => {
      let start = 0;
      const now = () => (performance.timeOrigin + performance.now()) / 1000;
      document.addEventListener('focusin', () => (start ||= now()), true);
      document.addEventListener('timdoc-results', (event) => {
        if (/** @type {CustomEvent} */ (event).detail.query === query) resolve({ start, end: now() });
      });
      setTimeout(() => reject(new Error(`the widget gives no results for '${query}' in a minute`)), 60_000);
    }), query);
    results.catch(() => {}); // Awaited below.
    const field = page.locator('timdoc-search input').first();
    if (typed) await field.pressSequentially(query, { delay: KEY });
    else await field.fill(query);
    const { start, end } = /** @type {{ start: number, end: number }} */ (await results);
    await recorder.settle(600);
    const { transfers } = recorder;
    const before = transfers.filter(({ issued }) => issued + apart < end);
    const isPage = (/** @type {Transfer} */ { url }) => url === address;
    const ofLibrary = (/** @type {Transfer} */ { url }) => url.startsWith(library);
    return {
      ms: (end - start) * 1000,
      trips: trips(before.slice(early), 'issued').length,
      early: transfers.slice(0, early).filter((transfer) => !isPage(transfer)),
      code: before.filter((transfer) => !isPage(transfer) && !ofLibrary(transfer)),
      data: before.filter(ofLibrary),
      later: transfers.filter((transfer) => !before.includes(transfer)),
    };
  });
}

/** @typedef {{ file: string, bytes: number, early: boolean }} CodeFile `bytes`: gzip -9 */

/**
 * The files behind transfers of code, each as it would go over the wire, heaviest first.
 *
 * @param {Visit} first
 * @param {string} site address
 * @param {string} root folder of the site
 * @returns {CodeFile[]}
 */
export function codeFiles(first, site, root) {
  const paths = new Set(first.code.map(({ url }) => new URL(url).pathname.slice(new URL(site).pathname.length)));
  const early = new Set(first.early.map(({ url }) => url));
  return [...paths]
    .map((file) => ({ file, bytes: gzipSync(readFileSync(join(root, file)), { level: 9 }).length, early: early.has(site + file) }))
    .sort((a, b) => b.bytes - a.bytes);
}
