/** `timdoc/library`: a library without elements, for pages that draw their own lists. */
export { open, TimdocError } from './lib/library.js';
