/**
 * A library kept on this device: every file of one version, in Cache Storage. Files have names made of their content,
 * so versions share what did not change, and a file that is there is the right one.
 *
 * Beside the files stand `manifest.json`, put when the version it lists is whole and not before; `manifest.part.json`
 * while the first version is on its way, so that what is there can be searched; and a note of what the reader asked for.
 */
import { TimdocError, asTimdocError } from './errors.js';
import { get, networkError, wrongAnswer } from './request.js';
import { asJson } from './shared.js';
import { PART, cacheName, hasItsHash } from './source.js';

/** @typedef {import('./types.d.ts').OfflineStatus} OfflineStatus */
/** @typedef {{ name: string, bytes: number }} File */
/** @typedef {typeof hasItsHash} Check whether a file is what was published */
/** @typedef {{ onProgress?: (status: OfflineStatus) => void, signal?: AbortSignal, check?: Check }} Options */
/** @typedef {{ asked: OfflineStatus['asked'], added: string[] }} Note what was asked for, and the files that came since */

/** Files that are fetched at the same time. */
const PARALLEL = 4;
const WHOLE = 'manifest.json';
const NOTE = '.timdoc-note';

/**
 * What is saved of these files, and whether the saved manifest is that of this version.
 *
 * @param {Cache | null} cache
 * @param {string} url
 * @param {File[]} files
 * @param {string} manifest this version's, as text
 * @returns {Promise<OfflineStatus>}
 */
export async function status(cache, url, files, manifest) {
  const keys = cache ? new Set((await cache.keys()).map((request) => request.url)) : new Set();
  const saved = files.filter((file) => keys.has(url + file.name));
  const kept = await (await cache?.match(url + WHOLE))?.text();
  const whole = saved.length === files.length && kept === manifest;
  return {
    state: whole ? 'saved' : saved.length ? 'partial' : 'none',
    older: kept !== undefined && kept !== manifest,
    asked: (await noteOf(cache, url)).asked,
    saved_bytes: sum(saved),
    total_bytes: sum(files),
    saved_files: saved.length,
    total_files: files.length,
  };
}

/** @param {File[]} files */
function sum(files) {
  let total = 0;
  for (const { bytes } of files) total += bytes;
  return total;
}

/**
 * Saves every file, then the manifest, then drops files of older versions: the saved library is at every moment the
 * old version or the new one.
 *
 * @param {Cache | null} cache
 * @param {string} url
 * @param {File[]} files
 * @param {string} manifest
 * @param {Options} options
 * @returns {Promise<OfflineStatus>}
 */
export async function save(cache, url, files, manifest, { onProgress, signal, check }) {
  if (!cache) throw noStorage();
  try {
    // The browser may then keep it when room gets scarce. Some ask the reader first: nothing waits for the answer.
    void navigator.storage?.persist?.().catch(() => false);
    const before = await status(cache, url, files, manifest);
    const keys = new Set((await cache.keys()).map((request) => request.url));
    const missing = files.filter((file) => !keys.has(url + file.name));
    await room(sum(missing));
    await changeNote(cache, url, ({ asked, added }) => ({ asked, added: [...new Set([...added, ...missing.map(({ name }) => name)])] }));
    if (!before.older && before.state !== 'saved') await cache.put(url + PART, json(manifest));
    await fetchAll(cache, url, missing, before, { onProgress, signal, check });
    await checkAll(url, files);
    await cache.put(url + WHOLE, json(manifest));
    const wanted = new Set([...files.map((file) => url + file.name), url + WHOLE, url + NOTE]);
    for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
    // Last: a page that ends before this cleans up when it is opened again.
    await cache.delete(url + NOTE);
    const done = await status(cache, url, files, manifest);
    onProgress?.(done);
    return done;
  } catch (error) {
    throw asTimdocError(error);
  }
}

/**
 * Sees that nothing is gone that was there: a browser that runs out of room, or a script of the page, may have cleared
 * the storage meanwhile, and what was written then is nowhere. It is looked up anew, as it would be at the next visit.
 *
 * @param {string} url
 * @param {File[]} files
 */
async function checkAll(url, files) {
  const cache = await caches.open(cacheName(url));
  const keys = new Set((await cache.keys()).map((request) => request.url));
  const gone = files.filter((file) => !keys.has(url + file.name)).length;
  if (gone) throw new TimdocError('evicted', `${gone} of ${files.length} files that were saved are gone again`);
}

/**
 * Several files at a time. When one fails no other is begun, but those on their way are let arrive: on a slow line each
 * is a minute's work.
 *
 * @param {Cache} cache
 * @param {string} url
 * @param {File[]} missing
 * @param {OfflineStatus} before
 * @param {Options} options
 */
async function fetchAll(cache, url, missing, before, { onProgress, signal, check = hasItsHash }) {
  /** Bytes that have come of files on their way. @type {Map<string, number>} */
  const coming = new Map();
  let { saved_bytes, saved_files } = before;
  const tell = () => {
    let parts = 0;
    coming.forEach((bytes) => (parts += bytes));
    onProgress?.({ ...before, state: 'partial', saved_bytes: Math.min(saved_bytes + parts, before.total_bytes), saved_files });
  };
  tell();
  /** @type {unknown[]} */
  const failures = [];
  let next = 0;
  const worker = async () => {
    while (next < missing.length) {
      const file = missing[next++];
      try {
        signal?.throwIfAborted();
        if (failures.length) return;
        const told = (/** @type {number} */ bytes) => {
          coming.set(file.name, bytes);
          tell();
        };
        // What an odd proxy keeps may be wrong: once more, past it.
        if (!(await saveFile(cache, url, file, check, 'no-store', signal, told))) await saveFile(cache, url, file, check, 'reload', signal, told);
        saved_bytes += file.bytes;
        saved_files += 1;
      } catch (error) {
        failures.push(error);
      } finally {
        coming.delete(file.name);
      }
      tell();
    }
  };
  await Promise.all(new Array(PARALLEL).fill(0).map(worker));
  if (failures.length) throw failures[0];
}

/**
 * Saves a file that is what was published, and nothing else.
 *
 * @param {Cache} cache
 * @param {string} url
 * @param {File} file
 * @param {Check} check
 * @param {'no-store' | 'reload'} mode past the browser's own cache: it would keep it twice, and let what a search wants of
 *   the same file wait
 * @param {AbortSignal | undefined} signal
 * @param {(bytes: number) => void} onBytes bytes of it that have come
 * @returns {Promise<boolean>} false when it is not, for the first time
 */
async function saveFile(cache, url, file, check, mode, signal, onBytes) {
  const answer = await get(url + file.name, { signal, onBytes, cache: mode });
  const bytes = /** @type {Uint8Array<ArrayBuffer>} */ (answer.bytes);
  if (answer.cut) throw networkError(url + file.name, answer.cut);
  if (bytes.byteLength !== file.bytes || !(await check(file.name, bytes))) {
    const error = wrongAnswer(url + file.name, answer, 'it is not what was published');
    if (mode === 'reload' || error.code !== 'damaged') throw error;
    return false;
  }
  await cache.put(url + file.name, new Response(bytes, { headers: { 'Content-Type': 'application/octet-stream' } }));
  return true;
}

/**
 * Notes what the reader asked for, for other tabs and later visits.
 *
 * @param {Cache | null} cache
 * @param {string} url
 * @param {OfflineStatus['asked']} asked
 */
export async function ask(cache, url, asked) {
  if (!cache) throw noStorage();
  await changeNote(cache, url, ({ added }) => ({ asked, added }));
}

/**
 * Drops what an unfinished save has brought. An older version that is kept stays.
 *
 * @param {Cache | null} cache
 * @param {string} url
 */
export async function discard(cache, url) {
  if (!cache) return;
  for (const name of (await noteOf(cache, url)).added) await cache.delete(url + name);
  await cache.delete(url + PART);
  await cache.delete(url + NOTE);
}

/**
 * Drops all of a library but the note that it was dropped: what saves by itself is not to save it again.
 *
 * @param {Cache | null} cache
 * @param {string} url
 */
export async function remove(cache, url) {
  if (!cache) return;
  // The manifest first: half a library must not pass for a whole one.
  await cache.delete(url + WHOLE);
  for (const request of await cache.keys()) await cache.delete(request);
  await changeNote(cache, url, () => ({ asked: 'remove', added: [] }));
}

/**
 * @param {Cache | null} cache
 * @param {string} url
 * @returns {Promise<Note>}
 */
export async function noteOf(cache, url) {
  const note = await cache?.match(url + NOTE);
  return { asked: null, added: [], ...(await note?.json().catch(() => null)) };
}

/** The last change of a note, where changes cannot wait for those of other tabs. */
let changed = Promise.resolve();

/**
 * Changes the note. One change waits for the other, also for that of another tab: a pause that is asked for while
 * saving begins is not to be overwritten by what was read before it.
 *
 * @param {Cache} cache
 * @param {string} url
 * @param {(note: Note) => Note} change
 * @returns {Promise<void>}
 */
async function changeNote(cache, url, change) {
  const work = async () => cache.put(url + NOTE, json(asJson(change(await noteOf(cache, url)))));
  if (navigator.locks) await navigator.locks.request(`timdoc-note:${url}`, work);
  else await (changed = changed.then(work, work));
}

/** @param {string} text */
const json = (text) => new Response(text, { headers: { 'Content-Type': 'application/json' } });

/** Says at once that there is no room, before anything is fetched. @param {number} bytes */
async function room(bytes) {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  if (quota !== undefined && usage !== undefined && quota - usage < bytes) {
    throw new TimdocError('quota', `it needs ${bytes} bytes, and there is room for ${Math.max(0, quota - usage)}`);
  }
}

/** Why nothing can be kept here. */
function noStorage() {
  return globalThis.isSecureContext === false
    ? new TimdocError('insecure', 'browsers keep nothing for pages without https')
    : new TimdocError('storage', 'this browser lets the page keep nothing, as in some private windows');
}
