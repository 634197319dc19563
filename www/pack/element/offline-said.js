/** Stands in for www/element/offline-said.js in a packed page: all is in the file. */

export const sayWhatIsSaved = async () => {};
