/** From what was measured to the rows of the table: one for every budget of DESIGN.md, and what belongs to it. */
import { median, spread, sum } from './stats.mjs';
import { PASSES } from './warm.mjs';

/** @typedef {import('./table.mjs').Row} Row */
/**
 * @typedef {object} Sized what was measured on one library
 * @property {import('./corpus.mjs').Corpus} corpus
 * @property {Awaited<ReturnType<typeof import('./build.mjs').measureBuild>>} [build]
 * @property {Awaited<ReturnType<typeof import('./build.mjs').measureBuild>>} [single] with one thread
 * @property {import('./build.mjs').Made} [made]
 * @property {import('./cold.mjs').Cold[]} [cold]
 * @property {import('./warm.mjs').Warm} [warm]
 */
/**
 * @typedef {object} Measured
 * @property {import('./widget.mjs').CodeFile[]} [code]
 * @property {Visits} [visits]
 * @property {Sized} small
 * @property {Sized | null} large
 */
/** @typedef {{ near: Visit[], slow: Visit[], typed: Visit[] }} Visits visits on localhost, on the slow link, and typed on it */
/** @typedef {import('./widget.mjs').Visit} Visit */

const KB = 1000;

/** @param {Measured} measured @returns {Row[]} */
export function rows({ code, visits, small, large }) {
  const codeBytes = code && sum(code.map(({ bytes }) => bytes));
  return [
    { id: 'code', what: 'code on the wire before the first search, gzip -9', unit: 'KB', budget: 70, value: codeBytes ? codeBytes / KB : null, note: code && `${code.length} files` },
    ...firstResults(small, '10k', codeBytes, { bytes: 130, requests: 24, trips: 4 }),
    ...(visits ? visitRows(visits) : []),
    ...firstResults(large, '100k', codeBytes, { bytes: 180 }),
    ...warm(small, '10k', 2),
    ...warm(large, '100k', 10),
    ...build(small, '10k', { seconds: 3, megabytes: 300 }),
    ...build(large, '100k', { seconds: 40, megabytes: 1000 }),
    offline(small, '10k', 55),
    ...(large ? [offline(large, '100k', 55)] : []),
  ];
}

/** How a row calls a library. @param {Sized | null} sized @param {string} size */
function called(sized, size) {
  return sized && !sized.corpus.real ? `${sized.corpus.articles} made-up articles` : size === '10k' ? '10,000' : '100,000';
}

/** @param {Sized | null} sized */
const why = (sized) => (sized ? undefined : 'not measured: --large, and its corpus');

/**
 * @param {Sized | null} sized
 * @param {string} size
 * @param {number | undefined} code
 * @param {{ bytes: number, requests?: number, trips?: number }} budget
 * @returns {Row[]}
 */
function firstResults(sized, size, code, budget) {
  const at = called(sized, size);
  const judged = sized?.corpus.real ?? true;
  const cold = sized?.cold;
  /** @type {(id: string, what: string, unit: string, values: number[] | undefined, budget?: number, note?: string) => Row} */
  const row = (id, what, unit, values, budget, note) => {
    const all = values && spread(values);
    return { id: `${id}-${size}`, what: what.startsWith('—') ? what : `${what}, ${at}`, unit, budget, judged, value: all?.p90 ?? null, spread: all, note: note ?? why(sized) };
  };
  const bytes = row('first-bytes', 'first ten results: all bytes, code too', 'KB', code ? cold?.map((query) => (query.bytes + code) / KB) : undefined, budget.bytes);
  if (!cold) return [bytes];
  /** How much less the library counts than Chromium sees. @param {(query: import('./cold.mjs').Cold) => number} less @param {string} unit */
  const counts = (less, unit) => {
    const differences = cold.map(less);
    const [least, most] = [Math.min(...differences), Math.max(...differences)];
    if (!least && !most) return 'traffic() agrees';
    return `traffic() counts ${least === most ? most : `${least} to ${most}`}${unit} less`;
  };
  return [
    bytes,
    row('first-data', '— after the code: bytes', 'KB', cold.map((query) => query.bytes / KB), undefined,
      counts(({ body, traffic }) => body - traffic.bytes, ' bytes of bodies')),
    row('first-requests', '— after the code: requests', '', cold.map(({ requests }) => requests), budget.requests,
      counts(({ requests, traffic }) => requests - traffic.requests, '')),
    row('first-trips', '— after the code: dependent round trips', '', cold.map(({ trips }) => trips), budget.trips,
      'the manifest comes with the code'),
    row('first-waves', '— after the code: trips as Chromium sent them, HTTP/1.1', '', cold.map(({ waves }) => waves)),
    row('first-ms', '— after the code: time at 1.6 Mbit/s, 150 ms', 'ms', cold.map(({ ms }) => ms)),
  ];
}

/** @param {Visits} visits @returns {Row[]} */
function visitRows({ near, slow, typed }) {
  /** @type {(id: string, what: string, unit: string, values: number[], note?: string) => Row} */
  const row = (id, what, unit, values, note) => ({ id, what, unit, value: median(values), spread: spread(values), note });
  const bytes = (/** @type {import('./network.mjs').Transfer[]} */ transfers) => sum(transfers.map(({ wire }) => wire)) / KB;
  const data = (/** @type {Visit} */ { later }) => later.filter(({ url }) => !/\.(js|css|wasm)$/.test(url));
  return [
    row('visit-trips', 'widget, focus to results: dependent round trips, code too', '', slow.map(({ trips }) => trips)),
    row('visit-requests', '— requests, code too', '', slow.map(({ code, data }) => code.length + data.length)),
    row('visit-near', '— time on localhost', 'ms', near.map(({ ms }) => ms)),
    row('visit-slow', '— time at 1.6 Mbit/s, 150 ms; code not compressed', 'ms', slow.map(({ ms }) => ms)),
    row('visit-later', '— of the library after the results (filters, suggestions)', 'KB', slow.map((visit) => bytes(data(visit))),
      `${median(slow.map((visit) => data(visit).length))} requests`),
    row('visit-typed', '— of the library until the results when typed, 120 ms a key', 'KB', typed.map((visit) => bytes(visit.data)),
      `${median(typed.map((visit) => visit.data.length))} requests, ${median(typed.map((visit) => visit.data.filter(({ status }) => status === 0).length))} cancelled`),
  ];
}

/** @param {Sized | null} sized @param {string} size @param {number} budget @returns {Row[]} */
function warm(sized, size, budget) {
  const at = called(sized, size);
  const times = sized?.warm;
  const wall = times && spread(times.wall);
  const took = times && spread(times.took);
  const judged = sized?.corpus.real ?? true;
  const surprise = times?.requests ? `${times.requests} requests in the warm passes!` : undefined;
  const note = times && [surprise, `fastest of ${PASSES}`, `${(times.inflations / times.wall.length).toFixed(1)} articles inflated a query`].filter(Boolean).join('; ');
  /** @type {Row} */
  const row = { id: `warm-${size}`, what: `warm query in Chromium, ${at}`, unit: 'ms', budget, judged, value: wall?.p95 ?? null, spread: wall, high: 'p95',
    note: note ?? why(sized) };
  if (!took) return [row];
  return [row, { id: `warm-took-${size}`, what: '— of which in the engine (took_us)', unit: 'ms', value: took.p95, spread: took, high: 'p95' }];
}

/** @param {Sized | null} sized @param {string} size @param {{ seconds: number, megabytes: number }} budget @returns {Row[]} */
function build(sized, size, budget) {
  const at = called(sized, size);
  const judged = sized?.corpus.real ?? true;
  const { build: all, single } = sized ?? {};
  /** @type {Row[]} */
  const made = [
    { id: `build-s-${size}`, what: `build, ${at}: time`, unit: 's', budget: budget.seconds, judged, value: all?.seconds ?? null, note: all ? `${all.cpu.toFixed(1)} s of processor` : why(sized) },
    { id: `build-mb-${size}`, what: `build, ${at}: peak memory`, unit: 'MB', budget: budget.megabytes, judged, value: all?.megabytes ?? null, note: why(sized) },
  ];
  if (single) {
    made.push({ id: `build-s1-${size}`, what: '— time with --threads 1', unit: 's', value: single.seconds, note: `${single.cpu.toFixed(1)} s of processor` });
    made.push({ id: `build-mb1-${size}`, what: '— peak memory with --threads 1', unit: 'MB', value: single.megabytes });
  }
  return made;
}

/** @param {Sized} sized @param {string} size @param {number} budget @returns {Row} */
function offline({ corpus, made }, size, budget) {
  const what = `everything for offline, share of the text, ${called({ corpus }, size)}`;
  if (!made) return { id: `offline-${size}`, what, unit: '%', budget, value: null };
  const note = `${(made.bytes / 1e6).toFixed(2)} of ${(corpus.bytes / 1e6).toFixed(2)} MB, ${made.files} files`;
  return { id: `offline-${size}`, what, unit: '%', budget, judged: corpus.real, value: (made.bytes / corpus.bytes) * 100, note };
}
