/** Building a peer's library: how long, how much memory, within limits. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { median } from '../stats.mjs';
import { timed } from '../timed.mjs';
import { readArticles } from './articles.mjs';
import { repeat } from './repeat.mjs';

/** @typedef {{ seconds: number, cpu: number, megabytes: number, runs: number }} Build medians; `cpu`: seconds of processor */

/** Past this an engine is not for such a library, and the machine is wanted by others. */
export const LIMITS = { seconds: 15 * 60, megabytes: 8000 };

/** Builds are repeated while they are short. */
const PATIENCE = { most: 3, seconds: 60 };

/**
 * The library of the last build stays in the folder.
 *
 * @param {import('./engines/peer.d.ts').Peer} peer
 * @param {string} articles
 * @param {string} folder
 * @param {string} portal folder for what the portal has anyway
 * @returns {Promise<Build>}
 */
export async function buildPeer(peer, articles, folder, portal) {
  await peer.prepare?.(readArticles(articles), portal);
  const { command, args } = peer.command?.(articles, folder, portal) ?? {
    command: process.execPath,
    args: [`--max-old-space-size=${LIMITS.megabytes}`, join(import.meta.dirname, 'build-one.mjs'), peer.id, articles, folder],
  };
  const runs = await repeat(PATIENCE, () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    return timed(command, args, { report: `${folder}.time`, limits: LIMITS });
  });
  const middle = (/** @type {'seconds' | 'cpu' | 'megabytes'} */ what) => median(runs.map((run) => run[what]));
  return { seconds: middle('seconds'), cpu: middle('cpu'), megabytes: middle('megabytes'), runs: runs.length };
}
