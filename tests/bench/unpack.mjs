/** Unpacks .zst files with what the machine has. */
import { spawn, spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';

const PYTHON = `import sys
try: import zstandard
except ImportError: sys.exit(3)
zstandard.ZstdDecompressor(max_window_size=1<<27).copy_stream(open(sys.argv[1], "rb"), sys.stdout.buffer)`;

/**
 * @param {string} packed
 * @param {string} file
 */
export async function unpack(packed, file) {
  if (works('zstd', '--version')) return pipe('zstd', ['-dc', '--long=27', packed], file);
  const decoder = /** @type {any} */ (zlib).createZstdDecompress;
  if (decoder) {
    const params = { [/** @type {any} */ (zlib.constants).ZSTD_d_windowLogMax]: 27 };
    return pipeline(createReadStream(packed), decoder({ params }), createWriteStream(file));
  }
  if (works('python3', '-c', 'import zstandard')) return pipe('python3', ['-c', PYTHON, packed], file);
  throw new Error(`${packed} cannot be unpacked: there is no zstd, this Node (${process.version}) has none, and Python has ` +
    "no 'zstandard'. To mend: install one, for example 'apt-get install zstd'.");
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function works(command, ...args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} file
 */
async function pipe(command, args, file) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done, failed) => child.once('close', done).once('error', failed));
  await pipeline(child.stdout, createWriteStream(file));
  const code = await ended;
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}: exit ${code}`);
}
