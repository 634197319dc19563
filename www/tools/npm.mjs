/**
 * The npm package as a folder: `node www/tools/npm.mjs DIST OUT`. `./build.sh package` makes the archive of it.
 *
 * The modules are those of www/ as they are, for bundlers to find their way in; a module of the same path in www/npm
 * stands in for one that knows where files are. The wasm comes from DIST, the version from Cargo.toml.
 */
import { chmod, cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { elementStyles } from './pack.mjs';

const WWW = dirname(dirname(fileURLToPath(import.meta.url)));
const ROOT = dirname(WWW);

/** Said otherwise than in www/, as the addresses of a bundler's files are not those of the repository. */
const REPLACED = {
  // The engine's own files are the package's, unless a page names others.
  'lib/library.js': ["codeUrl = new URL('..', import.meta.url)", 'codeUrl'],
  // A service worker must be the site's own: here is none, as on another origin.
  'lib/offline.js': ["new URL('../sw.js', import.meta.url)", "new URL('about:blank')"],
};

const [dist, out] = process.argv.slice(2);
if (!out) {
  console.error('usage: node www/tools/npm.mjs DIST OUT');
  process.exit(2);
}
const require = createRequire(new URL('../../tests/browser/package.json', import.meta.url));
const esbuild = require('esbuild');

await rm(out, { recursive: true, force: true });
for (const name of ['timdoc.js', 'element', 'lib', 'i18n']) await cp(join(WWW, name), join(out, name), { recursive: true });
for (const name of ['timdoc.js', 'timdoc_bg.wasm', 'timdoc_rest.wasm']) await cp(join(dist, 'wasm', name), join(out, 'wasm', name));
await cp(join(ROOT, 'LICENSE'), join(out, 'LICENSE'));
await cp(join(WWW, 'licenses.txt'), join(out, 'licenses.txt')); // of what the wasm is made of

for (const [name, [from, to]] of Object.entries(REPLACED)) {
  const parts = (await readFile(join(out, name), 'utf8')).split(from);
  if (parts.length !== 2) throw new Error(`npm: ${name} does not say "${from}" once; mend REPLACED in www/tools/npm.mjs`);
  await writeFile(join(out, name), parts.join(to));
}

const sheets = await elementStyles(WWW, esbuild);
await mkdir(join(out, 'style'));
for (const [name, text] of Object.entries(sheets)) await writeFile(join(out, 'style', `${name}.js`), `export default ${JSON.stringify(text)};\n`);
const imports = Object.keys(sheets).map((name) => `'${name}': () => import('../style/${name}.js'),`);

for (const entry of await readdir(join(WWW, 'npm'), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath, entry.name);
  const name = path.slice(join(WWW, 'npm').length + 1);
  let text = await readFile(path, 'utf8');
  // In the package it lies where its namesake lay, a folder higher.
  text = text.replaceAll("'../../", "'../").replace('/* one for each style sheet: tools/npm.mjs */', imports.join('\n  '));
  await writeFile(join(out, name), text);
}

/** The one module whose types are written in its comments and asked for by lib/types.d.ts. */
const ts = require('typescript');
const host = ts.createCompilerHost({});
host.writeFile = (/** @type {string} */ _, /** @type {string} */ text) => ts.sys.writeFile(join(out, 'lib/facts-table.d.ts'), text);
const options = { allowJs: true, checkJs: true, declaration: true, emitDeclarationOnly: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 };
const { emitSkipped } = ts.createProgram([join(WWW, 'lib/facts-table.js')], options, host).emit();
if (emitSkipped) throw new Error('npm: no types of lib/facts-table.js');

const version = /^version = "(.+)"$/m.exec(await readFile(join(ROOT, 'Cargo.toml'), 'utf8'))?.[1];
if (!version) throw new Error('npm: Cargo.toml has no version');
const manifest = JSON.parse(await readFile(join(WWW, 'npm/package.json'), 'utf8'));
await writeFile(join(out, 'package.json'), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
// The archive holds the rights of files: the same, whatever the machine gives new ones.
for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
console.error(`npm: timdoc ${version} in ${out}`);
