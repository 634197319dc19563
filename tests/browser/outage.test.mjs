/** A sample of the campaign of faults: one request of each kind goes wrong in a flow. `./build.sh campaign browser` tries all. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { MOCK } from './support/browser.mjs';
import { LAUNCH } from './support/launch.mjs';
import { attempt, learn } from './support/outage.mjs';

/** @typedef {Parameters<typeof attempt>[1]} Case */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => (browser = await chromium.launch(LAUNCH)));
after(() => browser?.close());

/** What each flow asks for, learnt once. @type {Record<string, ReturnType<typeof learn>>} */
const known = {};

/** @type {[flow: string, path: RegExp, fault: string, mode: Case['mode'], ends: string][]} */
const CASES = [
  ['search', /element\/search-app\.js/, 'reset', 'since', 'said'],
  ['search', /element\/both\.js/, 'short', 'file', 'reloaded'],
  ['search', /lib\/library\.js/, 'short', 'once', 'reloaded'],
  ['search', /lib\/errors\.js/, 'short', 'once', 'reloaded'],
  ['search', /style\/search\.css/, 'short', 'once', 'right'],
  ['search', /lib\/source\.js/, 'short', 'file', 'reloaded'],
  ['search', /lib\/library\.js/, 'stall', 'file', 'reloaded'],
  ['search', /element\/both\.js/, 'stall', 'since', 'reloaded'],
  ['search', /bundle\/manifest\.json/, 'stall', 'file', 'reloaded'],
  ['search', /bundle\/terms-/, 'sign-in page', 'since', 'said'],
  ['search', /bundle\/articles-/, 'wrong range', 'once', 'right'],
  ['search', /wasm\/timdoc\.js/, 'error 503', 'file', 'said'],
  ['search', /wasm\/timdoc_bg/, 'gzip', 'since', 'right'],
  ['search', /lib\/storage\.js/, 'short', 'file', 'reloaded'],
  ['search', /lib\/storage\.js/, 'short', 'since', 'reloaded'],
  ['search', /element\/after-results\.js/, 'error 404', 'since', 'said'],
  ['search', /element\/after-results\.js/, 'stall', 'once', 'reloaded'],
  ['reading', /element\/reader-app\.js/, 'reset', 'since', 'said'],
  ['reading', /element\/reader-app\.js/, 'stall', 'file', 'reloaded'],
  ['saving', /element\/offline-control\.js/, 'reset', 'since', 'said'],
  ['saving', /bundle\/articles-/, 'broken off', 'since', 'said'],
];

for (const [flow, path, fault, mode, ends] of CASES) {
  test(`${flow}: ${fault} at ${path.source.replaceAll('\\', '')}, ${mode}: ${ends}`, { skip: MOCK }, async () => {
    const { paths, hits } = await (known[flow] ??= learn(browser, flow));
    const n = paths.findIndex((name) => path.test(name));
    assert.ok(n >= 0, `${flow} asks for no ${path}: ${paths.join(' ')}`);
    const { end, what } = await attempt(browser, { flow, fault, mode, n, named: paths[n], hits });
    assert.equal(end, ends, what);
  });
}
