/** `timdoc/search`: the element <timdoc-search> alone. */
import { TimdocSearch } from './element/search-element.js';

if (!customElements.get('timdoc-search')) customElements.define('timdoc-search', TimdocSearch);

export { TimdocSearch };
