export * from './lib/types.js';
export { TimdocSearch } from './search.js';
export { TimdocReader } from './reader.js';
