/** A device whose clock is wrong, or goes back, or stands in another part of the world: days are those of the articles. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOCK, BASE, hits, open, resultsFor, search, withPage } from './support/browser.mjs';
import { withHost } from './support/host.mjs';

/** @typedef {import('playwright-core').Page} Page */

const QUERY = 'học tập';
/** The days of the results and of an article, as shown. @param {Page} page */
async function days(page) {
  await open(page);
  await search(page, QUERY);
  const shown = await page.locator('timdoc-search .hit time').allTextContents();
  await page.goto(`${BASE}index.html?q=${encodeURIComponent(QUERY)}&from=2026-05-18&to=2026-05-18`);
  await page.locator('timdoc-search').locator('.hit, .state.none').first().waitFor();
  const one = await page.locator('timdoc-search .hit time').allTextContents();
  const chip = await page.locator('timdoc-search .chip .of + span').first().textContent();
  await page.goto(`${BASE}reader.html?doc=2026-05-18-muoi-nam-chi-thi-05`);
  await page.locator('timdoc-reader .body p').first().waitFor();
  return { shown, one, chip, article: await page.locator('timdoc-reader time').first().textContent() };
}

/** @type {Awaited<ReturnType<typeof days>> | undefined} */
let right;
for (const timezoneId of ['Asia/Ho_Chi_Minh', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
  test(`days in ${timezoneId}: dd/mm/yyyy, the same everywhere, and so are filters by day`, { skip: MOCK }, withPage(async (page) => {
    const now = await days(page);
    right ??= now;
    assert.ok(now.shown.length > 3 && now.shown.every((day) => /^\d\d\/\d\d\/\d{4}|^\d\d\/\d{4}|^\d{4}/.test(day.trim())), now.shown.join(' '));
    assert.match(now.article ?? '', /18\/05\/2026/);
    assert.ok(now.one.length > 0 && now.one.every((day) => day.includes('18/05/2026')), now.one.join(' '));
    assert.deepEqual(now, right);
  }, { timezoneId }));
}

for (const [what, time] of Object.entries({ 1970: '1970-01-01T00:00:01Z', 2100: '2100-02-28T23:59:59Z' })) {
  test(`a device that thinks it is ${what}: results, article, saving, and the articles read are remembered in order`, { skip: MOCK }, withPage((page) => withHost(async (host) => {
    await page.clock.install({ time });
    await page.goto(`${host.base}page.html?q=${encodeURIComponent(QUERY)}`);
    await resultsFor(page, QUERY);
    await page.locator('timdoc-search .offline button').click();
    await page.locator('timdoc-search .offline .kept').waitFor();
    await hits(page).first().click();
    await page.locator('timdoc-reader .body p').first().waitFor();
    const read = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('timdoc:shelf ')).length);
    assert.equal(read, 1);
  })));
}

test('a clock that goes back while saving tells no time left that makes no sense', { skip: MOCK }, withPage((page) => withHost(async (host) => {
  await page.addInitScript(() => {
    const { now } = Date;
    Date.now = () => now() - (Reflect.get(globalThis, 'back') ?? 0);
  });
  await page.goto(`${host.base}page.html?q=${encodeURIComponent(QUERY)}`);
  await page.locator('timdoc-search .offline button').waitFor();
  host.behave(({ path, range }) => (/\.bin$/.test(path) && !range ? { wait: 1500 } : undefined));
  await page.evaluate(() => {
    const said = /** @type {string[]} */ ([]);
    Object.assign(globalThis, { said });
    setInterval(() => {
      Reflect.set(globalThis, 'back', (Reflect.get(globalThis, 'back') ?? 0) + 3600_000);
      said.push(document.querySelector('timdoc-search')?.shadowRoot?.querySelector('.how')?.textContent ?? '');
    }, 100);
  });
  await page.locator('timdoc-search .offline button').click();
  await page.locator('timdoc-search .offline .kept').waitFor({ timeout: 20_000 });
  const said = await page.evaluate(() => /** @type {string[]} */ (Reflect.get(globalThis, 'said')));
  assert.ok(said.every((text) => !/-\d|NaN|Infinity/.test(text)), said.join('\n'));
})));
