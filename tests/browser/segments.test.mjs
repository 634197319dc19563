/** A library of two segments, each deflated against a dictionary, and what a reader who has the old version fetches. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { makeArticles } from '../bench/synthetic.mjs';
import { MOCK, hits, withPage } from './support/browser.mjs';
import { withHost } from './support/host.mjs';

const TOOL = fileURLToPath(new URL('../../target/release/timdoc', import.meta.url));
const NEW = { id: 'bai-moi', title: 'Xóm Bến Chài dựng cầu phao mới', published: '2026-11-20', body: 'Cầu phao nối hai bờ, bà con qua lại từ nay không phải chờ đò.' };
const ARTICLES = 1000;

/** @type {string} */
let desk;
/** A folder of the desk as an address. @param {string} name */
const folder = (name) => pathToFileURL(join(desk, name) + '/');

before(() => {
  desk = mkdtempSync(join(tmpdir(), 'timdoc-segments-'));
  const lines = (/** @type {object[]} */ articles) => articles.map((article) => JSON.stringify(article) + '\n').join('');
  writeFileSync(join(desk, 'old.jsonl'), lines(makeArticles(ARTICLES)));
  writeFileSync(join(desk, 'new.jsonl'), lines([NEW]));
  execFileSync(TOOL, ['build', join(desk, 'old.jsonl'), '--out', join(desk, 'old')]);
  cpSync(join(desk, 'old'), join(desk, 'both'), { recursive: true });
  execFileSync(TOOL, ['add', join(desk, 'new.jsonl'), '--to', join(desk, 'both')]);
});

after(() => rmSync(desk, { recursive: true, force: true }));

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
  host.library(folder('both'));
  await find(page, host, 'cau phao moi', NEW.title);
  await hits(page).filter({ hasText: NEW.title }).first().click();
  await page.locator('timdoc-reader').getByText('bà con qua lại từ nay').waitFor();
  const old = makeArticles(ARTICLES)[7];
  await find(page, host, old.title, old.title);
});

onHost('a reader who saved the old version fetches at most 20 KB for one article more', async (page, host) => {
  const searched = () => page.evaluate(async (query) => {
    const { open } = await import(new URL('timdoc.js', document.baseURI).href);
    const library = await open('bundle/');
    const { hits } = await library.search(query, {});
    return { titles: hits.map((/** @type {{ title: string }} */ { title }) => title), saved: (await library.offlineStatus()).state };
  }, 'cau phao moi');
  host.library(folder('old'));
  await page.goto(`${host.base}page.html`);
  await page.evaluate(async () => {
    const { open } = await import(new URL('timdoc.js', document.baseURI).href);
    await (await open('bundle/')).saveOffline();
  });
  const seen = host.requests.length;
  host.library(folder('both'));
  await page.reload();
  const { titles, saved } = await searched();
  assert.equal(titles[0], NEW.title);
  assert.equal(saved, 'partial');
  const again = host.requests.slice(seen).filter(({ path }) => path.startsWith('bundle/'));
  const bytes = again.reduce((sum, { range, body }) => sum + (range ? range[1] - range[0] + 1 : body.length), 0);
  assert.ok(again.some(({ path }) => path.includes('/head-')), 'the new segment was opened');
  assert.ok(bytes <= 20_000, `${bytes} bytes: ${again.map(({ path }) => path).join(' ')}`);
});
