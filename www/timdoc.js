/**
 * timdoc: what a portal's page includes.
 *
 *     <script type="module" src="…/timdoc.js"></script>
 *     <timdoc-search bundle="…/bundle/"></timdoc-search>
 *
 * This module and what it imports is all that loads before a reader touches the search box: it
 * registers two light elements, and they import the rest when it is wanted.
 */
import { ahead } from './lib/ahead.js';
import { TimdocSearch } from './element/search-element.js';
import { TimdocReader } from './element/reader-element.js';

/**
 * Opens a library, for pages that draw their own lists. The engine loads at the first call.
 *
 * @type {typeof import('./lib/types.d.ts').open}
 */
export async function open(bundleUrl, options) {
  ahead(bundleUrl, options?.codeUrl, options?.signedBy);
  const library = await import('./lib/library.js');
  return library.open(bundleUrl, options);
}

if (!customElements.get('timdoc-search')) customElements.define('timdoc-search', TimdocSearch);
if (!customElements.get('timdoc-reader')) customElements.define('timdoc-reader', TimdocReader);

export { TimdocSearch, TimdocReader };
