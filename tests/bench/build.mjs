/** `timdoc build`, timed and weighed, and what it made. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { median } from './stats.mjs';

/** @typedef {{ seconds: number, cpu: number, megabytes: number }} Run `cpu` seconds and peak memory: NaN where not known */

const TIME = '/usr/bin/time';

/**
 * The median of several builds, each a process of its own. The library of the last one stays.
 *
 * @param {string} tool
 * @param {string} input
 * @param {string} out
 * @param {{ runs: number, threads?: number }} how
 * @returns {Promise<Run & { runs: Run[] }>}
 */
export async function measureBuild(tool, input, out, { runs, threads }) {
  /** @type {Run[]} */
  const all = [];
  for (let run = 0; run < runs; run += 1) {
    rmSync(out, { recursive: true, force: true });
    all.push(await timed(tool, ['build', input, '--out', out, ...(threads ? ['--threads', String(threads)] : [])], out + '.time'));
  }
  const middle = (/** @type {keyof Run} */ what) => median(all.map((run) => run[what]));
  return { seconds: middle('seconds'), cpu: middle('cpu'), megabytes: middle('megabytes'), runs: all };
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} report file for what `time` says
 * @returns {Promise<Run>}
 */
async function timed(command, args, report) {
  const gnu = existsSync(TIME) && spawnSync(TIME, ['-v', 'true'], { stdio: 'ignore' }).status === 0;
  const line = gnu ? [TIME, '-v', '-o', report, command, ...args] : [command, ...args];
  const start = process.hrtime.bigint();
  const child = spawn(line[0], line.slice(1), { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (errors = (errors + text).slice(-4000)));
  let highest = NaN;
  const watch = gnu ? undefined : setInterval(() => (highest = highWater(child.pid) ?? highest), 20);
  const code = await new Promise((done, failed) => child.once('close', done).once('error', failed));
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  clearInterval(watch);
  if (code !== 0) throw new Error(`${args.slice(0, 2).join(' ')}: exit ${code}\n${errors.trim()}`);
  if (!gnu) return { seconds, cpu: NaN, megabytes: highest };
  const said = readFileSync(report, 'utf8');
  const field = (/** @type {string} */ name) => Number(new RegExp(`${name}[^:]*: ([\\d.]+)`).exec(said)?.[1] ?? NaN);
  return { seconds, cpu: field('User time') + field('System time'), megabytes: (field('Maximum resident set size') * 1024) / 1e6 };
}

/** Most memory a process has had so far, in megabytes, where the system tells. @param {number | undefined} pid */
function highWater(pid) {
  try {
    const kilobytes = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes ? (Number(kilobytes) * 1024) / 1e6 : undefined;
  } catch {
    return undefined; // It has ended, or there is no /proc.
  }
}

/** @typedef {{ bytes: number, files: number, parts: Record<string, number>, inspected: any }} Made */

/**
 * @param {string} tool
 * @param {string} bundle
 * @returns {Made}
 */
export function weigh(tool, bundle) {
  const names = readdirSync(bundle, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = names.reduce((sum, entry) => sum + statSync(join(entry.parentPath ?? entry.path, entry.name)).size, 0);
  const { status, stdout, stderr } = spawnSync(tool, ['inspect', bundle, '--json'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`timdoc inspect: exit ${status}: ${stderr.trim()}`);
  const inspected = JSON.parse(stdout);
  return { bytes, files: names.length, parts: parts(inspected), inspected };
}

/** Every `…_bytes` that `inspect` states, of all segments together. @param {any} inspected */
function parts(inspected) {
  /** @type {Record<string, number>} */
  const found = {};
  for (const holder of [inspected, ...(inspected.segments ?? [])]) {
    for (const [name, value] of Object.entries(holder)) {
      const part = /^(.+)_bytes$/.exec(name)?.[1];
      if (part && typeof value === 'number') found[part] = (found[part] ?? 0) + value;
    }
  }
  return found;
}
