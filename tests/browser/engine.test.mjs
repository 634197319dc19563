/** The engine comes in two parts: what a first search runs, and the rest, which is loaded when it is called for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOCK, hits, resultsFor, withPage } from './support/browser.mjs';
import { withHost } from './support/host.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {Parameters<Parameters<typeof withHost>[0]>[0]} Host */

const REST = /^wasm\/timdoc_rest\.wasm$/;
/** What the first part does not hold: corrections, keystrokes, phrases, exclusions, numbers, nothing at all. */
const UNUSUAL = [
  'hocj taapj', 'hcoc tap', 'hoctap', '"học tập và làm theo"', 'hoc tap -thao', 'kế hoạch 27-KH/TU', 'kl 01', 'hoc tap OR bau cu',
  'xyzzy', 'Hội nghị: "sơ kết" (2026)…', '', '   ', 'đ', '\u202e<script>', 'a'.repeat(400),
];

/** @param {string} name @param {(page: Page, host: Host) => Promise<void>} body @param {{ expectErrors?: boolean }} [options] */
const onHost = (name, body, options) => test(name, { skip: MOCK }, withPage((page) => withHost((host) => body(page, host)), options));

/** A page on the host from which the library is called. @param {Page} page @param {Host} host */
const bare = (page, host) => page.goto(`${host.base}page.html`);

/**
 * Answers to queries, each from a library just opened by code just loaded.
 *
 * @param {Page} page
 * @param {Host} host
 * @param {string[]} queries
 * @param {boolean} whole the rest of the engine is loaded before
 */
async function answers(page, host, queries, whole) {
  const all = [];
  for (const query of queries) {
    await bare(page, host);
    all.push(await page.evaluate(async ({ base, query, whole }) => {
      const { open } = await import(`${base}timdoc.js`);
      const library = await open(`${base}bundle/`);
      if (whole) await library.facets();
      const { took_us: _, ...result } = await library.search(query).catch((/** @type {any} */ error) => ({ code: error.code }));
      return result;
    }, { base: host.base, query, whole }));
  }
  return all;
}

onHost('a first search does not wait for the rest of the engine', async (page, host) => {
  host.behave(({ path }) => (REST.test(path) ? { wait: Infinity } : undefined));
  await page.goto(`${host.base}page.html?q=hoc+tap`);
  await resultsFor(page, 'hoc tap');
  assert.ok((await hits(page).count()) > 3);
});

onHost('a search that calls for the rest has the answer of one that has it', async (page, host) => {
  const [first, whole] = [await answers(page, host, UNUSUAL, false), await answers(page, host, UNUSUAL, true)];
  assert.deepEqual(first, whole);
  assert.ok(host.of(REST).length >= UNUSUAL.length);
});

onHost('searches under way at once are all answered when one of them calls for the rest', async (page, host) => {
  host.behave(({ path }) => (REST.test(path) ? { wait: 300 } : undefined));
  await bare(page, host);
  const totals = await page.evaluate(async (base) => {
    const { open } = await import(`${base}timdoc.js`);
    const library = await open(`${base}bundle/`);
    const texts = ['hocj taapj', 'hoc tap', 'kế hoạch 27-KH/TU', 'phong trao', '"học tập"'];
    const found = await Promise.all(texts.map((text) => library.search(text)));
    const again = [];
    for (const text of texts) again.push(await library.search(text));
    return [found, again].map((results) => results.map((/** @type {any} */ { total, hits }) => [total, ...hits.map((/** @type {any} */ { id }) => id)]));
  }, host.base);
  assert.ok(totals[0].every(([total]) => total > 0));
  assert.deepEqual(totals[0], totals[1]);
});

onHost('another library that is open does not notice', async (page, host) => {
  // The same files by another address are a library of its own.
  await page.route('**/other/*', (route) => route.continue({ url: route.request().url().replace('/other/', '/bundle/') }));
  await bare(page, host);
  const [before, after] = await page.evaluate(async (base) => {
    const { open } = await import(`${base}timdoc.js`);
    const [one, two] = await Promise.all([open(`${base}bundle/`), open(`${base}other/`)]);
    const ids = async () => (await two.search('hoc tap')).hits.map((/** @type {any} */ { id }) => id);
    const before = await ids();
    await one.search('hocj taapj');
    return [before, await ids()];
  }, host.base);
  assert.ok(before.length);
  assert.deepEqual(after, before);
});

onHost('without the rest a first search stands; what needs it says so, and works once it comes', async (page, host) => {
  host.behave(({ path }) => (REST.test(path) ? { status: 503, body: Buffer.from('busy') } : undefined));
  await bare(page, host);
  const found = await page.evaluate(async (base) => {
    const { open } = await import(`${base}timdoc.js`);
    const library = /** @type {any} */ (globalThis).library = await open(`${base}bundle/`);
    const code = (/** @type {Promise<unknown>} */ call) => call.then(() => 'answered', ({ code }) => code);
    const { hits } = await library.search('hoc tap');
    return [hits.length > 0, await code(library.search('hocj taapj')), await code(library.article(hits[0].id)), await code(library.search('hoc tap'))];
  }, host.base);
  assert.deepEqual(found, [true, 'network', 'network', 'answered']);
  host.behave(() => undefined);
  const later = await page.evaluate(async () => {
    const { library } = /** @type {any} */ (globalThis);
    const { hits } = await library.search('hocj taapj');
    return (await library.article(hits[0].id)).title;
  });
  assert.ok(later);
});

for (const [what, body] of /** @type {const} */ ([['another file', '<!doctype html>'], ['half of it', null]])) {
  onHost(`${what} in place of the rest is an error, not an answer`, async (page, host) => {
    host.behave(({ path, body: own }) => (REST.test(path) ? { body: body === null ? own.subarray(0, own.length >> 1) : Buffer.from(body) } : undefined));
    await bare(page, host);
    const code = await page.evaluate(async (base) => {
      const { open } = await import(`${base}timdoc.js`);
      const library = await open(`${base}bundle/`);
      return library.search('hocj taapj').then(() => 'answered', (/** @type {any} */ { code }) => code);
    }, host.base);
    assert.equal(code, 'network');
  });
}

onHost('the rest of another build is refused, and the page is to be reloaded', async (page, host) => {
  // Its seal is the name under which it asks for the table.
  const other = (/** @type {Buffer} */ body) => Buffer.from(body.toString('latin1').replace(/rest:[0-9a-f]{16}/, 'rest:0123456789abcdef'), 'latin1');
  host.behave(({ path, body }) => (REST.test(path) ? { body: other(body) } : undefined));
  await bare(page, host);
  const code = await page.evaluate(async (base) => {
    const { open } = await import(`${base}timdoc.js`);
    const library = await open(`${base}bundle/`);
    return library.search('hocj taapj').then(() => 'answered', (/** @type {any} */ { code }) => code);
  }, host.base);
  assert.equal(code, 'version');
});

onHost('the weights are told before the rest is there', async (page, host) => {
  host.behave(({ path }) => (REST.test(path) ? { wait: Infinity } : undefined));
  await bare(page, host);
  const count = await page.evaluate(async (base) => (await (await import(`${base}timdoc.js`)).open(`${base}bundle/`)).weights().length, host.base);
  assert.ok(count > 5);
});

onHost('the reader asks for both parts at once', async (page, host) => {
  host.behave(({ path }) => (/^wasm\/timdoc_bg/.test(path) ? { wait: 1500 } : undefined));
  const asked = page.waitForRequest((request) => REST.test(request.url().slice(host.base.length)));
  const answered = page.waitForResponse((response) => response.url().endsWith('timdoc_bg.wasm')).then(() => 'answered');
  await page.goto(`${host.base}page.html?doc=hat-doi-ben-song-thao`);
  assert.notEqual(await Promise.race([asked, answered]), 'answered');
  await page.locator('timdoc-reader article').waitFor();
});
