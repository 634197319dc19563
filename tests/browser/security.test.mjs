/** Strict policies, and text that would like to be more than text. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE, fakeLibrary, hits, MOCK, open, ownPage, search, STRICT, withPage } from './support/browser.mjs';

/** Serves every page of the demo under a policy. @param {import('playwright-core').Page} page @param {string} csp */
const under = (page, csp) => page.route((url) => url.href.startsWith(BASE), async (route) => {
  if (route.request().resourceType() !== 'document') return route.continue();
  const response = await route.fetch();
  await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': csp } });
});

test('search and reading break nothing of a strict policy', withPage(async (page) => {
  await page.addInitScript(() => {
    Reflect.set(globalThis, 'broken', []);
    addEventListener('securitypolicyviolation', (event) => Reflect.get(globalThis, 'broken').push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await under(page, STRICT);
  await open(page);
  await search(page, 'hoc tap');
  await page.locator('timdoc-search .facet li').first().waitFor();
  assert.deepEqual(await page.evaluate(() => Reflect.get(globalThis, 'broken')), []);
  await hits(page).first().click();
  await page.locator('timdoc-reader .body p').first().waitFor();
  assert.deepEqual(await page.evaluate(() => Reflect.get(globalThis, 'broken')), []);
}));

test('the service worker registers under Trusted Types', withPage(async (page) => {
  await under(page, STRICT);
  await open(page);
  assert.match(await page.evaluate(() => Promise.race([
    navigator.serviceWorker.ready.then(({ active }) => active?.scriptURL ?? ''),
    new Promise((resolve) => setTimeout(resolve, 20_000, 'not ready after 20 s')),
  ])), /\/sw\.js$/);
}, { serviceWorkers: 'allow' }));

test('a policy without wasm-unsafe-eval is named as the cause', { skip: MOCK }, withPage(async (page) => {
  await ownPage(page, '<timdoc-search bundle="bundle/"></timdoc-search>', { csp: "default-src 'self'" });
  await open(page, 'test.html?q=hoc');
  const state = page.locator('timdoc-search .state.error');
  await state.waitFor();
  assert.equal(await state.getAttribute('data-code'), 'csp');
  assert.match((await state.textContent()) ?? '', /wasm-unsafe-eval/);
}, { expectErrors: true }));

const HOSTILE = '<script>window.pwned = 1</script><img src=x onerror="window.pwned = 1">\u202Etxet';

test('hostile text in results is shown as text', withPage(async (page) => {
  await ownPage(page, '<timdoc-search></timdoc-search>');
  await fakeLibrary(page, { hits: [{
    title: HOSTILE, title_segments: [{ text: HOSTILE, hit: true }], source: HOSTILE, category: HOSTILE, snippet: [{ text: HOSTILE, hit: false }], missing: [HOSTILE],
  }], result: { total: 1, partial: true, corrected: { query: HOSTILE, original: HOSTILE } } });
  await open(page, `test.html?q=${encodeURIComponent(HOSTILE)}&f.category=${encodeURIComponent(HOSTILE)}`);
  await hits(page).first().waitFor();
  await page.locator('timdoc-search .chip').waitFor();
  assert.equal(await hits(page).first().textContent(), HOSTILE);
  assert.equal(await page.evaluate(() => document.querySelector('timdoc-search')?.shadowRoot?.querySelectorAll('img, script').length), 0);
  assert.equal(await page.evaluate(() => Reflect.get(globalThis, 'pwned')), undefined);
}));

test('a hostile article is shown as text and links nowhere', withPage(async (page) => {
  await ownPage(page, '<timdoc-reader></timdoc-reader>');
  await fakeLibrary(page, { article: {
    title: HOSTILE, lead: HOSTILE, byline: HOSTILE, source: HOSTILE, category: HOSTILE, url: 'javascript:window.pwned=1',
    blocks: ['paragraph', 'heading', 'caption', 'list_item', 'quote', 'table_row'].map((kind) => ({ kind, text: HOSTILE })),
    attachments: [{ name: HOSTILE, url: 'javascript:window.pwned=1' }, { name: 'data', url: 'data:text/html,<script>1</script>' }],
    images: ['javascript:window.pwned=1', 'data:image/svg+xml,<svg onload="window.pwned=1"/>', 'vbscript:1', ''].map((url) => ({ url, caption: HOSTILE, before: 0 })),
    related: [{ id: '"><img src=x onerror=alert(1)>', title: HOSTILE, published: null }],
    facts: { documents: [{ number: HOSTILE, text: HOSTILE, title: null, issuer: null, date: null, possibly_same: [], mentions: [] }], people: [], places: [], awards: [], models: [], dates: [] },
  } });
  await open(page, 'test.html?doc=a');
  await page.locator('timdoc-reader h1').waitFor();
  assert.equal(await page.locator('timdoc-reader h1').textContent(), HOSTILE);
  const found = await page.evaluate(() => {
    const root = document.querySelector('timdoc-reader')?.shadowRoot;
    return { made: root?.querySelectorAll('img, script, iframe').length, links: [...(root?.querySelectorAll('a') ?? [])].map((a) => a.protocol), pwned: Reflect.get(globalThis, 'pwned') };
  });
  assert.equal(found.made, 0);
  assert.ok(found.links.every((protocol) => /^https?:$/.test(protocol)), found.links.join(' '));
  assert.equal(found.pwned, undefined);
}));

test('hostile titles and headings are text in contents and in the lists of what was read, and turn nothing around', withPage(async (page) => {
  await ownPage(page, '<timdoc-reader home="index.html"></timdoc-reader>');
  await fakeLibrary(page, { article: { title: HOSTILE, blocks: ['heading', 'heading', 'heading', 'paragraph'].map((kind) => ({ kind, text: HOSTILE })) } });
  await open(page, 'test.html?doc=a');
  const made = (/** @type {string} */ links) => page.evaluate((links) => {
    const root = /** @type {ShadowRoot} */ (document.querySelector('timdoc-reader')?.shadowRoot);
    const found = [...root.querySelectorAll(links)];
    return { texts: found.map(({ textContent }) => textContent), bidi: found.map((link) => getComputedStyle(link).unicodeBidi), made: root.querySelectorAll('img, script').length, pwned: Reflect.get(globalThis, 'pwned') };
  }, links);
  await page.locator('timdoc-reader .contents a').first().waitFor();
  assert.deepEqual(await made('.contents a'), { texts: [HOSTILE, HOSTILE, HOSTILE], bidi: ['isolate', 'isolate', 'isolate'], made: 0, pwned: undefined });
  assert.deepEqual((await made('h1, .body > *')).bidi, Array(6).fill('isolate'));
  await page.locator('timdoc-reader .keep').click();
  await open(page, 'test.html');
  await page.locator('timdoc-reader .kept a').waitFor();
  assert.deepEqual(await made('.kept a'), { texts: [HOSTILE], bidi: ['isolate'], made: 0, pwned: undefined });
}));

test('a megabyte of one word neither breaks the page nor its width', withPage(async (page) => {
  await ownPage(page, '<timdoc-reader></timdoc-reader>');
  await fakeLibrary(page, { article: { title: 'a'.repeat(300), blocks: [{ kind: 'paragraph', text: 'ă'.repeat(1 << 20) }] } });
  await open(page, 'test.html?doc=a&q=a');
  await page.locator('timdoc-reader h1').waitFor({ timeout: 20_000 });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
}, { viewport: { width: 360, height: 740 } }));

test('a query of 100,000 characters is answered with a clear state', withPage(async (page) => {
  await ownPage(page, '<timdoc-search bundle="bundle/"></timdoc-search>');
  await open(page, 'test.html');
  await page.locator('timdoc-search input').first().fill('học '.repeat(25_000));
  const state = page.locator('timdoc-search .state.error');
  await state.waitFor();
  assert.equal(await state.getAttribute('data-code'), 'query_too_long');
}));
