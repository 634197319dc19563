/** What the command line asks of the bench of peers. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError, count } from '../options.mjs';
import { ROOT } from '../places.mjs';
import { PEERS } from './peers.mjs';

const SIZES = /** @type {const} */ (['1k', '10k', '100k']);

/** Beside the peers of the browser. */
export const TANTIVY = 'tantivy';

const NAMES = [...PEERS.map(({ id }) => id), TANTIVY];

export const HELP = `./build.sh bench peers [OPTIONS]

Measures timdoc and its peers on the same articles, in the same Chromium, and writes the table. Timings are never gates.

  --sizes SIZE,…   of ${SIZES.join(', ')} articles (1k,10k)
  --large          also 100k: up to two hours, and 10 GB in the temporary folder
  --only PEER,…    of ${NAMES.join(', ')}
  --queries N      first searches a peer, as far as time allows (20)
  --warm N         searches in an open page (300)
  --synthetic      made-up articles from www/sample, also where the corpus is
  --out FILE       the table (tests/bench/RESULTS.md)
  --help           this text
`;

/** @typedef {ReturnType<typeof readOptions>} Options */

/** @param {string[]} args */
export function readOptions(args) {
  const values = parse(args);
  const sizes = choice('sizes', values.sizes, SIZES, ['1k', '10k']);
  if (values.large && !sizes.includes('100k')) sizes.push('100k');
  return {
    help: values.help ?? false,
    sizes,
    only: choice('only', values.only, NAMES, NAMES),
    queries: count('queries', values.queries, 20),
    warm: count('warm', values.warm, 300),
    synthetic: values.synthetic ?? false,
    out: values.out ?? join(ROOT, 'tests/bench/RESULTS.md'),
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        sizes: { type: 'string' }, only: { type: 'string' }, queries: { type: 'string' }, warm: { type: 'string' }, out: { type: 'string' },
        large: { type: 'boolean' }, synthetic: { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(/** @type {Error} */ (error).message);
  }
}

/**
 * @template {string} T
 * @param {string} name
 * @param {string | undefined} text
 * @param {readonly T[]} known
 * @param {readonly T[]} otherwise
 * @returns {T[]}
 */
function choice(name, text, known, otherwise) {
  const chosen = text?.split(',') ?? otherwise;
  const unknown = chosen.find((one) => !known.includes(/** @type {T} */ (one)));
  if (unknown !== undefined) throw new UsageError(`--${name} knows ${known.join(', ')}, not '${unknown}'`);
  return /** @type {T[]} */ ([...chosen]);
}
