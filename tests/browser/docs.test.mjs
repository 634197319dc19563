/**
 * The documentation says what is so: links lead somewhere, samples run, tables name every tag and every error code, both
 * languages say the same, and the pages are as good to read as those they are about.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { axe, BASE, MOCK, open, ownPage, STRICT, until, withPage } from './support/browser.mjs';
import { withHost } from './support/host.mjs';
import { tagsOf as tags } from './support/tags.mjs';

/** @typedef {import('playwright-core').Page} Page */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const WWW = join(ROOT, 'www');
const DOCS = join(WWW, 'docs');
const NAMES = readdirSync(DOCS).filter((name) => name.endsWith('.html'));
const PAGES = [...NAMES, ...NAMES.map((name) => `en/${name}`)];
const MOST_PICTURES = 600_000; // bytes

const source = (/** @type {string} */ path) => readFileSync(join(ROOT, path), 'utf8');
const html = (/** @type {string} */ page) => readFileSync(join(DOCS, page), 'utf8');
const plain = (/** @type {string} */ text) => text.replace(/<[^>]+>/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const all = (/** @type {string} */ text, /** @type {RegExp} */ form) => [...text.matchAll(form)].map((match) => match[1]);

/** The named samples of a page. @param {string} page @returns {Map<string, string>} */
const samples = (page) => new Map([...html(page).matchAll(/data-sample="([^"]+)">([\s\S]*?)<\/code>/g)].map((match) => [match[1], plain(match[2])]));

/** @param {string} page @param {string} name */
function sample(page, name) {
  const text = samples(page).get(name);
  assert.ok(text, `${page} has no sample ${name}`);
  return text;
}

test('both languages have the same pages, headings, rows and samples', () => {
  assert.deepEqual(readdirSync(join(DOCS, 'en')).sort(), [...NAMES].sort());
  for (const name of NAMES) {
    const [vi, en] = [html(name), html(`en/${name}`)];
    assert.match(vi, /<html lang="vi">/);
    assert.match(en, /<html lang="en">/);
    assert.ok(vi.includes(`hreflang="en" href="en/${name}"`) && en.includes(`hreflang="vi" href="../${name}"`), `${name}: the other language`);
    for (const form of [/<(?:h2|h3|tr) id="([^"]+)"/g, /data-sample="([^"]+)"/g, /<li><a href="([a-z]+\.html)"/g]) assert.deepEqual(all(en, form), all(vi, form), `${name}: ${form}`);
  }
});

test('every page has the same list of pages, and marks itself', () => {
  for (const page of PAGES) {
    const [list] = /<nav class="pages"[\s\S]*?<\/nav>/.exec(html(page)) ?? [''];
    assert.deepEqual(all(list, /href="([^"]+)"/g).sort(), [...NAMES].sort(), page);
    assert.deepEqual(all(list, /href="([^"]+)" aria-current="page"/g), [page.replace('en/', '')], page);
  }
});

test('no link, anchor or picture is dead', () => {
  const dead = [];
  for (const page of [...PAGES, 'demo/hostile.html']) {
    const text = html(page).replace(/<pre[\s\S]*?<\/pre>/g, '');
    const ids = all(text, /\bid="([^"]+)"/g);
    assert.equal(new Set(ids).size, ids.length, `${page}: an id twice`);
    for (const link of all(text, /\b(?:href|src|action)="([^"]+)"/g)) {
      if (/^[a-z]+:/.test(link)) continue;
      const [path, anchor] = link.replace(/\?[^#]*/, '').split('#');
      const target = path ? resolve(dirname(join(DOCS, page)), path) : join(DOCS, page);
      if (!existsSync(target)) dead.push(`${page}: ${link}`);
      else if (anchor && !all(readFileSync(target, 'utf8'), /\bid="([^"]+)"/g).includes(anchor)) dead.push(`${page}: ${link}`);
    }
  }
  assert.deepEqual(dead, []);
});

test("README's links into the project lead somewhere", () => {
  const dead = all(source('README.md'), /\]\(([^)#]+)[^)]*\)/g).filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(ROOT, link)));
  assert.deepEqual(dead, []);
});

test('no markup is left over in the text', () => {
  for (const page of PAGES) assert.doesNotMatch(html(page).replace(/<pre[\s\S]*?<\/pre>|<code>.*?<\/code>/g, ''), /\]\(|\*\*|`|@@|\{#/, page);
});

test('the pages have no inline script and no inline style', () => {
  for (const page of [...PAGES, 'demo/hostile.html']) assert.doesNotMatch(html(page).replace(/<pre[\s\S]*?<\/pre>/g, ''), /<script(?![^>]*\bsrc=)|<style|\bstyle="|\bon\w+="/, page);
});

for (const page of PAGES) {
  for (const [colorScheme, width] of /** @type {const} */ ([['light', 1280], ['dark', 360]])) {
    test(`${page}, ${colorScheme}, ${width} px: axe finds nothing, nothing sticks out, the strict policy holds`, withPage(async (tab) => {
      await tab.route((url) => url.href.startsWith(BASE), async (route) => {
        if (route.request().resourceType() !== 'document') return route.continue();
        const response = await route.fetch();
        await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': STRICT } });
      });
      await open(tab, `docs/${page}`);
      assert.deepEqual(await axe(tab), []);
      assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'sticks out');
    }, { colorScheme, viewport: { width, height: 800 } }));
  }
}

/** What a table of the reference names. @param {string} page @param {string} element @param {string} kind */
const rows = (page, element, kind) => [...html(page).matchAll(new RegExp(`<tr id="${element}-${kind}-[^"]*"><th scope="row">(.*?)</th>`, 'g'))].map((match) => /<code>(.*?)<\/code>/.exec(match[1])?.[1] ?? '');

/** The codes of errors: of the command line, and those of the page that the modules name. */
function codes() {
  const library = readdirSync(join(WWW, 'lib')).filter((name) => name.endsWith('.js')).map((name) => source(`www/lib/${name}`)).join('\n');
  const cli = all(source('src/error.rs'), /=> "([a-z_]+)",/g);
  return { cli, page: [...new Set([...all(library, /TimdocError\((?:[^'(]*\? )?'([a-z_]+)'/g), ...all(library, /TimdocError\([^'(]*\? '[a-z_]+' : '([a-z_]+)'/g)])] };
}

/** The codes that the two tables explain. @param {string} file */
function explained(file) {
  const [, page, cli] = html(file).split(/<h2 id="(?:page-codes|cli-codes|faq)">/).map((part) => all(part, /<tr id="[^"]+"><th scope="row"><code>([a-z_]+)<\/code>/g));
  return { page, cli };
}

for (const element of ['search', 'reader']) {
  test(`the reference names every tag of <timdoc-${element}>`, () => {
    for (const page of ['embed.html', 'en/embed.html']) {
      for (const [kind, names] of Object.entries(tags(element))) assert.deepEqual(names.filter((name) => !rows(page, element, kind).includes(name)), [], `${page}: ${kind}`);
    }
  });
}

test('every error code is explained', () => {
  const { cli, page } = codes();
  assert.ok(cli.length >= 10 && page.length >= 6, `${cli} ${page}`);
  for (const file of ['trouble.html', 'en/trouble.html']) {
    assert.deepEqual(cli.filter((code) => !explained(file).cli.includes(code)), [], file);
    assert.deepEqual(page.filter((code) => !explained(file).page.includes(code)), [], file);
  }
});

test('the reference and the tables of codes name nothing that is gone', () => {
  const gone = [];
  for (const element of ['search', 'reader']) {
    for (const [kind, names] of Object.entries(tags(element))) gone.push(...rows('embed.html', element, kind).filter((name) => !names.includes(name)));
  }
  const { cli, page } = codes();
  const { page: first, cli: second } = explained('trouble.html');
  gone.push(...second.filter((code) => !cli.includes(code)), ...first.filter((code) => ![...page, ...cli, 'other', 'slow'].includes(code)));
  assert.deepEqual(gone, []);
});

test('the servers are told the type of every kind of file in dist/', () => {
  const names = all(html('server.html'), /data-sample="(nginx|apache|iis)"/g);
  assert.deepEqual(names, ['nginx', 'apache', 'iis']);
  /** @type {Set<string>} */
  const kinds = new Set(['.wasm', '.bin', '.json']);
  const look = (/** @type {string} */ folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) { if (!/^(tools|sample|npm|pack)$/.test(entry.name)) look(join(folder, entry.name)); }
      else if (entry.name !== 'jsconfig.json') kinds.add(extname(entry.name));
    }
  };
  look(WWW);
  for (const page of ['server.html', 'en/server.html']) {
    for (const kind of kinds) {
      const ending = kind.slice(1);
      assert.match(sample(page, 'nginx'), new RegExp(`^ +\\S+ +${ending};$`, 'm'), `nginx: ${kind}`);
      assert.match(sample(page, 'apache'), new RegExp(`AddType \\S+ \\.${ending}$`, 'm'), `Apache: ${kind}`);
      if (kind !== '.bin') assert.match(sample(page, 'apache'), new RegExp(`FilesMatch "\\\\\\.\\([a-z|]*\\b${ending}\\b`), `Apache, cache: ${kind}`);
      assert.ok(sample(page, 'iis').includes(`<mimeMap fileExtension="${kind}"`) && sample(page, 'iis').includes(`<remove fileExtension="${kind}"`), `IIS: ${kind}`);
    }
  }
});

test('web.config is well-formed', withPage(async (page) => {
  await ownPage(page, '', { csp: "default-src 'self'" });
  await open(page, 'test.html');
  const wrong = await page.evaluate((xml) => new DOMParser().parseFromString(xml, 'text/xml').querySelector('parsererror')?.textContent ?? '', sample('server.html', 'iis'));
  assert.equal(wrong, '');
}));

const TOOL = process.env.TIMDOC ?? join(ROOT, 'target/release/timdoc');

test('commands of the samples exist, with their options', { skip: !existsSync(TOOL) && 'timdoc is not built' }, () => {
  const wrong = [];
  for (const page of PAGES) {
    for (const text of samples(page).values()) {
      for (const [, command, rest] of text.matchAll(/^(?:.*[;&] )?timdoc (\w+)([^\n#;|]*)/gm)) {
        const help = execFileSync(TOOL, [command, '--help'], { encoding: 'utf8' });
        for (const option of all(rest, / (--[\w-]+)/g)) if (!help.includes(option)) wrong.push(`${page}: timdoc ${command} ${option}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

test('a button copies a sample as it stands', withPage(async (page, context) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'docs/embed.html');
  await page.locator('.sample button').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.sample .said', { hasText: 'Đã chép' }).waitFor({ state: 'attached' });
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${sample('embed.html', 'embed')}\n`);
}));

/** A sample for a portal with timdoc in /timdoc/, as it is for dist/ served as a whole. @param {string} text */
const here = (text) => text.replaceAll('/timdoc/', new URL(BASE).pathname);

/** @param {Page} page @param {string} body what stands in the page, with the script line of the first sample */
async function portal(page, body) {
  const [script] = sample('embed.html', 'embed').split('\n');
  await ownPage(page, here(body.includes('<script') ? body : `${script}\n${body}`), { path: 'portal.html' });
  await page.route(`${BASE}portal.html`, async (route) => { await route.fallback(); });
  await open(page, 'portal.html');
}

for (const language of ['', 'en/']) {
  test(`the three lines search, and read in the same page (${language || 'vi/'})`, { skip: MOCK }, withPage(async (page) => {
    await portal(page, sample(`${language}embed.html`, 'embed'));
    await page.locator('timdoc-search input').fill('hoc tap');
    await page.locator('timdoc-search .hit a').first().click();
    await page.locator('timdoc-reader .body p').first().waitFor();
    assert.match(page.url(), /portal\.html\?.*doc=/);
  }));
}

test('where only a frame is let through, it searches and reads', { skip: MOCK }, withPage(async (page) => {
  await portal(page, sample('cms.html', 'iframe'));
  const frame = page.frameLocator('iframe');
  await frame.locator('timdoc-search input').fill('hoc tap');
  await frame.locator('timdoc-search .hit a').first().click();
  await frame.locator('timdoc-reader .body p').first().waitFor();
  await page.goto(`${BASE}embed.html?q=hoc+tap`);
  await page.locator('timdoc-search .hit').first().waitFor();
  assert.deepEqual(await axe(page), []);
}));

test("the portal's own form searches from its own field", { skip: MOCK }, withPage(async (page) => {
  await portal(page, sample('embed.html', 'form'));
  await page.locator('#tu-khoa').fill('hien mau');
  await page.locator('timdoc-search .hit').first().waitFor();
}));

test('several boxes keep their addresses apart', { skip: MOCK }, withPage(async (page) => {
  await portal(page, sample('embed.html', 'several'));
  await page.locator('timdoc-search input').first().fill('hien mau');
  await page.locator('timdoc-search').first().locator('.hit').first().waitFor();
  await page.locator('timdoc-search input').nth(1).fill('tuyen sinh');
  await page.locator('timdoc-search').nth(1).locator('.hit').first().waitFor();
  const address = new URL(page.url()).searchParams;
  assert.deepEqual([address.get('dau-q'), address.get('tin-q')], ['hien mau', 'tuyen sinh']);
}));

test('the samples of events and of own lists run as modules', { skip: MOCK }, withPage(async (page) => {
  /** @type {string[]} */
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  await page.route(`${BASE}own.js`, (route) => route.fulfill({ contentType: 'text/javascript', body: `${here(sample('embed.html', 'library'))}\n${sample('embed.html', 'events')}` }));
  await ownPage(page, '<timdoc-search bundle="bundle/"></timdoc-search>', { head: '<script type="module" src="own.js"></script>' });
  await open(page, 'test.html');
  await page.waitForFunction(() => customElements.get('timdoc-search'));
  // The list comes first; what listens for events begins after it.
  for (let tries = 0; tries < 100 && !said.some((line) => /reader\.html\?doc=/.test(line)); tries += 1) await page.waitForTimeout(50);
  await page.locator('timdoc-search input').first().fill('xyzzyq');
  await page.locator('timdoc-search .none').waitFor();
  await page.locator('timdoc-search input').first().fill('hien mau');
  await page.locator('timdoc-search .hit a').first().click();
  await page.waitForTimeout(300);
  assert.ok(said.some((line) => /reader\.html\?doc=/.test(line)), 'the list');
  assert.ok(said.some((line) => /xyzzyq/.test(line)), 'nothing found');
  assert.ok(said.some((line) => line.startsWith('Mở bài')), 'opens');
}));

test('the samples of the look change the look', withPage(async (page) => {
  await ownPage(page, '<timdoc-search></timdoc-search>');
  const css = ['theme', 'dark', 'parts', 'layout'].map((name) => sample('look.html', name)).join('\n');
  await page.route(`${BASE}test.css`, (route) => route.fulfill({ body: css, contentType: 'text/css' }));
  await open(page, 'test.html');
  const box = page.locator('timdoc-search .box');
  assert.equal(await box.evaluate((element) => getComputedStyle(element).borderRadius), '4px');
  assert.equal(await box.evaluate((element) => getComputedStyle(element).borderTopWidth), '2px');
  const button = page.locator('timdoc-search .go');
  assert.equal(await button.evaluate((element) => getComputedStyle(element).backgroundColor), 'rgb(176, 17, 22)');
  assert.equal(await button.evaluate((element) => getComputedStyle(element).textTransform), 'uppercase');
}));

test('from another domain it works with the headers and the policy that are written down, and not without', { skip: MOCK }, withPage((page) => withHost((tim) => withHost(async (xa) => {
  const there = (/** @type {string} */ text) => text.replaceAll('https://tim.example/timdoc/', tim.base).replaceAll('https://tim.example', new URL(tim.base).origin).replaceAll('https://xa.example', new URL(xa.base).origin);
  const lines = (/** @type {string} */ name) => Object.fromEntries(there(sample('policy.html', name)).split('\n').map((line) => line.split(/: (.*)/).slice(0, 2)));
  const body = Buffer.from(`<!doctype html><meta charset="utf-8"><title>-</title>${there(sample('policy.html', 'cors-embed'))}`);
  xa.behave(({ path }) => (path === 'portal.html' ? { status: 200, body, headers: lines('csp-cors') } : undefined));
  tim.behave(() => ({ headers: lines('cors') }));
  await page.goto(`${xa.base}portal.html?q=hoc+tap`);
  await page.locator('timdoc-search .hit').first().waitFor();
  await page.locator('timdoc-search .facet li').first().waitFor({ state: 'attached' });
  tim.behave(() => {});
  await page.reload();
  await page.waitForTimeout(1500);
  assert.equal(await page.locator('timdoc-search .hit').count(), 0, 'it works without the headers');
})), { expectErrors: true }));

test('what is to take the place of sw.js cleans up', withPage((page) => withHost(async ({ base, behave }) => {
  await page.goto(`${base}index.html`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  assert.ok((await page.evaluate(() => caches.keys())).some((name) => name.startsWith('timdoc')));
  const body = Buffer.from(sample('upgrade.html', 'remove'));
  behave(({ path }) => (path === 'sw.js' ? { body } : path === 'clean.html' ? { status: 200, body: Buffer.from('<!doctype html><title>-</title>') } : undefined));
  await page.goto(`${base}clean.html`);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await until(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length === 0), 'the worker is gone');
  assert.deepEqual(await page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('timdoc'))), []);
}), { serviceWorkers: 'allow', expectErrors: true }));

test('every variant draws its box', { skip: MOCK }, withPage(async (page) => {
  await open(page, 'docs/variants.html');
  await page.locator('#words').fill('hien mau');
  await page.locator('timdoc-search[prefix="form-"] .hit').first().waitFor();
  const drawn = await page.locator('.variant timdoc-search').evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().height >= 44));
  assert.ok(drawn.length >= 9 && drawn.every(Boolean), String(drawn));
  const prefixes = await page.locator('.variant timdoc-search').evaluateAll((elements) => elements.map((element) => element.getAttribute('prefix')));
  assert.equal(new Set(prefixes).size, prefixes.length);
  const frame = page.frameLocator('iframe');
  await page.locator('iframe').scrollIntoViewIfNeeded();
  await frame.locator('timdoc-search .hit').first().waitFor();
}));

test('the pictures are all used, of the size that is stated, and light', withPage(async (page) => {
  const files = readdirSync(join(DOCS, 'img'));
  assert.ok(files.length >= 15);
  const bytes = files.reduce((sum, name) => sum + statSync(join(DOCS, 'img', name)).size, 0);
  assert.ok(bytes <= MOST_PICTURES, `${bytes} bytes`);
  for (const path of ['screens.html', 'en/screens.html']) {
    assert.deepEqual(all(html(path), /img\/([\w-]+\.webp)"/g).sort(), [...files].sort(), path);
    await open(page, `docs/${path}`);
    const wrong = await page.evaluate(async () => {
      const pictures = [...document.images];
      for (const picture of pictures) picture.loading = 'eager';
      await Promise.all(pictures.map((picture) => picture.decode()));
      return pictures.filter((picture) => picture.naturalWidth !== Number(picture.getAttribute('width')) || picture.naturalHeight !== Number(picture.getAttribute('height')) || !picture.alt).map((picture) => picture.src);
    });
    assert.deepEqual(wrong, [], path);
  }
}));

test('readers are not made to fetch the documentation', async () => {
  const { files } = await (await fetch(`${BASE}shell.json`)).json();
  assert.deepEqual(Object.keys(files).filter((name) => name.startsWith('docs/')), []);
  assert.equal(relative(WWW, DOCS), 'docs');
});
