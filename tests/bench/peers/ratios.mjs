/** What the bench must show: ratios of timdoc to Pagefind and to tantivy, each with what is wanted of it. */

/** @typedef {import('./measure.mjs').Measured} Measured */
/** @typedef {import('./tantivy.mjs').Native} Native */
/** @typedef {{ what: string, wanted: number, measured: number }} Ratio NaN where one side was not measured */

/** @type {{ what: string, wanted: number, value: (found: Measured) => number | undefined, other?: (found: Measured) => number | undefined }[]} */
const PAGEFIND = [
  { what: 'bytes to the first results', wanted: 1 / 2, value: ({ cold }) => cold?.bytes.median },
  { what: 'build time', wanted: 1 / 7, value: ({ build }) => build?.seconds },
  { what: 'build time, of processor', wanted: 1 / 7, value: ({ build }) => build?.cpu },
  { what: 'build memory', wanted: 1 / 7, value: ({ build }) => build?.megabytes },
  { what: 'warm 95th percentile, with what is shown', wanted: 1 / 20, value: ({ warm }) => warm?.shown.p95 },
  {
    what: 'warm 95th percentile, its search alone against ours with what is shown', wanted: 1 / 20,
    value: ({ warm }) => warm?.shown.p95, other: ({ warm }) => warm?.matched?.p95,
  },
  { what: 'everything for offline', wanted: 2 / 3, value: ({ offline }) => offline },
];

/**
 * @param {Measured[]} found
 * @param {Native | undefined} native
 * @returns {Ratio[]}
 */
export function ratios(found, native) {
  const [ours, theirs] = ['timdoc', 'pagefind'].map((id) => found.find(({ peer }) => peer.id === id));
  const rows = PAGEFIND.map(({ what, wanted, value, other = value }) =>
    ({ what: `Pagefind: ${what}`, wanted, measured: ((ours && value(ours)) ?? NaN) / ((theirs && other(theirs)) ?? NaN) }));
  return [
    ...rows,
    { what: 'tantivy: indexing time, one thread each', wanted: 1.5, measured: native ? native.timdoc.seconds / native.tantivy.seconds : NaN },
    { what: 'tantivy: size of the index', wanted: 0.8, measured: native ? native.timdoc.bytes / native.tantivy.bytes : NaN },
  ];
}
