/** Says, where something cannot be had without a network, how much of the library this device has. */
import { languageOf, worded } from '../i18n/box.js';
import { offlineWords } from '../i18n/offline.js';

/**
 * @param {HTMLElement} host
 * @param {Element} place where the state is shown
 * @param {() => Promise<import('../lib/types.d.ts').Library>} open
 */
export async function sayWhatIsSaved(host, place, open) {
  const lang = languageOf(host);
  const words = worded(lang, offlineWords[lang]);
  const status = await open().then((library) => library.offlineStatus()).catch(() => null);
  const advice = place.querySelector('[data-code=offline] p:not(.what)');
  if (!advice) return;
  if (!status || status.state === 'none') advice.textContent = words.notSaved;
  else advice.textContent = words.partSaved(words.size(status.saved_bytes), words.size(status.total_bytes));
}
