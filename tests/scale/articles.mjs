/**
 * The articles that the test builds libraries of.
 *
 *     node tests/scale/articles.mjs made FOLDER    made-up ones, in several files
 *     node tests/scale/articles.mjs news FOLDER    the news of the shared corpora; exit status 3 when they are not there
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORPORA } from '../bench/places.mjs';
import { makeArticles } from '../bench/synthetic.mjs';
import { unpack } from '../bench/unpack.mjs';

const ARTICLES = 6000;
const FILES = 5;
const NOT_HERE = 3;

const [, , what, folder] = process.argv;
mkdirSync(folder, { recursive: true });
if (what === 'made') writeMade();
else await unpackNews();

/** Dates in both forms that portals write, and every ninth article without one: those must not be lost. */
function writeMade() {
  const lines = makeArticles(ARTICLES).map(({ date, ...article }, index) => {
    const dates = [{ date }, { date: date.split('-').reverse().join('/') }, { published: date }];
    return JSON.stringify({ ...article, ...(index % 9 && dates[index % 3]) }) + '\n';
  });
  for (let file = 0; file < FILES; file += 1) {
    writeFileSync(join(folder, `made-${file}.jsonl`), lines.filter((_, index) => index % FILES === file).join(''));
  }
}

async function unpackNews() {
  const packed = join(CORPORA, 'news_10k.jsonl.zst');
  if (existsSync(packed)) await unpack(packed, join(folder, 'news.jsonl'));
  else process.exit(NOT_HERE);
}
