/** Stands in for www/element/offline-start.js in a packed page: there is nothing to keep. */

export const enable = async () => {};
