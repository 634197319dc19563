import { folded, opened } from './zbsearch.mjs';

/** @param {string} data */
export const open = (data) => opened(folded(), data, { prefix: false });
