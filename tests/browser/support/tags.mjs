/** What the head comments of the elements tell of them. */
import { readFileSync } from 'node:fs';

const all = (/** @type {string} */ text, /** @type {RegExp} */ form) => [...text.matchAll(form)].map((match) => match[1]);

/** The tags of an element's head comment, by kind. @param {string} element `search` or `reader` @returns {Record<string, string[]>} */
export function tagsOf(element) {
  const [head] = /\/\*\*[\s\S]*?\*\//.exec(readFileSync(new URL(`../../../www/element/${element}-element.js`, import.meta.url), 'utf8')) ?? [''];
  return {
    attr: all(head, /@attr (?:\{[^}]*\} )?([\w-]+)/g),
    slot: all(head, /@slot([^\n]*)/g).map((text) => /^ ([\w-]+)(?= {2})/.exec(text)?.[1] ?? ''),
    method: all(head, /@method (\w+\(\))/g),
    event: all(head, /@fires ([^\n]*)/g).flatMap((text) => text.split(' · ').map((name) => name.trim().split(' ')[0])),
    part: all(head, /@csspart ([\w-]+)/g),
    prop: all(head, /@cssprop (--[\w-]+…?)/g),
  };
}
