/** Searches in a page that is open already: how fast, and whether they find. */
import { withFreshPage } from '../chromium.mjs';
import { spread } from '../stats.mjs';

/** @typedef {import('../stats.mjs').Spread} Spread */
/** @typedef {import('../queries.mjs').Query} Query */
/** @typedef {{ timed: Query[], titles: Query[], spans: Query[] }} Asked */
/**
 * @typedef {object} Warm
 * @property {Spread} shown milliseconds to ten results, with what is shown of them
 * @property {Spread} [matched] the same without, where an engine tells these apart
 * @property {number} nothing share of titles without marks that find nothing
 * @property {number} titles share of them that have their article among the ten
 * @property {number} spans the same of parts of leads without marks
 */

/** As in the bench of timdoc alone: once to warm up, then of each query the fastest of three. */
const PASSES = 3;

/** Milliseconds for a pass; an engine that needs more is measured on fewer queries. */
const PASS = 60_000;

/** For opening and all passes, in milliseconds. */
const TIMEOUT = 20 * 60_000;

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} address of the peer's page
 * @param {Asked} asked
 * @returns {Promise<Warm>}
 */
export function measureWarm(browser, address, { timed, titles, spans }) {
  return withFreshPage(browser, async (page) => {
    page.setDefaultTimeout(TIMEOUT);
    await page.goto(address);
    const pass = (/** @type {Query[]} */ queries, match = false) => runPass(page, queries.map(({ text }) => text), match);
    const reached = (await pass(timed)).ms.length;
    const fastest = async (match = false) => {
      /** @type {number[][]} */
      const passes = [];
      for (let number = 0; number < PASSES; number += 1) passes.push((await pass(timed.slice(0, reached), match)).ms);
      const most = Math.min(...passes.map((times) => times.length));
      return spread(passes[0].slice(0, most).map((_, query) => Math.min(...passes.map((times) => times[query]))));
    };
    const shown = await fastest();
    const twoSteps = await page.evaluate(async () => Boolean((await /** @type {any} */ (globalThis).engine).match));
    const matched = twoSteps ? await fastest(true) : undefined;
    const found = { titles: (await pass(titles)).ids, spans: (await pass(spans)).ids };
    return {
      shown,
      matched,
      nothing: share(found.titles, (ids) => !ids.length),
      titles: share(found.titles, (ids, place) => ids.includes(titles[place].id)),
      spans: share(found.spans, (ids, place) => ids.includes(spans[place].id)),
    };
  });
}

/**
 * @template T
 * @param {T[]} all
 * @param {(one: T, place: number) => boolean} has
 */
const share = (all, has) => all.filter(has).length / all.length;

/**
 * @param {import('playwright-core').Page} page
 * @param {string[]} texts
 * @param {boolean} match
 * @returns {Promise<{ ms: number[], ids: string[][] }>} of as many as the time allows
 */
function runPass(page, texts, match) {
  return page.evaluate(async ({ texts, match, limit }) => {
    const engine = await /** @type {any} */ (globalThis).engine;
    const ms = [];
    const ids = [];
    const end = performance.now() + limit;
    for (const text of texts) {
      const start = performance.now();
      const results = await (match ? engine.match(text) : engine.search(text));
      ms.push(performance.now() - start);
      if (!match) ids.push(results.map((/** @type {{ id: string }} */ { id }) => id));
      if (performance.now() > end) break;
    }
    return { ms, ids };
  }, { texts, match, limit: PASS });
}
