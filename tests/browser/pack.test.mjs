/**
 * `timdoc pack`: one file, opened from the disk as by a double click, without a network. Besides TIMDOC_URL it needs the
 * tool (TIMDOC, else target/release/timdoc) and dist/ (DIST) with the page's parts in it.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { makeArticles } from '../bench/synthetic.mjs';
import { axe, field, hits, openFilters, resultsFor, search, total, withPage } from './support/browser.mjs';

/** @typedef {import('playwright-core').Page} Page */

const ROOT = resolve(import.meta.dirname, '../..');
const TOOL = process.env.TIMDOC ?? join(ROOT, 'target/release/timdoc');
const DIST = process.env.DIST ?? join(ROOT, 'dist');
const DESK = mkdtempSync(join(tmpdir(), 'timdoc-pack-'));
after(() => rmSync(DESK, { recursive: true, force: true }));

/**
 * Packs a library and gives the file's path.
 *
 * @param {string} bundle
 * @param {string} name
 * @param {string[]} [more]
 */
function pack(bundle, name, more = []) {
  const out = join(DESK, name);
  execFileSync(TOOL, ['pack', bundle, '--site', DIST, '--out', out, ...more]);
  return out;
}

/**
 * Builds a library of articles and packs it.
 *
 * @param {object[]} articles
 * @param {string} name
 */
function packArticles(articles, name) {
  const input = join(DESK, `${name}.jsonl`);
  writeFileSync(input, articles.map((article) => JSON.stringify(article)).join('\n'));
  execFileSync(TOOL, ['build', input, '--out', join(DESK, name)]);
  return pack(join(DESK, name), `${name}.html`);
}

/** A name as people give one: with marks, spaces and signs that addresses write otherwise. */
const SAMPLE = pack(join(DIST, 'bundle'), 'Thư viện số #1 (100%).html');

/** Opens a file; the query is what stands behind `?`. @param {Page} page @param {string} file @param {string} [query] */
const open = (page, file, query = '') => page.goto(pathToFileURL(file).href + query);

const recent = (/** @type {Page} */ page) => page.locator('.recent li a');
const title = (/** @type {Page} */ page) => page.locator('timdoc-reader h1');
const view = (/** @type {Page} */ page, /** @type {string} */ name) => page.waitForFunction((n) => document.documentElement.dataset.view === n, name);

/** A test without a network. @param {Parameters<typeof withPage>[0]} body @param {Parameters<typeof withPage>[1]} [options] */
const offline = (body, options) => withPage(body, { offline: true, ...options });

test('the first view says what this is, how many articles, of which dates, and the newest', offline(async (page) => {
  await open(page, SAMPLE);
  await recent(page).first().waitFor();
  assert.equal(await page.locator('h1').textContent(), 'Báo Sông Thao');
  assert.match(await page.locator('[data-about]').textContent() ?? '', /^43 bài viết, đăng từ \d\d\/\d\d\/2021 đến \d\d\/\d\d\/2026$/);
  const days = await page.locator('.recent time').evaluateAll((times) => times.map((time) => time.getAttribute('datetime') ?? ''));
  assert.equal(days.length, 10);
  assert.deepEqual(days, [...days].sort().reverse());
}));

test('the licences of what it is made of are in the file', offline(async (page) => {
  await open(page, SAMPLE);
  const text = await page.locator('#licenses').textContent();
  assert.equal(text, readFileSync(join(ROOT, 'www/licenses.txt'), 'utf8'));
  assert.match(text ?? '', /THE SOFTWARE IS PROVIDED "AS IS"/);
}));

test('nothing is asked for but the file', offline(async (page) => {
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await open(page, SAMPLE);
  await search(page, 'hoc tap');
  await openFilters(page);
  await hits(page).first().click();
  await title(page).waitFor();
  assert.deepEqual(asked, [pathToFileURL(SAMPLE).href]);
}));

test('a search without marks finds what is written with them, a filter narrows it', offline(async (page) => {
  await open(page, SAMPLE);
  await search(page, 'chuyen doi so');
  assert.match((await page.locator('timdoc-search .hit mark').allTextContents()).join(' '), /chuyển đổi số/i);
  const all = await total(page);
  await openFilters(page);
  await page.locator('timdoc-search .facet [type=checkbox]').first().check();
  await page.waitForFunction(() => document.querySelector('timdoc-search')?.shadowRoot?.querySelector('.chip'));
  const narrowed = await total(page);
  assert.ok(narrowed > 0 && narrowed < all, `${narrowed} of ${all}`);
}));

test('a result opens; back, forward and reload lead where they should', offline(async (page) => {
  await open(page, SAMPLE);
  await search(page, 'hoc tap');
  const titles = await hits(page).allTextContents();
  await hits(page).nth(1).click();
  await title(page).waitFor();
  const name = await title(page).textContent();
  await page.goBack();
  await resultsFor(page, 'hoc tap');
  assert.deepEqual(await hits(page).allTextContents(), titles);
  await page.goForward();
  await view(page, 'reading');
  await page.reload();
  await title(page).waitFor();
  assert.equal(await title(page).textContent(), name);
  assert.ok((await page.title()).startsWith(name ?? '-'), await page.title());
  await page.goBack();
  await resultsFor(page, 'hoc tap');
}));

test('an address with a search or an article opens it', offline(async (page) => {
  await open(page, SAMPLE, '?q=tuyen+sinh&sort=newest');
  await resultsFor(page, 'tuyen sinh');
  assert.equal(await page.locator('timdoc-search select').inputValue(), 'newest');
  const id = await hits(page).first().getAttribute('data-id');
  await open(page, SAMPLE, `?doc=${id}`);
  await title(page).waitFor();
  await page.locator('timdoc-reader .back').click();
  await view(page, 'home');
  await recent(page).first().waitFor();
}));

test('one of the newest articles opens, and the reader goes back to the first view', offline(async (page) => {
  await open(page, SAMPLE);
  const name = await recent(page).nth(3).textContent();
  await recent(page).nth(3).click();
  await title(page).waitFor();
  assert.equal(await title(page).textContent(), name);
  assert.equal(await page.evaluate(() => document.querySelector('timdoc-reader')?.shadowRoot?.activeElement?.tagName), 'H1');
  await page.locator('timdoc-reader .back').click();
  await view(page, 'home');
  assert.ok(await recent(page).first().isVisible());
  assert.ok(!(await title(page).isVisible()));
}));

test('all articles are one step away, and the heading leads back', offline(async (page) => {
  await open(page, SAMPLE);
  await page.locator('.all').click();
  await hits(page).first().waitFor();
  assert.equal(await total(page), 43);
  await page.locator('h1 a').click();
  await view(page, 'home');
  assert.ok(await recent(page).first().isVisible());
  assert.equal(new URL(page.url()).search, '');
}));

test('who types above an article gets results, and the back button leads to the article again', offline(async (page) => {
  await open(page, SAMPLE);
  await recent(page).first().click();
  await title(page).waitFor();
  const name = await title(page).textContent();
  await field(page).pressSequentially('hien mau');
  await resultsFor(page, 'hien mau');
  await view(page, 'results');
  await page.goBack();
  await view(page, 'reading');
  assert.equal(await title(page).textContent(), name);
}));

test('by keyboard alone: to the box, a search, an article, back', offline(async (page) => {
  await open(page, SAMPLE);
  await recent(page).first().waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.type('hoc tap');
  await resultsFor(page, 'hoc tap');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await title(page).waitFor();
  const focused = () => page.evaluate(() => document.querySelector('timdoc-reader')?.shadowRoot?.activeElement?.className ?? '');
  for (let step = 0; step < 9 && !(await focused()).includes('back'); step += 1) await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await view(page, 'results');
  await resultsFor(page, 'hoc tap');
}));

test('an article shows its facts, and the table of facts is saved as a file', offline(async (page) => {
  await open(page, SAMPLE, '?q=khen+thuong');
  await resultsFor(page, 'khen thuong');
  await page.locator('timdoc-search .tools button[aria-haspopup="dialog"]').click();
  const save = page.locator('timdoc-search dialog button, timdoc-search dialog a').filter({ hasText: 'CSV' });
  await save.first().waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), save.first().click()]);
  assert.match(readFileSync(await download.path(), 'utf8'), /Ngày đăng/);
  await page.keyboard.press('Escape');
  await hits(page).first().click();
  await page.locator('timdoc-reader .facts li, timdoc-reader .aside li').first().waitFor();
}, { acceptDownloads: true }));

test('it works where the browser refuses storage and cannot decode base64 itself', offline(async (page) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(Uint8Array, 'fromBase64');
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } });
    Object.defineProperty(window, 'caches', { get() { throw new DOMException('refused', 'SecurityError'); } });
  });
  await open(page, SAMPLE);
  await search(page, 'hoc tap');
  await hits(page).first().click();
  await title(page).waitFor();
}));

test('nothing is offered to be saved and nothing is said of the network', offline(async (page) => {
  await open(page, SAMPLE, '?q=hoc+tap');
  await resultsFor(page, 'hoc tap');
  await openFilters(page);
  const text = await page.evaluate(() => document.querySelector('timdoc-search')?.shadowRoot?.querySelector('.panel')?.checkVisibility()
    && [...document.querySelector('timdoc-search')?.shadowRoot?.querySelectorAll('.badge, .foot') ?? []].map((element) => element.checkVisibility()));
  assert.deepEqual(text, [false, false]);
}));

test('text of articles is text, also in the file', offline(async (page) => {
  const bad = '</script><script>window.bad = 1</script><!-- <img src=x onerror="window.bad = 2">';
  const file = packArticles([{ id: '"><script>', title: `Bài thử ${bad}`, source: bad, published: '2026-01-02', body: `Chợ phiên ${bad}` }], 'bad');
  await open(page, file);
  await recent(page).first().waitFor();
  assert.equal(await page.locator('h1').textContent(), bad);
  await search(page, 'cho phien');
  await hits(page).first().click();
  await title(page).waitFor();
  assert.ok((await page.locator('timdoc-reader .body').textContent())?.includes(bad));
  assert.equal(await page.evaluate(() => Reflect.get(window, 'bad')), undefined);
}));

test('the policy of the page runs no other script and asks nobody', withPage(async (page) => {
  await open(page, SAMPLE);
  await recent(page).first().waitFor();
  const outcome = await page.evaluate(async () => {
    /** @type {string[]} */
    const broken = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => broken.push(effectiveDirective));
    const script = document.createElement('script');
    script.append('window.bad = 1');
    try {
      document.body.append(script);
    } catch {
      // Trusted Types, before the rest of the policy is asked.
    }
    const style = document.createElement('style');
    style.append('* { color: red }');
    document.body.append(style);
    await fetch('https://example.org/').catch(() => {});
    await new Promise((done) => setTimeout(done, 50));
    return { broken, bad: Reflect.get(window, 'bad') };
  });
  assert.equal(outcome.bad, undefined);
  for (const what of ['require-trusted-types-for', 'style-src-elem', 'connect-src']) assert.ok(outcome.broken.includes(what), `${what}: ${outcome.broken}`);
}, { expectErrors: true }));

for (const kind of ['head', 'terms', 'articles']) {
  test(`a file whose ${kind} were damaged on the way says so, and what to do`, withPage(async (page) => {
    const html = readFileSync(SAMPLE, 'utf8');
    const damaged = join(DESK, `damaged-${kind}.html`);
    const block = new RegExp(`(id="file:${kind}-[^>]*>)([^<]*)`);
    assert.match(html, block);
    writeFileSync(damaged, html.replace(block, (_, tag, letters) => tag + [...letters.replace(/=+$/, '')].reverse().join('') + /=*$/.exec(letters)));
    await open(page, damaged, '?q=hoc+tap');
    const state = page.locator('timdoc-search .state.error');
    await state.waitFor();
    assert.match(await state.textContent() ?? '', /Tệp này đã bị hỏng.*chép lại tệp/s);
  }, { expectErrors: true }));
}

test('half a file says after a while that it does not open', withPage(async (page) => {
  const html = readFileSync(SAMPLE, 'utf8');
  const half = join(DESK, 'half.html');
  writeFileSync(half, html.slice(0, html.length / 2));
  await open(page, half);
  assert.ok(!(await page.locator('[data-late] p').first().isVisible()));
  await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
  assert.ok(await page.locator('[data-late] p').first().isVisible());
  assert.match(await page.locator('[data-late]').innerText(), /chép lại tệp[^]*copy the file again/);
}));

test('without JavaScript it says what it needs', withPage(async (page) => {
  await open(page, SAMPLE);
  assert.match(await page.locator('noscript').innerText(), /Cần bật JavaScript/);
}, { javaScriptEnabled: false }));

test('it is whole in English', offline(async (page) => {
  await open(page, pack(join(DIST, 'bundle'), 'english.html', ['--lang', 'en', '--title', 'Song Thao News']));
  await recent(page).first().waitFor();
  assert.match(await page.locator('[data-about]').textContent() ?? '', /^43 articles, published from/);
  assert.match(await page.locator('footer').textContent() ?? '', /in this file.*Newest article: \d\d\//);
  assert.equal(await page.locator('.recent h2').textContent(), 'Newest articles');
  await field(page).fill('hoc tap');
  await hits(page).first().waitFor();
  assert.match(await page.locator('timdoc-search .count').textContent() ?? '', /articles/);
}));

for (const width of [360, 1280]) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    test(`axe finds nothing, and nothing sticks out, at ${width} px, ${colorScheme}`, offline(async (page) => {
      const sound = async (/** @type {string} */ state) => {
        assert.deepEqual(await axe(page), [], state);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${state} sticks out`);
      };
      await open(page, SAMPLE);
      await recent(page).first().waitFor();
      await sound('first view');
      await field(page).focus();
      await page.locator('timdoc-search .tips button').last().waitFor();
      await sound('tips');
      await search(page, 'hoc tap');
      await openFilters(page);
      await sound('results');
      await hits(page).first().click();
      await title(page).waitFor();
      await sound('article');
    }, { viewport: { width, height: 800 }, colorScheme }));
  }
}

test('a choice of colours in the reader is the page\'s', offline(async (page) => {
  await open(page, SAMPLE);
  await recent(page).first().click();
  await page.locator('timdoc-reader summary').first().click();
  await page.locator('timdoc-reader label', { has: page.locator('input[value="dark"]') }).click();
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(18, 28, 32)');
}, { colorScheme: 'light' }));

test('1,000 articles: the first result is there soon after the file is opened', offline(async (page) => {
  const file = packArticles(makeArticles(1000), 'thousand');
  const megabytes = readFileSync(file).length / 1e6;
  const start = performance.now();
  await open(page, file);
  await recent(page).first().waitFor();
  const opened = performance.now() - start;
  await search(page, 'hoc tap');
  const found = performance.now() - start;
  console.log(`  ${megabytes.toFixed(1)} MB: first view after ${opened.toFixed(0)} ms, first result after ${found.toFixed(0)} ms`);
  assert.ok(found < 5000, `${found} ms`);
}));
