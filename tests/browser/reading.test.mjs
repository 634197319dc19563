/** Reading: opening an article, going back, moving on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE, fakeLibrary, field, hits, open, ownPage, resultsFor, search, withPage } from './support/browser.mjs';

const title = (/** @type {import('playwright-core').Page} */ page) => page.locator('timdoc-reader h1');

test('a result opens as an article', withPage(async (page) => {
  await open(page);
  await search(page, 'hoc tap');
  const name = await hits(page).first().textContent();
  await hits(page).first().click();
  await page.waitForURL(/reader\.html\?doc=/);
  await page.locator('timdoc-reader .body p').first().waitFor();
  assert.equal(await title(page).textContent(), name);
  await page.waitForFunction((t) => document.title.startsWith(t), (name ?? '-').replace(/\s+/g, ' '));
}));

test('the back button restores the results', withPage(async (page) => {
  await open(page);
  await search(page, 'hoc tap');
  const titles = await hits(page).allTextContents();
  await hits(page).nth(1).click();
  await title(page).waitFor();
  await page.goBack();
  await resultsFor(page, 'hoc tap');
  assert.deepEqual(await hits(page).allTextContents(), titles);
  assert.equal(await field(page).inputValue(), 'hoc tap');
}));

test('"back to results" goes back, also after reading on', withPage(async (page) => {
  await open(page);
  await search(page, 'hoc tap');
  await hits(page).first().click();
  await title(page).waitFor();
  const first = await title(page).textContent();
  await page.locator('timdoc-reader .neighbours a').first().click();
  await page.waitForFunction((t) => document.querySelector('timdoc-reader')?.shadowRoot?.querySelector('h1')?.textContent !== t, first);
  await page.locator('timdoc-reader .back').click();
  await resultsFor(page, 'hoc tap');
}));

test('an article opened from its address leads back to the search', withPage(async (page) => {
  await open(page);
  await search(page, 'hoc tap');
  const href = await hits(page).first().getAttribute('href');
  const other = await page.context().newPage();
  await other.goto(href ?? '');
  await title(other).waitFor();
  await other.locator('timdoc-reader .back').click();
  await resultsFor(other, 'hoc tap');
}));

test('words of the query are highlighted, and need not be', withPage(async (page) => {
  await open(page);
  await search(page, 'hoc tap');
  await hits(page).first().click();
  await page.locator('timdoc-reader article mark').first().waitFor();
  await page.locator('timdoc-reader .display summary').click();
  await page.locator('timdoc-reader .sheet input[type=checkbox]').uncheck();
  assert.equal(await page.locator('timdoc-reader article mark').count(), 0);
}));

test('the size of the text is remembered', withPage(async (page) => {
  await ownPage(page, '<timdoc-reader></timdoc-reader>');
  await fakeLibrary(page, {});
  await open(page, 'test.html?doc=a');
  await page.locator('timdoc-reader .display summary').click();
  await page.locator('timdoc-reader .sizes button').last().click();
  const size = () => page.locator('timdoc-reader article').evaluate((article) => getComputedStyle(article).fontSize);
  const larger = await size();
  await page.reload();
  await page.locator('timdoc-reader article').waitFor();
  assert.equal(await size(), larger);
}));

test('reading works where storage is refused', withPage(async (page) => {
  await page.addInitScript(() => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } }));
  await ownPage(page, '<timdoc-reader></timdoc-reader>');
  await fakeLibrary(page, {});
  await open(page, 'test.html?doc=a');
  await title(page).waitFor();
}));

test('a document cited leads to a search for its number', withPage(async (page) => {
  await ownPage(page, '<timdoc-reader home="index.html"></timdoc-reader>');
  await fakeLibrary(page, { article: { facts: { documents: [{ number: '01-KL/TW', text: 'Kết luận số 01-KL/TW', title: null, issuer: null, date: null, possibly_same: [], mentions: [] }], people: [], places: [], awards: [], models: [], dates: [] } } });
  await open(page, 'test.html?doc=a');
  assert.equal(await page.locator('timdoc-reader .documents a').getAttribute('href'), `${BASE}index.html?q=01-KL%2FTW`);
}));

test('lists, tables, headings and captions keep their form', withPage(async (page) => {
  await ownPage(page, '<timdoc-reader></timdoc-reader>');
  await fakeLibrary(page, { article: { blocks: [
    { kind: 'heading', text: 'Mục' }, { kind: 'list_item', text: 'một' }, { kind: 'list_item', text: 'hai' }, { kind: 'caption', text: 'Ảnh' },
    { kind: 'quote', text: 'Lời' }, { kind: 'table_row', text: 'a\tb' }, { kind: 'table_row', text: 'c\td' },
  ] } });
  await open(page, 'test.html?doc=a');
  const body = page.locator('timdoc-reader .body');
  await body.waitFor();
  assert.deepEqual(await body.evaluate((node) => ['h2', 'ul', 'ul li', '.caption', 'blockquote', 'table', 'td'].map((part) => node.querySelectorAll(part).length)), [1, 1, 2, 1, 1, 1, 4]);
}));

test('a date that was worked out is marked', withPage(async (page) => {
  await ownPage(page, '<timdoc-reader></timdoc-reader>');
  await fakeLibrary(page, { article: { published: { text: 'Sáng 16/5', date: '2024-05-16T08:30+07:00', precision: 'minute', inferred: true } } });
  await open(page, 'test.html?doc=a');
  await title(page).waitFor();
  assert.match((await page.locator('timdoc-reader .meta').textContent()) ?? '', /16\/05\/2024 08:30 \(suy ra\)/);
}));

test('on one page with the search, the article takes the place of the results and gives it back', withPage(async (page) => {
  await ownPage(page, '<timdoc-search bundle="bundle/"></timdoc-search><timdoc-reader bundle="bundle/"></timdoc-reader>');
  await open(page, 'test.html');
  await search(page, 'hoc tap');
  await hits(page).first().click();
  await title(page).waitFor();
  assert.match(page.url(), /test\.html\?q=hoc\+tap&doc=/);
  assert.equal(await hits(page).first().isVisible(), false);
  await page.goBack();
  await hits(page).first().waitFor({ state: 'visible' });
  assert.equal(await page.locator('timdoc-reader').isVisible(), false);
}));
