/**
 * What a reader does first: the searches by which split.mjs tells what of the engine must be there at once.
 *
 *     node tests/tools/first-searches.mjs COUNT NAME    writes made-up articles for a library
 *
 * They only decide what is loaded later, never an answer. They are made from the sample articles and from made-up ones, as
 * readers search: some words of an article, with marks and without, a word half typed, the number of a document.
 */
import { readFileSync, readdirSync, realpathSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { spanQueries, titleQueries } from '../bench/queries.mjs';
import { makeArticles } from '../bench/synthetic.mjs';

/** By hand: what spans of leads are not. */
const TYPED = [
  'học', 'hoc', 'hoc t', 'hoc tap', 'học tập và làm theo Bác', 'hoc tap va lam theo bac', 'chuyen doi s', 'nghị quyết',
  'nong thon moi', 'Nông thôn mới', 'phường Thao Giang', 'song thao', 'an ninh tr', 'bầu cử', 'trường', 'truong hoc',
  'khai giang nam hoc moi', 'le hoi den thuong', 'tiem vac xin', 'thi dua khen thuong',
];
/** How many spans of leads, of them half-typed, and titles; half of all without marks. */
const SPANS = 60;
const UNFINISHED = 60;
const TITLES = 20;
/** What fewer of the searches run is loaded later. */
const RARE = 0.02;


/**
 * Searches every library of a folder as its first readers would.
 *
 * @param {Uint8Array} wasm with an exported flag `ran$N` for its function N, which is set when that runs
 * @param {string} glue of wasm-bindgen, for the web
 * @param {string} libraries
 * @returns {Promise<(at: number) => boolean>} whether a function is run by more than a few of the searches
 */
export async function searchFirst(wasm, glue, libraries) {
  const folder = await mkdtemp(join(tmpdir(), 'first-'));
  try {
    const module = join(folder, 'glue.mjs');
    await writeFile(module, readFileSync(glue));
    const compiled = new WebAssembly.Module(wasm);
    /** @type {number[]} */
    const runs = [];
    let searches = 0;
    for (const name of readdirSync(libraries).sort()) {
      for (const text of queries()) {
        // An instance of its own for each: what is done once is done by every reader's first search.
        const { Engine, initSync } = await import(`${pathToFileURL(module).href}?${searches}`);
        const exports = initSync({ module: compiled });
        search(Engine, join(libraries, name), text);
        searches += 1;
        for (let at = 0; exports[`ran$${at}`]; at += 1) runs[at] = (runs[at] ?? 0) + exports[`ran$${at}`].value;
      }
    }
    return (at) => runs[at] >= searches * RARE;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function queries() {
  const articles = makeArticles(400);
  const leads = articles.map(({ id, lead }) => ({ id, text: lead }));
  const unfinished = (/** @type {string} */ text) => text.replace(/^(\S+ \S+ \S{1,2}).*/, '$1');
  return [
    ...TYPED,
    ...spanQueries(leads, SPANS, 11).map(({ text }) => text),
    ...spanQueries(leads, UNFINISHED, 12).map(({ text }) => unfinished(text)),
    ...titleQueries(articles.map(({ id, title }) => ({ id, text: title })), TITLES, 13).map(({ text }) => text),
  ];
}

/** One search in a library that was just opened. */
function search(Engine, folder, text) {
  const read = (/** @type {string} */ name) => new Uint8Array(readFileSync(join(folder, name)));
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  // A head is deflated after its length.
  const heads = manifest.segments.map(({ head }) => new Uint8Array(inflateRawSync(read(head.file).subarray(4))));
  const dictionaries = manifest.segments.map(({ dictionary }) => inflateRawSync(read(dictionary.file)));
  const engine = new Engine(manifest, heads);
  engine.info();
  engine.files();
  engine.weights();
  engine.begin();
  for (;;) {
    const { ready, needs } = engine.search({ text, prefix: true, filters: {}, sort: 'relevance', limit: 10, offset: 0 });
    if (ready) break;
    for (const { file, start, end } of needs.ranges) engine.supply(file, start, read(file).slice(start, end));
    for (const { segment, doc, deflated } of needs.inflate) {
      const dictionary = dictionaries[segment];
      engine.supply_article(segment, doc, new Uint8Array(inflateRawSync(deflated, dictionary.length ? { dictionary } : {})));
    }
  }
  engine.free();
}

// Called by itself with a number and a name: so many made-up articles for a library, as lines of JSON.
if (process.argv[1] && realpathSync(process.argv[1]) === import.meta.filename) {
  const [count, name] = process.argv.slice(2);
  for (const article of makeArticles(Number(count))) console.log(JSON.stringify({ ...article, id: `${name}-${article.id}` }));
}
