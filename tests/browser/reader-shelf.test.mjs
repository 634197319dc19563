/** Articles put aside, read lately and left half read: what this device remembers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, BASE, fakeLibrary, open, ownPage, withPage } from './support/browser.mjs';
import { inReader, LONG, openArticle, openMenu } from './support/reading.mjs';

/** @typedef {import('playwright-core').Page} Page */

const HOME = '<timdoc-reader home="index.html"></timdoc-reader>';
const ids = (/** @type {Page} */ page, /** @type {string} */ list) => inReader(page, `.${list} li a`).evaluateAll((links) => links.map((link) => /** @type {HTMLElement} */ (link).dataset.id));

/** Opens an article of the library that is open, by its address. @param {Page} page @param {string} id */
async function read(page, id) {
  await open(page, `test.html?doc=${id}`);
  await inReader(page, 'article').waitFor();
}

/** Shows the page of the lists. @param {Page} page */
async function lists(page) {
  await open(page, 'test.html');
  await inReader(page, '.lists').waitFor();
}

/** Scrolls to a part, and waits until that is noted. @param {Page} page @param {number} part */
async function stopAt(page, part) {
  await inReader(page, `[data-part="${part}"]`).evaluate((element) => {
    element.scrollIntoView({ block: 'start' });
    scrollBy(0, element.getBoundingClientRect().height / 2);
  });
  await page.waitForFunction((part) => Object.keys(localStorage).some((key) => key.startsWith('timdoc:shelf') && JSON.parse(localStorage[key]).at?.[0] === part), part);
}

test('an article is put aside, found again, and taken off', withPage(async (page) => {
  await openArticle(page, { body: HOME });
  const keep = inReader(page, '.keep');
  await keep.click();
  assert.equal(await keep.getAttribute('aria-pressed'), 'true');
  await read(page, 'b');
  assert.equal(await keep.getAttribute('aria-pressed'), 'false');
  await lists(page);
  assert.deepEqual(await ids(page, 'kept'), ['a']);
  assert.deepEqual(await ids(page, 'recent'), ['b', 'a']);
  await inReader(page, '.kept a').click();
  await inReader(page, 'article').waitFor();
  assert.equal(await keep.getAttribute('aria-pressed'), 'true');
  await keep.click();
  await lists(page);
  assert.deepEqual(await ids(page, 'kept'), []);
}));

test('the lists open over an article too, and lead to another', withPage(async (page) => {
  await openArticle(page);
  await read(page, 'b');
  await openMenu(page, 'more');
  await inReader(page, '.entry.shelf').click();
  const dialog = inReader(page, 'dialog');
  await dialog.waitFor();
  assert.deepEqual(await ids(page, 'recent'), ['a'], 'not the one that is open');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await openMenu(page, 'more');
  await inReader(page, '.entry.shelf').click();
  await inReader(page, 'dialog .recent a').click();
  await page.waitForURL(/doc=a/);
  await dialog.waitFor({ state: 'detached' });
}));

test('where a reader stopped is offered, at any size of the text, and is gone to only when asked', withPage(async (page) => {
  await openArticle(page, { body: HOME });
  await stopAt(page, 14);
  await lists(page);
  assert.deepEqual(await ids(page, 'unfinished'), ['a']);
  assert.match((await inReader(page, '.unfinished .about').textContent()) ?? '', /đã đọc 3[89] %/);
  await page.evaluate(() => localStorage.setItem('timdoc:reader', JSON.stringify({ size: 6 })));
  await read(page, 'a');
  assert.equal(await page.evaluate(() => scrollY), 0);
  await inReader(page, '.resume button').click();
  const { top, bottom } = await inReader(page, '[data-part="14"]').evaluate((element) => element.getBoundingClientRect());
  assert.ok(top < 24 && bottom > 24, `${top} to ${bottom}`);
}));

test('opening an article again does not forget where the reader stopped; reading to the end does', withPage(async (page) => {
  await openArticle(page, { body: HOME });
  await stopAt(page, 14);
  await read(page, 'a');
  await page.mouse.wheel(0, 30);
  await page.waitForTimeout(1200);
  await read(page, 'a');
  assert.equal(await inReader(page, '.resume').count(), 1);
  // By the wheel: the browser puts a page that is opened again back to where it was until its user scrolls.
  await page.mouse.wheel(0, 100_000);
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('timdoc:shelf') && JSON.parse(localStorage[key]).at === null));
  await read(page, 'a');
  assert.equal(await inReader(page, '.resume').count(), 0);
}));

test('lists are cleared, and that is undone', withPage(async (page) => {
  await openArticle(page, { body: HOME });
  await inReader(page, '.keep').click();
  await read(page, 'b');
  await lists(page);
  await inReader(page, '.recent .off').first().click();
  assert.deepEqual(await ids(page, 'recent'), ['a']);
  assert.equal(await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('timdoc-reader')?.shadowRoot?.activeElement)?.dataset.id), 'a', 'the focus goes on');
  await inReader(page, '.recent .clear').click();
  assert.deepEqual(await ids(page, 'recent'), []);
  assert.deepEqual(await ids(page, 'kept'), ['a'], 'what was put aside stays');
  await inReader(page, '.notice button').click();
  assert.deepEqual(await ids(page, 'recent'), ['a']);
  await inReader(page, '.kept .clear').click();
  await inReader(page, '.recent .clear').click();
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('timdoc:shelf'))), []);
}));

test('who does not want to be remembered is not', withPage(async (page) => {
  await openArticle(page, { body: HOME });
  await lists(page);
  await inReader(page, '.lists .check input').uncheck();
  await inReader(page, '.recent .clear').click();
  await read(page, 'b');
  await page.evaluate(() => scrollTo(0, 2000));
  await page.waitForTimeout(1200);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('timdoc:shelf'))), []);
  await inReader(page, '.keep').click();
  await lists(page);
  assert.deepEqual([await ids(page, 'kept'), await ids(page, 'recent')], [['b'], []]);
}));

test('two tabs do not lose each other’s entries, and see them', withPage(async (page, context) => {
  await openArticle(page, { body: HOME });
  const other = await context.newPage();
  await ownPage(other, HOME);
  await fakeLibrary(other, { article: LONG });
  await read(other, 'b');
  await Promise.all([inReader(page, '.keep').click(), inReader(other, '.keep').click()]);
  await other.goto(`${BASE}test.html`);
  await inReader(other, '.lists').waitFor();
  assert.deepEqual((await ids(other, 'kept')).sort(), ['a', 'b']);
  await inReader(page, '.keep').click();
  await other.waitForFunction(() => document.querySelector('timdoc-reader')?.shadowRoot?.querySelectorAll('.kept li').length === 1);
}));

test('libraries of one origin do not mix', withPage(async (page) => {
  await openArticle(page, { body: '<timdoc-reader home="index.html" bundle="mot/"></timdoc-reader>' });
  await inReader(page, '.keep').click();
  await ownPage(page, '<timdoc-reader home="index.html" bundle="hai/"></timdoc-reader>', { path: 'hai.html' });
  await open(page, 'hai.html');
  await inReader(page, '.state').waitFor();
  await open(page, 'hai.html?doc=a');
  await inReader(page, 'article').waitFor();
  assert.equal(await inReader(page, '.keep').getAttribute('aria-pressed'), 'false');
}));

test('at most 200 articles are remembered as read, and 200 put aside; the newest stay', withPage(async (page) => {
  await openArticle(page, { body: HOME });
  const left = await page.evaluate(async () => {
    const { Shelf } = await import(new URL('lib/shelf.js', document.baseURI).href);
    const shelf = new Shelf('x');
    for (let n = 1; n <= 230; n += 1) {
      shelf.put(`r${n}`, { title: 't', read: n });
      shelf.put(`s${n}`, { title: 't', saved: n });
    }
    const ids = shelf.all().map((/** @type {{ id: string }} */ { id }) => id);
    return { read: ids.filter((/** @type {string} */ id) => id[0] === 'r').length, saved: ids.filter((/** @type {string} */ id) => id[0] === 's').length, oldest: ids.includes('r30') || ids.includes('s30'), newest: ids.includes('r230') && ids.includes('s31') };
  });
  assert.deepEqual(left, { read: 200, saved: 200, oldest: false, newest: true });
}));

test('what other scripts left in the storage does no harm', withPage(async (page) => {
  await page.addInitScript((library) => {
    if (localStorage.length > 0) return;
    for (const [id, value] of Object.entries({ a: '{', b: '17', c: '{"title":"C","read":"x","at":[1]}', d: '{"title":"D","read":1,"at":["x",2]}', e: 'null' })) localStorage.setItem(`timdoc:shelf ${library} ${id}`, value);
  }, `${BASE}bundle/`);
  await openArticle(page, { body: HOME });
  await lists(page);
  assert.deepEqual((await ids(page, 'recent')).sort(), ['a', 'd']);
}));

test('where storage is refused, nothing is offered, and the lists say why', withPage(async (page) => {
  await page.addInitScript(() => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } }));
  await openArticle(page, { body: HOME });
  assert.equal(await inReader(page, '.keep').isVisible(), false);
  await openMenu(page, 'more');
  await inReader(page, '.entry.shelf').click();
  await inReader(page, 'dialog').waitFor();
  assert.match((await inReader(page, 'dialog').textContent()) ?? '', /chế độ riêng tư/);
}));

for (const [lang, colorScheme, width] of /** @type {const} */ ([['vi', 'light', 360], ['en', 'dark', 1280]])) {
  test(`axe finds nothing in the lists, page and dialog, ${lang}, ${colorScheme}, ${width} px`, withPage(async (page) => {
    await openArticle(page, { body: HOME, lang });
    await stopAt(page, 14);
    await inReader(page, '.keep').click();
    await read(page, 'b');
    const clean = async (/** @type {string} */ where) => {
      assert.deepEqual((await axe(page)).filter((line) => !/heading-order/.test(line)), [], where);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, where);
    };
    await openMenu(page, 'more');
    await clean('menu');
    await inReader(page, '.entry.shelf').click();
    await inReader(page, 'dialog .recent').waitFor();
    await inReader(page, 'dialog .off').first().click();
    await clean('dialog');
    await page.keyboard.press('Escape');
    await lists(page);
    await clean('page');
  }, { colorScheme, viewport: { width, height: 740 } }));
}
