/** Which addresses of an article may become links. */

/**
 * An address that is safe to link to, or null: only http and https, so never `javascript:`.
 *
 * @param {string | null | undefined} address
 */
export function webAddress(address) {
  if (!address) return null;
  try {
    const url = new URL(address, document.baseURI);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
