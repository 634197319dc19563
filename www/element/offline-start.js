/** What the attribute `offline` asks for: the page kept; what was begun, gone on with; a small library saved by itself. */
import { addressOf } from '../lib/ahead.js';
import { keepPage } from '../lib/offline.js';

/** A library up to this size may be saved without asking, in bytes. */
const SMALL = 4e6;

/** @param {HTMLElement} element a <timdoc-search> or <timdoc-reader> */
export async function enable(element) {
  await keepPage(element.getAttribute('worker')).catch((error) => console.warn('timdoc: the service worker', error));
  // A page that is kept may be an old one.
  if (navigator.serviceWorker?.controller) void import('./version-notes.js').then(({ watchVersions }) => watchVersions(element), () => {});
  if (!('caches' in globalThis)) return;
  const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator);
  const url = addressOf(element.getAttribute('bundle') ?? 'bundle/');
  const auto = element.getAttribute('offline') === 'auto' && !connection?.saveData && navigator.onLine;
  // Nothing is opened for those who have asked for nothing.
  if (!auto && !(await isBegun(url))) return;
  const [{ open }, { keeperOf }] = await Promise.all([import('../lib/library.js'), import('../lib/keeper.js')]);
  const library = await open(url, { signedBy: element.getAttribute('signed-by') });
  const keeper = keeperOf(library);
  await keeper.look();
  const { state, asked } = keeper.status;
  if (auto && !asked && state !== 'saved' && library.info.bytes <= SMALL) await keeper.save();
}

/** Whether saving was begun and is to go on. @param {string} url */
async function isBegun(url) {
  const [{ noteOf }, { cacheName }] = await Promise.all([import('../lib/storage.js'), import('../lib/source.js')]);
  try {
    return (await caches.has(cacheName(url))) && (await noteOf(await caches.open(cacheName(url)), url)).asked === 'save';
  } catch {
    return false;
  }
}
