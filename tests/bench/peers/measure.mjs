/** Everything about one peer and one size of library. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from '../chromium.mjs';
import { TIMDOC } from '../places.mjs';
import { readArticles } from './articles.mjs';
import { buildPeer } from './build.mjs';
import { measureCold } from './cold.mjs';
import { serve } from './server.mjs';
import { makeSite, weighBodies, weighLibrary } from './site.mjs';
import { measureWarm } from './warm.mjs';

/** @typedef {import('./engines/peer.d.ts').Peer} Peer */
/**
 * @typedef {object} Measured
 * @property {Peer} peer
 * @property {string} versions
 * @property {import('./build.mjs').Build} [build]
 * @property {import('./site.mjs').Weight} [library]
 * @property {import('./cold.mjs').Cold} [cold]
 * @property {number} [offline] bytes on the wire of code, library and whole articles
 * @property {import('./warm.mjs').Warm} [warm]
 * @property {string} [failed] what, and why
 */
/** @typedef {{ file: string, folder: string, first: string[], asked: import('./warm.mjs').Asked }} Task */

/**
 * What fails is said in the result, which has all that came before it.
 *
 * @param {Peer} peer
 * @param {Task} task
 * @param {(text: string) => void} say
 * @returns {Promise<Measured>}
 */
export async function measurePeer(peer, { file, folder, first, asked }, say) {
  const site = join(folder, peer.id);
  const portal = `${site}-portal`;
  /** @type {Measured} */
  const found = { peer, versions: versionsOf(peer) };
  let stage = 'build';
  /** @type {import('playwright-core').Browser | undefined} */
  let browser;
  /** @type {import('./server.mjs').Host | undefined} */
  let host;
  const begin = (/** @type {string} */ name) => {
    stage = name;
    say(`${peer.id}: ${name}`);
  };
  try {
    begin('build');
    found.build = await buildPeer(peer, file, join(site, 'data'), portal);
    begin('site');
    await makeSite(peer, site);
    found.library = weighLibrary(peer, site);
    browser = await launch();
    host = await serve(site);
    begin('first results');
    found.cold = await measureCold(browser, host, peer, first);
    found.offline = found.cold.code + found.library.wire + (peer.texts ? 0 : await weighBodies(readArticles(file)));
    begin('searches in an open page');
    found.warm = await measureWarm(browser, host.address, asked);
  } catch (error) {
    const [line] = /** @type {Error} */ (error).message.split('\n').slice(-1);
    found.failed = `${stage}: ${line.trim().slice(0, 200)}`;
    say(`${peer.id}: failed, ${/** @type {Error} */ (error).message}`);
  } finally {
    await browser?.close();
    host?.stop();
    for (const made of [site, portal]) rmSync(made, { recursive: true, force: true });
  }
  return found;
}

/** @param {Peer} peer */
function versionsOf({ npm }) {
  if (!npm.length) return spawnSync(TIMDOC, ['--version'], { encoding: 'utf8' }).stdout.trim();
  const version = (/** @type {string} */ name) => JSON.parse(readFileSync(join(import.meta.dirname, 'node_modules', name, 'package.json'), 'utf8')).version;
  return npm.map((name) => `${name} ${version(name)}`).join(', ');
}
