/**
 * All browser tests: `TIMDOC_URL=ADDRESS node tests/browser/run.mjs [FILE…]`.
 *
 * Several files run at a time (JOBS, else one more than the machine has cores, at most four): each has a Chromium of
 * its own, and much of what a test does is waiting. A machine so busy can let a test wait too briefly, so a file that
 * fails runs once more, alone, after all others; both runs are in the output. The list at the end names every
 * test that failed with how its error begins, also those that passed the second time: they deserve a look.
 *
 * CHROMIUM is the browser. CHROMIUM_SHELL, where there is one, is its shell: the same engine without what is around a
 * page, which takes half the processor's time. What has to do with workers, installing and files on disk runs in the whole
 * browser all the same.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const REPORTER = new URL('support/failures.mjs', import.meta.url).href;
/** A page that never comes must not hold the machine for ever. Seconds a file. */
const LIMIT = 900;
const JOBS = Math.max(1, Number(process.env.JOBS) || Math.min(4, availableParallelism() + 1));

/** Files that take longest begin first, so that none is left alone at the end. The others follow by name. */
const LONG = ['states', 'outage', 'docs', 'saving', 'typing-methods', 'pack', 'faults', 'worker', 'versions', 'storage', 'integrity', 'tuning', 'filters', 'search'];

/** Files for the whole browser. */
const WHOLE = ['worker', 'install', 'offline', 'pack'];

/**
 * @typedef {object} Run
 * @property {string} file
 * @property {boolean} passed
 * @property {{ name: string, lines: string[] }[]} failures
 * @property {number} seconds
 */

const desk = mkdtempSync(join(tmpdir(), 'timdoc-browser-'));
/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => {
    for (const child of children) child.kill('SIGTERM');
    process.exit(130);
  });
}
process.once('exit', () => rmSync(desk, { recursive: true, force: true }));

/** @param {string} file */
const browserFor = (file) => (!WHOLE.includes(basename(file, '.test.mjs')) && process.env.CHROMIUM_SHELL) || process.env.CHROMIUM;

/** Runs a file and prints its output whole, when it has ended. @param {string} file @param {string} turn @returns {Promise<Run>} */
function run(file, turn) {
  const list = join(desk, `${basename(file)}.${turn}`);
  const from = Date.now();
  const child = spawn(process.execPath, [
    '--test', '--test-reporter=spec', '--test-reporter-destination=stdout', `--test-reporter=${REPORTER}`, `--test-reporter-destination=${list}`, file,
  ], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, CHROMIUM: browserFor(file) } });
  children.add(child);
  /** @type {Buffer[]} */
  const output = [];
  child.stdout?.on('data', (data) => output.push(data));
  child.stderr?.on('data', (data) => output.push(data));
  let late = false;
  const watch = setTimeout(() => {
    late = true;
    child.kill('SIGTERM');
  }, LIMIT * 1000);
  return new Promise((resolve) => child.on('close', (code, signal) => {
    clearTimeout(watch);
    children.delete(child);
    const seconds = Math.round((Date.now() - from) / 1000);
    const text = Buffer.concat(output).toString();
    console.log(`== ${basename(file)}${turn === 'again' ? ' once more, alone' : ''}  ${seconds} s\n${text}`);
    const { ran, failures } = readList(list);
    // A file that ends without a word is as wrong as one that never does.
    const none = ran === 0;
    const passed = code === 0 && !none;
    if (!passed && (none || failures.length === 0)) {
      const why = late ? `not done after ${LIMIT} s` : none ? 'no test ran' : `exit ${code ?? signal}`;
      const error = text.split('\n').findIndex((line) => /Error\b/.test(line));
      failures.push({ name: `(${why})`, lines: error < 0 ? [] : text.split('\n').slice(error, error + 6) });
    }
    resolve({ file, passed, failures, seconds });
  }));
}

/** What failures.mjs wrote. @param {string} path @returns {{ ran: number, failures: Run['failures'] }} */
function readList(path) {
  try {
    const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
    return { ran: lines.find(({ ran }) => ran !== undefined)?.ran ?? 0, failures: lines.filter(({ name }) => name && !name.endsWith('.mjs')) };
  } catch {
    return { ran: 0, failures: [] }; // It was ended before it wrote any.
  }
}

/** @param {Run} run */
function list({ file, failures }) {
  for (const { name, lines } of failures) console.log(`✖ ${basename(file)}: ${name}\n${lines.map((line) => `    ${line}`).join('\n')}`);
}

const files = process.argv.length > 2 ? process.argv.slice(2)
  : readdirSync(HERE).filter((name) => name.endsWith('.test.mjs')).sort().map((name) => join(HERE, name));
const rank = (/** @type {string} */ file) => (LONG.indexOf(basename(file, '.test.mjs')) + LONG.length + 1) % (LONG.length + 1);
const queue = [...files].sort((a, b) => rank(a) - rank(b));

/** @type {Run[]} */
const first = [];
await Promise.all(Array.from({ length: JOBS }, async () => {
  for (let file = queue.shift(); file; file = queue.shift()) first.push(await run(file, 'first'));
}));

/** @type {Run[]} */
const again = [];
for (const { file, passed } of first) if (!passed) again.push(await run(file, 'again'));

const flaky = again.filter(({ passed }) => passed).map(({ file }) => file);
const lost = again.filter(({ passed }) => !passed);
console.log(`== ${files.length} files, ${JOBS} at a time; slowest: ${[...first].sort((a, b) => b.seconds - a.seconds).slice(0, 5).map((run) => `${basename(run.file)} ${run.seconds} s`).join(', ')}`);
for (const run of first) if (flaky.includes(run.file)) list(run);
if (flaky.length) console.log(`These failed once and passed alone: ${flaky.map((file) => basename(file)).join(' ')}`);
for (const run of lost) list(run);
if (lost.length) {
  console.log(`Failed twice: ${lost.map(({ file }) => basename(file)).join(' ')}`);
  process.exitCode = 1;
}
