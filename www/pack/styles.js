/** The style sheets of the elements by name, which tools/pack.mjs puts here from www/style. @type {Record<string, string>} */
export const SHEETS = {};
