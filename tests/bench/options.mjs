/** What the command line asks of the bench. */
import { parseArgs } from 'node:util';

export const HELP = `./build.sh bench [OPTIONS]

Measures the budgets of DESIGN.md and prints them as one table. Timings are never gates.

  --large          also 100,000 articles (takes some minutes and 2 GB in the temporary folder)
  --queries N      queries with a cold cache (40)
  --warm N         queries with a warm cache (300)
  --runs N         builds of each kind, of which the median counts (3; the 100,000 are built once)
  --only PART,…    only these parts: code, cold, warm, build, offline
  --synthetic      a made-up library from www/sample, also where the corpus is
  --gates          only what 'check' holds against the ceilings of tests/bench/gates.json: bytes, requests and round
                   trips of a first search, and the size offline; exits with 1 above one
  --trace          the requests of the worst cold queries and of a visit, one by one
  --json FILE      keep the figures
  --against FILE   print ratios to kept figures
  --help           this text
`;

export const PARTS = ['code', 'cold', 'warm', 'build', 'offline'];

/** @typedef {ReturnType<typeof readOptions>} Options */

/** A command line that cannot be obeyed. */
export class UsageError extends Error {}

/** @param {string[]} args */
export function readOptions(args) {
  const { values, positionals } = parse(args);
  if (positionals.length) throw new UsageError(`there is no part '${positionals[0]}'`);
  const parts = values.gates ? ['cold', 'offline'] : values.only?.split(',') ?? PARTS;
  const unknown = parts.find((part) => !PARTS.includes(part));
  if (unknown) throw new UsageError(`--only knows ${PARTS.join(', ')}, not '${unknown}'`);
  return {
    help: values.help ?? false,
    large: values.large ?? false,
    synthetic: values.synthetic ?? false,
    trace: values.trace ?? false,
    gates: values.gates ?? false,
    json: values.json,
    against: values.against,
    parts: new Set(parts),
    queries: count('queries', values.queries, values.gates ? 20 : 40),
    warm: count('warm', values.warm, 300),
    runs: count('runs', values.runs, 3),
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        large: { type: 'boolean' }, synthetic: { type: 'boolean' }, trace: { type: 'boolean' }, gates: { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
        queries: { type: 'string' }, warm: { type: 'string' }, runs: { type: 'string' }, only: { type: 'string' },
        json: { type: 'string' }, against: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(/** @type {Error} */ (error).message);
  }
}

/**
 * @param {string} name
 * @param {string | undefined} text
 * @param {number} otherwise
 */
export function count(name, text, otherwise) {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new UsageError(`--${name} wants a whole number above 0, not '${text}'`);
  return value;
}
