/**
 * Puts the page part into a folder ready to upload: `node www/tools/dist.mjs OUT`.
 *
 * Modules and style sheets are minified with esbuild where it is installed (tests/browser or .tools/npm), else they are
 * copied as they are. Nothing is bundled but modules that are only rooms of another one (rooms.mjs): the addresses of
 * the others stay the same. Then
 * `shell.json` lists every file with its hash, also those that were in OUT before (the wasm), and
 * sw.js gets the version. Libraries are not part of the shell: folders with a manifest.json are left out.
 * pack.mjs makes the page of `timdoc pack` beside it, where esbuild is.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packPage } from './pack.mjs';
import { listedWithout, roomsOf, withRooms } from './rooms.mjs';
import { smaller } from './sheets.mjs';

const WWW = dirname(dirname(fileURLToPath(import.meta.url)));
const NOT_SERVED = new Set(['tools', 'sample', 'pack', 'npm', 'jsconfig.json', 'node_modules']);
/** Not for the service worker: itself, its list, types, icons for installing, and what no reader needs: the demo's tuning page, the page of `timdoc pack`, licences. */
const NOT_SHELL = /^pack\/|(^|\/)(sw\.js|shell\.json|licenses\.txt|\.[^/]*|tuning[^/]*)$|^icons\/.*\.png$|\.d\.ts$|\.map$/;

const out = process.argv[2];
if (!out) {
  console.error('usage: node www/tools/dist.mjs OUT');
  process.exit(2);
}

/** @returns {null | typeof import('esbuild')} */
function findEsbuild() {
  for (const place of ['../../tests/browser/package.json', '../../.tools/npm/package.json']) {
    try {
      return createRequire(new URL(place, import.meta.url))('esbuild');
    } catch {
      // Not installed there.
    }
  }
  console.error('dist: esbuild is not installed (npm ci in tests/browser); files are copied as they are, and `timdoc pack` will lack its page');
  return null;
}

const esbuild = findEsbuild();

/** @type {null | ((code: string, loader: 'js' | 'css') => Promise<string>)} */
const minify = esbuild && (async (code, loader) => (await esbuild.transform(code, { loader, minify: true, target: 'es2022', legalComments: 'none' })).code);

/** @param {string} folder @returns {AsyncGenerator<string>} */
async function* filesOf(folder, top = true) {
  for (const entry of (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) yield path;
    else if (!top || !existsSync(join(path, 'manifest.json'))) yield* filesOf(path, false);
  }
}

/** @type {string[]} */
const served = [];
for await (const path of filesOf(WWW)) if (!NOT_SERVED.has(relative(WWW, path).split(sep)[0])) served.push(path);
const rooms = minify ? await roomsOf(WWW, served.filter((path) => path.endsWith('.js'))) : new Set();

for (const path of served) {
  const to = join(out, relative(WWW, path));
  if (rooms.has(path)) {
    await rm(to, { force: true }); // Of an earlier build, where it was none.
    continue;
  }
  await mkdir(dirname(to), { recursive: true });
  const loader = { '.js': /** @type {const} */ ('js'), '.css': /** @type {const} */ ('css') }[extname(path)];
  if (minify && path === join(WWW, 'lib/ahead.js')) await writeFile(to, await smaller(minify, listedWithout(await readFile(path, 'utf8'), dirname(path), rooms), 'js'));
  else if (esbuild && minify && loader === 'js') await writeFile(to, await withRooms(path, rooms, esbuild, minify));
  else if (minify && loader) await writeFile(to, await smaller(minify, await readFile(path, 'utf8'), loader));
  else await cp(path, to);
}

if (esbuild && existsSync(join(out, 'wasm/timdoc.js'))) await packPage(WWW, out, esbuild);

/** @type {Record<string, string>} */
const files = {};
for await (const path of filesOf(out)) {
  const name = relative(out, path).split(sep).join('/');
  // Nor the documentation, which no reader needs.
  if (!NOT_SHELL.test(name) && !name.startsWith('docs/')) files[name] = `sha256-${createHash('sha256').update(await readFile(path)).digest('base64')}`;
}
const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
await writeFile(join(out, 'shell.json'), `${JSON.stringify({ version, files }, null, 1)}\n`);
const worker = await readFile(join(out, 'sw.js'), 'utf8');
const stamped = worker.replaceAll('__VERSION__', version);
if (stamped === worker) throw new Error('dist: sw.js has no version to stamp');
await writeFile(join(out, 'sw.js'), stamped);
console.error(`dist: ${Object.keys(files).length} files, version ${version}`);
