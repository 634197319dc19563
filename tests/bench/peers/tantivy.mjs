/** timdoc against tantivy: indexing time and size of the index, one thread each, the same fields, in turns. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, TIMDOC } from '../places.mjs';
import { median, sum } from '../stats.mjs';
import { timed } from '../timed.mjs';
import { LIMITS } from './build.mjs';

/**
 * @typedef {object} Indexing
 * @property {number} seconds median; from words to the index in memory or, with tantivy, on disk
 * @property {number[]} all
 * @property {number} megabytes peak memory of the whole process, median
 * @property {Record<string, number>} parts bytes of what the index consists of
 * @property {number} bytes of these together
 */
/** @typedef {{ version: string, timdoc: Indexing, tantivy: Indexing }} Native */

const RUNS = 3;
const PROGRAM = join(ROOT, 'target/bench/tantivy/release/tantivy-peer');

/** The steps of `timdoc build` that make the index; reading files, finding facts and compressing articles are not among them. */
const STEPS = ['reading words', 'building the index'];

/** Files of timdoc's bundle that are its index: dictionary, postings of words and pairs, and the root over both. */
const TIMDOC_PARTS = ['head', 'terms', 'postings'];

/** The same of tantivy's: dictionary, postings, positions, lengths. */
const TANTIVY_PARTS = ['term', 'idx', 'pos', 'fieldnorm'];

/**
 * @param {string} articles
 * @param {string} folder for both indexes
 * @returns {Promise<Native>}
 */
export async function compareWithTantivy(articles, folder) {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is not there; ./build.sh bench peers builds it`);
  const places = { timdoc: `${folder}/timdoc`, tantivy: `${folder}/tantivy` };
  const runs = { timdoc: /** @type {any[]} */ ([]), tantivy: /** @type {any[]} */ ([]) };
  for (let run = 0; run < RUNS; run += 1) {
    // In turns, each first once: what else the machine does falls on both.
    const order = /** @type {('timdoc' | 'tantivy')[]} */ (run % 2 ? ['tantivy', 'timdoc'] : ['timdoc', 'tantivy']);
    for (const which of order) {
      const place = places[which];
      rmSync(place, { recursive: true, force: true });
      const [command, ...args] = which === 'timdoc' ? [TIMDOC, 'build', articles, '--out', place, '--threads', '1', '--json'] : [PROGRAM, articles, place];
      runs[which].push(await timed(command, args, { report: `${folder}.time`, limits: LIMITS }));
    }
  }
  const said = runs.tantivy.map(({ output }) => JSON.parse(output));
  return {
    version: /v([\d.]+)/.exec(said[0].version)?.[1] ?? said[0].version,
    timdoc: indexing(runs.timdoc, runs.timdoc.map(({ output }) => stepSeconds(JSON.parse(output).steps)), partsOf(places.timdoc)),
    tantivy: indexing(runs.tantivy, said.map(({ seconds }) => seconds), Object.fromEntries(TANTIVY_PARTS.map((part) => [part, said[0].files[part] ?? 0]))),
  };
}

/**
 * @param {{ megabytes: number }[]} runs
 * @param {number[]} all
 * @param {Record<string, number>} parts
 * @returns {Indexing}
 */
function indexing(runs, all, parts) {
  return { seconds: median(all), all, megabytes: median(runs.map(({ megabytes }) => megabytes)), parts, bytes: sum(Object.values(parts)) };
}

/** @param {{ step: string, seconds: number }[]} steps */
function stepSeconds(steps) {
  const missing = STEPS.filter((name) => !steps.some(({ step }) => step === name));
  if (missing.length) throw new Error(`timdoc build names no step '${missing.join("', '")}'`);
  return sum(steps.filter(({ step }) => STEPS.includes(step)).map(({ seconds }) => seconds));
}

/** @param {string} bundle */
function partsOf(bundle) {
  const names = readdirSync(bundle);
  return Object.fromEntries(TIMDOC_PARTS.map((part) => [part, sum(names.filter((name) => name.startsWith(`${part}-`)).map((name) => statSync(join(bundle, name)).size))]));
}

/** What it was compiled with, for the report. */
export function rustVersion() {
  return spawnSync('rustc', ['--version'], { encoding: 'utf8' }).stdout?.split(' ')[1] ?? 'unknown';
}
