/**
 * The pictures of an article; fetched only for articles that have some. A picture of the page's own origin is shown. One
 * of another is a link, as a strict policy would block it, and its host would learn who reads what; so is one that does
 * not load.
 */
import { adopt } from '../lib/css.js';
import { h } from './dom.js';
import { readerIcon } from './reader-icons.js';
import { webAddress } from './web-address.js';

/** @typedef {import('../i18n/reading.js').ReadingWords} Words */
/** @typedef {import('../lib/types.d.ts').ArticleImage} ArticleImage */

/** Roots that have the style sheet. @type {WeakSet<ShadowRoot>} */
const styled = new WeakSet();

/**
 * Puts pictures into an article's body, each before the block where it stands. A caption goes with the picture it
 * stands under.
 *
 * @param {Words} words
 * @param {ArticleImage[]} images
 * @param {HTMLElement} body its blocks say which part they are, as reader-blocks.js has it
 */
export async function showImages(words, images, body) {
  const root = body.getRootNode();
  if (!(root instanceof ShadowRoot)) return; // Another article took its place meanwhile.
  if (!styled.has(root)) {
    styled.add(root);
    await adopt(root, 'images.css');
  }
  for (const { url, caption, before } of images) {
    const address = webAddress(url);
    if (!address) continue;
    const block = body.querySelector(`[data-part="${before + 2}"]`);
    const place = block?.closest('ul, .table, figure') ?? block ?? body.querySelector('.byline');
    const picture = h('figure');
    if (place) place.before(picture);
    else body.append(picture);
    fill(words, picture, address, caption, block?.matches('.caption') ? block : null);
  }
}

/**
 * @param {Words} words
 * @param {HTMLElement} figure
 * @param {string} address
 * @param {string | null} caption
 * @param {Element | null} below the block that says what the picture shows
 */
function fill(words, figure, address, caption, below) {
  const said = below?.lastChild?.textContent;
  const link = h('p', { class: 'image', lang: words.lang },
    h('a', { href: address, rel: 'noopener noreferrer', 'aria-label': said ? `${words.image}: ${said}` : null }, readerIcon('out'), caption ? `${words.image}: ${caption}` : words.image));
  const under = below && h('figcaption', null, below);
  const asLink = () => figure.replaceChildren(link, ...(under ? [under] : []));
  if (new URL(address).origin !== location.origin) return asLink();
  figure.append(h('img', { src: address, alt: words.image, loading: 'lazy', decoding: 'async', onerror: asLink }));
  if (under ?? caption) figure.append(under ?? h('figcaption', { class: 'caption' }, caption));
}
