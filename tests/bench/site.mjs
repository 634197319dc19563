/** A folder that is served for the measurements: the code of dist/, and a library built for them beside it. */
import { spawn } from 'node:child_process';
import { cpSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT, TIMDOC } from './places.mjs';

/** A portal's page as the README has it, and one without the widget. */
const PAGES = {
  'widget.html': (/** @type {string} */ bundle) => page(`<script type="module" src="timdoc.js"></script><timdoc-search bundle="${bundle}/"></timdoc-search>`),
  'plain.html': () => page(''),
};

/** @param {string} body */
function page(body) {
  return `<!doctype html><html lang="vi"><meta charset="utf-8"><title>timdoc bench</title><link rel="icon" href="data:,">${body}</html>\n`;
}

/**
 * @typedef {object} Site
 * @property {string} folder all that is temporary
 * @property {string} root what is served
 * @property {string} tool the command line tool, a copy: nobody rebuilds it meanwhile
 * @property {(bundle: string) => string} widget makes the page with the widget for a library in the root; its path
 * @property {() => Promise<string>} serve starts the server; its address, ending with a slash
 * @property {() => void} remove ends the server and takes everything away
 */

/** @returns {Site} */
export function makeSite() {
  const dist = join(ROOT, 'dist');
  for (const needed of [TIMDOC, join(dist, 'timdoc.js'), join(dist, 'wasm/timdoc_bg.wasm'), join(dist, 'wasm/timdoc_rest.wasm'), join(dist, 'bundle/manifest.json')]) {
    if (!existsSync(needed)) throw new Error(`${needed} is not there. To mend: ./build.sh build`);
  }
  const folder = mkdtempSync(join(tmpdir(), 'timdoc-bench-'));
  const root = join(folder, 'root');
  mkdirSync(root);
  cpSync(dist, root, { recursive: true });
  copyFileSync(TIMDOC, join(folder, 'timdoc'));
  writeFileSync(join(root, 'plain.html'), PAGES['plain.html']());
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let server;
  return {
    folder,
    root,
    tool: join(folder, 'timdoc'),
    widget(bundle) {
      writeFileSync(join(root, `widget-${bundle}.html`), PAGES['widget.html'](bundle));
      return `widget-${bundle}.html`;
    },
    serve() {
      const child = spawn(join(folder, 'timdoc'), ['serve', root, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
      server = child;
      return address(child);
    },
    remove() {
      server?.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The address that the server prints first.
 *
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} child
 * @returns {Promise<string>}
 */
function address(child) {
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => {
      const url = /https?:\/\/\S+/.exec(line)?.[0];
      if (url) resolve(url.replace(/\/?$/, '/'));
      else reject(new Error(`timdoc serve: its first line is no address: ${line}`));
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`timdoc serve: exit ${code}: ${errors.trim()}`)));
  });
}
