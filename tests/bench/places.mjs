/** Where things are that the measurements share. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Real articles and judged queries, which may not be copied into the project. */
export const CORPORA = join(process.env.TIMDOC_SHARED ?? join(ROOT, '../shared'), 'corpora');

/** The command line tool. */
export const TIMDOC = process.env.TIMDOC ?? join(ROOT, 'target/release/timdoc');
