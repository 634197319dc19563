/**
 * Reading aloud. Headless browsers have no voice: a made-up speech engine stands in, so these tests show what is given
 * to it and when, not how it sounds, and nothing of how real engines misbehave.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, withPage } from './support/browser.mjs';
import { inReader, LONG, openArticle, VOICE } from './support/reading.mjs';

/** @typedef {import('playwright-core').Page} Page */

const spoken = (/** @type {Page} */ page) => page.evaluate(() => Reflect.get(globalThis, 'voice').spoken);
const end = (/** @type {Page} */ page) => page.evaluate(() => Reflect.get(globalThis, 'voice').end());
const speaking = (/** @type {Page} */ page) => page.evaluate(() => Reflect.get(globalThis, 'voice').now()?.text ?? null);
const marked = (/** @type {Page} */ page) => page.evaluate(() => [...(CSS.highlights.get('timdoc-aloud') ?? [])].map(String));

/** @param {Page} page @param {Parameters<typeof openArticle>[1]} [options] */
async function listen(page, options) {
  await page.addInitScript(VOICE);
  await openArticle(page, options);
  await inReader(page, '.listen').click();
  await inReader(page, '.aloud').waitFor();
}

test('without a Vietnamese voice nothing is offered; with one that comes late, it is', withPage(async (page) => {
  await page.addInitScript(`${VOICE} voice.synth.voices = [{ lang: 'en-US', name: 'English' }];`);
  await openArticle(page);
  assert.equal(await inReader(page, '.listen').isVisible(), false);
  await page.evaluate(() => {
    const { synth } = Reflect.get(globalThis, 'voice');
    synth.voices = [{ lang: 'vi_VN', name: 'Tiếng Việt' }];
    synth.dispatchEvent(new Event('voiceschanged'));
  });
  assert.equal(await inReader(page, '.listen').isVisible(), true);
}));

test('an article is read by sentences, each marked without moving the text', withPage(async (page) => {
  await page.addInitScript(VOICE);
  await openArticle(page);
  const place = () => inReader(page, '[data-part="6"]').evaluate((element) => element.getBoundingClientRect().top + scrollY);
  const before = await place();
  await inReader(page, '.listen').click();
  await inReader(page, '.aloud').waitFor();
  for (let n = 0; n < 4; n += 1) {
    assert.deepEqual(await marked(page), [await speaking(page)]);
    await end(page);
  }
  assert.deepEqual((await spoken(page)).slice(0, 5), [LONG.title, LONG.lead, 'Mục Một', 'Câu thứ 1 kể việc làm đường ở thôn Nà Lốc.', 'Bà con góp 1 ngày công.']);
  assert.equal(await place(), before);
}));

test('pause, go on, back, forth and stop, by keyboard alone', withPage(async (page) => {
  await page.addInitScript(VOICE);
  await openArticle(page);
  await inReader(page, '.listen').focus();
  await page.keyboard.press('Enter');
  await inReader(page, '.aloud').waitFor();
  await end(page); // The lead is read.
  await page.keyboard.press('Enter'); // The focus is on "pause".
  assert.equal(await speaking(page), null);
  assert.equal(await inReader(page, '.play').getAttribute('aria-label'), 'Đọc tiếp');
  await page.keyboard.press('Enter');
  assert.equal(await speaking(page), LONG.lead, 'the sentence is said again');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await speaking(page), 'Mục Một');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  assert.equal(await speaking(page), LONG.lead);
  await page.keyboard.press('Escape');
  assert.equal(await speaking(page), null);
  assert.deepEqual(await marked(page), []);
  assert.equal(await inReader(page, '.aloud').count(), 0);
  assert.match(await page.evaluate(() => document.querySelector('timdoc-reader')?.shadowRoot?.activeElement?.className ?? ''), /listen/);
}));

test('the speed is remembered, and changes the sentence being said', withPage(async (page) => {
  await listen(page);
  await inReader(page, '.aloud select').selectOption({ index: 3 });
  const rate = () => page.evaluate(() => Reflect.get(globalThis, 'voice').now().rate);
  assert.equal(await rate(), 1.5);
  await page.reload();
  await inReader(page, '.listen').click();
  await inReader(page, '.aloud').waitFor();
  assert.equal(await rate(), 1.5);
}));

test('the sentence is kept in view until the reader scrolls away, and can be gone back to', withPage(async (page) => {
  await listen(page);
  const inView = () => page.evaluate(() => {
    const [range] = CSS.highlights.get('timdoc-aloud') ?? [];
    const { top, bottom } = /** @type {Range} */ (range).getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
  for (let n = 0; n < 25; n += 1) await end(page);
  await page.waitForFunction(() => scrollY > 0);
  await page.waitForTimeout(700);
  assert.equal(await inView(), true);
  assert.equal(await inReader(page, '.aloud .entry.spoken').isVisible(), false);
  await page.mouse.wheel(0, -5000);
  await page.waitForFunction(() => scrollY === 0);
  for (let n = 0; n < 5; n += 1) await end(page);
  await page.waitForTimeout(500);
  assert.equal(await page.evaluate(() => scrollY), 0);
  await inReader(page, '.aloud .entry.spoken').click();
  await page.waitForTimeout(900);
  assert.equal(await inView(), true);
}));

test('for readers who want no movement the page does not scroll by itself', withPage(async (page) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await listen(page);
  for (let n = 0; n < 25; n += 1) await end(page);
  await page.waitForTimeout(400);
  assert.equal(await page.evaluate(() => scrollY), 0);
  await inReader(page, '.aloud .entry.spoken').click();
  assert.ok(await page.evaluate(() => scrollY) > 0);
}));

test('reading begins where the reader is', withPage(async (page) => {
  await page.addInitScript(VOICE);
  await openArticle(page);
  await inReader(page, 'h2[data-part="20"]').evaluate((element) => element.scrollIntoView());
  await inReader(page, '.listen').evaluate((element) => /** @type {HTMLElement} */ (element).click());
  await inReader(page, '.aloud').waitFor();
  assert.equal(await speaking(page), 'Mục Ba');
}));

test('the voice stops when the article is left', withPage(async (page) => {
  await listen(page, { article: { ...LONG, related: [{ id: 'b', title: 'Bài khác', published: null }] } });
  await inReader(page, '.related a').click();
  await page.waitForURL(/doc=b/);
  await inReader(page, '.aloud').waitFor({ state: 'detached' });
  assert.equal(await speaking(page), null);
}));

test('long sentences are said in pieces, and tables by their cells', withPage(async (page) => {
  const clause = 'xã Suối Thầu vận động bà con góp công sửa đường, ';
  await listen(page, { article: { title: 'A', lead: null, blocks: [{ kind: 'paragraph', text: `${clause.repeat(14)}hết.` }, { kind: 'table_row', text: 'Thôn\t148 hộ' }, { kind: 'paragraph', text: '***' }] } });
  for (let n = 0; await inReader(page, '.aloud').count() && n < 20; n += 1) await end(page);
  const said = await spoken(page);
  assert.ok(said.every((/** @type {string} */ text) => text.length <= 240), String(said.map((/** @type {string} */ text) => text.length)));
  assert.equal(said.slice(1, -1).join(' '), `${clause.repeat(14)}hết.`);
  assert.equal(said.at(-1), 'Thôn, 148 hộ');
}));

test('a voice that fails is said, and what was cut off by us is no failure', withPage(async (page) => {
  await listen(page);
  await inReader(page, '.aloud .after').click();
  await page.waitForTimeout(100);
  assert.equal(await inReader(page, '.aloud').count(), 1);
  await page.evaluate(() => Reflect.get(globalThis, 'voice').now().onerror({ error: 'synthesis-failed' }));
  assert.match((await inReader(page, '.notice').textContent()) ?? '', /đang gặp lỗi/);
  assert.equal(await inReader(page, '.aloud').count(), 0);
}));

for (const width of [1280, 360]) {
  test(`axe finds nothing while the voice reads, ${width} px`, withPage(async (page) => {
    await listen(page);
    await page.mouse.wheel(0, 300);
    await inReader(page, '.aloud .entry.spoken').waitFor();
    assert.deepEqual((await axe(page)).filter((line) => !/heading-order|page-has-heading-one/.test(line)), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  }, { viewport: { width, height: 740 } }));
}
