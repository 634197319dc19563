/** The search as a dialog: opened by its button, by the page's own, or by a key. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, BASE, fakeLibrary, field, hits, open, ownPage, resultsFor, until, withPage } from './support/browser.mjs';

/** @typedef {import('playwright-core').Page} Page */

const LONG = '<p>Một đoạn.</p>'.repeat(80);
const DIALOG = '<timdoc-search bundle="bundle/" dialog></timdoc-search>';
const trigger = (/** @type {Page} */ page) => page.locator('timdoc-search [part=trigger]');
const isOpen = (/** @type {Page} */ page) => page.evaluate(() => document.querySelector('timdoc-search')?.shadowRoot?.querySelector('dialog')?.open ?? false);
/** The dialog whose opening and closing has been told to the page. */
const opened = (/** @type {Page} */ page) => page.waitForFunction(() => document.documentElement.style.overflow === 'hidden');
const closed = (/** @type {Page} */ page) => until(async () => !(await isOpen(page)), 'closed');

/** @param {Page} page @param {string} [body] @param {string} [query] */
async function dialogPage(page, body = DIALOG + LONG, query = '') {
  await ownPage(page, body);
  await open(page, `test.html${query}`);
  await page.locator('timdoc-search dialog').first().waitFor({ state: 'attached' });
}

test('the button, even with the focus on it, fetches nothing before it is pressed', withPage(async (page) => {
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => asked.push(request.url().slice(BASE.length)));
  await dialogPage(page);
  await trigger(page).focus();
  await page.waitForLoadState('networkidle');
  assert.deepEqual(asked.filter((path) => /search-app|wasm|bundle|style\//.test(path)), []);
  await trigger(page).click();
  await until(async () => asked.some((path) => path.endsWith('search-app.js')), 'loaded');
}));

test('pressing the button opens it with the cursor in the field, and results open as anywhere', withPage(async (page) => {
  await dialogPage(page);
  await trigger(page).click();
  await page.keyboard.type('hoc tap');
  await resultsFor(page, 'hoc tap');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/reader\.html\?doc=/);
}));

for (const key of ['Control+k', 'Meta+k']) {
  test(`${key} opens it, and keys typed at once are not lost`, withPage(async (page) => {
    await page.route('**/element/search-*.js', async (route) => {
      if (!route.request().url().endsWith('search-element.js')) await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue();
    });
    await dialogPage(page);
    await page.keyboard.press(key);
    await page.keyboard.type('hoc tap');
    await resultsFor(page, 'hoc tap');
    assert.equal(await field(page).inputValue(), 'hoc tap');
  }));
}

test('`/` opens it only where the page asks for that, and never from another field', withPage(async (page) => {
  await dialogPage(page);
  await page.keyboard.press('/');
  assert.equal(await isOpen(page), false);
  await dialogPage(page, '<timdoc-search bundle="bundle/" dialog shortcut="/"></timdoc-search><input id="other" aria-label="Khác">');
  await page.locator('#other').focus();
  await page.keyboard.press('/');
  assert.equal(await isOpen(page), false);
  await page.locator('#other').evaluate((input) => input.blur());
  await page.keyboard.press('/');
  assert.equal(await isOpen(page), true);
}));

test('`shortcut="none"` leaves the keys to the page', withPage(async (page) => {
  await dialogPage(page, '<timdoc-search bundle="bundle/" dialog shortcut="none"></timdoc-search>');
  await page.keyboard.press('Control+k');
  assert.equal(await isOpen(page), false);
  assert.equal(await page.locator('timdoc-search kbd').count(), 0);
}));

test('Escape closes it, also from a result, and the focus goes back to where it was', withPage(async (page) => {
  await dialogPage(page);
  await trigger(page).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('hoc tap');
  await resultsFor(page, 'hoc tap');
  await page.keyboard.press('Escape');
  await closed(page);
  const focused = () => page.evaluate(() => document.querySelector('timdoc-search')?.shadowRoot?.activeElement?.getAttribute('part'));
  assert.equal(await focused(), 'trigger');
  await page.keyboard.press('Enter');
  await opened(page);
  assert.equal(await field(page).inputValue(), 'hoc tap', 'the search is kept');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await closed(page);
  assert.equal(await focused(), 'trigger');
}));

test('Escape while a word is composed belongs to the input method', withPage(async (page, context) => {
  await dialogPage(page);
  await trigger(page).click();
  const session = await context.newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'học', selectionStart: 3, selectionEnd: 3 });
  await field(page).evaluate((input) => input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', isComposing: true, bubbles: true, composed: true, cancelable: true })));
  assert.equal(await isOpen(page), true);
  assert.equal(await field(page).inputValue(), 'học');
}));

test('an element of the page opens it: by `data-timdoc-open`, and in its slot', withPage(async (page) => {
  await dialogPage(page, '<a id="mine" href="/tim-kiem" data-timdoc-open><b>Tìm</b></a><timdoc-search bundle="bundle/" dialog><button slot="button" id="slotted">Tìm kiếm</button></timdoc-search>');
  await page.locator('#mine b').click();
  await opened(page);
  await page.locator('timdoc-search .shut').click();
  await closed(page);
  assert.ok(page.url().endsWith('test.html'), 'the link was not followed');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'mine');
  await page.locator('#slotted').click();
  assert.equal(await isOpen(page), true);
}));

test('of two dialogs the one that is named opens', withPage(async (page) => {
  await dialogPage(page, '<timdoc-search bundle="bundle/" dialog></timdoc-search><timdoc-search id="hai" prefix="b-" bundle="bundle/" dialog></timdoc-search><button data-timdoc-open="hai">Hai</button>');
  await page.locator('[data-timdoc-open]').click();
  const states = await page.locator('timdoc-search').evaluateAll((all) => all.map((one) => one.shadowRoot?.querySelector('dialog')?.open));
  assert.deepEqual(states, [false, true]);
}));

test('open(), close() and the events', withPage(async (page) => {
  await dialogPage(page);
  await page.evaluate(() => {
    Reflect.set(globalThis, 'told', []);
    for (const name of ['timdoc-dialog-open', 'timdoc-dialog-close']) document.addEventListener(name, () => Reflect.get(globalThis, 'told').push(name));
    /** @type {any} */ (document.querySelector('timdoc-search')).open();
  });
  await opened(page);
  await page.evaluate(() => /** @type {any} */ (document.querySelector('timdoc-search')).close());
  await until(async () => (await page.evaluate(() => Reflect.get(globalThis, 'told').length)) === 2, 'told');
  assert.deepEqual(await page.evaluate(() => Reflect.get(globalThis, 'told')), ['timdoc-dialog-open', 'timdoc-dialog-close']);
}));

test('the page behind it does not scroll, nor jump sideways', withPage(async (page) => {
  await dialogPage(page);
  const left = () => page.locator('main h1').evaluate((h1) => h1.getBoundingClientRect().width);
  const before = await left();
  await trigger(page).click();
  await opened(page);
  await page.mouse.move(40, 600);
  await page.mouse.wheel(0, 900);
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => scrollY), 0);
  assert.equal(await left(), before);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.documentElement.style.overflow === '');
  await page.mouse.wheel(0, 900);
  await page.waitForFunction(() => scrollY > 0);
}));

test('a press beside it closes it; a selection that ends there does not', withPage(async (page) => {
  await dialogPage(page);
  await trigger(page).click();
  await opened(page);
  await page.waitForTimeout(300);
  const box = await field(page).boundingBox();
  await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 10);
  await page.mouse.down();
  await page.mouse.move(20, 700);
  await page.mouse.up();
  assert.equal(await isOpen(page), true);
  await page.mouse.click(20, 700);
  await closed(page);
}));

test('its search is in the address while it is open; a reload opens it with its results', withPage(async (page) => {
  await dialogPage(page);
  await trigger(page).click();
  await page.keyboard.type('hoc tap');
  await resultsFor(page, 'hoc tap');
  assert.equal(new URL(page.url()).searchParams.get('q'), 'hoc tap');
  await page.reload();
  await resultsFor(page, 'hoc tap');
  assert.equal(await isOpen(page), true);
  await page.keyboard.press('Escape');
  await until(async () => !new URL(page.url()).searchParams.has('q'), 'the address is the page again');
}));

test('going back from an article opens it where it was left', withPage(async (page) => {
  await dialogPage(page);
  await trigger(page).click();
  await page.keyboard.type('hoc');
  await resultsFor(page, 'hoc');
  const seventh = hits(page).nth(6);
  await page.waitForTimeout(800);
  await seventh.scrollIntoViewIfNeeded();
  const [id, before] = await seventh.evaluate((link) => [/** @type {HTMLElement} */ (link).dataset.id, link.getBoundingClientRect().top]);
  assert.ok((await page.locator('timdoc-search .inside').evaluate((element) => element.scrollTop)) > 0);
  await seventh.click();
  await page.waitForURL(/reader\.html/);
  await page.goBack();
  await resultsFor(page, 'hoc');
  const link = page.locator(`timdoc-search [data-id="${id}"]`);
  await until(async () => Math.abs((await link.evaluate((element) => element.getBoundingClientRect().top)) - Number(before)) < 2, 'the same article in the same place');
  // Also when what comes after results has come.
  await page.waitForTimeout(1000);
  assert.ok(Math.abs((await link.evaluate((element) => element.getBoundingClientRect().top)) - Number(before)) < 2, 'it does not jump');
}));

test('with a reader on the same page it makes way for the article, and comes back', withPage(async (page) => {
  await dialogPage(page, `${DIALOG}<timdoc-reader bundle="bundle/"></timdoc-reader>`);
  await trigger(page).click();
  await page.keyboard.type('hoc tap');
  await resultsFor(page, 'hoc tap');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('timdoc-reader h1').waitFor();
  assert.equal(await isOpen(page), false);
  assert.match(page.url(), /doc=/);
  await page.goBack();
  await resultsFor(page, 'hoc tap');
  await until(() => isOpen(page), 'open again');
}));

test('on a phone it fills the screen, also what the keyboard leaves of it', withPage(async (page) => {
  await dialogPage(page);
  await trigger(page).click();
  await page.keyboard.type('hoc tap');
  await resultsFor(page, 'hoc tap');
  const size = () => page.locator('timdoc-search dialog').first().evaluate((dialog) => [dialog.clientWidth, dialog.clientHeight]);
  assert.deepEqual(await size(), [360, 640]);
  await page.setViewportSize({ width: 360, height: 340 });
  await until(async () => (await size())[1] === 340, 'lower');
  assert.ok(((await field(page).boundingBox())?.y ?? -1) >= 0, 'the field stays in sight');
}, { viewport: { width: 360, height: 640 } }));

test('a form of the portal in it is what readers without scripts get', withPage(async (page) => {
  await dialogPage(page, '<timdoc-search bundle="bundle/" dialog><form action="/tim-kiem"><input name="q"></form></timdoc-search>');
  assert.equal(await page.locator('form[action]').isVisible(), false);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('hoc tap');
  await resultsFor(page, 'hoc tap');
}));

test('what goes wrong before it has loaded is said in it', withPage(async (page) => {
  await page.route('**/element/search-app.js', (route) => route.abort());
  await dialogPage(page);
  await trigger(page).click();
  await page.locator('timdoc-search dialog .failed').waitFor();
}));

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const width of [1280, 360]) {
    test(`axe finds nothing: closed, empty, with results, with filters, ${colorScheme}, ${width} px`, withPage(async (page) => {
      await ownPage(page, '<timdoc-search dialog></timdoc-search>');
      await fakeLibrary(page, {});
      await open(page, 'test.html');
      assert.deepEqual(await axe(page), []);
      await trigger(page).click();
      await page.locator('timdoc-search .tips').waitFor();
      assert.deepEqual(await axe(page), []);
      await page.keyboard.type('hoc');
      await resultsFor(page, 'hoc');
      assert.deepEqual(await axe(page), []);
      await page.locator('timdoc-search .toggle').click();
      await page.locator('timdoc-search .facet li').first().waitFor();
      assert.deepEqual(await axe(page), []);
    }, { colorScheme, viewport: { width, height: 740 } }));
  }
}
