/** Hosts and networks that misbehave: the right results, or an error that says what is wrong; never "no results". */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { field, hits, MOCK, resultsFor, until, withPage } from './support/browser.mjs';
import { contentRange, gzip, slice, withHost } from './support/host.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {Parameters<Parameters<typeof withHost>[0]>[0]} Host */

const SHARD = /bundle\/(terms|postings|articles)-/;
const QUERY = 'học tập';

/**
 * A test with a page and a host; skipped where the library is a mock.
 *
 * @param {string} name
 * @param {(page: Page, host: Host) => Promise<void>} body
 */
const onHost = (name, body) => test(name, { skip: MOCK }, withPage((page) => withHost((host) => body(page, host))));

/** Searches on the page of a host. @param {Page} page @param {Host} host @param {string} [query] */
const ask = (page, host, query = QUERY) => page.goto(`${host.base}page.html?q=${encodeURIComponent(query)}`);

/** The titles of the results. @param {Page} page @param {Host} host */
async function answers(page, host) {
  await ask(page, host);
  await resultsFor(page, QUERY);
  return hits(page).allTextContents();
}

/** What a host that does all right gives. @type {string[] | undefined} */
let right;
async function rightAnswers() {
  const look = withPage((page) => withHost(async (host) => void (right = await answers(page, host))));
  if (!right) await look();
  assert.ok(right?.length);
  return right;
}

/**
 * The host answers in its manner, and the results are right all the same.
 *
 * @param {string} name
 * @param {import('./support/host.mjs').Manner} manner
 * @param {(host: Host) => void} [more]
 */
const answersRightly = (name, manner, more) => onHost(name, async (page, host) => {
  host.behave(manner);
  assert.deepEqual(await answers(page, host), await rightAnswers());
  more?.(host);
});

/**
 * The host answers in its manner, the page says what is wrong, and all is well once the host is.
 *
 * @param {string} name
 * @param {string} code
 * @param {import('./support/host.mjs').Manner} manner
 */
const statesError = (name, code, manner) => onHost(name, async (page, host) => {
  host.behave(manner);
  await ask(page, host);
  await page.locator(`timdoc-search [data-code="${code}"]`).waitFor();
  assert.equal(await page.locator('timdoc-search .none').count(), 0);
  host.behave(() => {});
  await page.locator('timdoc-search .state.error button').click();
  await resultsFor(page, QUERY);
  assert.deepEqual(await hits(page).allTextContents(), await rightAnswers());
});

const ranged = (/** @type {{ path: string, range: unknown }} */ { path, range }) => SHARD.test(path) && range;

// Ranges.

answersRightly('a host that ignores ranges', (request) => (ranged(request) ? { status: 200 } : undefined));

onHost('a file that came whole is not asked for again', async (page, host) => {
  host.behave((request) => (ranged(request) ? { status: 200 } : undefined));
  await ask(page, host);
  await resultsFor(page, QUERY);
  await page.locator('timdoc-search .facet li').first().waitFor();
  const had = host.of(SHARD).length;
  const files = new Set(host.of(SHARD).map(({ path }) => path));
  await field(page).fill('xây dựng nông thôn mới');
  await resultsFor(page, 'xây dựng nông thôn mới');
  assert.deepEqual(host.of(SHARD).slice(had).map(({ path }) => path).filter((path) => files.has(path)), []);
});

onHost('of several ranges of one file, the first that comes whole serves all', async (page, host) => {
  host.behave((request) => (ranged(request) ? { status: 200, wait: 300 + 1000 * request.turn } : undefined));
  await page.goto(`${host.base}page.html`);
  const { requests } = await page.evaluate(async () => {
    const { open } = await import(new URL('timdoc.js', document.baseURI).href);
    const library = await open('bundle/');
    await library.search('an ninh xa yen lang tuyen sinh');
    return library.traffic();
  });
  const terms = host.of(/bundle\/terms-/);
  assert.ok(terms.length > 1, 'the query needs several ranges of one file');
  assert.equal(terms.filter(({ cancelled }) => !cancelled).length, 1);
  assert.ok(requests > 0);
});

answersRightly('206 with another range than asked', (request) => {
  if (!ranged(request) || !request.range) return undefined;
  const other = /** @type {[number, number]} */ ([0, 99]);
  return { body: slice(request.body, other), headers: { 'Content-Range': contentRange(request.body, other) } };
});

answersRightly('206 with other bytes than it says', (request) => {
  if (!ranged(request) || !request.range) return undefined;
  const [first, last] = request.range;
  return { body: slice(request.body, first > 0 ? [first - 1, last - 1] : [1, last + 1]) };
});

answersRightly('206 without Content-Range', (request) => (ranged(request) ? { headers: { 'Content-Range': undefined } } : undefined));

answersRightly('206 with the whole file and without Content-Range', (request) =>
  (ranged(request) ? { status: 206, body: request.body, headers: { 'Content-Range': undefined } } : undefined));

answersRightly('206 with more than was asked for', (request) => {
  if (!ranged(request) || !request.range) return undefined;
  const wide = /** @type {[number, number]} */ ([Math.max(0, request.range[0] - 50), request.range[1] + 50]);
  return { body: slice(request.body, wide), headers: { 'Content-Range': contentRange(request.body, wide) } };
});

answersRightly('206 that is shorter than it says, its length untold', (request) =>
  (ranged(request) && request.range ? { body: slice(request.body, request.range).subarray(0, 10), chunked: true } : undefined));

answersRightly('416 for every range', (request) => (ranged(request) ? { status: 416 } : undefined));

onHost('a library on another origin that lets no header be read', async (page, host) => {
  await withHost(async (other) => {
    other.behave(() => ({ headers: { 'Access-Control-Allow-Origin': '*' } }));
    await page.goto(`${host.base}page.html`);
    const titles = await page.evaluate(async ([bundle, query]) => {
      const { open } = await import(new URL('timdoc.js', document.baseURI).href);
      const { hits } = await (await open(bundle)).search(query);
      return hits.map((/** @type {{ title: string }} */ { title }) => title);
    }, [`${other.base}bundle/`, QUERY]);
    assert.deepEqual(titles, await rightAnswers());
    assert.ok(other.of(SHARD).every(({ range }) => range), 'by ranges');
  });
});

// Bodies.

answersRightly('a body that breaks off once', (request) => (SHARD.test(request.path) && request.turn === 0 ? { cut: 10 } : undefined));

answersRightly('ranges that always break off', (request) => (ranged(request) ? { cut: 10 } : undefined));

statesError('a file that always breaks off', 'network', ({ path }) => (SHARD.test(path) ? { cut: 10 } : undefined));

statesError('a file that is too short on the host', 'damaged', ({ path, body }) =>
  (/bundle\/terms-/.test(path) ? { status: 200, body: body.subarray(0, 1000) } : undefined));

statesError('bytes that are not right', 'damaged', (request) => {
  if (!/bundle\/terms-/.test(request.path)) return undefined;
  const wrong = Buffer.from(request.range ? slice(request.body, request.range) : request.body);
  wrong.fill(0x55);
  return { body: wrong };
});

answersRightly('a host that gzips whole files', (request) =>
  (SHARD.test(request.path) ? { status: 200, body: gzip(request.body), headers: { 'Content-Encoding': 'gzip' } } : undefined));

answersRightly('a host that gzips the range it was asked for', (request) =>
  (ranged(request) && request.range ? { body: gzip(slice(request.body, request.range)), headers: { 'Content-Encoding': 'gzip' } } : undefined));

answersRightly('a host that answers with a range of the gzipped file', (request) => {
  if (!ranged(request) || !request.range) return undefined;
  const packed = gzip(request.body);
  return { body: slice(packed, request.range), headers: { 'Content-Encoding': 'gzip', 'Content-Range': contentRange(packed, request.range) } };
});

// Refusals.

answersRightly('503 once for every file of the library', ({ path, turn }) => (/^bundle\//.test(path) && turn === 0 ? { status: 503 } : undefined));

answersRightly('a connection that fails once for every file of the library', ({ path, turn }) =>
  (/^bundle\//.test(path) && turn === 0 ? { reset: true } : undefined));

statesError('503 for good', 'network', ({ path }) => (SHARD.test(path) ? { status: 503 } : undefined));

statesError('a shard that is not there', 'missing', ({ path }) => (/bundle\/articles-/.test(path) ? { status: 404 } : undefined));

statesError('a head that is not there', 'missing', ({ path }) => (/bundle\/head-/.test(path) ? { status: 404 } : undefined));

statesError('a dictionary that is not there', 'missing', ({ path }) => (/bundle\/dictionary-/.test(path) ? { status: 404 } : undefined));

statesError('no library at all', 'missing', ({ path }) => (/^bundle\//.test(path) ? { status: 404 } : undefined));

const portal = {
  status: 200,
  body: Buffer.from('<!doctype html><title>Đăng nhập Wi-Fi</title>'),
  headers: { 'Content-Type': 'text/html', 'Content-Range': undefined },
};

statesError('a network that answers with its own page for the whole library', 'network', ({ path }) => (/^bundle\//.test(path) ? portal : undefined));

statesError('a network that answers with its own page for shards', 'network', ({ path }) => (SHARD.test(path) ? portal : undefined));

statesError('a network that answers with its own page for the engine', 'network', ({ path }) => (/\.wasm$/.test(path) ? portal : undefined));

onHost('a saved library answers where the network has only its own page', async (page, host) => {
  await page.goto(`${host.base}page.html`);
  await page.evaluate(async () => {
    const { open } = await import(new URL('timdoc.js', document.baseURI).href);
    await (await open('bundle/')).saveOffline();
  });
  host.behave(({ path }) => (/^bundle\//.test(path) ? portal : undefined));
  assert.deepEqual(await answers(page, host), await rightAnswers());
});

onHost('a saved file that was damaged is fetched anew', async (page, host) => {
  await page.goto(`${host.base}page.html`);
  const damaged = await page.evaluate(async () => {
    const { open } = await import(new URL('timdoc.js', document.baseURI).href);
    const library = await open('bundle/');
    await library.saveOffline();
    const cache = await caches.open(`timdoc:${library.url}`);
    const terms = (await cache.keys()).filter(({ url }) => url.includes('/terms-'));
    for (const { url } of terms) await cache.put(url, new Response(new Uint8Array(100_000)));
    return terms.length;
  });
  assert.ok(damaged > 0);
  assert.deepEqual(await answers(page, host), await rightAnswers());
});

answersRightly('wasm of a wrong type', ({ path }) => (/\.wasm$/.test(path) ? { headers: { 'Content-Type': 'application/octet-stream' } } : undefined));

onHost('a search that cannot be loaded says so and can be tried again', async (page, host) => {
  host.behave(({ path }) => (/lib\/source\.js/.test(path) ? portal : undefined));
  await ask(page, host);
  const state = page.locator('timdoc-search').locator('.failed, .state.error');
  await state.waitFor();
  host.behave(() => {});
  await state.locator('button').click();
  await resultsFor(page, QUERY);
});

// Slowness.

onHost('while a shard is slow, the search says it is busy and the reader types on', async (page, host) => {
  host.behave(({ path }) => (/bundle\/articles-/.test(path) ? { wait: 3000 } : undefined));
  await ask(page, host);
  await page.locator('timdoc-search .busy').waitFor();
  await page.locator('timdoc-search [role=status]', { hasText: 'Đang tìm' }).waitFor({ state: 'attached' });
  host.behave(() => {});
  await field(page).fill('nông thôn mới');
  await resultsFor(page, 'nông thôn mới');
});

onHost('a request without a byte for half a minute is given up and can be made again', async (page, host) => {
  host.behave((request) => (SHARD.test(request.path) ? { wait: Infinity } : undefined));
  await page.clock.install();
  await ask(page, host);
  await until(async () => host.of(SHARD).length > 0, 'a shard is asked for');
  await page.clock.runFor(25_000);
  assert.equal(await page.locator('timdoc-search [data-code=network]').count(), 0);
  // Meanwhile it says that it is slow, and offers a way out.
  await page.locator('timdoc-search [data-code=slow] button', { hasText: 'Tải lại trang' }).waitFor();
  await page.clock.runFor(10_000);
  await page.locator('timdoc-search [data-code=network]').waitFor();
  host.behave(() => {});
  await page.clock.resume();
  await page.locator('timdoc-search .state.error button').click();
  await resultsFor(page, QUERY);
});

onHost('what nobody waits for any more is cancelled', async (page, host) => {
  host.behave((request) => (SHARD.test(request.path) ? { wait: Infinity } : undefined));
  await ask(page, host);
  await until(async () => host.of(SHARD).length > 0, 'a shard is asked for');
  await field(page).fill('');
  await until(async () => host.of(SHARD).every(({ cancelled }) => cancelled), 'its requests are cancelled');
});

onHost('what a newer search wants too is not cancelled', async (page, host) => {
  host.behave((request) => (SHARD.test(request.path) ? { wait: 1000 } : undefined));
  await ask(page, host, 'hoc tap');
  await until(async () => host.of(SHARD).length > 0, 'a shard is asked for');
  await field(page).pressSequentially(' ');
  await page.locator('timdoc-search .hit').first().waitFor();
  const asked = host.of(SHARD).map(({ path, range }) => `${path} ${range}`);
  assert.equal(new Set(asked).size, asked.length, asked.join('\n'));
});

onHost('two calls that want the same bytes fetch them once', async (page, host) => {
  await page.goto(`${host.base}page.html`);
  const titles = await page.evaluate(async (query) => {
    const { open } = await import(new URL('timdoc.js', document.baseURI).href);
    const library = await open('bundle/');
    const found = await Promise.all([library.search(query), library.search(query), library.suggest(query)]);
    return found.slice(0, 2).map(({ hits }) => hits.map((/** @type {{ title: string }} */ { title }) => title));
  }, QUERY);
  assert.deepEqual(titles[0], titles[1]);
  assert.deepEqual(titles[0], await rightAnswers());
  const asked = host.of(SHARD).map(({ path, range }) => `${path} ${range}`);
  assert.equal(new Set(asked).size, asked.length, asked.join('\n'));
});

onHost('a call that is cancelled does not disturb another that waits for the same', async (page, host) => {
  host.behave((request) => (SHARD.test(request.path) ? { wait: 600 } : undefined));
  await page.goto(`${host.base}page.html`);
  const [first, second] = await page.evaluate(async (query) => {
    const { open } = await import(new URL('timdoc.js', document.baseURI).href);
    const library = await open('bundle/');
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    const outcomes = await Promise.allSettled([library.search(query, { signal: stop.signal }), library.search(query)]);
    return outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.hits.length : outcome.reason.code));
  }, QUERY);
  assert.equal(first, 'aborted');
  assert.equal(second, (await rightAnswers()).length);
});

/** The engine with no room at all: whatever it was handed is gone when a call begins. */
const FORGETFUL = `
import init, { Engine as Real } from './timdoc.js?real';
export default init;
export class Engine {
  constructor(...opened) { this.opened = opened; this.begin(); }
  begin() { this.real = new Real(...this.opened); }
}
for (const name of ['info', 'files', 'weights', 'supply', 'supply_article', 'search', 'article', 'facets', 'suggest', 'free']) {
  Engine.prototype[name] = function (...values) { return this.real[name](...values); };
}`;

onHost('a call that begins does not drop what another has fetched', async (page, host) => {
  host.behave(({ path, turn }) => {
    if (path === 'wasm/timdoc.js' && turn === 0) return { body: Buffer.from(FORGETFUL) };
    return SHARD.test(path) ? { wait: 200 } : undefined;
  });
  await page.goto(`${host.base}page.html`);
  await page.evaluate(async (query) => {
    const { open } = await import(new URL('timdoc.js', document.baseURI).href);
    const library = await open('bundle/');
    const first = library.search(query);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const second = library.search('nông thôn mới');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await Promise.all([first, second, library.suggest('hoc')]);
  }, QUERY);
  const asked = host.of(SHARD).map(({ path, range }) => `${path} ${range}`);
  assert.equal(new Set(asked).size, asked.length, asked.join('\n'));
});

onHost('an opening that one caller gives up goes on for another', async (page, host) => {
  host.behave(({ path }) => (/bundle\/head-/.test(path) ? { wait: 600 } : undefined));
  await page.goto(`${host.base}page.html`);
  const outcomes = await page.evaluate(async () => {
    const { open } = await import(new URL('timdoc.js', document.baseURI).href);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 200);
    const both = await Promise.allSettled([open('bundle/', { signal: stop.signal }), open('bundle/')]);
    return both.map((outcome) => (outcome.status === 'fulfilled' ? 'open' : outcome.reason.code));
  });
  assert.deepEqual(outcomes, ['aborted', 'open']);
});

// A library that is replaced by a newer version while the page is open.

const OTHER = new URL('../fixtures/bundle-v1/', import.meta.url);

onHost('a library that was replaced answers from its new version', async (page, host) => {
  host.library(OTHER);
  await page.goto(`${host.base}page.html`);
  await field(page).click();
  await page.locator('timdoc-search .tips button.plain').waitFor();
  host.library(null);
  await field(page).fill(QUERY);
  await resultsFor(page, QUERY);
  assert.deepEqual(await hits(page).allTextContents(), await rightAnswers());
  assert.equal(host.of(/manifest\.json/).length, 2);
});

onHost('a version published between manifest and head is the one that opens', async (page, host) => {
  const old = readFileSync(new URL('manifest.json', OTHER));
  host.behave(({ path, turn }) => (/manifest\.json/.test(path) && turn === 0 ? { body: old } : undefined));
  assert.deepEqual(await answers(page, host), await rightAnswers());
});

onHost('a shard that is gone without a newer version is an error, and is looked up once', async (page, host) => {
  host.behave(({ path }) => (/bundle\/terms-/.test(path) ? { status: 404 } : undefined));
  await ask(page, host);
  await page.locator('timdoc-search [data-code=missing]').waitFor();
  assert.equal(host.of(/manifest\.json/).length, 2);
});

onHost('filters whose code hangs are said to be missing; the note goes when they have come after all', async (page, host) => {
  await page.clock.install();
  host.behave(({ path }) => (path === 'element/after-results.js' ? { wait: 4000 } : undefined));
  await ask(page, host);
  await resultsFor(page, QUERY);
  await page.clock.runFor(11_000);
  const note = page.locator('timdoc-search .notes .failed', { hasText: 'Chưa tải được bộ lọc' });
  await note.getByRole('button', { name: 'Tải lại trang' }).waitFor();
  await page.locator('timdoc-search .facet li').first().waitFor();
  assert.equal(await note.count(), 0);
});
