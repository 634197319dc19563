/**
 * Working without a network: registers the service worker that keeps the pages and the code, and
 * saves small libraries by themselves where the page asks for it.
 *
 * A service worker must come from the page's own origin; a portal that hosts timdoc elsewhere still
 * finds what the library has saved while the page is open.
 */

import { saving } from './ahead.js';

/** A library up to this size may be saved without asking, in bytes. */
const SMALL = 4e6;

/** The one Trusted Types policy: for this address and nothing else. */
const workerUrl = new URL('../sw.js', import.meta.url);

/** Made once: a page allows a policy name only once. @type {{ createScriptURL(url: string): unknown } | undefined} */
let policy;

/** @returns {string} the worker's address, as Trusted Types want it */
function trustedWorker() {
  const { trustedTypes } = /** @type {{ trustedTypes?: { createPolicy(name: string, rules: object): NonNullable<typeof policy> } }} */ (
    /** @type {unknown} */ (globalThis));
  policy ??= trustedTypes?.createPolicy('timdoc', {
    createScriptURL(/** @type {string} */ url) {
      if (url !== workerUrl.href) throw new TypeError(`timdoc: not the service worker: ${url}`);
      return url;
    },
  });
  return /** @type {string} */ (policy ? policy.createScriptURL(workerUrl.href) : workerUrl.href);
}

/** @type {Promise<ServiceWorkerRegistration | null> | null} */
let registered = null;

/**
 * Keeps the pages and the code for use without a network. Does nothing where it cannot: on another
 * origin, without HTTPS, from a file.
 */
export function keepPage() {
  if (!('serviceWorker' in navigator) || workerUrl.origin !== location.origin) return Promise.resolve(null);
  registered ??= navigator.serviceWorker.register(trustedWorker(), { updateViaCache: 'none' });
  registered.catch(() => (registered = null));
  return registered;
}

/**
 * What `<timdoc-search offline>` asks for.
 *
 * @param {string | null} bundle address of the library
 * @param {boolean} auto save the library too when it is small and the reader does not save data
 */
export async function enable(bundle, auto) {
  await keepPage();
  const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator);
  if (!auto || connection?.saveData || !navigator.onLine || !('caches' in globalThis)) return;
  const { open } = await import('./library.js');
  const library = await open(new URL(bundle ?? 'bundle/', document.baseURI));
  if (library.info.bytes > SMALL) return;
  const { state } = await library.offlineStatus();
  if (state === 'saved' || saving.has(library.url)) return;
  const work = library.saveOffline().finally(() => saving.delete(library.url));
  saving.set(library.url, work);
  await work;
}
