/** What can go wrong, with a stable code; the texts for readers are in i18n. */
export class TimdocError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {ErrorOptions} [options]
   */
  constructor(code, message, options) {
    super(message, options);
    this.name = 'TimdocError';
    /** @readonly */
    this.code = code;
  }
}

/**
 * Any thrown value as a TimdocError. An error that carries a code (the engine's) keeps it.
 *
 * @param {unknown} error
 * @returns {TimdocError}
 */
export function asTimdocError(error) {
  if (error instanceof TimdocError) return error;
  const { code, name, message } = /** @type {{ code?: unknown, name?: string, message?: string }} */ (error ?? {});
  if (name === 'AbortError') return new TimdocError('aborted', 'the call was cancelled', { cause: error });
  // A module that did not come, in the words of Chromium, Firefox and Safari; one that came broken or of another version.
  if (error instanceof TypeError && /import/i.test(error.message)) return new TimdocError('network', error.message, { cause: error });
  if (name === 'SyntaxError') return new TimdocError('version', String(message), { cause: error });
  if (name === 'QuotaExceededError') return new TimdocError('quota', 'this device has no room left', { cause: error });
  const known = typeof code === 'string' ? code : 'unsupported';
  return new TimdocError(known, message ?? String(error), { cause: error });
}

/** What keeps the engine from loading. @param {unknown} error */
export function wasmError(error) {
  if (error instanceof TimdocError) return error;
  const { name, message } = /** @type {Error} */ (error);
  const blocked = name === 'CompileError' && /unsafe-eval|Content Security Policy|disallowed/i.test(message);
  if (blocked) return new TimdocError('csp', "the page's policy blocks WebAssembly: script-src needs 'wasm-unsafe-eval'", { cause: error });
  if (typeof WebAssembly !== 'object') return new TimdocError('unsupported', 'this browser has no WebAssembly', { cause: error });
  return new TimdocError(navigator.onLine ? 'network' : 'offline', 'the search engine could not be loaded', { cause: error });
}
