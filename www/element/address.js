/**
 * A search as part of the page's address, so that it can be reloaded, gone back to and sent to a
 * colleague: `?q=hoc+tap&f.category=Y+t%E1%BA%BF&from=2024-01-01&sort=newest&n=20`. Parameters that
 * are not ours are left as they are.
 */

/** @typedef {'relevance' | 'newest' | 'oldest'} Sort */

/**
 * @typedef {object} SearchState
 * @property {string} q        what was typed
 * @property {boolean} exact   search it as typed, without correcting it
 * @property {boolean} all     show all articles although nothing was asked
 * @property {Record<string, string[]>} filters
 * @property {string} from     first day, ISO 8601, or ''
 * @property {string} to       last day, ISO 8601, or ''
 * @property {Sort} sort
 * @property {number} shown    how many results were shown, 0 for the usual number
 */

/** Filters have no prototype: an address may name a field `constructor`. @returns {SearchState} */
export const emptyState = () => ({ q: '', exact: false, all: false, filters: Object.create(null), from: '', to: '', sort: 'relevance', shown: 0 });

/** True when a search asks for anything. @param {SearchState} state */
export const asks = (state) => state.all || state.q.trim() !== '' || isFiltered(state);

/** @param {SearchState} state */
export const isFiltered = (state) => state.from !== '' || state.to !== '' || Object.values(state.filters).some((values) => values.length > 0);

const DAY = /^\d{4}-\d\d-\d\d$/;
const OURS = /^(q|exact|all|from|to|sort|n|f\..+)$/;

/**
 * The search that the address names. Values that make no sense are ignored.
 *
 * @param {string} prefix
 * @param {string} [search] default: the page's
 * @returns {SearchState}
 */
export function readAddress(prefix, search = location.search) {
  const state = emptyState();
  for (const [name, value] of new URLSearchParams(search)) {
    if (!name.startsWith(prefix)) continue;
    const key = name.slice(prefix.length);
    if (key === 'q') state.q = value;
    else if (key === 'exact' || key === 'all') state[key] = value === '1';
    else if ((key === 'from' || key === 'to') && DAY.test(value)) state[key] = value;
    else if (key === 'sort' && (value === 'newest' || value === 'oldest')) state.sort = value;
    else if (key === 'n') state.shown = Math.min(100, Number.parseInt(value, 10) || 0);
    else if (key.startsWith('f.') && value) (state.filters[key.slice(2)] ??= []).push(value);
  }
  return state;
}

/**
 * The parameters of the page's address with this search in them.
 *
 * @param {string} prefix
 * @param {SearchState} state
 * @param {URLSearchParams} [others] parameters to keep; default: the page's
 */
export function writeAddress(prefix, state, others = new URLSearchParams(location.search)) {
  const params = new URLSearchParams();
  for (const [name, value] of others) {
    if (!(name.startsWith(prefix) && OURS.test(name.slice(prefix.length)))) params.append(name, value);
  }
  const put = (/** @type {string} */ name, /** @type {string | number | false} */ value) => {
    if (value) params.append(prefix + name, String(value));
  };
  put('q', state.q);
  put('exact', state.exact && '1');
  put('all', state.all && '1');
  for (const [field, values] of Object.entries(state.filters)) for (const value of values) put(`f.${field}`, value);
  put('from', state.from);
  put('to', state.to);
  put('sort', state.sort !== 'relevance' && state.sort);
  put('n', state.shown);
  return params;
}

/** An address on this page with other parameters. @param {URLSearchParams} params */
export const samePage = (params) => `${location.pathname}${params.size ? `?${params}` : ''}${location.hash}`;

/**
 * Puts the search into the address without a new step in the history: typing must not fill it.
 *
 * @param {string} prefix
 * @param {SearchState} state
 */
export function replaceAddress(prefix, state) {
  const address = samePage(writeAddress(prefix, state));
  if (address === location.pathname + location.search + location.hash) return;
  try {
    history.replaceState(history.state, '', address);
  } catch {
    // A sandboxed page, or too many changes in a short time: the search works all the same.
  }
}
