import { contextual, opened } from './flexsearch.mjs';

/** @param {string} data */
export const open = (data) => opened(contextual(), data);
