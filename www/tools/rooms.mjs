/**
 * Modules that are only a room of another one: imported by it and its rooms alone, and never later by themselves. A long module is
 * split into rooms to be read; over the wire they go in one file with it, as each more file costs a request and a part
 * of what gzip saves.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { smaller } from './sheets.mjs';

const STATIC = /\b(?:import|export)\b[^'"`;()]*?\bfrom\s*['"](\.[^'"]+)['"]/g;
const LATER = /\bimport\s*\(\s*['"`](\.[^'"`]+)['"`]/g;
const NAMED = /\bimport\s*\{([^}]*)\}\s*from\s*['"](\.[^'"]+)['"]/g;
const bare = (/** @type {string} */ code) => code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

/**
 * Which modules are rooms: of the elements, and of lib/library.js. lib/ahead.js lists the latter (`listedWithout`).
 *
 * @param {string} www
 * @param {string[]} modules paths of all modules that are served
 * @returns {Promise<Set<string>>}
 */
export async function roomsOf(www, modules) {
  /** @type {Map<string, Set<string>>} */
  const importers = new Map();
  /** @type {Set<string>} */
  const apart = new Set();
  for (const path of modules) {
    const code = bare(await readFile(path, 'utf8'));
    const target = (/** @type {RegExpMatchArray} */ match) => resolve(dirname(path), match[1]);
    for (const match of code.matchAll(STATIC)) importers.set(target(match), (importers.get(target(match)) ?? new Set()).add(path));
    for (const match of code.matchAll(LATER)) apart.add(target(match));
    if (code.includes('import.meta')) apart.add(path);
  }
  const own = modules.filter((path) => /^(element|lib)$/.test(relative(www, path).split(sep)[0]) && importers.has(path) && !apart.has(path));
  /** By room, the module that it is part of. @type {Map<string, string>} */
  const houses = new Map();
  const houseOf = (/** @type {string} */ path) => {
    while (houses.has(path)) path = houses.get(path) ?? path;
    return path;
  };
  // A module that two rooms of one house import is a room of it too.
  for (let before = -1; before !== houses.size;) {
    before = houses.size;
    for (const path of own.filter((path) => !houses.has(path))) {
      const [house, other] = new Set([...importers.get(path) ?? []].map(houseOf));
      if (house !== path && other === undefined) houses.set(path, house);
    }
  }
  const library = join(www, 'lib/library.js');
  return new Set([...houses.keys()].filter((path) => relative(www, path).startsWith('element') || houseOf(path) === library));
}

/**
 * The text of lib/ahead.js, which asks for modules by name, without those that are rooms.
 *
 * @param {string} code
 * @param {string} folder of the modules
 * @param {Set<string>} rooms
 */
export function listedWithout(code, folder, rooms) {
  const gone = [...rooms].filter((path) => dirname(path) === folder).map((path) => relative(folder, path).replace(/\.js$/, ''));
  for (const name of gone) {
    code = code.replace(`'${name}', `, '');
    if (code.includes(`'${name}'`)) throw new Error(`rooms: lib/ahead.js cannot do without ${name}`);
  }
  return code;
}

/**
 * A module, minified, with its rooms in it; what else it imports keeps its address.
 *
 * @param {string} path
 * @param {Set<string>} rooms
 * @param {typeof import('esbuild')} esbuild
 * @param {import('./sheets.mjs').Minify} minify
 */
export async function withRooms(path, rooms, esbuild, minify) {
  const address = (/** @type {string} */ target) => relative(dirname(path), target).split(sep).join('/').replace(/^(?!\.)/, './');
  const names = await importsOf(path, rooms);
  const { outputFiles } = await esbuild.build({
    entryPoints: [path],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    write: false,
    plugins: [{
      name: 'rooms',
      setup(build) {
        build.onResolve({ filter: /^\.{1,2}\// }, ({ path: named, resolveDir, kind, namespace }) => {
          const target = resolve(resolveDir, named);
          if (rooms.has(target)) return { path: target };
          // Through one module, so that what several rooms import is imported once.
          if (kind === 'import-statement' && namespace === 'file') return { path: target, namespace: 'shared' };
          return { path: address(target), external: true };
        });
        build.onLoad({ filter: /\.js$/, namespace: 'shared' }, ({ path: file }) => ({
          contents: `export { ${[...(names.get(file) ?? [])].join(', ')} } from ${JSON.stringify(address(file))};`, resolveDir: dirname(path),
        }));
        build.onLoad({ filter: /\.js$/ }, async ({ path: file }) => ({ contents: await smaller(minify, await readFile(file, 'utf8'), 'js'), resolveDir: dirname(file) }));
      },
    }],
  });
  return outputFiles[0].text.trim();
}

/**
 * What a module and its rooms import from others.
 *
 * @param {string} path
 * @param {Set<string>} rooms
 * @param {Map<string, Set<string>>} [names] by path of the other
 */
async function importsOf(path, rooms, names = new Map()) {
  const code = bare(await readFile(path, 'utf8'));
  for (const [, from] of code.matchAll(STATIC)) {
    const target = resolve(dirname(path), from);
    if (rooms.has(target)) await importsOf(target, rooms, names);
  }
  for (const [, some, from] of code.matchAll(NAMED)) {
    const target = resolve(dirname(path), from);
    if (!rooms.has(target)) names.set(target, new Set([...(names.get(target) ?? []), ...some.split(',').map((name) => name.trim().split(' as ')[0])]));
  }
  return names;
}
