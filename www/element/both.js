/** What the search and the reader both begin with: over the wire one file (tools/rooms.mjs). */
export * from './address.js';
export * from './announcer.js';
export * from './dates.js';
export * from './states.js';
