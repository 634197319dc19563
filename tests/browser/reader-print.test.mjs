/** An article on paper. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE, withPage } from './support/browser.mjs';
import { inReader, LONG, openArticle, VOICE } from './support/reading.mjs';

test('paper has the title, source, date, text and address, and no tools', withPage(async (page) => {
  await page.addInitScript(VOICE);
  await openArticle(page);
  await inReader(page, '.keep').click();
  await inReader(page, '.listen').click();
  await inReader(page, '.aloud').waitFor();
  await page.emulateMedia({ media: 'print' });
  for (const part of ['h1', '.meta', '.body', '.address']) assert.equal(await inReader(page, part).isVisible(), true, part);
  for (const part of ['.toolbar', '.contents', '.dock', '.original a']) assert.equal(await inReader(page, part).isVisible(), false, part);
  assert.match((await inReader(page, '.meta').textContent()) ?? '', /19\/05\/2024.*Báo Sông Thao/);
  assert.equal((await inReader(page, '.address').innerText()).trim(), LONG.url);
  const edges = await inReader(page, 'article').evaluate((article) => [article.querySelector('.address'), article.querySelector('.body')].map((element) => element?.getBoundingClientRect().top ?? 0));
  assert.ok(edges[0] > edges[1], 'the address is at the end');
}));

test('an article without an address of its own tells this page’s', withPage(async (page) => {
  await openArticle(page, { article: { ...LONG, url: null }, query: '?doc=a#s4.1' });
  await page.emulateMedia({ media: 'print' });
  assert.equal((await inReader(page, '.address').innerText()).trim(), `${BASE}test.html?doc=a`);
}));

for (const theme of ['dark', 'sepia', 'contrast']) {
  test(`paper is white and the text black, also when the reader reads in ${theme}`, withPage(async (page) => {
    await page.addInitScript((theme) => localStorage.setItem('timdoc:reader', JSON.stringify({ theme })), theme);
    await openArticle(page);
    await page.emulateMedia({ media: 'print' });
    const [ink, paper] = await inReader(page, 'article').evaluate((article) => [getComputedStyle(article).color, getComputedStyle(/** @type {Element} */ (document.querySelector('timdoc-reader'))).backgroundColor]);
    assert.equal(ink, 'rgb(0, 0, 0)');
    assert.equal(paper, 'rgb(255, 255, 255)');
    assert.ok((await page.pdf()).length > 5000);
  }, { colorScheme: 'dark' }));
}
