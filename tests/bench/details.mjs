/** What stands under the table: the lists behind its sums. */
import { span, trips } from './network.mjs';
import { figure, median, sum } from './stats.mjs';
import { markdown } from './table.mjs';

/** @typedef {import('./network.mjs').Transfer} Transfer */

/** @param {import('./widget.mjs').CodeFile[]} files */
export function codeList(files) {
  const lines = files.map(({ file, bytes, early }) => [file, (bytes / 1000).toFixed(2), early ? 'with the page' : 'at the first focus']);
  const total = (/** @type {boolean} */ early) => sum(files.filter((file) => file.early === early).map(({ bytes }) => bytes)) / 1000;
  return `Code before the first search: ${total(true).toFixed(1)} KB with the page, ${total(false).toFixed(1)} KB at the first focus\n\n` +
    markdown(['file', 'KB, gzip -9', 'when'], lines);
}

/**
 * @param {string} name
 * @param {import('./build.mjs').Made} made
 * @param {number} text bytes of text
 */
export function offlineList(name, made, text) {
  const lines = Object.entries(made.parts).sort((a, b) => b[1] - a[1])
    .map(([part, bytes]) => [part, (bytes / 1e6).toFixed(3), ((bytes / made.bytes) * 100).toFixed(1), ((bytes / text) * 100).toFixed(1)]);
  return `Offline, ${name}: where the bytes are (a part may lie within another)\n\n` + markdown(['part', 'MB', '% of the library', '% of the text'], lines);
}

/**
 * @param {string} name
 * @param {import('./cold.mjs').Cold[]} cold
 */
export function coldNotes(name, cold) {
  const of = (/** @type {(query: import('./cold.mjs').Cold) => number} */ what, queries = cold) => figure(median(queries.map(what)));
  const marked = cold.filter(({ marks }) => marks);
  const plain = cold.filter(({ marks }) => !marks);
  const total = (/** @type {(query: import('./cold.mjs').Cold) => number} */ what) => sum(cold.map(what));
  const lines = [
    `Cold searches, ${name}: ${cold.length} queries; hits ${of(({ hits }) => hits)}; the source article is among the ten in ${cold.filter(({ found }) => found).length}`,
    `- with marks: ${of(({ bytes }) => bytes / 1000, marked)} KB, ${of(({ requests }) => requests, marked)} requests; ` +
      `without: ${of(({ bytes }) => bytes / 1000, plain)} KB, ${of(({ requests }) => requests, plain)} requests (medians)`,
    `- headers: ${figure(total(({ bytes, body }) => bytes - body) / total(({ requests }) => requests))} bytes a request`,
    `- fetched twice: ${figure(total(({ waste }) => waste.twice) / 1000)} KB in all; of ${total(({ requests }) => requests)} requests ` +
      `${total(({ waste }) => waste.queued)} queue behind another range of their file, and ${total(({ waste }) => waste.mergeable)} could have come with a neighbour within 4 KB`,
    '- requests of each kind of file, a query: ' + kinds(cold.map(({ transfers }) => transfers)),
  ];
  const failed = cold.flatMap(({ transfers }) => transfers.filter(({ status }) => status === 0 || status >= 400));
  if (failed.length) lines.push(`- failed requests: ${failed.length}, the first ${failed[0].status} ${failed[0].url}`);
  return lines.join('\n');
}

/** Means by the name of the file before its hash. @param {Transfer[][]} queries */
function kinds(queries) {
  /** @type {Map<string, { requests: number, bytes: number }>} */
  const found = new Map();
  for (const { url, wire } of queries.flat()) {
    const kind = (/([^/]*)$/.exec(url)?.[1] ?? '').replace(/[-.][0-9a-f]{8,}.*$|\.\w+$/, '');
    const its = found.get(kind) ?? { requests: 0, bytes: 0 };
    found.set(kind, { requests: its.requests + 1, bytes: its.bytes + wire });
  }
  return [...found].map(([kind, { requests, bytes }]) =>
    `${kind} ${figure(requests / queries.length)} (${figure(bytes / queries.length / 1000)} KB)`).join(', ');
}

/**
 * The requests of a search, set by set.
 *
 * @param {string} title
 * @param {Transfer[]} transfers
 */
export function traceList(title, transfers) {
  const start = Math.min(...transfers.map(({ issued }) => issued));
  const at = (/** @type {number} */ time) => String(Math.round((time - start) * 1000));
  const lines = trips(transfers).flatMap((set, level) => set.map((transfer) => {
    const name = new URL(transfer.url).pathname.split('/').pop() ?? '';
    const bytes = transfer.range ? span(transfer).join('–') : 'whole';
    return [String(level + 1), name, bytes, String(transfer.status), String(transfer.wire), at(transfer.issued), at(transfer.sent), at(transfer.finished)];
  }));
  return `${title}\n\n` + markdown(['trip', 'file', 'bytes', 'status', 'on the wire', 'asked ms', 'sent ms', 'there ms'], lines);
}
