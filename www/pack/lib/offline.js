/** Stands in for www/lib/offline.js in a packed page: no service worker keeps a file. */

/** The page anew. */
export const renew = () => location.reload();
