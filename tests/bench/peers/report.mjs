/** From what was measured to the page that is kept: tests/bench/RESULTS.md. */
import { figure } from '../stats.mjs';
import { markdown } from '../table.mjs';
import { LIMITS } from './build.mjs';
import { COLUMNS, cell } from './columns.mjs';
import { ratios } from './ratios.mjs';

/** @typedef {import('./measure.mjs').Measured} Measured */
/** @typedef {import('./tantivy.mjs').Native} Native */
/**
 * @typedef {object} Sized what was measured on one library
 * @property {import('../corpus.mjs').Corpus} corpus
 * @property {Measured[]} found
 * @property {Native} [native]
 * @property {string} [nativeFailed]
 */
/** @typedef {{ date: string, machine: string, tools: string, asked: string, sizes: Sized[] }} Report */

const HOW = `How it was measured
- Every peer has a folder of its own, served by one static host over HTTP/1.1: files of HTML, JavaScript, JSON, wasm and
  databases as gzip -9, all others as they are, byte ranges where asked for. JavaScript is bundled and minified.
- *First results*: a browser context of its own for each query, nothing cached; from asking for the page, whose address
  holds the query, until ten titles with their snippets stand in it (an engine that makes no snippets shows the lead, which
  it then has to send). Bytes are counted by the host, with headers, code and page too. Medians. ≈: over 60 MB, so
  reckoned from bytes and the time on localhost. 1.6 Mbit/s comes with 150 ms, by Chromium's own throttling.
- *Warm*: the same page stays open; after a pass to warm up, of each query the fastest of three. In brackets: without
  loading what is shown, where an engine tells these apart.
- *Build*: a process of its own, from the file of articles (Pagefind: from pages of HTML that are there already) to the
  files of the library; the median of up to three. Memory is the highest of its processes. Ended after
  ${LIMITS.seconds / 60} minutes or at ${LIMITS.megabytes / 1000} GB.
- *Index*: all files of the library; those of timdoc, Pagefind and ZBSearch hold the whole articles as well. *Offline*:
  code and library on the wire and, for all others, the bodies of the articles in one file, gzip -9: the least it could be.
- *No result*, *titles found*: titles of articles, typed whole without marks, that find nothing, and that have their
  article among the ten. *Spans found*: the same of 4 to 6 syllables of a lead, without marks. No result alone favours
  engines that take any word.`;

/** @param {Report} report */
export function write({ date, machine, tools, asked, sizes: inOrder }) {
  const sizes = [...inOrder].sort((a, b) => a.corpus.articles - b.corpus.articles);
  return [
    '# timdoc and its peers, measured',
    `Written by \`./build.sh bench peers\`, ${date}. Do not edit: run it again.`,
    `${machine} ${tools}\n${asked}`,
    '## Wanted and measured\n\nRatios of timdoc to a peer, smaller is better.',
    wanted(sizes),
    ...sizes.flatMap(section),
    `## Settings\n\n${settings(sizes)}`,
    `## ${HOW.replace('\n', '\n\n')}`,
  ].join('\n\n') + '\n';
}

/** @param {Sized[]} sizes */
function wanted(sizes) {
  const all = sizes.map(({ found, native }) => ratios(found, native));
  const lines = all[0].map(({ what, wanted: limit }, row) => {
    const cells = all.flatMap((column) => [ratio(column[row].measured), verdict(column[row].measured, limit)]);
    return [what, `≤ ${ratio(limit)}`, ...cells];
  });
  return markdown(['timdoc ÷', 'wanted', ...sizes.flatMap(({ corpus }) => [`${count(corpus.articles)} articles`, ''])], lines);
}

/** @param {number} value */
const ratio = (value) => (Number.isFinite(value) ? value.toFixed(value < 0.2 ? 3 : 2) : '–');

/** @param {number} measured @param {number} limit */
function verdict(measured, limit) {
  if (!Number.isFinite(measured)) return 'not measured';
  return measured <= limit ? 'met' : '**not met**';
}

/** @param {number} value */
const count = (value) => value.toLocaleString('en');

/** @param {Sized} sized */
function section({ corpus, found, native, nativeFailed }) {
  const failed = found.filter(({ failed: why }) => why).map(({ peer, failed: why }) => `- ${peer.name} failed: ${why}`);
  const head = ['peer', ...COLUMNS.map((column) => column.head)];
  const lines = found.map((row) => [row.peer.name, ...COLUMNS.map((column) => cell(column, row))]);
  const parts = [`## ${count(corpus.articles)} articles\n\n${corpus.name}: ${(corpus.bytes / 1e6).toFixed(2)} MB of titles, leads and bodies.`];
  if (lines.length) parts.push(markdown(head, lines));
  if (failed.length) parts.push(failed.join('\n'));
  const ahead = whereAhead(found);
  if (ahead.length) parts.push(`Where a peer is ahead of timdoc:\n${ahead.join('\n')}`);
  if (native) parts.push(natively(native));
  if (nativeFailed) parts.push(`tantivy failed: ${nativeFailed}`);
  return parts;
}

/** @param {Measured[]} found */
function whereAhead(found) {
  const ours = found.find(({ peer }) => peer.id === 'timdoc');
  if (!ours) return [];
  return COLUMNS.flatMap((column) => {
    const mine = column.value(ours);
    if (mine === undefined) return [];
    const gain = (/** @type {Measured} */ row) => ((column.value(row) ?? NaN) - mine) * (column.better === 'less' ? -1 : 1);
    const better = found.filter((row) => row !== ours && gain(row) > 0).sort((a, b) => gain(b) - gain(a));
    if (!better.length) return [];
    return [`- ${column.head}: ${better.map((row) => `${row.peer.name} ${cell(column, row)}`).join('; ')} (timdoc ${cell(column, ours)})`];
  });
}

/** @param {Native} native */
function natively({ version, timdoc, tantivy }) {
  const line = (/** @type {string} */ name, /** @type {import('./tantivy.mjs').Indexing} */ its) => [
    name, its.seconds.toFixed(2), its.all.map((seconds) => seconds.toFixed(2)).join(', '), figure(its.megabytes), (its.bytes / 1e6).toFixed(2),
    Object.entries(its.parts).map(([part, bytes]) => `${part} ${(bytes / 1e6).toFixed(2)}`).join(', '),
  ];
  return `Natively, one indexing thread each, in turns:\n\n` +
    markdown(['', 'indexing, s', 'runs', 'peak MB', 'index, MB', 'of which'], [line('**timdoc**', timdoc), line(`tantivy ${version}`, tantivy)]) +
    `\n\ntimdoc: its steps "reading words" (with packing what is stored, which tantivy has none of) and "building the index". tantivy: title, lead and body with positions, default tokenizer
(marks kept, no folded field), id stored, date a fast field, no text stored; one segment, from the first article to the end of commit.`;
}

/** @param {Sized[]} sizes */
function settings(sizes) {
  const most = sizes.reduce((a, b) => (b.found.length > a.found.length ? b : a));
  const lines = most.found.map(({ peer, versions }) => [peer.name, versions, peer.settings, peer.documentation]);
  return markdown(['peer', 'versions', 'settings', 'documented'], lines);
}
