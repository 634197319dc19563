/** The articles that are measured: the real corpus where it is, else made-up ones. */
import { createReadStream, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CORPORA } from './places.mjs';
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
 */
/** @typedef {{ id: string, text: string }} Lead */

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
