/** Where the links of a reader lead: to other articles, to searches, back to the results. */
import { emptyState, samePage, writeAddress } from './both.js';

/** @typedef {import('./reader-element.js').TimdocReader} TimdocReader */

/** The part of an address that names a passage of one article, and of no other. */
const PASSAGE = /#s\d.*$/;

/** An address on this page. @param {URLSearchParams} params */
const here = (params) => samePage(params).replace(PASSAGE, '');

/** Where another article is read. @param {string} id */
export function articleHref(id) {
  const params = new URLSearchParams(location.search);
  params.set('doc', id);
  return here(params);
}

/**
 * Where a search is shown.
 *
 * @param {TimdocReader} host
 * @param {string} query
 */
export function searchHref(host, query) {
  const state = { ...emptyState(), q: query };
  if (host.inPlace) {
    const params = writeAddress('', state);
    params.delete('doc');
    return here(params);
  }
  const url = new URL(host.getAttribute('home') ?? '', document.baseURI);
  url.search = query ? String(writeAddress('', state, url.searchParams)) : '';
  return url.href;
}

/** Back to the results: the steps the reader came by, else a fresh search for the same words. @param {TimdocReader} host */
export function goBack(host) {
  const home = host.getAttribute('home');
  const steps = (history.state?.timdocSteps ?? 0) + (home !== null && cameFrom(home) ? 1 : 0);
  if (steps > 0 && history.length > steps && (home === null || cameFrom(home))) history.go(-steps);
  else if (home === null) {
    const params = new URLSearchParams(location.search);
    params.delete('doc');
    history.pushState(null, '', here(params));
    dispatchEvent(new PopStateEvent('popstate'));
  } else location.href = searchHref(host, new URLSearchParams(location.search).get('q') ?? '');
}

/** A step on this page that "back to the results" takes back with the others. @param {string} href */
export const step = (href) => history.pushState({ timdocSteps: (history.state?.timdocSteps ?? 0) + 1 }, '', href);

/** True when this page was opened from the search. @param {string} home */
function cameFrom(home) {
  if (!document.referrer) return false;
  const folder = (/** @type {string} */ address) => {
    const { origin, pathname } = new URL(address, document.baseURI);
    return origin + pathname.replace(/index\.html$/, '');
  };
  return folder(document.referrer) === folder(home);
}
