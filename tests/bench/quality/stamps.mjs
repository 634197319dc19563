/** Makes again only what is out of date: beside it lies a stamp that says what it was made from. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @param {string} made file or folder
 * @param {string[]} sources files it is made from
 * @param {() => void | Promise<void>} make
 */
export async function renew(made, sources, make) {
  const stamp = `${made}.stamp`;
  const print = fingerprint(sources);
  if (existsSync(made) && existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return;
  rmSync(stamp, { force: true });
  await make();
  writeFileSync(stamp, print);
}

/** @param {string[]} files */
function fingerprint(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex');
}

/** The modules of this folder and of the one it is in. */
export function ownSources() {
  const folders = ['.', '..'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const modules = (/** @type {string} */ folder) => readdirSync(folder).filter((name) => name.endsWith('.mjs')).sort();
  return folders.flatMap((folder) => modules(folder).map((name) => join(folder, name)));
}
