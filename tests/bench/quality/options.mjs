/** What the command line asks of the measurements of quality. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError, count } from '../options.mjs';
import { ROOT } from '../places.mjs';
import { KNOWN_IDS } from './known.mjs';
import { RETRIEVAL_IDS } from './retrieval.mjs';

/** @type {Record<string, string[]>} */
const GROUPS = { retrieval: RETRIEVAL_IDS, known: KNOWN_IDS };

export const HELP = `./build.sh bench quality [OPTIONS]

Measures relevance over judged queries and known items, and prints it as one table with the floors. It needs
the shared corpora, in ../shared or where TIMDOC_SHARED says; without them it says so and succeeds.

  --sets A,B       only these sets, or the groups retrieval, known
  --seed N         another sample of known items (1)
  --articles N     how many of them (300)
  --failures N     list up to N queries of each set whose article did not come first, the worst first
  --cli PATH       measure another timdoc (target/release/timdoc)
  --out FILE       keep the figures
  --against FILE   compare with kept figures; exits with 1 when one dropped by more than 0.005
  --help           this text

Sets: ${[...RETRIEVAL_IDS, ...KNOWN_IDS].join(' ')}
`.replace(/^Sets: .*/m, (line) => line.replace(/(.{1,100})(?: |$)/g, '$1\n      ').trimEnd());

/** @param {string[]} args */
export function readOptions(args) {
  const values = parse(args);
  const names = values.sets?.split(',') ?? Object.keys(GROUPS);
  const known = Object.values(GROUPS).flat();
  const unknown = names.find((name) => !GROUPS[name] && !known.includes(name));
  if (unknown !== undefined) throw new UsageError(`there is no set '${unknown}'`);
  return {
    help: values.help ?? false,
    sets: new Set(names.flatMap((name) => GROUPS[name] ?? [name])),
    seed: count('seed', values.seed, 1),
    articles: count('articles', values.articles, 300),
    failures: values.failures === undefined ? 0 : count('failures', values.failures, 0),
    cli: values.cli ?? join(ROOT, 'target/release/timdoc'),
    out: values.out,
    against: values.against,
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        sets: { type: 'string' }, seed: { type: 'string' }, articles: { type: 'string' }, failures: { type: 'string' }, cli: { type: 'string' },
        out: { type: 'string' }, against: { type: 'string' }, help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(/** @type {Error} */ (error).message);
  }
}
