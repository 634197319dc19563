/**
 * The tags in the head comments of the elements are what the elements really have, neither less nor more: parts, slots,
 * events, attributes and custom properties, collected from pages in their states. The reference is compared with the tags
 * in docs.test.mjs.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOCK, open, ownPage, resultsFor, withPage } from './support/browser.mjs';
import { tagsOf } from './support/tags.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {Record<'attr' | 'event' | 'part' | 'slot' | 'prop', string[]>} Seen */

/** Notes, in the page, the attributes that the elements read or set and the events they send. */
const SPY = `
  globalThis.noted = {};
  const note = (element, kind, name) => {
    const { localName } = element;
    if (/^timdoc-/.test(localName ?? '')) ((noted[localName] ??= {})[kind] ??= new Set()).add(name);
  };
  for (const method of ['getAttribute', 'hasAttribute', 'setAttribute', 'toggleAttribute', 'removeAttribute']) {
    const own = Element.prototype[method];
    Element.prototype[method] = function (name, ...rest) { note(this, 'attr', name); return own.call(this, name, ...rest); };
  }
  const { dispatchEvent } = EventTarget.prototype;
  EventTarget.prototype.dispatchEvent = function (event) { if (/^timdoc-/.test(event.type)) note(this, 'event', event.type); return dispatchEvent.call(this, event); };
`;

/** What the page has of an element now. @param {Page} page @param {string} element @returns {Promise<Seen>} */
const seenOf = (page, element) => page.evaluate((name) => {
  const noted = Reflect.get(globalThis, 'noted')[name] ?? {};
  const roots = [...document.querySelectorAll(name)].map(({ shadowRoot }) => /** @type {ShadowRoot} */ (shadowRoot));
  const css = roots.flatMap(({ adoptedStyleSheets }) => adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText))).join('\n');
  const found = (/** @type {RegExp} */ form) => [...css.matchAll(form)].map((match) => match[1]);
  return {
    attr: [...noted.attr ?? [], ...found(/:host\(\[([\w-]+)/g)].filter((name) => name !== 'hidden'),
    event: [...noted.event ?? []],
    part: roots.flatMap((root) => [...root.querySelectorAll('[part]')].flatMap((part) => [...part.part])),
    slot: roots.flatMap((root) => [...root.querySelectorAll('slot')].map(({ name }) => name)),
    prop: found(/var\((--timdoc-[\w-]+)/g),
  };
}, element);

/** @param {Seen[]} states @param {string} element */
function compare(states, element) {
  const tags = tagsOf(element);
  // "As the search's": all of those.
  if (tags.prop.includes('--timdoc-…')) tags.prop = [...tagsOf('search').prop, ...tags.prop.filter((name) => !name.endsWith('…'))];
  for (const kind of /** @type {const} */ (['attr', 'event', 'part', 'slot', 'prop'])) {
    const seen = [...new Set(states.flatMap((state) => state[kind]))].sort();
    const told = [...new Set(tags[kind])].sort();
    assert.deepEqual(seen.filter((name) => !told.includes(name)), [], `${element}: ${kind} without a tag`);
    assert.deepEqual(told.filter((name) => !seen.includes(name)), [], `${element}: ${kind} with a tag that is nowhere`);
  }
}

test('the tags of <timdoc-search> are what it has', { skip: MOCK }, withPage(async (page) => {
  /** @type {Seen[]} */
  const states = [];
  await page.addInitScript(SPY);
  await ownPage(page, '<timdoc-search bundle="bundle/" lang="vi" offline></timdoc-search><timdoc-reader bundle="bundle/"></timdoc-reader>');
  await open(page, 'test.html?q=hoc');
  await page.locator('timdoc-search .facet li').first().waitFor();
  await page.locator('timdoc-search .foot button').waitFor();
  await page.waitForTimeout(500);
  await page.locator('timdoc-search .tools [aria-haspopup]').click();
  await page.locator('timdoc-search dialog[open]').waitFor();
  states.push(await seenOf(page, 'timdoc-search'));
  await page.keyboard.press('Escape');
  await page.locator('timdoc-search .hit a').first().click();
  await page.locator('timdoc-reader h1').waitFor();
  states.push(await seenOf(page, 'timdoc-search'));
  await ownPage(page, '<timdoc-search bundle="bundle/" dialog></timdoc-search>');
  await open(page, 'test.html');
  await page.locator('timdoc-search [part=trigger]').click();
  await page.keyboard.type('hoc');
  await resultsFor(page, 'hoc');
  await page.locator('timdoc-search .shut').click();
  await page.waitForTimeout(300);
  states.push(await seenOf(page, 'timdoc-search'));
  await ownPage(page, '<timdoc-search bundle="bundle/"><form><input name="q" aria-label="Tìm"></form></timdoc-search>');
  await open(page, 'test.html');
  states.push(await seenOf(page, 'timdoc-search'));
  compare(states, 'search');
}));

test('the tags of <timdoc-reader> are what it has', { skip: MOCK }, withPage(async (page) => {
  await page.addInitScript(SPY);
  await ownPage(page, '<timdoc-search bundle="bundle/"></timdoc-search>');
  await open(page, 'test.html?q=hoc');
  const id = await page.locator('timdoc-search .hit a').first().getAttribute('data-id');
  await ownPage(page, '<timdoc-reader bundle="bundle/" lang="vi" home="index.html" offline></timdoc-reader>');
  await open(page, `test.html?doc=${id}`);
  await page.locator('timdoc-reader .body p').first().waitFor();
  await page.waitForTimeout(1000);
  compare([await seenOf(page, 'timdoc-reader')], 'reader');
}));
