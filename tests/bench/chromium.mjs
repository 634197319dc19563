/** The browser: Chromium of this machine, driven by playwright-core. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

/** Folders whose node_modules may have playwright-core. */
const HOMES = ['../browser', '.'].map((folder) => resolve(import.meta.dirname, folder));

const ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--disable-quic', '--no-first-run',
];

/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').Page} Page */

/** @returns {Promise<Browser>} */
export async function launch() {
  const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Error(`There is no Chromium at ${executablePath}. To mend: CHROMIUM=/path/to/chromium`);
  return playwright().chromium.launch({ executablePath, args: ARGS });
}

/** @returns {typeof import('playwright-core')} */
function playwright() {
  for (const home of HOMES) {
    const require = createRequire(resolve(home, 'package.json'));
    try {
      return require('playwright-core');
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  throw new Error("playwright-core is not installed. To mend: run 'npm ci' in tests/browser");
}

/**
 * A page of a context of its own: nothing is cached, nothing is saved.
 *
 * @template T
 * @param {Browser} browser
 * @param {(page: Page) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withFreshPage(browser, work) {
  const context = await browser.newContext();
  try {
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}
