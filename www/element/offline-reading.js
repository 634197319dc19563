/** What reading an article has to do with being offline: nothing of it waits for this. */
import { open } from '../lib/library.js';
import { sayWhatIsSaved } from './offline-said.js';

/** Begun once a page. */
let begun = false;

/**
 * After an article is shown: keeps the page where the element asks for it, and tells of newer versions.
 *
 * @param {HTMLElement} host
 * @param {import('../lib/types.d.ts').Library} library
 */
export async function afterReading(host, library) {
  if (begun) return;
  begun = true;
  if (host.hasAttribute('offline')) {
    const { enable } = await import('./offline-start.js');
    await enable(host).catch((error) => console.warn('timdoc: offline', error));
  }
  const { state, older } = await library.offlineStatus();
  if (!navigator.serviceWorker?.controller && state === 'none' && !older) return;
  const { watchVersions } = await import('./version-notes.js');
  await watchVersions(host, library);
}

/**
 * Says how much of the library this device has, instead of an article.
 *
 * @param {HTMLElement} host
 * @param {Element} place
 */
export function whileOffline(host, place) {
  return sayWhatIsSaved(host, place, () => open(new URL(host.getAttribute('bundle') ?? 'bundle/', document.baseURI), { signedBy: host.getAttribute('signed-by') }));
}
