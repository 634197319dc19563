/** Searching: from what is typed to results, and their address. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE, fakeLibrary, field, hits, open, ownPage, resultsFor, search, total, until, withPage } from './support/browser.mjs';

test('typing shows results with the words highlighted', withPage(async (page) => {
  await open(page);
  await search(page, 'học tập');
  assert.ok((await hits(page).count()) > 0);
  assert.match((await page.locator('timdoc-search mark').first().textContent()) ?? '', /học|tập/i);
}));

test('a query without marks finds the words with marks', withPage(async (page) => {
  await open(page);
  await search(page, 'chuyen doi so');
  const marks = await page.locator('timdoc-search mark').allTextContents();
  assert.ok(marks.some((text) => /chuyển|đổi/i.test(text)), marks.join(' | '));
}));

test('dates are shown as dd/mm/yyyy', withPage(async (page) => {
  await open(page, 'index.html?all=1&sort=newest');
  assert.match((await page.locator('timdoc-search .hit time').first().textContent()) ?? '', /^\d\d\/\d\d\/\d{4}$/);
}));

test('the latest query wins when an earlier answer comes late', withPage(async (page) => {
  await ownPage(page, '<timdoc-search></timdoc-search>');
  await fakeLibrary(page, { delays: { cham: 900, nhanh: 10 } });
  await open(page, 'test.html');
  await field(page).fill('cham');
  await page.waitForFunction(() => Reflect.get(globalThis, 'timdocCalls')?.includes('search cham'));
  await field(page).fill('nhanh');
  await resultsFor(page, 'nhanh');
  await page.waitForTimeout(1200);
  assert.match((await hits(page).first().textContent()) ?? '', /nhanh/);
}));

test('old results stay until the new ones come', withPage(async (page) => {
  await ownPage(page, '<timdoc-search></timdoc-search>');
  await fakeLibrary(page, { delays: { cham: 60_000 } }); // not while this looks, however busy the machine
  await open(page, 'test.html');
  await search(page, 'nhanh');
  await field(page).fill('cham');
  await page.locator('timdoc-search .busy').waitFor({ state: 'visible' });
  assert.match((await hits(page).first().textContent()) ?? '', /nhanh/);
}));

test('typing does not fill the history', withPage(async (page) => {
  await open(page);
  const before = await page.evaluate(() => history.length);
  await field(page).pressSequentially('học tập', { delay: 30 });
  await resultsFor(page, 'học tập');
  assert.equal(await page.evaluate(() => history.length), before);
  assert.equal(new URL(page.url()).searchParams.get('q'), 'học tập');
}));

test('a reload restores the search', withPage(async (page) => {
  await open(page);
  await search(page, 'hoc tap');
  const titles = await hits(page).allTextContents();
  await page.reload();
  await resultsFor(page, 'hoc tap');
  assert.equal(await field(page).inputValue(), 'hoc tap');
  assert.deepEqual(await hits(page).allTextContents(), titles);
}));

test('"show more" adds results, and a reload shows as many', withPage(async (page) => {
  await open(page, 'index.html?all=1');
  await hits(page).first().waitFor();
  assert.equal(await hits(page).count(), 10);
  await page.locator('timdoc-search .rest button').click();
  await page.waitForFunction(() => (document.querySelector('timdoc-search')?.shadowRoot?.querySelectorAll('.hit').length ?? 0) === 20);
  await page.reload();
  await hits(page).nth(19).waitFor();
}));

test('"show more" goes on to the end of the list, and every article that has all words is in it', withPage(async (page) => {
  await open(page);
  await search(page, 'hien mau');
  const found = await total(page);
  const more = page.locator('timdoc-search .rest button');
  for (let count = 10; await more.isVisible(); count += 10) {
    await more.click();
    await page.waitForFunction((least) => {
      const root = document.querySelector('timdoc-search')?.shadowRoot;
      return (root?.querySelectorAll('.hit').length ?? 0) > least && root?.querySelector('.main')?.getAttribute('aria-busy') === 'false';
    }, count);
  }
  const ids = await hits(page).evaluateAll((links) => links.map((link) => link.getAttribute('data-id')));
  assert.ok(ids.length > found, 'some have a part only');
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(await page.locator('timdoc-search .hit:not(:has(.missing))').count(), found);
}));

test('a list that goes on with articles that have a part of the words says so', withPage(async (page) => {
  await open(page);
  await search(page, 'hien mau');
  assert.match((await page.locator('timdoc-search .shown').textContent()) ?? '',
    new RegExp(`^Đang hiển thị 10 trong \\d+ bài: ${await total(page)} bài có đủ các từ, còn lại có một phần$`));
}));

test('sorting by date puts the oldest first when asked to', withPage(async (page) => {
  await open(page, 'index.html?all=1');
  await hits(page).first().waitFor();
  await page.locator('timdoc-search .sort select').selectOption('oldest');
  await page.waitForURL(/sort=oldest/);
  await page.waitForFunction(() => document.querySelector('timdoc-search')?.shadowRoot?.querySelector('.main')?.getAttribute('aria-busy') === 'false');
  await page.waitForTimeout(200);
  const dates = await page.locator('timdoc-search .hit time').evaluateAll((times) => times.map((time) => time.getAttribute('datetime') ?? ''));
  assert.deepEqual(dates, [...dates].sort());
}));

test('no results gives advice', withPage(async (page) => {
  await ownPage(page, '<timdoc-search></timdoc-search>');
  await fakeLibrary(page, { result: { total: 0, hits: [] } });
  await open(page, 'test.html?q=khongco');
  const state = page.locator('timdoc-search .state.none');
  await state.locator('li').first().waitFor();
  assert.match((await state.textContent()) ?? '', /Không tìm thấy bài viết nào cho “khongco”.*chính tả/s);
}));

test('a correction is said, with a way back to what was typed', withPage(async (page) => {
  await ownPage(page, '<timdoc-search></timdoc-search>');
  await fakeLibrary(page, { result: { corrected: { query: 'học tập', original: 'hco tap' } } });
  await open(page, 'test.html?q=hco+tap');
  const note = page.locator('timdoc-search .corrected');
  await note.waitFor();
  assert.match((await note.textContent()) ?? '', /Đang hiển thị kết quả cho học tập/);
  await note.locator('button').click();
  await page.waitForURL(/exact=1/);
  await page.waitForFunction(() => Reflect.get(globalThis, 'timdocCalls').includes('search "hco" "tap"'));
  assert.equal(await field(page).inputValue(), 'hco tap');
}));

test('a query typed in Telex is read, and that is said', withPage(async (page) => {
  await open(page, 'index.html?q=hocj+taapj');
  await resultsFor(page, 'học tập');
  const note = page.locator('timdoc-search .corrected');
  assert.match((await note.textContent()) ?? '', /Đang hiển thị kết quả cho học tập\. Chỉ tìm đúng “hocj taapj”/);
  assert.equal(await field(page).inputValue(), 'hocj taapj', 'the field is left as typed');
}));

test('one click searches for a corrected query as typed, and the address keeps that', withPage(async (page) => {
  await open(page, 'index.html?q=tuyen+sihn');
  await resultsFor(page, 'tuyen sinh');
  await page.locator('timdoc-search .corrected button').click();
  await resultsFor(page, 'tuyen sihn');
  assert.equal(await page.locator('timdoc-search .corrected').count(), 0);
  const marks = async () => (await page.locator('timdoc-search .hit mark').allTextContents()).filter((text) => /sinh/i.test(text));
  assert.deepEqual(await marks(), []);
  assert.match((await page.locator('timdoc-search .missing').first().textContent()) ?? '', /sihn/);
  await page.reload();
  await resultsFor(page, 'tuyen sihn');
  assert.deepEqual(await marks(), []);
}));

test('a query searched as typed can be corrected after all, and the cursor stays there', withPage(async (page) => {
  await open(page, 'index.html?q=hocj+taapj');
  await page.locator('timdoc-search .corrected button').click();
  await page.locator('timdoc-search .exact').waitFor();
  assert.match((await page.locator('timdoc-search .none').textContent()) ?? '', /“hocj taapj”/);
  await page.waitForFunction(() => document.querySelector('timdoc-search')?.shadowRoot?.activeElement?.matches('.exact button'));
  await page.keyboard.press('Enter');
  await resultsFor(page, 'học tập');
  assert.equal(new URL(page.url()).searchParams.has('exact'), false);
}));

test('searching as typed keeps phrases, exclusions and alternatives', withPage(async (page) => {
  await ownPage(page, '<timdoc-search></timdoc-search>');
  await fakeLibrary(page, {});
  await open(page, `test.html?exact=1&q=${encodeURIComponent('hco "cải cách" -bóng -"bóng đá" | bão')}`);
  await page.waitForFunction(() => Reflect.get(globalThis, 'timdocCalls')?.includes('search "hco" "cải cách" -"bóng" -"bóng đá" | "bão"'));
}));

test('an article found by a corrected query opens with the words that were meant', withPage(async (page) => {
  await open(page, 'index.html?q=hocj+taapj');
  await resultsFor(page, 'học tập');
  await hits(page).first().click();
  await page.locator('timdoc-reader mark', { hasText: /học tập/i }).first().waitFor();
}));

test('words that an article lacks are named', withPage(async (page) => {
  await ownPage(page, '<timdoc-search></timdoc-search>');
  await fakeLibrary(page, { result: { partial: true }, hits: [{ missing: ['vũ trụ'] }] });
  await open(page, 'test.html?q=hoc+vu+tru');
  await page.locator('timdoc-search .missing').waitFor();
  assert.match((await page.locator('timdoc-search .missing').textContent()) ?? '', /Không có: vũ trụ/);
}));

test('the number of results is spoken, politely', withPage(async (page) => {
  await open(page);
  await search(page, 'hoc tap');
  const live = page.locator('timdoc-search [role=status]', { hasText: /\d+ bài/ });
  await live.waitFor({ state: 'attached' });
  assert.equal(await live.getAttribute('aria-live'), 'polite');
  assert.ok((await total(page)) > 0);
}));

test('what is said at once does not silence the number of results', withPage(async (page) => {
  await open(page);
  /** @type {string[]} */
  const said = await page.evaluate(async () => {
    const { Announcer } = await import(new URL('element/both.js', location.href).href);
    const heard = /** @type {string[]} */ ([]);
    const root = document.body.appendChild(document.createElement('div'));
    const announcer = new Announcer(root);
    new MutationObserver(() => heard.push(root.textContent ?? '')).observe(root, { childList: true, characterData: true, subtree: true });
    announcer.say('18 bài', 300);
    announcer.say('Đã lưu xong', 0);
    await new Promise((resolve) => setTimeout(resolve, 600));
    announcer.say('19 bài', 300);
    announcer.say('', 0);
    await new Promise((resolve) => setTimeout(resolve, 600));
    return heard.filter(Boolean);
  });
  assert.deepEqual(said, ['Đã lưu xong', '18 bài']);
}));

test('the box takes over the field of a form of the portal', withPage(async (page) => {
  await ownPage(page, '<timdoc-search bundle="bundle/"><form action="/tim-kiem"><label>Tìm <input type="search" name="keyword"></label></form></timdoc-search>');
  await open(page, 'test.html');
  await search(page, 'hoc tap');
  await field(page).press('Enter');
  assert.ok(page.url().startsWith(BASE + 'test.html'), 'the form was not sent');
}));

test('English comes with lang', withPage(async (page) => {
  await ownPage(page, '<timdoc-search bundle="bundle/"></timdoc-search>', { lang: 'en' });
  await open(page, 'test.html');
  await search(page, 'hoc tap');
  assert.match((await page.locator('timdoc-search .count').textContent()) ?? '', /articles? found/);
}));

test('Ctrl+K puts the cursor in the box', withPage(async (page) => {
  await open(page);
  await page.keyboard.press('Control+k');
  assert.equal(await page.evaluate(() => document.activeElement?.localName), 'timdoc-search');
}));

test('without scripts a form of the portal goes to its server', withPage(async (page) => {
  await ownPage(page, '<timdoc-search bundle="bundle/"><form action="tim-kiem"><label>Tìm <input type="search" name="keyword"></label></form></timdoc-search>');
  await open(page, 'test.html');
  await page.route('**/tim-kiem?*', (route) => route.fulfill({ body: 'Kết quả của máy chủ', contentType: 'text/plain; charset=utf-8' }));
  await page.locator('input[name=keyword]').fill('hoc tap');
  await page.locator('input[name=keyword]').press('Enter');
  await until(async () => /\/tim-kiem\?keyword=hoc\+tap$/.test(page.url()), 'sent');
}, { javaScriptEnabled: false }));
