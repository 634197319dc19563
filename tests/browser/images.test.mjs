/** The pictures of an article: shown when they are the page's own, links else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, BASE, fakeLibrary, open, ownPage, withPage } from './support/browser.mjs';

// A picture of 2 by 1 pixels.
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGNgYGD4//8/AAYBAv4CtjCRAAAAAElFTkSuQmCC', 'base64');

const BLOCKS = [
  { kind: 'paragraph', text: 'Sáng nay, bến đò của xã mở lại.' },
  { kind: 'caption', text: 'Bến đò sau khi sửa. Ảnh: Lê An' },
  { kind: 'list_item', text: 'Chuyến đầu lúc 5 giờ.' },
  { kind: 'list_item', text: 'Chuyến cuối lúc 21 giờ.' },
];

/** Opens an article with pictures. @param {import('playwright-core').Page} page @param {object[]} images */
async function read(page, images) {
  await ownPage(page, '<timdoc-reader></timdoc-reader>');
  await fakeLibrary(page, { article: { blocks: BLOCKS, images, byline: 'Lê An' } });
  await page.route(BASE + 'anh/*.png', (route) => route.fulfill(route.request().url().includes('mat') ? { status: 404 } : { body: PNG, contentType: 'image/png' }));
  await open(page, 'test.html?doc=a');
  await page.locator('timdoc-reader .body p').first().waitFor();
}

const figures = (/** @type {import('playwright-core').Page} */ page) => page.locator('timdoc-reader figure');

test('a picture of the own origin is shown where it stands, with its caption', withPage(async (page) => {
  await read(page, [{ url: `${BASE}anh/ben.png`, caption: null, before: 1 }, { url: 'anh/do.png', caption: 'Chiếc đò mới', before: 4 }]);
  await page.waitForFunction(() => [...(document.querySelector('timdoc-reader')?.shadowRoot?.querySelectorAll('img') ?? [])].filter((img) => img.naturalWidth === 2).length === 2);
  const order = await page.locator('timdoc-reader .body').evaluate((body) => [...body.children].map((child) => `${child.localName}: ${child.textContent?.trim()}`));
  assert.deepEqual(order, ['p: Lời dẫn.', `p: ${BLOCKS[0].text}`, `figure: Chú thích ảnh: ${BLOCKS[1].text}`, `ul: ${BLOCKS[2].text}${BLOCKS[3].text}`, 'figure: Chiếc đò mới', 'p: Lê An']);
  assert.equal(await figures(page).first().locator('img').getAttribute('loading'), 'lazy');
  assert.deepEqual(await axe(page), []);
}));

test('a picture of another origin is a link that fetches nothing', withPage(async (page) => {
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await read(page, [{ url: 'https://khac.example/a.png', caption: null, before: 1 }, { url: 'https://khac.example/b.png', caption: 'Chiếc đò mới', before: 0 }]);
  await figures(page).nth(1).waitFor();
  const links = await page.locator('timdoc-reader figure a').evaluateAll((all) => all.map((a) => [a.textContent, a.getAttribute('aria-label'), a.getAttribute('href'), a.getAttribute('rel')]));
  assert.deepEqual(links, [
    ['Ảnh: Chiếc đò mới', null, 'https://khac.example/b.png', 'noopener noreferrer'],
    ['Ảnh', `Ảnh: ${BLOCKS[1].text}`, 'https://khac.example/a.png', 'noopener noreferrer'],
  ]);
  assert.equal(await page.locator('timdoc-reader img').count(), 0);
  assert.deepEqual(asked.filter((url) => url.includes('khac.example')), []);
  assert.deepEqual(await axe(page), []);
}, { viewport: { width: 360, height: 740 } }));

test('a picture that does not load becomes a link', withPage(async (page) => {
  await read(page, [{ url: 'anh/mat.png', caption: 'Chiếc đò cũ', before: 0 }]);
  await page.locator('timdoc-reader figure a').waitFor();
  assert.equal(await figures(page).textContent(), 'Ảnh: Chiếc đò cũ');
  assert.equal(await page.locator('timdoc-reader img').count(), 0);
}));

test('an address that is not of the web reaches no attribute', withPage(async (page) => {
  await read(page, ['javascript:window.pwned=1', 'data:image/png;base64,AAAA', ' java\nscript:alert(1)', 'blob:x', '', 'anh/do.png'].map((url) => ({ url, caption: 'x', before: 0 })));
  await figures(page).first().waitFor();
  const made = await page.locator('timdoc-reader').evaluate((host) => [...(host.shadowRoot?.querySelectorAll('[src], [href]') ?? [])].map((node) => node.getAttribute('src') ?? node.getAttribute('href')));
  assert.deepEqual(made.filter((address) => !/^https?:|^\?|^reader\.html|^index\.html/.test(address ?? '')), []);
  assert.equal(await figures(page).count(), 1);
  assert.equal(await page.evaluate(() => Reflect.get(globalThis, 'pwned')), undefined);
}));

test('an article without pictures fetches nothing for them', withPage(async (page) => {
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await read(page, []);
  await page.waitForTimeout(300);
  assert.deepEqual(asked.filter((url) => /images\.(js|css)/.test(url)), []);
}));
