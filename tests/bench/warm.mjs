/** Searches in a library that was searched before: everything needed is in memory. */
import { withFreshPage } from './chromium.mjs';
import { Recorder } from './network.mjs';

/** Measured passes; of each query the fastest counts, for other work on the machine only ever adds. */
export const PASSES = 3;

/**
 * @typedef {object} Warm
 * @property {number[]} wall milliseconds from call to results
 * @property {number[]} took milliseconds inside the engine, as the library says
 * @property {number} requests made by the measured passes; none are expected
 * @property {number} inflations articles inflated by one pass; each costs more than an engine's search may
 */

/**
 * All queries once to warm up, then three times to measure.
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
    await countInflations(page);
    /** @type {Awaited<ReturnType<typeof pass>>[]} */
    const passes = [];
    for (let number = 0; number < PASSES; number += 1) passes.push(await pass(page, site, bundle, texts));
    await recorder.settle(100);
    const fastest = (/** @type {'wall' | 'took'} */ what) => texts.map((_, query) => Math.min(...passes.map((times) => times[what][query])));
    const inflations = await page.evaluate(() => /** @type {any} */ (globalThis).inflations);
    return { wall: fastest('wall'), took: fastest('took'), requests: recorder.transfers.length, inflations: inflations / PASSES };
  });
}

/** @param {import('playwright-core').Page} page */
function countInflations(page) {
  return page.evaluate(() => {
    const all = /** @type {any} */ (globalThis);
    all.inflations = 0;
    all.DecompressionStream = class extends DecompressionStream {
      /** @param {CompressionFormat} format */
      constructor(format) {
        super(format);
        all.inflations += 1;
      }
    };
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
