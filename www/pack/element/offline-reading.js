/** Stands in for www/element/offline-reading.js in a packed page: all is in the file, and no newer version comes. */

export const afterReading = async () => {};
export const whileOffline = async () => {};
