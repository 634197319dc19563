/**
 * The page part of `timdoc pack`, made while dist/ is: `OUT/pack/` gets page.html, page.js and page.css.
 *
 * A page opened from a file may not load modules, so all of them become one script. The glue of the wasm is among them;
 * the wasm itself stays beside, as `timdoc pack` puts it into the file like the library's own files. A module of the same
 * path in www/pack stands in for one of www/.
 */
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';

/** Style sheets of the demo portal, which no element asks for. */
const PORTAL = new Set(['portal.css', 'tuning.css']);

/**
 * The style sheets that elements ask for, by name, minified.
 *
 * @param {string} www
 * @param {typeof import('esbuild')} esbuild
 * @returns {Promise<Record<string, string>>}
 */
export async function elementStyles(www, esbuild) {
  const names = (await readdir(join(www, 'style'))).filter((name) => name.endsWith('.css') && !PORTAL.has(name)).sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await minified(join(www, 'style', name), esbuild)])));
}

/**
 * @param {string} path of a style sheet
 * @param {typeof import('esbuild')} esbuild
 */
const minified = async (path, esbuild) => (await esbuild.transform(await readFile(path, 'utf8'), { loader: 'css', minify: true })).code;

/**
 * @param {string} www
 * @param {string} out dist/, with the wasm in it
 * @param {typeof import('esbuild')} esbuild
 */
export async function packPage(www, out, esbuild) {
  const pack = join(www, 'pack');
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(pack, 'page.js')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    write: false,
    // The file does not care whether there is a network.
    define: { 'navigator.onLine': 'true' },
    plugins: [{
      name: 'pack',
      setup(build) {
        build.onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir }) => {
          const inside = relative(www, resolve(resolveDir, path));
          if (inside.startsWith('wasm')) return { path: resolve(out, inside) };
          const instead = join(pack, inside);
          return existsSync(instead) ? { path: instead } : undefined;
        });
        build.onLoad({ filter: /[\\/]pack[\\/]styles\.js$/ }, async () => ({
          contents: `export const SHEETS = ${JSON.stringify(await elementStyles(www, esbuild))};`, loader: 'js',
        }));
      },
    }],
  });
  await mkdir(join(out, 'pack'), { recursive: true });
  await writeFile(join(out, 'pack/page.js'), outputFiles[0].contents);
  await writeFile(join(out, 'pack/page.css'), await minified(join(pack, 'page.css'), esbuild));
  await cp(join(pack, 'page.html'), join(out, 'pack/page.html'));
}
