/** Every state, in both themes and on both widths: axe finds nothing, and nothing sticks out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, fakeLibrary, field, hits, open, openFilters, ownPage, withPage } from './support/browser.mjs';
import { LONG, openMenu, select } from './support/reading.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** axe's rules about colours. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
const SEARCH = '<timdoc-search></timdoc-search>';
const READER = '<timdoc-reader></timdoc-reader>';
const shown = (/** @type {string} */ part) => (/** @type {Page} */ page) => page.locator(part).first().waitFor();
const failing = (/** @type {string} */ code) => ({ body: SEARCH, query: '?q=hoc', answers: { fail: { search: code } }, ready: shown(`timdoc-search [data-code="${code}"]`) });

/** @type {Record<string, { body: string, query?: string, answers?: object, ready: (page: Page) => Promise<void>, lang?: string }>} */
const STATES = {
  'empty box': { body: SEARCH, ready: shown('timdoc-search input') },
  tips: { body: SEARCH, ready: async (page) => { await field(page).click(); await shown('timdoc-search .tips')(page); } },
  results: { body: SEARCH, query: '?q=hoc', ready: openFilters },
  'results in English': { body: SEARCH, query: '?q=hoc', ready: openFilters, lang: 'en' },
  filtered: { body: SEARCH, query: '?q=hoc&f.category=Chuyên mục&from=2024-01-01', ready: async (page) => { await openFilters(page); await shown('timdoc-search .chip')(page); } },
  'wrong date': { body: SEARCH, query: '?q=hoc', ready: async (page) => {
    await openFilters(page);
    await page.locator('timdoc-search .days input').first().fill('31/31/2024');
    await page.keyboard.press('Enter');
    await shown('timdoc-search .dates .error')(page);
  } },
  corrected: { body: SEARCH, query: '?q=hco', answers: { result: { corrected: { query: 'học', original: 'hco' } } }, ready: shown('timdoc-search .corrected') },
  partial: { body: SEARCH, query: '?q=hoc', answers: { result: { partial: true }, hits: [{ missing: ['xa'] }] }, ready: shown('timdoc-search .missing') },
  'no results': { body: SEARCH, query: '?q=hoc', answers: { result: { total: 0, hits: [] } }, ready: shown('timdoc-search .none') },
  loading: { body: SEARCH, query: '?q=hoc', answers: { delay: 5000 }, ready: shown('timdoc-search .busy') },
  compact: { body: '<timdoc-search compact></timdoc-search>', ready: async (page) => { await field(page).fill('hoc'); await hits(page).first().waitFor(); } },
  saving: { body: SEARCH, query: '?q=hoc', answers: { delay: 700 }, ready: async (page) => { await page.locator('timdoc-search .offline button').click(); await shown('timdoc-search progress')(page); } },
  saved: { body: SEARCH, query: '?q=hoc', answers: { saved: 2_000_000 }, ready: shown('timdoc-search .kept') },
  'saving, in another tab': { body: SEARCH, query: '?q=hoc', answers: { saved: 500_000, status: { asked: 'pause' } }, ready: async (page) => {
    await shown('timdoc-search progress')(page);
    await page.evaluate(() => {
      const name = `timdoc:${new URL('bundle/', document.baseURI)}`;
      void navigator.locks.request(name, () => new Promise(() => {}));
      const status = { state: 'partial', older: true, asked: 'save', saved_bytes: 500_000, total_bytes: 2_000_000 };
      new BroadcastChannel(name).postMessage({ told: { phase: 'saving', code: '', left: 200, status } });
    });
    await page.locator('timdoc-search .how', { hasText: 'thẻ khác' }).waitFor();
  } },
  'saving, paused': { body: SEARCH, query: '?q=hoc', answers: { saved: 500_000, status: { asked: 'pause', older: true } }, ready: shown('timdoc-search [data-do=cancel]') },
  'saving, no network': { body: SEARCH, query: '?q=hoc', answers: { fail: { save: 'offline' } }, ready: async (page) => {
    await page.locator('timdoc-search .offline button').click();
    await page.locator('timdoc-search .how', { hasText: 'Mất kết nối' }).waitFor();
  } },
  ...Object.fromEntries(['quota', 'storage', 'insecure', 'missing'].map((code) => [`saving, error ${code}`, { body: SEARCH, query: '?q=hoc', answers: { fail: { save: code } }, ready: async (/** @type {Page} */ page) => {
    await page.locator('timdoc-search .offline button').click();
    await shown('timdoc-search .offline [role=alert]')(page);
  } }])),
  'saved, a newer version': { body: SEARCH, query: '?q=hoc', answers: { saved: 1_988_000, status: { older: true }, info: { articles: 45 } }, ready: shown('timdoc-search .newer') },
  'saved, in English': { body: SEARCH, query: '?q=hoc', answers: { saved: 1_988_000, status: { older: true }, info: { articles: 45 } }, ready: shown('timdoc-search .newer'), lang: 'en' },
  'to be removed?': { body: SEARCH, query: '?q=hoc', answers: { saved: 2_000_000 }, ready: async (page) => {
    await page.locator('timdoc-search .offline [data-do=remove]').click();
    await shown('timdoc-search .ask')(page);
  } },
  'note of a newer version': { body: READER, query: '?doc=a', answers: { saved: 1_988_000, status: { older: true }, info: { articles: 45 } }, ready: shown('timdoc-reader .version button') },
  ...Object.fromEntries(['offline', 'network', 'missing', 'damaged', 'version', 'csp', 'unsupported', 'query_too_long', 'bad_request', 'io'].map((code) => [`error ${code}`, failing(code)])),
  article: { body: READER, query: '?doc=a&q=doan', answers: { article: {
    category: 'Mục', byline: 'Ng. Văn A', url: 'https://songthao.example/a', title_derived: true, attachments: [{ name: 'Tệp', url: 'https://songthao.example/a.pdf' }],
    blocks: [{ kind: 'heading', text: 'Mục' }, { kind: 'list_item', text: 'một' }, { kind: 'caption', text: 'Ảnh' }, { kind: 'quote', text: 'Lời' }, { kind: 'table_row', text: 'a\tb' }, { kind: 'paragraph', text: 'Một đoạn.' }],
    facts: { documents: [{ number: '01-KL/TW', text: '', title: null, issuer: null, date: null, possibly_same: [], mentions: [] }], people: [], places: [], awards: [], models: [], dates: [] },
    related: [{ id: 'b', title: 'Bài khác', published: null }], newer: { id: 'c', title: 'Mới', published: null }, older: { id: 'd', title: 'Cũ', published: null },
  } }, ready: shown('timdoc-reader .neighbours') },
  'article, display menu': { body: READER, query: '?doc=a&q=doan', ready: async (page) => { await page.locator('timdoc-reader .display summary').click(); await shown('timdoc-reader .reset')(page); } },
  'article, contents, notice and selected passage': { body: READER, query: '?doc=a', answers: { article: LONG }, ready: async (page) => {
    await page.locator('timdoc-reader .keep').click();
    await select(page, [4, 0], [4, 30]);
    await shown('timdoc-reader .passage')(page);
    await shown('timdoc-reader .notice')(page);
  } },
  'article, menu with more': { body: READER, query: '?doc=a', ready: (page) => openMenu(page, 'more'), lang: 'en' },
  'article loading': { body: READER, query: '?doc=a', answers: { delay: 5000 }, ready: shown('timdoc-reader .loading') },
  'article not found': { body: READER, query: '?doc=a', answers: { fail: { article: 'not_found' } }, ready: shown('timdoc-reader [data-code=not_found]') },
  'article offline': { body: READER, query: '?doc=a', answers: { fail: { article: 'offline' } }, ready: shown('timdoc-reader [data-code=offline]') },
};

// What axe looks at is the same in both themes but for the colours, so the second theme is put on in the open page.
for (const [name, { body, query = '', answers = {}, ready, lang }] of Object.entries(STATES)) {
  for (const width of [1280, 360]) {
    test(`${name}, ${width} px`, withPage(async (page) => {
      await ownPage(page, body, { lang });
      await fakeLibrary(page, answers);
      await open(page, `test.html${query}`);
      await ready(page);
      assert.deepEqual((await axe(page)).filter((line) => !(body === READER && line.startsWith('heading-order')) && !line.includes('page-has-heading-one')), []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'sticks out');
      await page.emulateMedia({ colorScheme: 'dark' });
      assert.deepEqual(await axe(page, COLOURS), [], 'in the dark');
    }, { viewport: { width, height: 740 } }));
  }
}

for (const path of ['index.html', 'index.html?q=hoc+tap', 'reader.html', 'reader.html?doc=khong-co']) {
  test(`the demo portal, ${path}`, withPage(async (page) => {
    await open(page, path);
    await page.waitForTimeout(1500);
    assert.deepEqual(await axe(page), []);
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.deepEqual(await axe(page, COLOURS), [], 'in the dark');
  }));
}
