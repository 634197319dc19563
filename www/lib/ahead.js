/**
 * Everything whose address is known is asked for at once when a library is first wanted: else modules, engine and
 * manifest would each wait for the one that names it, a round trip apiece. This loads with the page, so it is small.
 */

const ROOT = new URL('..', import.meta.url).href;

/** What opening a library imports, at once or later. A test looks whether the list is complete. */
const LIBRARY = ['library', 'snapshot', 'source', 'request', 'shared', 'engine', 'code', 'inflate', 'errors'].map((name) => `lib/${name}.js`);

/** Answers on their way by address, with what ends them; null once they were taken. @type {Map<string, [answer: Promise<Response>, stop: AbortController] | null>} */
const early = new Map();

/**
 * The address of a library's folder, ending with a slash.
 *
 * @param {string | URL} bundle
 */
export const addressOf = (bundle) => new URL(bundle, globalThis.document?.baseURI).href.replace(/\/?$/, '/');

/**
 * Asks for the library's code and manifest and for what else the caller will need, and opens the library. What fails
 * is told when it is wanted.
 *
 * @param {string | URL} bundle
 * @param {string | URL} [code] where timdoc's own files are
 * @param {string | null} [signedBy] the public key whose signature the library must have
 * @param {string[]} [modules] paths of more modules
 * @param {string[]} [styles] names of style sheets
 * @param {boolean} [whole] whether more than a search is wanted of the engine
 */
export function ahead(bundle, code = ROOT, signedBy, modules = [], styles = [], whole = false) {
  const address = addressOf(bundle);
  ask(address + 'manifest.json', { cache: 'no-cache' });
  const load = (/** @type {string} */ path) => {
    const module = import(new URL(path, ROOT).href);
    module.catch(() => {});
    return module;
  };
  const [library] = LIBRARY.map(load);
  import(new URL('wasm/timdoc.js', code).href).catch(() => {});
  ask(new URL('wasm/timdoc_bg.wasm', code).href);
  if (whole) ask(new URL('wasm/timdoc_rest.wasm', code).href);
  modules.forEach(load);
  if (signedBy != null) load('lib/integrity.js');
  for (const name of styles) ask(new URL(`style/${name}`, ROOT).href);
  library.then(({ open }) => open(address, { codeUrl: code, signedBy })).catch(() => {});
}

/**
 * @param {string} url
 * @param {RequestInit} [options]
 */
function ask(url, options) {
  if (early.has(url)) return;
  const stop = new AbortController();
  const answer = quietly(url, { ...options, signal: stop.signal });
  answer.catch(() => {});
  early.set(url, [answer, stop]);
}

/**
 * As fetch; an answer that was asked for ahead is handed over, once.
 *
 * @param {string} url
 * @param {RequestInit} [options]
 */
export function fetched(url, options) {
  const asked = early.get(url);
  if (!asked) return quietly(url, options);
  early.set(url, null);
  // Browsers let a second request for an address wait for the first.
  options?.signal?.addEventListener('abort', () => asked[1].abort());
  return asked[0];
}

/**
 * The page's address holds what is searched for, and would go along with every request.
 *
 * @param {string} url
 * @param {RequestInit} [options]
 */
const quietly = (url, options) => fetch(url, { referrerPolicy: 'origin', ...options });
