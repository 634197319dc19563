/** Stands in for www/lib/ahead.js in a packed page: everything is here, so nothing is asked for ahead. */

/** @param {string | URL} bundle */
export const addressOf = (bundle) => new URL(bundle, document.baseURI).href.replace(/\/?$/, '/');

/** @type {typeof import('../../lib/ahead.js').ahead} */
export const ahead = () => {};

/** @type {typeof import('../../lib/ahead.js').fetched} */
export const fetched = (url, options) => fetch(url, options);
