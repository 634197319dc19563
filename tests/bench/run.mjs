/**
 * The bench: measures the budgets of DESIGN.md and prints them as one table. `--help` says what it takes.
 *
 * Where things are: corpus, synthetic and queries make what is searched; site and chromium set up; build, cold, warm
 * and widget measure; rows, table and details print. Other
 * engines are measured in peers/, how good the answers are in quality/.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { measureBuild, weigh } from './build.mjs';
import { launch } from './chromium.mjs';
import { measureCold } from './cold.mjs';
import { corpus } from './corpus.mjs';
import { codeList, coldNotes, offlineList, traceList } from './details.mjs';
import { SLOW } from './network.mjs';
import { gates, showGates } from './gates.mjs';
import { HELP, UsageError, readOptions } from './options.mjs';
import { spanQueries } from './queries.mjs';
import { rows } from './rows.mjs';
import { makeSite } from './site.mjs';
import { table } from './table.mjs';
import { measureWarm } from './warm.mjs';
import { codeFiles, visit } from './widget.mjs';

/** @typedef {import('./options.mjs').Options} Options */
/** @typedef {import('./rows.mjs').Sized} Sized */
/** @typedef {{ site: import('./site.mjs').Site, browser: import('playwright-core').Browser, address: string, options: Options }} Bench */

const SEED = { cold: 4, warm: 56, visit: 7 };
const VISITS = 6;

/** Says what is under way, on the error stream, so that the output is the table alone. @param {string} text */
const say = (text) => process.stderr.write(`bench: ${text}\n`);

/** @param {Options} options */
async function main(options) {
  const kept = options.against ? JSON.parse(readFileSync(options.against, 'utf8')) : undefined;
  const site = makeSite();
  const stop = () => process.exit(130);
  process.once('exit', site.remove).once('SIGINT', stop).once('SIGTERM', stop);
  const browser = await launch();
  try {
    const bench = { site, browser, address: await site.serve(), options };
    const date = new Date().toISOString();
    const load = loadavg()[0];
    const small = await sized(bench, '10k');
    if (!small) throw new Error('there are no articles to measure');
    if (options.gates) {
      const found = gates(small);
      console.log(showGates(found, small.corpus));
      if (found.some(({ value, ceiling }) => value > ceiling)) process.exitCode = 1;
      return;
    }
    const { code, visits } = await widget(bench, small);
    const large = options.large ? await sized(bench, '100k') : null;
    const machine = { processors: cpus().length, model: cpus()[0]?.model, gigabytes: Math.round(totalmem() / 1e9), load_before: load, load_after: loadavg()[0], node: process.version, chromium: browser.version() };
    const all = rows({ code, visits, small, large });
    print({ date, machine, all, kept, code, visits, libraries: large ? [small, large] : [small], options });
    if (options.json) keep(options.json, { schema: 1, date, machine, rows: all, code, libraries: { small, large }, visits });
  } finally {
    await browser.close();
    site.remove();
  }
}

/**
 * Everything about one library.
 *
 * @param {Bench} bench
 * @param {'10k' | '100k'} size
 * @returns {Promise<Sized | null>}
 */
async function sized({ site, browser, address, options }, size) {
  say(`articles, ${size}`);
  const articles = await corpus(size, site.folder, options.synthetic);
  if (!articles) return null;
  const bundle = `bundle${size}`;
  const out = join(site.root, bundle);
  const small = size === '10k';
  const runs = options.parts.has('build') && small ? options.runs : 1;
  /** @type {Sized} */
  const found = { corpus: articles };
  if (options.parts.has('build') && small) {
    say(`${runs} × build with one thread`);
    found.single = await measureBuild(site.tool, articles.file, out, { runs, threads: 1 });
  }
  say(`${runs} × build`);
  const build = await measureBuild(site.tool, articles.file, out, { runs });
  if (options.parts.has('build')) found.build = build;
  if (options.parts.has('offline')) found.made = weigh(site.tool, out);
  if (options.parts.has('cold')) {
    const queries = spanQueries(articles.leads, options.queries, SEED.cold);
    say(`${queries.length} cold searches`);
    found.cold = await measureCold(browser, address, bundle, queries, (done) => done % 10 || say(`  ${done}`));
  }
  if (options.parts.has('warm')) {
    say(`${options.warm} warm searches`);
    found.warm = await measureWarm(browser, address, bundle, spanQueries(articles.leads, options.warm, SEED.warm));
  }
  return found;
}

/** The widget, as a portal's page has it. @param {Bench} bench @param {Sized} small */
async function widget({ site, browser, address, options }, small) {
  if (!options.parts.has('code')) return {};
  say('visits to the widget');
  const page = address + site.widget('bundle10k');
  const library = address + 'bundle10k/';
  /** @type {import('./rows.mjs').Visits} */
  const visits = { near: [], slow: [], typed: [] };
  for (const { text } of spanQueries(small.corpus.leads, VISITS, SEED.visit)) {
    visits.near.push(await visit(browser, page, library, text));
    visits.slow.push(await visit(browser, page, library, text, { link: SLOW }));
    visits.typed.push(await visit(browser, page, library, text, { link: SLOW, typed: true }));
  }
  return { visits, code: codeFiles(visits.slow[0], address, site.root) };
}

/**
 * @param {{ date: string, machine: any, all: import('./table.mjs').Row[], kept: any, libraries: Sized[], options: Options,
 *   code?: import('./widget.mjs').CodeFile[], visits?: import('./rows.mjs').Visits }} found
 */
function print({ date, machine, all, kept, code, visits, libraries, options }) {
  const parts = [
    `timdoc bench, ${date.slice(0, 16).replace('T', ' ')} UTC; ${machine.processors} processors (load ${machine.load_before.toFixed(1)} before, ` +
      `${machine.load_after.toFixed(1)} after), ${machine.gigabytes} GB, Node ${machine.node}, Chromium ${machine.chromium}`,
    libraries.map(({ corpus: { name, articles, bytes } }) => `Articles: ${name}, ${articles} with ${(bytes / 1e6).toFixed(2)} MB of text`).join('\n'),
    table(all, kept?.rows),
    'A spread is: median · high quantile · maximum; the high quantile is held against the budget. KB = 1,000 bytes.' +
      (kept ? ` Kept run: ${kept.date}.` : ''),
  ];
  if (code) parts.push(codeList(code));
  for (const { corpus: { name, bytes }, made, cold } of libraries) {
    if (cold) parts.push(coldNotes(name, cold));
    if (made) parts.push(offlineList(name, made, bytes));
    if (!options.trace || !cold) continue;
    const most = (/** @type {'bytes' | 'trips'} */ what) => cold.reduce((a, b) => (b[what] > a[what] ? b : a));
    parts.push(traceList(`The heaviest cold query, ${name}: ${most('bytes').text}`, most('bytes').transfers));
    parts.push(traceList(`The cold query of the most trips, ${name}: ${most('trips').text}`, most('trips').transfers));
  }
  if (options.trace && visits) {
    const [first] = visits.slow;
    parts.push(traceList('A visit to the widget, until the results', [...first.early, ...first.code.slice(first.early.length), ...first.data]));
    parts.push(traceList('The same, after the results', first.later));
  }
  console.log(parts.join('\n\n'));
}

/** The figures without each single transfer and lead. @param {string} file @param {unknown} figures */
function keep(file, figures) {
  const skip = new Set(['transfers', 'leads', 'titles', 'early', 'later', 'data', 'inspected']);
  writeFileSync(file, JSON.stringify(figures, (key, value) => (skip.has(key) && Array.isArray(value) ? value.length : value), 1) + '\n');
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(HELP);
  else await main(options);
} catch (error) {
  const { message, stack } = /** @type {Error} */ (error);
  const usage = error instanceof UsageError;
  // What someone can mend is said in a line; anything else is a fault of the bench or of timdoc, and its place helps.
  console.error(`bench: ${usage ? `${message}\n\n${HELP}` : message.includes('To mend') ? message : stack}`);
  process.exitCode = usage ? 2 : 1;
}
