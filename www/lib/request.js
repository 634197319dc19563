/**
 * One request and its whole answer. What may pass by itself is tried once more after a short pause: a connection that
 * fails or breaks off, 429, 5xx (Retry-After is not looked at). A request is given up when no byte of any has come for
 * half a minute; that is not tried again, the reader has waited long enough to be told.
 */
import { fetched } from './ahead.js';
import { TimdocError } from './errors.js';
import { abortable } from './shared.js';

/** Milliseconds before the second attempt. */
const PAUSE = 500;
/** Milliseconds without a byte after which a request is given up. */
const SILENCE = 30_000;

/** When a byte last came, for any request: one may wait while others fill a slow line. */
let heard = 0;

/**
 * @typedef {object} Answer
 * @property {number} status 200, 206 or 416
 * @property {Headers} headers
 * @property {Uint8Array} bytes the body
 * @property {unknown} cut why the body broke off, twice; null when it did not
 */
/** @typedef {{ signal?: AbortSignal, cache?: RequestCache, headers?: Record<string, string>, onHead?: (response: Response) => void, onBytes?: (bytes: number) => void }} Options */

/**
 * @param {string} url
 * @param {Options} [options] `onHead` sees the answer before its body comes, `onBytes` how much of that has come
 * @returns {Promise<Answer>}
 */
export async function get(url, options = {}) {
  const first = await once(url, options, true);
  if (first) return first;
  await abortable(new Promise((resolve) => setTimeout(resolve, PAUSE)), options.signal);
  return /** @type {Promise<Answer>} */ (once(url, options, false));
}

/**
 * @param {string} url
 * @param {Options} options
 * @param {boolean} again gives null where a second attempt may help
 * @returns {Promise<Answer | null>}
 */
async function once(url, { signal, onHead, onBytes, ...init }, again) {
  const stop = new AbortController();
  const cancel = () => stop.abort();
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted) cancel();
  const began = performance.now();
  let silent = false;
  const watch = setInterval(() => {
    silent = performance.now() - Math.max(began, heard) > SILENCE;
    if (silent) cancel();
  }, 1000);
  try {
    const response = await abortable(fetched(url, { ...init, signal: stop.signal }), stop.signal);
    heard = performance.now();
    const { status, headers } = response;
    const passing = status === 429 || status >= 500;
    if (passing && again) return null;
    if (!response.ok && status !== 416) throw new TimdocError(passing ? 'network' : 'missing', `${url}: the server answered ${status}`);
    onHead?.(response);
    const { bytes, cut } = await body(response, stop.signal, onBytes);
    return cut && again && navigator.onLine ? null : { status, headers, bytes, cut };
  } catch (error) {
    if (silent) throw new TimdocError('network', `${url}: no answer for ${SILENCE / 1000} s`);
    if (error instanceof TimdocError) throw error;
    if (again && navigator.onLine) return null;
    throw networkError(url, error);
  } finally {
    clearInterval(watch);
    signal?.removeEventListener('abort', cancel);
    cancel(); // A body that was not read would keep its connection.
  }
}

/**
 * @param {Response} response
 * @param {AbortSignal} signal
 * @param {((bytes: number) => void) | undefined} onBytes
 */
async function body(response, signal, onBytes) {
  /** @type {Uint8Array[]} */
  const parts = [];
  let length = 0;
  let cut = null;
  const reader = response.body?.getReader();
  try {
    for (;;) {
      // An answer that was asked for ahead does not know the signal.
      const piece = await (reader && abortable(reader.read(), signal));
      if (!piece || piece.done) break;
      heard = performance.now();
      parts.push(piece.value);
      length += piece.value.length;
      onBytes?.(length);
    }
  } catch (error) {
    if (signal.aborted) throw error;
    cut = error;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, cut };
}

/**
 * @param {string} url
 * @param {unknown} error
 */
export function networkError(url, error) {
  return new TimdocError(navigator.onLine === false ? 'offline' : 'network', `${url} could not be fetched`, { cause: error });
}

/**
 * The error for an answer that is not the file. A page in its place is mostly that of a network where one has to sign
 * in first, which is no fault of the library.
 *
 * @param {string} url
 * @param {Answer} answer
 * @param {string} why
 */
export function wrongAnswer(url, { headers }, why) {
  const page = /^text\/html/i.test(headers.get('Content-Type') ?? '');
  return page
    ? new TimdocError('network', `${url}: a web page came in its place; does this network ask to sign in?`)
    : new TimdocError('damaged', `${url}: ${why}`);
}
