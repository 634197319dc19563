/** The articles that are measured: the real corpus where it is, else made-up ones. */
import { spawn, spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import { makeArticles } from './synthetic.mjs';

/**
 * @typedef {object} Corpus
 * @property {string} name what the table calls it
 * @property {boolean} real false for made-up articles
 * @property {string} file unpacked, one JSON object a line
 * @property {number} articles
 * @property {number} bytes UTF-8 bytes of all titles, leads and bodies
 * @property {Lead[]} leads where queries come from
 */
/** @typedef {{ id: string, text: string }} Lead */

const CORPORA = resolve(import.meta.dirname, '../../../shared/corpora');
const SYNTHETIC = 2000;

/**
 * @param {'10k' | '100k'} size
 * @param {string} folder for the unpacked file
 * @param {boolean} synthetic made-up articles in any case
 * @returns {Promise<Corpus | null>} null: the large one is not here
 */
export async function corpus(size, folder, synthetic) {
  const packed = join(CORPORA, `news_${size}.jsonl.zst`);
  const file = join(folder, `${size}.jsonl`);
  const real = !synthetic && existsSync(packed);
  if (!real && size !== '10k') return null;
  if (real) await unpack(packed, file);
  else writeFileSync(file, makeArticles(SYNTHETIC).map((article) => JSON.stringify(article) + '\n').join(''));
  const facts = await readThrough(file);
  const name = real ? `news_${size}` : `made up from www/sample${synthetic ? '' : ` (${packed} is not here)`}`;
  return { name, real, file, ...facts };
}

/** @param {string} file */
async function readThrough(file) {
  let articles = 0;
  let bytes = 0;
  /** @type {Lead[]} */
  const leads = [];
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (!line) continue;
    const { id, title = '', lead = '', body = '' } = JSON.parse(line);
    articles += 1;
    for (const text of [title, lead, body]) bytes += Buffer.byteLength(text ?? '');
    if (lead) leads.push({ id: String(id), text: lead });
  }
  return { articles, bytes, leads };
}

const PYTHON = `import sys
try: import zstandard
except ImportError: sys.exit(3)
zstandard.ZstdDecompressor(max_window_size=1<<27).copy_stream(open(sys.argv[1], "rb"), sys.stdout.buffer)`;

/**
 * @param {string} packed
 * @param {string} file
 */
async function unpack(packed, file) {
  if (works('zstd', '--version')) return pipe('zstd', ['-dc', '--long=27', packed], file);
  const decoder = /** @type {any} */ (zlib).createZstdDecompress;
  if (decoder) {
    const params = { [/** @type {any} */ (zlib.constants).ZSTD_d_windowLogMax]: 27 };
    return pipeline(createReadStream(packed), decoder({ params }), createWriteStream(file));
  }
  if (works('python3', '-c', 'import zstandard')) return pipe('python3', ['-c', PYTHON, packed], file);
  throw new Error(`${packed} cannot be unpacked: there is no zstd, this Node (${process.version}) has none, and Python has ` +
    "no 'zstandard'. To mend: install one, for example 'apt-get install zstd'; or run with --synthetic.");
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
