/** `timdoc/reader`: the element <timdoc-reader> alone. */
import { TimdocReader } from './element/reader-element.js';

if (!customElements.get('timdoc-reader')) customElements.define('timdoc-reader', TimdocReader);

export { TimdocReader };
