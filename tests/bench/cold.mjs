/** The first search of a reader whose browser has the code and nothing of the library. */
import { withFreshPage } from './chromium.mjs';
import { Recorder, SLOW, trips, waste } from './network.mjs';

/**
 * @typedef {object} Cold
 * @property {string} text
 * @property {boolean} marks
 * @property {number} hits
 * @property {boolean} found the article the query was taken from is among the hits
 * @property {number} bytes on the wire, with headers
 * @property {number} body the same without headers
 * @property {number} requests
 * @property {number} trips sets of requests that wait for one another
 * @property {number} waves the same, by when the browser let them go out
 * @property {number} ms to the results on the slow link
 * @property {{ requests: number, bytes: number, round_trips: number }} traffic what the library says
 * @property {ReturnType<typeof waste>} waste
 * @property {import('./network.mjs').Transfer[]} transfers
 */
/** @typedef {import('./queries.mjs').Query} Query */

/**
 * Each query in a browser context of its own, on a slow link, so that what waits for what shows. The code is loaded
 * before, by opening the sample library.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} site address
 * @param {string} bundle folder of the library in the site
 * @param {Query[]} queries
 * @param {(done: number) => void} progress
 * @returns {Promise<Cold[]>}
 */
export async function measureCold(browser, site, bundle, queries, progress) {
  /** @type {Cold[]} */
  const results = [];
  for (const query of queries) {
    results.push(await withFreshPage(browser, (page) => coldSearch(page, site, bundle, query)));
    progress(results.length);
  }
  return results;
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} site
 * @param {string} bundle
 * @param {Query} query
 * @returns {Promise<Cold>}
 */
async function coldSearch(page, site, bundle, query) {
  await page.goto(site + 'plain.html');
  await page.evaluate(async (site) => {
    const { open } = await import(site + 'lib/library.js');
    await open(site + 'bundle/');
  }, site);
  const recorder = await Recorder.of(page);
  await recorder.slow(SLOW);
  const answer = await page.evaluate(async ({ site, bundle, text }) => {
    const { open } = await import(site + 'lib/library.js');
    const start = performance.now();
    const library = await open(`${site}${bundle}/`);
    const { hits } = await library.search(text, { limit: 10 });
    const ms = performance.now() - start;
    return { ms, traffic: library.traffic(), ids: hits.map((/** @type {{ id: string }} */ { id }) => id) };
  }, { site, bundle, text: query.text });
  await recorder.settle(100);
  const transfers = recorder.transfers.filter(({ url }) => url.startsWith(`${site}${bundle}/`));
  // A page asks for the manifest together with the code (visit-trips counts both), so no trip is waited for it after that.
  const after = transfers.filter(({ url }) => !url.endsWith('/manifest.json'));
  const total = (/** @type {'wire' | 'body'} */ what) => transfers.reduce((sum, transfer) => sum + transfer[what], 0);
  return {
    text: query.text,
    marks: query.marks,
    hits: answer.ids.length,
    found: answer.ids.includes(query.id),
    bytes: total('wire'),
    body: total('body'),
    requests: transfers.length,
    trips: trips(after, 'issued').length,
    waves: trips(after, 'sent').length,
    ms: answer.ms,
    traffic: answer.traffic,
    waste: waste(transfers),
    transfers,
  };
}
