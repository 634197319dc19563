/**
 * Working without a network: registers the service worker that keeps the pages and the code, and lets a new version of
 * them take over.
 *
 * A service worker must come from the page's own origin, and serves the pages below its own address. Where timdoc's
 * files are elsewhere, a file of one line on the portal brings it: attribute `worker`, see sw.js.
 */

/** The worker's address: timdoc's own, or the portal's stub. Told once. */
let workerUrl = new URL('../sw.js', import.meta.url);

/** Made once: a page allows a policy name only once. @type {{ createScriptURL(url: string): unknown } | undefined} */
let policy;

/** @returns {string} the worker's address, as Trusted Types want it: the one policy serves this address and nothing else */
function trustedWorker() {
  const { trustedTypes } = /** @type {{ trustedTypes?: { createPolicy(name: string, rules: object): NonNullable<typeof policy> } }} */ (
    /** @type {unknown} */ (globalThis));
  const { href } = workerUrl;
  policy ??= trustedTypes?.createPolicy('timdoc', {
    createScriptURL(/** @type {string} */ url) {
      if (url !== href) throw new TypeError(`timdoc: not the service worker: ${url}`);
      return url;
    },
  });
  return /** @type {string} */ (policy ? policy.createScriptURL(href) : href);
}

/** @type {Promise<ServiceWorkerRegistration | null> | null} */
let registered = null;

/**
 * Keeps the page and the code for use without a network. Gives null where it cannot: on another origin and without a
 * stub, without HTTPS, from a file.
 *
 * @param {string | null} [worker] the stub's address on the page's own origin
 * @returns {Promise<ServiceWorkerRegistration | null>}
 */
export async function keepPage(worker) {
  if (!('serviceWorker' in navigator)) return null;
  if (!registered) {
    if (worker) workerUrl = new URL(worker, document.baseURI);
    if (workerUrl.origin !== location.origin) return null;
    registered = navigator.serviceWorker.register(trustedWorker(), { updateViaCache: 'none' });
    registered.then(tellPage, () => (registered = null));
  }
  return registered;
}

/** Resources that make a page look as it does. */
const LOOKS = /^(link|script|css|img|image|icon)$/;

/**
 * Tells the worker which page is to open without a network, and what of the portal it is made of. A page that comes
 * with timdoc is kept anyway.
 *
 * @param {ServiceWorkerRegistration | null} registration
 */
async function tellPage(registration) {
  if (!registration || !location.href.startsWith(registration.scope)) return;
  const { active } = await navigator.serviceWorker.ready;
  const used = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType('resource'));
  const files = used.filter(({ name, initiatorType }) => LOOKS.test(initiatorType) && name.startsWith(`${location.origin}/`)).map(({ name }) => name);
  active?.postMessage({ timdoc: 'keep', files: [...new Set(files)] });
}

/** Whether this page itself opens without a network. */
export async function pageKept() {
  const registration = (await registered?.catch(() => null)) ?? (await navigator.serviceWorker?.getRegistration().catch(() => undefined));
  return Boolean(registration && (registration.active ?? registration.installing) && location.href.startsWith(registration.scope));
}

/**
 * What a worker answers; undefined when it is not timdoc's.
 *
 * @param {ServiceWorker} worker
 * @param {'who' | 'take over'} what
 * @returns {Promise<string | undefined>}
 */
export function ask(worker, what) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    setTimeout(resolve, 2000);
    worker.postMessage({ timdoc: what }, [port2]);
  });
}

/**
 * Loads the page again, with the newest code: a version that waits takes over first, unless other tabs are open, in
 * which someone may be reading.
 *
 * @returns {Promise<boolean>} false when other tabs are open
 */
export async function reload() {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  if (registration?.waiting && (await ask(registration.waiting, 'take over')) === 'others') return false;
  const again = () => location.reload();
  if (!registration?.waiting) again();
  navigator.serviceWorker?.addEventListener('controllerchange', again);
  setTimeout(again, 3000);
  return true;
}

/** As `reload`, after a look for newer code: what the page shows is too old for the library. */
export async function renew() {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  await registration?.update().catch(() => {});
  const { installing } = registration ?? {};
  if (installing) await new Promise((resolve) => {
    installing.addEventListener('statechange', resolve);
    setTimeout(resolve, 20_000);
  });
  // Other tabs keep their version: this one is loaded again all the same.
  if (!(await reload())) location.reload();
}
