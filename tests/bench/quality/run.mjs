/**
 * The bench of quality: how well the native tool answers. `--help` says what it takes.
 *
 * Where things are: retrieval has the queries of others, known makes some from articles (news reads these, items draws
 * from them, kinds asks for them, with typing and mistakes; phrases says what could be reached); measure runs the tool;
 * floors, report and failures print.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../options.mjs';
import { CORPORA, ROOT } from '../places.mjs';
import { failures } from './failures.mjs';
import { KNOWN_FLOORS } from './floors.mjs';
import { knownSets } from './known.mjs';
import { libraryOf, measure } from './measure.mjs';
import { HELP, readOptions } from './options.mjs';
import { drops, table } from './report.mjs';
import { retrievalSets } from './retrieval.mjs';

/** Says what is under way, on the error stream, so that the output is the table alone. @param {string} text */
const say = (text) => process.stderr.write(`bench quality: ${text}\n`);

/** @param {ReturnType<typeof readOptions>} options */
async function main({ sets: wanted, seed, articles, cli, failures: most, out, against }) {
  if (!existsSync(CORPORA)) return say(`there are no shared corpora (${CORPORA}), so nothing is measured`);
  const kept = against === undefined ? undefined : JSON.parse(readFileSync(against, 'utf8'));
  const folder = join(ROOT, 'target/bench/quality');
  mkdirSync(folder, { recursive: true });
  const sets = [...retrievalSets(wanted), ...(await knownSets(wanted, { articles, seed }, folder))];
  const rows = [];
  const lists = [];
  for (const set of sets) {
    say(set.id);
    const library = await libraryOf(cli, set, folder);
    rows.push({ ...set, measures: measure(cli, set, library, folder) });
    if (most) lists.push(`\n${set.id}\n${failures(cli, set, library, folder, most).join('\n')}`);
  }
  console.log([table(rows), `\n${KNOWN_FLOORS}`, ...lists].join('\n'));
  const run = { schema: 1, date: new Date().toISOString(), seed, articles, sets: rows.map(({ id, measures, perfect }) => ({ id, measures, perfect })) };
  if (out !== undefined) writeFileSync(out, JSON.stringify(run, null, 1) + '\n');
  const worse = kept ? drops(run, kept) : [];
  worse.forEach(say);
  if (worse.length) process.exitCode = 1;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(HELP);
  else await main(options);
} catch (error) {
  say(/** @type {Error} */ (error).message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
