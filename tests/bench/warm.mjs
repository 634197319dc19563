/** Searches in a library that was searched before: everything needed is in memory. */
import { withFreshPage } from './chromium.mjs';
import { Recorder } from './network.mjs';

/**
 * @typedef {object} Warm
 * @property {number[]} wall milliseconds from call to results
 * @property {number[]} took milliseconds inside the engine, as the library says
 * @property {number} requests made by the measured pass; none are expected
 */

/**
 * All queries once to warm up, then again to measure.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} site address
 * @param {string} bundle
 * @param {import('./queries.mjs').Query[]} queries
 * @returns {Promise<Warm>}
 */
export function measureWarm(browser, site, bundle, queries) {
  return withFreshPage(browser, async (page) => {
    await page.goto(site + 'plain.html');
    const texts = queries.map(({ text }) => text);
    await pass(page, site, bundle, texts);
    const recorder = await Recorder.of(page);
    const times = await pass(page, site, bundle, texts);
    await recorder.settle(100);
    return { ...times, requests: recorder.transfers.length };
  });
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} site
 * @param {string} bundle
 * @param {string[]} texts
 */
function pass(page, site, bundle, texts) {
  return page.evaluate(async ({ site, bundle, texts }) => {
    const { open } = await import(site + 'lib/library.js');
    const library = await open(`${site}${bundle}/`); // The second time, the same one.
    const wall = [];
    const took = [];
    for (const text of texts) {
      const start = performance.now();
      const result = await library.search(text, { limit: 10 });
      wall.push(performance.now() - start);
      took.push(result.took_us / 1000);
    }
    return { wall, took };
  }, { site, bundle, texts });
}
