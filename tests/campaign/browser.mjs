/**
 * Every request of a search, of reading and of saving goes wrong, in every way: see tests/browser/support/outage.mjs.
 *
 *     TIMDOC_URL=http://127.0.0.1:8080/ node tests/campaign/browser.mjs
 *
 * FLOWS, FAULTS and MODES name some of each, with commas between; STEP=3 takes every third request; PAGES is how many are
 * open at the same time.
 */
import { createRequire } from 'node:module';
import { attempt, FAULTS, FLOWS, learn } from '../browser/support/outage.mjs';
import { LAUNCH } from '../browser/support/launch.mjs';

const { chromium } = createRequire(new URL('../browser/package.json', import.meta.url))('playwright-core');

/** @param {string} name @param {string[]} all */
const chosen = (name, all) => (process.env[name] ? process.env[name].split(',') : all);
const step = Number(process.env.STEP ?? 1);
const pages = Number(process.env.PAGES ?? 3);

const browser = await chromium.launch(LAUNCH);
/** @type {Record<string, number>} */
const ends = { right: 0, said: 0, reloaded: 0, lost: 0 };
let cases = 0;
for (const flow of chosen('FLOWS', Object.keys(FLOWS))) {
  const { paths, hits } = await learn(browser, flow);
  console.log(`${flow}: ${paths.length} requests`);
  const work = chosen('MODES', ['once', 'file', 'since']).flatMap((mode) => chosen('FAULTS', Object.keys(FAULTS)).flatMap((fault) =>
    paths.flatMap((_, n) => (n % step ? [] : [{ flow, fault, mode: /** @type {import('../browser/support/outage.mjs').Mode} */ (mode), n, hits }])))).values();
  await Promise.all(Array.from({ length: pages }, async () => {
    for (const one of work) {
      const { end, path, what } = await attempt(browser, one);
      cases += 1;
      ends[end] += 1;
      if (end === 'lost' || process.env.VERBOSE) console.log(`${end}: ${flow}, ${one.fault}, ${one.mode}, request ${one.n}, ${path}: ${what}`);
    }
  }));
}
await browser.close();
console.log(Object.entries(ends).map(([end, count]) => `${end} ${count}`).join(', '));
console.log(`browser: ${cases} cases, ${ends.lost} lost`);
process.exitCode = ends.lost ? 1 : 0;
