/** What the attribute `offline` asks for: the page kept; what was begun, gone on with; a small library saved by itself. */
import { keeperOf } from '../lib/keeper.js';
import { keepPage } from '../lib/offline.js';
import { open } from '../lib/library.js';
import { watchVersions } from './version-notes.js';

/** A library up to this size may be saved without asking, in bytes. */
const SMALL = 4e6;

/** @param {HTMLElement} element a <timdoc-search> or <timdoc-reader> */
export async function enable(element) {
  await keepPage(element.getAttribute('worker')).catch((error) => console.warn('timdoc: the service worker', error));
  void watchVersions(element);
  if (!('caches' in globalThis)) return;
  const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator);
  const library = await open(new URL(element.getAttribute('bundle') ?? 'bundle/', document.baseURI));
  const keeper = keeperOf(library);
  await keeper.look();
  const { state, asked } = keeper.status;
  const auto = element.getAttribute('offline') === 'auto' && !connection?.saveData && navigator.onLine;
  if (auto && !asked && state !== 'saved' && library.info.bytes <= SMALL) await keeper.save();
}
