/**
 * How much code does a reader's browser fetch before the first search?
 *
 *     node tests/tools/code-size.mjs DIST
 *
 * Follows the imports of timdoc.js, at once or later, and adds the wasm; each file counts as it
 * goes over the wire, gzipped on its own. What only reading an article needs is left out.
 * Exit status 1 when it grows beyond the ceiling, which is lowered until it is the budget.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET = 70_000; // bytes
const CEILING = 132_000; // bytes, what it may weigh today

/** Fetched only after the first search, or in the place of another. */
const LATER = new Set([
  'element/reader-app.js', 'element/offline-view.js',
  'element/offline-control.js', 'element/offline-reading.js', 'element/offline-said.js', 'element/offline-start.js', 'element/version-notes.js', 'i18n/offline.js', 'i18n/faults.js', 'lib/keeper.js',
  'lib/integrity.js', 'lib/offline.js', 'lib/storage.js', 'i18n/en.js', 'i18n/reading.js', 'i18n/reading-vi.js', 'i18n/reading-en.js', 'lib/facts.js', 'lib/stated.js', 'element/stated-dialog.js', 'element/search-dialog.js', 'element/after-results.js', 'element/more-results.js', 'element/search-compact.js', 'element/verbatim.js', 'element/facet-narrow.js', 'element/advice.js', 'i18n/advice.js',
]);

const root = resolve(process.argv[2] ?? 'dist');
/** @type {Map<string, number>} path in dist/ → bytes on the wire */
const sizes = new Map();

/** The relative addresses that a module imports, or names as `new URL('…', import.meta.url)`. */
function imports(source) {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const forms = [
    /\b(?:import|export)\b[^'"`;()]*?\bfrom\s*['"](\.[^'"]+)['"]/g,
    /\bimport\s*['"](\.[^'"]+)['"]/g,
    /\bimport\s*\(\s*['"`](\.[^'"`]+)['"`]/g,
    /\bnew URL\(\s*['"`]([^'"`]+)['"`]\s*,\s*import\.meta\.url/g,
  ];
  return forms.flatMap((form) => [...code.matchAll(form)].map((match) => match[1]));
}

/** @returns {never} */
function fail(message) {
  console.error(message);
  process.exit(1);
}

function add(file) {
  const name = relative(root, file);
  if (sizes.has(name) || LATER.has(name)) return;
  const bytes = readFileSync(file);
  sizes.set(name, gzipSync(bytes, { level: 9 }).length);
  if (!/\.m?js$/.test(name)) return;
  for (const address of imports(bytes.toString())) {
    if (!/\.(m?js|wasm)$/.test(address)) continue;
    const target = resolve(file, '..', address);
    if (!existsSync(target)) fail(`${name} imports '${address}', which is not in dist/`);
    add(target);
  }
}

add(join(root, 'timdoc.js'));
add(join(root, 'wasm/timdoc.js'));
add(join(root, 'wasm/timdoc_bg.wasm'));

const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
const kb = (/** @type {number} */ bytes) => (bytes / 1000).toFixed(1).padStart(7);
for (const [name, size] of [...sizes].sort((a, b) => b[1] - a[1])) console.log(`${kb(size)} KB  ${name}`);
console.log(`${kb(total)} KB  code on the wire before the first search, gzipped; budget ${BUDGET / 1000} KB, ceiling ${CEILING / 1000} KB`);
const rest = gzipSync(readFileSync(join(root, 'wasm/timdoc_rest.wasm')), { level: 9 }).length;
console.log(`${kb(rest)} KB  the rest of the engine, after it: wasm/timdoc_rest.wasm`);
if (total > BUDGET) console.log(`${kb(total - BUDGET)} KB  over the budget`);
process.exit(total > CEILING ? 1 : 0);
