/** What articles state: read as it is stored, shown beside the article, and every line goes to its sentence. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { readFacts, textOf } from '../../www/lib/facts.js';
import { glimpse } from '../../www/element/facts-view.js';
import { sentenceAt } from '../../www/element/sentences.js';
import { axe, open, withPage } from './support/browser.mjs';

const fixture = JSON.parse(readFileSync(new URL('../fixtures/facts_compact.json', import.meta.url), 'utf8'));

test('facts are read as they were written', () => {
  const read = readFacts(fixture.article, fixture.stored);
  const inWords = Object.fromEntries(Object.entries(read).map(([kind, facts]) => [kind, facts.map((fact) => ({
    ...fact, mentions: fact.mentions.map(({ part, start, end }) => textOf(fixture.article, part).slice(start, end)),
  }))]));
  assert.deepEqual(inWords, fixture.facts);
});

test('an article that states nothing has no facts', () => {
  const { documents, people, places, awards, models, dates } = readFacts(fixture.article, '');
  assert.deepEqual([documents, people, places, awards, models, dates], [[], [], [], [], [], []]);
});

test('a sentence ends where the next one begins, not inside numbers and abbreviations', () => {
  const text = 'Hội nghị có 1.250 người dự. TP. Hồ Chí Minh khen 3 tập thể! “Tốt lắm.” Ông nói.';
  const of = (/** @type {string} */ words) => {
    const at = text.indexOf(words);
    return text.slice(...sentenceAt(text, at, at + words.length));
  };
  assert.equal(of('1.250'), 'Hội nghị có 1.250 người dự.');
  assert.equal(of('3 tập thể'), 'TP. Hồ Chí Minh khen 3 tập thể!');
  assert.equal(of('Ông'), 'Ông nói.');
});

const ARTICLE = 'reader.html?doc=2024-05-17-cam-thao-bieu-duong-dien-hinh';

test('a commendation leads to the sentence that states it', withPage(async (page) => {
  await open(page, ARTICLE);
  const line = page.locator('timdoc-reader .awards button.line').first();
  await line.focus();
  await page.keyboard.press('Enter');
  const told = await page.locator('timdoc-reader').evaluate((reader) => {
    const range = [...(CSS.highlights.get('timdoc-fact') ?? [])][0];
    const focused = reader.shadowRoot?.activeElement;
    return { marked: range?.toString(), focused: focused?.textContent, told: focused?.classList.contains('told') };
  });
  assert.match(told.marked ?? '', /^Dịp này, 2 tập thể và 3 cá nhân .*nhân\.$/);
  assert.equal(told.told, true);
  assert.ok(told.focused?.includes(told.marked ?? '?'));
}));

test('an article lists its people with their posts', withPage(async (page) => {
  await open(page, ARTICLE);
  const first = page.locator('timdoc-reader .people li').first();
  assert.equal(await first.textContent(), 'Trần Thị Kim Oanh Phó Bí thư Tỉnh ủy; Chủ tịch HĐND tỉnh');
}));

test('an article lists the days it names, the earliest first, each with its sentence', withPage(async (page) => {
  await open(page, 'reader.html?doc=2026-05-18-muoi-nam-chi-thi-05');
  const lines = page.locator('timdoc-reader .dates button.line');
  await lines.first().waitFor();
  assert.deepEqual(await lines.locator('.what').allTextContents(), ['01/07/2025', 'tháng 4/2026', '15/05/2026', '02/09/2027']);
  assert.match(await lines.nth(2).locator('.about').textContent() ?? '', /^ngày diễn ra · .*15\/5, Tỉnh ủy/);
  await lines.nth(1).click();
  const marked = await page.evaluate(() => [...(CSS.highlights.get('timdoc-fact') ?? [])][0]?.toString());
  assert.match(marked ?? '', /^Từ năm 2021 đến tháng 4\/2026/);
}));

test('what a day is of is told in few words about it', () => {
  const of = (/** @type {string} */ text, /** @type {string} */ words) => {
    const start = text.indexOf(words);
    return glimpse({ title: text, lead: null, blocks: [] }, { part: 0, start, end: start + words.length });
  };
  assert.equal(of('Sáng 7/6, xã họp.', '7/6'), 'Sáng 7/6, xã họp.');
  const long = 'Cán bộ các thôn đã đi từng nhà ghi danh sách những hộ cần vay vốn làm chuồng trại và trồng cây từ ngày 7/6';
  assert.match(of(`${long}.`, '7/6'), /^….{50,72}7\/6\.$/);
  assert.match(of(`${long} theo kế hoạch mà hội đã bàn kỹ với ngân hàng từ đầu năm và đã báo cho dân.`, '7/6'), /^…cây từ ngày 7\/6 theo .*…$/);
});

test('articles are filtered by what they report', withPage(async (page) => {
  await open(page, 'index.html?all=1&f.fact=award');
  await page.locator('timdoc-search .hits li').first().waitFor();
  assert.ok(await page.locator('timdoc-search .hits li').count() > 0);
  await page.locator('timdoc-search .chip', { hasText: 'Khen thưởng' }).waitFor();
}));

/** The dialog with the tables, over all articles. @param {import('playwright-core').Page} page */
async function tables(page) {
  await open(page, 'index.html?all=1');
  await page.locator('timdoc-search .tools button[aria-haspopup=dialog]').click();
  const dialog = page.locator('timdoc-search dialog');
  await dialog.locator('table').first().waitFor();
  return dialog;
}

test('a table sums up what all articles found report', withPage(async (page) => {
  const dialog = await tables(page);
  const rows = dialog.locator('[role=tabpanel]:not([hidden]) tbody tr');
  const numbers = (await rows.locator('td:nth-child(3)').allTextContents()).map(Number);
  const total = Number(await dialog.locator('[role=tabpanel]:not([hidden]) tfoot td').nth(1).textContent());
  assert.ok(numbers.length > 3);
  assert.equal(total, numbers.reduce((sum, n) => sum + n, 0));
}));

test('the tables are chosen by the arrow keys, and Escape closes them', withPage(async (page) => {
  const dialog = await tables(page);
  await dialog.locator('[role=tab]').first().focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await dialog.locator('[role=tab]').nth(1).getAttribute('aria-selected'), 'true');
  assert.equal(await dialog.locator('[role=tabpanel]:not([hidden]) td').first().textContent(), '01-KL/TW');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}));

test('a table is saved as CSV that Excel reads as UTF-8', withPage(async (page) => {
  const dialog = await tables(page);
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.locator('[role=tabpanel]:not([hidden]) .save button').click()]);
  const text = readFileSync(await download.path(), 'utf8');
  assert.equal(download.suggestedFilename(), 'award.csv');
  assert.ok(text.startsWith('\ufeffNgày đăng,Tập thể,Cá nhân,'), text.slice(0, 40));
  assert.match(text, /\r\nTổng: \d+ lần khen,\d+,\d+,/);
}));

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const width of [360, 1280]) {
    test(`axe finds nothing in the tables and the facts of an article, ${colorScheme}, ${width} px`, withPage(async (page) => {
      await tables(page);
      assert.deepEqual(await axe(page), []);
      await open(page, ARTICLE);
      await page.locator('timdoc-reader .facts').waitFor();
      assert.deepEqual(await axe(page), []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it sticks out');
    }, { colorScheme, viewport: { width, height: 800 } }));
  }
}
