/**
 * The service worker: after one visit, the pages and the code work without a network.
 *
 * - `shell.json` (made by build.sh) lists the pages and the code with their hashes. A version is
 *   installed whole, every file checked, or not at all, and waits until no page uses the old one:
 *   nothing is ever swapped under a reader.
 * - Files of a library are left alone, except those that the library itself has saved
 *   (`timdoc:<address>` in Cache Storage).
 *
 * `build.sh` writes the hash of shell.json here, so that a new version is a new worker.
 */
const VERSION = '__VERSION__';
const STAMPED = !VERSION.startsWith('__');
const SCOPE = self.registration.scope;
const SHELL = `timdoc-shell:${SCOPE}`;

/** @typedef {{ version: string, files: Record<string, string> }} Shell file → `sha256-…` */

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || !/^https?:$/.test(url.protocol)) return;
  // Pictures, fonts and the like of other servers are none of our business; libraries may be there.
  if (url.origin !== location.origin && request.mode !== 'cors') return;
  event.respondWith(answer(request, url));
});

async function install() {
  const response = await fetch(new URL('shell.json', SCOPE), { cache: 'no-cache' });
  if (!response.ok) throw new Error(`timdoc: shell.json: ${response.status}`);
  /** @type {Shell} */
  const shell = await response.json();
  if (STAMPED && shell.version !== VERSION) throw new Error('timdoc: half an upload; trying again later');
  const cache = await caches.open(`${SHELL}:${shell.version}`);
  await Promise.all(Object.entries(shell.files).map(async ([path, integrity]) => {
    const url = new URL(path, SCOPE);
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
  const own = url.origin === location.origin;
  if (own) {
    const page = request.mode === 'navigate';
    const shell = await fromShell(url, page);
    if (shell) return shell;
  }
  // The manifest tells of new versions, so the network is asked first, as it is when a saved file was damaged; all else
  // never changes.
  const fresh = request.cache === 'reload' || url.pathname.endsWith('/manifest.json') || request.mode === 'navigate';
  if (!fresh) {
    const saved = await fromLibrary(request);
    if (saved) return saved;
  }
  try {
    return await fetch(request);
  } catch (error) {
    const saved = fresh && (await fromLibrary(request));
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
