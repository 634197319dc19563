/** What esbuild leaves: style sheets in modules, and blanks in the values of custom properties. */

/** @typedef {(code: string, loader: 'js' | 'css') => Promise<string>} Minify */

/** A template that is a style sheet: it begins its line's end, and nothing is put into it. */
const SHEET = /(?<== )`\n([^`$\\]*\{[^`$\\]*)`(?=;)/g;

/**
 * A module or a style sheet, minified with the style sheets in it.
 *
 * @param {Minify} minify
 * @param {string} code
 * @param {'js' | 'css'} loader
 */
export async function smaller(minify, code, loader) {
  if (loader === 'css') return smallSheet(minify, code);
  let out = '';
  let end = 0;
  for (const { 0: all, 1: css, index } of code.matchAll(SHEET)) {
    out += `${code.slice(end, index)}\`${await smallSheet(minify, css)}\``;
    end = index + all.length;
  }
  return (await minify(out + code.slice(end), loader)).trim();
}

/** @param {Minify} minify @param {string} css */
const smallSheet = async (minify, css) => (await minify(css, 'css')).trim().replace(/(?<=,) |(?<=--[\w-]+:) /g, '');
