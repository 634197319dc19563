/** A process of its own, timed and weighed, and ended when it takes more than it may. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ seconds: number, cpu: number, megabytes: number }} Run `cpu` seconds and peak memory: NaN where not known */
/** @typedef {{ seconds: number, megabytes: number }} Limits of the process and all it starts, together */

const TIME = '/usr/bin/time';

/** Milliseconds between two looks at what a process with limits takes. */
const WATCH = 250;

/** The process was ended because it took more than its limits. */
export class LimitError extends Error {}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ report: string, limits?: Limits }} how `report`: file for what `time` says
 * @returns {Promise<Run & { output: string }>} `output`: what it printed
 */
export async function timed(command, args, { report, limits }) {
  const gnu = existsSync(TIME) && spawnSync(TIME, ['-v', 'true'], { stdio: 'ignore' }).status === 0;
  const line = gnu ? [TIME, '-v', '-o', report, command, ...args] : [command, ...args];
  const start = process.hrtime.bigint();
  const elapsed = () => Number(process.hrtime.bigint() - start) / 1e9;
  // In a group of its own, so that it can be ended with all it has started.
  const child = spawn(line[0], line.slice(1), { stdio: ['ignore', 'pipe', 'pipe'], detached: Boolean(limits) });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (errors = (errors + text).slice(-4000)));
  let highest = NaN;
  const watch = gnu ? undefined : setInterval(() => (highest = highWater(child.pid) ?? highest), 20);
  const guard = limits && child.pid ? guarded(child.pid, limits, elapsed) : undefined;
  const code = await new Promise((done, failed) => child.once('close', done).once('error', failed)).finally(() => {
    clearInterval(watch);
    guard?.end();
  });
  const seconds = elapsed();
  if (guard?.broken) throw new LimitError(guard.broken);
  if (code !== 0) throw new Error(`${args.slice(0, 2).join(' ')}: exit ${code}\n${errors.trim()}`);
  if (!gnu) return { seconds, cpu: NaN, megabytes: highest, output };
  const said = readFileSync(report, 'utf8');
  const field = (/** @type {string} */ name) => Number(new RegExp(`${name}[^:]*: ([\\d.]+)`).exec(said)?.[1] ?? NaN);
  return { seconds, cpu: field('User time') + field('System time'), megabytes: (field('Maximum resident set size') * 1024) / 1e6, output };
}

/**
 * Ends a group of processes when it passes a limit.
 *
 * @param {number} group
 * @param {Limits} limits
 * @param {() => number} elapsed seconds since it began
 */
function guarded(group, limits, elapsed) {
  const state = { broken: '', end: () => clearInterval(timer) };
  const timer = setInterval(() => {
    const megabytes = groupMemory(group);
    if (megabytes > limits.megabytes) state.broken = `passed ${limits.megabytes} MB after ${Math.round(elapsed())} s`;
    else if (elapsed() > limits.seconds) state.broken = `was not done after ${limits.seconds} s (${Math.round(megabytes)} MB)`;
    if (!state.broken) return;
    state.end();
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // It has ended by itself meanwhile.
    }
  }, WATCH);
  return state;
}

/** Memory of all processes of a group now, in megabytes. @param {number} group */
function groupMemory(group) {
  const { stdout } = spawnSync('ps', ['-e', '-o', 'pgid=', '-o', 'rss='], { encoding: 'utf8' });
  const kilobytes = (stdout ?? '').split('\n').map((line) => line.trim().split(/\s+/).map(Number)).filter(([id]) => id === group);
  return kilobytes.reduce((all, [, its]) => all + its * 1024, 0) / 1e6;
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
