/** The articles that are measured: the real corpus where it is, else made-up ones. */
import { createReadStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { CORPORA, ROOT } from './places.mjs';
import { makeArticles } from './synthetic.mjs';
import { unpack } from './unpack.mjs';

/**
 * @typedef {object} Corpus
 * @property {string} name what the table calls it
 * @property {boolean} real false for made-up articles
 * @property {string} file unpacked, one JSON object a line
 * @property {number} articles
 * @property {number} bytes UTF-8 bytes of all titles, leads and bodies
 * @property {Lead[]} leads where queries come from
 * @property {Lead[]} titles likewise
 */
/** @typedef {{ id: string, text: string }} Lead */

/** Which file a size is read from, and how many of its first articles. */
const SIZES = {
  '1k': { from: '10k', first: 1000 },
  '10k': { from: '10k', first: Infinity },
  '100k': { from: '100k', first: Infinity },
};

/** Made-up articles stand in for the small sizes only: the large one is about volume. */
const SYNTHETIC = { '1k': 1000, '10k': 2000, '100k': 0 };

/**
 * @param {keyof typeof SIZES} size
 * @param {string} folder for the unpacked file
 * @param {boolean} synthetic made-up articles in any case
 * @returns {Promise<Corpus | null>} null: the large one is not here
 */
export async function corpus(size, folder, synthetic) {
  const { from, first } = SIZES[size];
  const packed = join(CORPORA, `news_${from}.jsonl.zst`);
  const file = join(folder, `${size}.jsonl`);
  const real = !synthetic && existsSync(packed);
  if (!real && !SYNTHETIC[size]) return null;
  if (real) await unpack(packed, file);
  else writeFileSync(file, makeArticles(SYNTHETIC[size]).map((article) => JSON.stringify(article) + '\n').join(''));
  if (first < Infinity) writeFileSync(file, readFileSync(file, 'utf8').split('\n').slice(0, first).join('\n') + '\n');
  const facts = await readThrough(file);
  const name = real ? (first < Infinity ? `the first ${first} of news_${from}` : `news_${from}`) : `made up from www/sample${synthetic ? '' : ` (${relative(ROOT, packed)} is not here)`}`;
  return { name, real, file, ...facts };
}

/** @param {string} file */
async function readThrough(file) {
  let articles = 0;
  let bytes = 0;
  /** @type {Lead[]} */
  const leads = [];
  /** @type {Lead[]} */
  const titles = [];
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (!line) continue;
    const { id, title = '', lead = '', body = '' } = JSON.parse(line);
    articles += 1;
    for (const text of [title, lead, body]) bytes += Buffer.byteLength(text ?? '');
    if (lead) leads.push({ id: String(id), text: lead });
    if (title) titles.push({ id: String(id), text: title });
  }
  return { articles, bytes, leads, titles };
}
