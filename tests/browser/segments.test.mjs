/** A library of two segments, each deflated against a dictionary, and what a reader who has the old version fetches. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MOCK, hits, withPage } from './support/browser.mjs';
import { withHost } from './support/host.mjs';
import { NEW, makeLibraries } from './support/libraries.mjs';

/** @type {ReturnType<typeof makeLibraries>} */
let made;
before(() => (made = makeLibraries(1000)));
after(() => made.remove());

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {Parameters<Parameters<typeof withHost>[0]>[0]} Host */
/** @param {string} name @param {(page: Page, host: Host) => Promise<void>} body */
const onHost = (name, body) => test(name, { skip: MOCK }, withPage((page) => withHost((host) => body(page, host))));

/** Searches, and waits for a title among the results. @param {Page} page @param {Host} host @param {string} query @param {string} title */
async function find(page, host, query, title) {
  await page.goto(`${host.base}page.html?q=${encodeURIComponent(query)}`);
  await hits(page).filter({ hasText: title }).first().waitFor();
}

onHost('articles of both segments are found and read', async (page, host) => {
  host.library(made.both);
  await find(page, host, 'cau phao moi', NEW.title);
  await hits(page).filter({ hasText: NEW.title }).first().click();
  await page.locator('timdoc-reader').getByText('bà con qua lại từ nay').waitFor();
  const old = made.articles[7];
  await find(page, host, old.title, old.title);
});

onHost('a reader who saved the old version fetches at most 20 KB for one article more', async (page, host) => {
  const searched = () => page.evaluate(async (query) => {
    const { open } = await import(new URL('timdoc.js', document.baseURI).href);
    const library = await open('bundle/');
    const { hits } = await library.search(query, {});
    return { titles: hits.map((/** @type {{ title: string }} */ { title }) => title), saved: (await library.offlineStatus()).state };
  }, 'cau phao moi');
  host.library(made.old);
  await page.goto(`${host.base}page.html`);
  await page.evaluate(async () => {
    const { open } = await import(new URL('timdoc.js', document.baseURI).href);
    await (await open('bundle/')).saveOffline();
  });
  const seen = host.requests.length;
  host.library(made.both);
  await page.reload();
  const { titles, saved } = await searched();
  assert.equal(titles[0], NEW.title);
  assert.equal(saved, 'partial');
  const again = host.requests.slice(seen).filter(({ path }) => path.startsWith('bundle/'));
  const bytes = again.reduce((sum, { range, body }) => sum + (range ? range[1] - range[0] + 1 : body.length), 0);
  assert.ok(again.some(({ path }) => path.includes('/head-')), 'the new segment was opened');
  assert.ok(bytes <= 20_000, `${bytes} bytes: ${again.map(({ path }) => path).join(' ')}`);
});
