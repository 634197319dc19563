/**
 * Stands in for www/lib/ahead.js in the npm package. A bundler gives modules other addresses, and what belongs together
 * one file, so modules are not asked for by name; the manifest and the wasm are, as in the repository.
 */

/** Answers on their way by address, null once they were taken. @type {Map<string, Promise<Response> | null>} */
const early = new Map();

/** @param {string | URL} bundle */
export const addressOf = (bundle) => new URL(bundle, globalThis.document?.baseURI).href.replace(/\/?$/, '/');

/**
 * Asks for the manifest and opens the library. What fails is told when it is wanted.
 *
 * @type {typeof import('../../lib/ahead.js').ahead}
 */
export function ahead(bundle, code) {
  const address = addressOf(bundle);
  const manifest = address + 'manifest.json';
  if (!early.has(manifest)) {
    const answer = fetch(manifest, { cache: 'no-cache', referrerPolicy: 'origin' });
    answer.catch(() => {});
    early.set(manifest, answer);
  }
  // Who opens the same address later shares it.
  import('../../lib/library.js').then(({ open }) => open(address, { codeUrl: code })).catch(() => {});
}

/** @type {typeof import('../../lib/ahead.js').fetched} */
export function fetched(url, options) {
  const answer = early.get(url);
  if (!answer) return fetch(url, { referrerPolicy: 'origin', ...options });
  early.set(url, null);
  return answer;
}
