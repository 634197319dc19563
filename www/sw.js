/**
 * The service worker: after one visit, the pages and the code work without a network.
 *
 * - `shell.json` (made by build.sh) lists the pages and the code with their hashes. A version is
 *   installed whole, every file checked, or not at all, and waits until no page uses the old one:
 *   nothing is ever swapped under a reader. It takes over earlier when a reader says so and no other
 *   page is open.
 * - Files of a library are left alone, except those that the library itself has saved
 *   (`timdoc:<address>` in Cache Storage).
 *
 * A service worker serves pages of its own origin, below its own address. For pages elsewhere, a
 * portal puts a file of one line where they are, and names it in the attribute `worker`:
 *
 *     importScripts((self.TIMDOC = 'https://cdn.example/timdoc/') + 'sw.js');
 *
 * Then the code of that address is kept, and of the portal the pages that ask for it, with the
 * styles, scripts, fonts and pictures they are made of, as last seen; for when there is no network.
 *
 * `build.sh` writes the hash of shell.json here, so that a new version is a new worker.
 */
const VERSION = '__VERSION__';
const STAMPED = !VERSION.startsWith('__');
const SCOPE = self.registration.scope;
/** Where timdoc's files are. */
const BASE = new URL(self.TIMDOC ?? './', location.href).href;
const STUB = Boolean(self.TIMDOC);
const SHELL = `timdoc-shell:${SCOPE}`;
/** Pages of the portal, and what they are made of: at most so many files, and none larger than so many bytes. */
const PAGES = `timdoc-pages:${SCOPE}`;
const MOST_FILES = 80;
const MOST_BYTES = 1 << 20;
/** Of the shell, what is of use on the pages of others. */
const CODE = /^(timdoc\.js|(element|i18n|lib|style|wasm)\/.*)$/;

/** @typedef {{ version: string, files: Record<string, string> }} Shell file → `sha256-…` */

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('message', (event) => {
  const { timdoc, files } = event.data ?? {};
  if (timdoc === 'who') event.ports[0]?.postMessage('timdoc');
  if (timdoc === 'take over') event.waitUntil(takeOver(event.ports[0]));
  if (timdoc === 'keep' && event.source?.url) event.waitUntil(keep(event.source.url, Array.isArray(files) ? files : []));
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || !/^https?:$/.test(url.protocol)) return;
  // Pictures, fonts and the like of other servers are none of our business; libraries may be there.
  if (url.origin !== location.origin && request.mode !== 'cors') return;
  event.respondWith(answer(request, url));
});

async function install() {
  const response = await fetch(new URL('shell.json', BASE), { cache: 'no-cache' });
  if (!response.ok) throw new Error(`timdoc: shell.json: ${response.status}`);
  /** @type {Shell} */
  const shell = await response.json();
  if (STAMPED && shell.version !== VERSION) throw new Error('timdoc: half an upload; trying again later');
  const cache = await caches.open(`${SHELL}:${shell.version}`);
  await Promise.all(Object.entries(shell.files).map(async ([path, integrity]) => {
    if (STUB && !CODE.test(path)) return;
    const url = new URL(path, BASE);
    const file = await fetch(url, { cache: 'no-cache', integrity });
    if (!file.ok) throw new Error(`timdoc: ${url}: ${file.status}`);
    await cache.put(url, file);
  }));
  await cache.put(marker(), new Response(shell.version));
}

/** The first version takes the page that installed it; older versions go. */
async function activate() {
  const mine = await current();
  for (const name of await caches.keys()) if (name.startsWith(`${SHELL}:`) && name !== mine) await caches.delete(name);
  await self.clients.claim();
}

/**
 * Takes over from the version before, when no page but the one that asks uses it.
 *
 * @param {MessagePort} [port]
 */
async function takeOver(port) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const others = pages.filter(({ url }) => url.startsWith(SCOPE)).length > 1;
  port?.postMessage(others ? 'others' : 'yes');
  if (!others) await self.skipWaiting();
}

/**
 * Keeps a page that is not timdoc's own, and what it is made of.
 *
 * @param {string} page
 * @param {unknown[]} files
 */
async function keep(page, files) {
  const address = plain(page);
  if (await fromShell(new URL(address), true)) return;
  const cache = await caches.open(PAGES);
  const wanted = files.filter((file) => typeof file === 'string' && file.startsWith(`${location.origin}/`) && !file.startsWith(BASE));
  for (const url of [address, ...wanted.slice(0, MOST_FILES)]) {
    const response = await fetch(url).catch(() => null);
    if (!response?.ok || /no-store/.test(response.headers.get('Cache-Control') ?? '')) continue;
    const { headers } = response;
    const body = await response.blob();
    // Made anew: what was redirected may not answer for a page.
    if (body.size <= MOST_BYTES) await cache.put(url, new Response(body, { headers }));
  }
  const kept = await cache.keys();
  for (const request of kept.slice(0, Math.max(0, kept.length - 4 * MOST_FILES))) await cache.delete(request);
}

/** An address without what is asked in it. @param {string | URL} address */
function plain(address) {
  const url = new URL(address);
  url.hash = url.search = '';
  return url.href;
}

const marker = () => new URL('.timdoc-shell', SCOPE);

/** The cache of the version this worker installed: the only complete one that bears its hash. */
let known = '';
async function current() {
  if (known && (await caches.has(known))) return known;
  for (const name of (await caches.keys()).reverse()) {
    if (!name.startsWith(`${SHELL}:`) || (STAMPED && name !== `${SHELL}:${VERSION}`)) continue;
    if (await (await caches.open(name)).match(marker())) return (known = name);
  }
  return '';
}

/**
 * @param {Request} request
 * @param {URL} url
 */
async function answer(request, url) {
  const page = request.mode === 'navigate';
  if (url.href.startsWith(BASE)) {
    const shell = await fromShell(url, page);
    if (shell) return shell;
  }
  // The manifest tells of new versions, so the network is asked first, as it is when a saved file was damaged; all else
  // never changes.
  const fresh = request.cache === 'reload' || url.pathname.endsWith('/manifest.json') || page;
  // Only scripts fetch libraries: pictures and the like of a portal are not looked for there.
  if (!fresh && !request.destination) {
    const saved = await fromLibrary(request);
    if (saved) return saved;
  }
  try {
    return await fetch(request);
  } catch (error) {
    const saved = (fresh && (await fromLibrary(request))) || (await fromPages(request, url));
    if (saved) return saved;
    throw error;
  }
}

/**
 * A page or a file of the shell. What is asked in a page's address does not matter to the page.
 *
 * @param {URL} url
 * @param {boolean} page
 */
async function fromShell(url, page) {
  const name = await current();
  if (!name) return undefined;
  const cache = await caches.open(name);
  const address = new URL(url);
  address.hash = '';
  if (page) address.search = '';
  const hit = await cache.match(address, { ignoreVary: true });
  if (hit || !page || !address.pathname.endsWith('/')) return hit;
  return cache.match(new URL('index.html', address), { ignoreVary: true });
}

/**
 * A page of the portal that was kept, or a file of one.
 *
 * @param {Request} request
 * @param {URL} url
 */
async function fromPages(request, url) {
  if (url.origin !== location.origin || !(await caches.has(PAGES))) return undefined;
  return (await caches.open(PAGES)).match(request.mode === 'navigate' ? plain(url) : request, { ignoreVary: true });
}

/**
 * A file that a library has saved, whole or the range asked for.
 *
 * @param {Request} request
 */
async function fromLibrary(request) {
  for (const name of await caches.keys()) {
    if (!name.startsWith('timdoc:') || !request.url.startsWith(name.slice('timdoc:'.length))) continue;
    const hit = await (await caches.open(name)).match(request.url, { ignoreVary: true });
    if (hit) return request.headers.has('range') ? slice(hit, request.headers.get('range') ?? '') : hit;
  }
  return undefined;
}

/**
 * @param {Response} response a whole file
 * @param {string} range `bytes=first-last`, `bytes=first-` or `bytes=-length`
 */
async function slice(response, range) {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  if (!asked || (!asked[1] && !asked[2])) return response;
  const blob = await response.blob();
  const size = blob.size;
  const first = asked[1] ? Number(asked[1]) : Math.max(0, size - Number(asked[2]));
  const last = asked[1] && asked[2] ? Math.min(Number(asked[2]), size - 1) : size - 1;
  if (first > last) return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${size}` } });
  return new Response(blob.slice(first, last + 1), {
    status: 206,
    headers: {
      'Content-Type': response.headers.get('Content-Type') ?? 'application/octet-stream',
      'Content-Length': String(last - first + 1),
      'Content-Range': `bytes ${first}-${last}/${size}`,
    },
  });
}
