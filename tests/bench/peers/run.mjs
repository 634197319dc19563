/**
 * The bench of peers: timdoc and other engines on the same articles, in the same Chromium. `--help` says what it takes;
 * what it finds goes to tests/bench/RESULTS.md.
 *
 * Where things are: peers lists the engines; engines/ says how each makes its library and pages/ how its page searches;
 * build, site and server bring them before the browser; cold and warm measure, measure does all that for one peer;
 * tantivy/ is a program of its own and tantivy.mjs runs it; columns, ratios and report print.
 *
 * To add a peer: add its package to package.json with its exact version; write engines/NAME.mjs, which gives what
 * engines/peer.d.ts asks, and pages/NAME.mjs, which exports `open`; name it in peers.mjs. minisearch is the simplest
 * example. Give it the best settings that its documentation has for Vietnamese, and say which in `settings`.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { launch } from '../chromium.mjs';
import { corpus } from '../corpus.mjs';
import { UsageError } from '../options.mjs';
import { spanQueries, titleQueries } from '../queries.mjs';
import { measurePeer } from './measure.mjs';
import { HELP, TANTIVY, readOptions } from './options.mjs';
import { PEERS } from './peers.mjs';
import { write } from './report.mjs';
import { compareWithTantivy, rustVersion } from './tantivy.mjs';

/** @typedef {import('./options.mjs').Options} Options */
/** @typedef {import('./report.mjs').Sized} Sized */

const SEED = { first: 4, timed: 56, titles: 5, spans: 6 };

/** Titles and spans that are looked for. */
const LOOKED_FOR = 300;

/** Says what is under way, on the error stream. @param {string} text */
const say = (text) => process.stderr.write(`bench peers: ${text}\n`);

/** @param {Options} options */
async function main(options) {
  const folder = mkdtempSync(join(tmpdir(), 'timdoc-peers-'));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  const stop = () => process.exit(130);
  process.once('exit', clear).once('SIGINT', stop).once('SIGTERM', stop);
  const date = `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const load = loadavg()[0];
  const programs = await tools();
  /** @type {Sized[]} */
  const sizes = [];
  // After each peer: the next may take long, and what is there may be read meanwhile.
  const keep = (/** @type {Sized} */ sized) => {
    if (!sizes.includes(sized)) sizes.push(sized);
    writeFileSync(options.out, write({ date, machine: machine(load), tools: programs, asked: asked(options), sizes }));
  };
  for (const size of options.sizes) await measureSize(size, join(folder, size), options, keep);
  if (!sizes.length) throw new Error('there are no articles of these sizes');
  say(`written: ${options.out}`);
}

/**
 * @param {Options['sizes'][number]} size
 * @param {string} folder
 * @param {Options} options
 * @param {(sized: Sized) => void} keep called after every part
 */
async function measureSize(size, folder, options, keep) {
  mkdirSync(folder, { recursive: true });
  const articles = await corpus(size, folder, options.synthetic);
  if (!articles) return say(`${size}: its corpus is not here, so it is left out`);
  say(`${size}: ${articles.name}, ${articles.articles} articles`);
  const task = {
    file: articles.file,
    folder,
    first: spanQueries(articles.leads, options.queries, SEED.first).map(({ text }) => text),
    asked: {
      timed: spanQueries(articles.leads, options.warm, SEED.timed),
      titles: titleQueries(articles.titles, LOOKED_FOR, SEED.titles),
      spans: spanQueries(articles.leads, LOOKED_FOR * 2, SEED.spans).filter(({ marks }) => !marks),
    },
  };
  /** @type {Sized} */
  const sized = { corpus: articles, found: [] };
  if (options.only.includes(TANTIVY)) {
    say('timdoc and tantivy, one thread each');
    try {
      sized.native = await compareWithTantivy(articles.file, join(folder, TANTIVY));
    } catch (error) {
      sized.nativeFailed = /** @type {Error} */ (error).message.split('\n')[0];
      say(`tantivy failed: ${sized.nativeFailed}`);
    }
    keep(sized);
  }
  for (const peer of PEERS.filter(({ id }) => options.only.includes(id))) {
    sized.found.push(await measurePeer(peer, task, (text) => say(`${size}, ${text}`)));
    keep(sized);
  }
  rmSync(folder, { recursive: true, force: true });
}

/** @param {number} load before the run */
function machine(load) {
  const busy = load > cpus().length / 2 ? ' **The machine was busy with other work: times are rough.**' : '';
  return `${cpus().length} processors (${cpus()[0]?.model}; load ${load.toFixed(1)} before, ${loadavg()[0].toFixed(1)} after), ${Math.round(totalmem() / 1e9)} GB.${busy}`;
}

async function tools() {
  const browser = await launch();
  const chromium = browser.version();
  await browser.close();
  return `Chromium ${chromium} (headless), Node ${process.version.slice(1)}, Rust ${rustVersion()}.`;
}

/** @param {Options} options */
function asked({ queries, warm }) {
  return `Queries are made from the articles with fixed seeds: up to ${queries} first searches a peer and ${warm} warm ones, spans of 4 to 6 syllables ` +
    `of leads, half of them without marks; ${LOOKED_FOR} titles and ${LOOKED_FOR} spans without marks are looked for.`;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(HELP);
  else await main(options);
} catch (error) {
  const { message, stack } = /** @type {Error} */ (error);
  const usage = error instanceof UsageError;
  console.error(`bench peers: ${usage ? `${message}\n\n${HELP}` : message.includes('To mend') ? message : stack}`);
  process.exitCode = usage ? 2 : 1;
}
