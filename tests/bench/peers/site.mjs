/** A peer's folder as a host serves it: its page, its code, its library, all compressed that compresses. */
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { ROOT } from '../places.mjs';

const HERE = import.meta.dirname;
const COMPRESSED = new Set(['.html', '.js', '.mjs', '.css', '.json', '.jsonl', '.wasm', '.svg', '.db']);

const compress = promisify(gzip);

/** The lock file of tests/browser has esbuild already. @returns {typeof import('esbuild')} */
const esbuild = () => createRequire(join(ROOT, 'tests/browser/package.json'))('esbuild');

/**
 * Adds the page and the code; `data/` is there.
 *
 * @param {import('./engines/peer.d.ts').Peer} peer
 * @param {string} site
 */
export async function makeSite(peer, site) {
  mkdirSync(site, { recursive: true });
  peer.code?.(site);
  const start = `import { open } from './pages/${peer.id}.mjs'; import { start } from './pages/start.mjs'; start(open);`;
  await esbuild().build({
    stdin: { contents: start, resolveDir: HERE, loader: 'js' },
    outfile: join(site, 'page.js'),
    bundle: true, minify: true, format: 'esm', platform: 'browser', target: 'es2022', logLevel: 'error', legalComments: 'none',
  });
  writeFileSync(join(site, 'index.html'),
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>bench</title><link rel="icon" href="data:,"><body><script type="module" src="page.js"></script></body></html>\n');
  await compressAll(site);
}

/** Puts `NAME.gz` beside every file that a good host compresses. @param {string} site */
async function compressAll(site) {
  for (const file of files(site).filter((name) => COMPRESSED.has(extname(name)))) {
    const path = join(site, file);
    writeFileSync(`${path}.gz`, await compress(readFileSync(path), { level: constants.Z_BEST_COMPRESSION }));
  }
}

/** Paths of all files but the compressed ones, from the site. @param {string} site */
export function files(site) {
  return readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.gz'))
    .map((entry) => relative(site, join(entry.parentPath ?? entry.path, entry.name)));
}

/** @typedef {{ raw: number, wire: number, files: number }} Weight bytes of files, and as they go over the wire */

/**
 * What the library weighs.
 *
 * @param {import('./engines/peer.d.ts').Peer} peer
 * @param {string} site
 * @returns {Weight}
 */
export function weighLibrary(peer, site) {
  return weigh(site, files(site).filter((file) => peer.library.test(file)));
}

/**
 * @param {string} site
 * @param {string[]} names
 * @returns {Weight}
 */
function weigh(site, names) {
  const size = (/** @type {string} */ path) => statSync(path, { throwIfNoEntry: false })?.size;
  const weight = { raw: 0, wire: 0, files: names.length };
  for (const path of names.map((name) => join(site, name))) {
    const raw = size(path) ?? 0;
    weight.raw += raw;
    weight.wire += size(`${path}.gz`) ?? raw;
  }
  return weight;
}

/**
 * The bodies of all articles in one file, gzip -9: the least that an engine without them adds for reading offline.
 *
 * @param {AsyncIterable<import('./engines/peer.d.ts').Article>} articles
 */
export async function weighBodies(articles) {
  const bodies = [];
  for await (const { id, body } of articles) bodies.push(JSON.stringify([id, body]));
  return (await compress(`[${bodies.join(',\n')}]`, { level: constants.Z_BEST_COMPRESSION })).length;
}
