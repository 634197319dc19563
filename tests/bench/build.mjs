/** `timdoc build`, timed and weighed, and what it made. */
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { median } from './stats.mjs';
import { timed } from './timed.mjs';

/** @typedef {import('./timed.mjs').Run} Run */

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
    all.push(await timed(tool, ['build', input, '--out', out, ...(threads ? ['--threads', String(threads)] : [])], { report: out + '.time' }));
  }
  const middle = (/** @type {keyof Run} */ what) => median(all.map((run) => run[what]));
  return { seconds: middle('seconds'), cpu: middle('cpu'), megabytes: middle('megabytes'), runs: all };
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
