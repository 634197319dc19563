/**
 * A library kept on this device: every file of one version, in Cache Storage. Files have names made of their content,
 * so versions share what did not change, and a file that is there is the right one.
 */
import { TimdocError, asTimdocError } from './errors.js';
import { get, networkError, wrongAnswer } from './request.js';

/** @typedef {import('./types.d.ts').OfflineStatus} OfflineStatus */
/** @typedef {{ name: string, bytes: number }} File */

/** Files that are fetched at the same time. */
const PARALLEL = 4;

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
  const sum = (/** @type {File[]} */ list) => list.reduce((total, file) => total + file.bytes, 0);
  const whole = saved.length === files.length && (await same(cache, url, manifest));
  return {
    state: whole ? 'saved' : saved.length ? 'partial' : 'none',
    saved_bytes: sum(saved),
    total_bytes: sum(files),
    saved_files: saved.length,
    total_files: files.length,
  };
}

/**
 * Saves every file, then the manifest, then drops files of older versions: the saved library is at every moment the
 * old version or the new one.
 *
 * @param {Cache | null} cache
 * @param {string} url
 * @param {File[]} files
 * @param {string} manifest
 * @param {{ onProgress?: (status: OfflineStatus) => void, signal?: AbortSignal }} options
 * @returns {Promise<OfflineStatus>}
 */
export async function save(cache, url, files, manifest, { onProgress, signal }) {
  if (!cache) throw new TimdocError('unsupported', 'this browser keeps nothing for offline use here');
  const progress = await status(cache, url, files, manifest);
  const keys = new Set((await cache.keys()).map((request) => request.url));
  const missing = files.filter((file) => !keys.has(url + file.name));
  // The browser may then keep it when room gets scarce; it may also refuse, and saving goes on.
  await navigator.storage?.persist?.().catch(() => false);
  onProgress?.({ ...progress, state: 'partial' });
  const next = missing.values();
  const worker = async () => {
    for (const file of next) {
      signal?.throwIfAborted();
      await saveFile(cache, url, file, signal);
      progress.saved_bytes += file.bytes;
      progress.saved_files += 1;
      onProgress?.({ ...progress, state: 'partial' });
    }
  };
  try {
    await Promise.all(Array.from({ length: PARALLEL }, worker));
    await cache.put(url + 'manifest.json', new Response(manifest, { headers: { 'Content-Type': 'application/json' } }));
  } catch (error) {
    throw asTimdocError(error);
  }
  const wanted = new Set([...files.map((file) => url + file.name), url + 'manifest.json']);
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
  const done = await status(cache, url, files, manifest);
  onProgress?.(done);
  return done;
}

/**
 * @param {Cache} cache
 * @param {string} url
 * @param {File} file
 * @param {AbortSignal} [signal]
 */
async function saveFile(cache, url, file, signal) {
  const answer = await get(url + file.name, { signal });
  const bytes = /** @type {Uint8Array<ArrayBuffer>} */ (answer.bytes);
  if (answer.cut) throw networkError(url + file.name, answer.cut);
  if (bytes.byteLength !== file.bytes || !(await hasItsHash(file.name, bytes))) {
    throw wrongAnswer(url + file.name, answer, 'it is not what was published');
  }
  await cache.put(url + file.name, new Response(bytes, { headers: { 'Content-Type': 'application/octet-stream' } }));
}

/**
 * Whether content has the hash that its name holds. Where the page has no WebCrypto (plain http), its length and the
 * engine's checksums must do.
 *
 * @param {string} name `kind-<16 hexadecimal digits>.bin`
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
async function hasItsHash(name, bytes) {
  if (!globalThis.crypto?.subtle) return true;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).subarray(0, 8);
  return name.includes(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}

/**
 * @param {Cache | null} cache
 * @param {string} url
 * @param {string} manifest
 */
async function same(cache, url, manifest) {
  const saved = await cache?.match(url + 'manifest.json');
  return saved ? (await saved.text()) === manifest : false;
}
