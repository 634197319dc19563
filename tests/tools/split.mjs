/**
 * Splits the engine in two: what a first search runs, and the rest.
 *
 *     node tests/tools/split.mjs ENGINE.wasm GLUE.js LIBRARIES FIRST.wasm REST.wasm
 *
 * ENGINE.wasm is optimised and still has its names; LIBRARIES is a folder of libraries that `first-searches.mjs` searches
 * with a copy of the engine that notes which functions run. Those, and what is always kept, are FIRST.wasm, which also
 * holds the memory, the data and the table. Every other function is REST.wasm; in its place FIRST.wasm has a call of a
 * slot of the table, which stays empty until REST.wasm is instantiated with FIRST.wasm's exports under `p`: a call before
 * that is a trap, after which lib/code.js loads the rest and asks again.
 *
 * FIRST.wasm has the exports that ENGINE.wasm has, and for REST.wasm the table, as `rest:` and a hash of both, so that those
 * of two builds do not go together, `S`, the pointer of the stack (for the page too, which puts it back after a trap), and
 * functions by short names.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { searchFirst } from './first-searches.mjs';

/**
 * Kept whatever is run, by their names: what a trap must not interrupt half-way (memory, references to what is
 * JavaScript's), and what frees things, which are small and many. What wasm-opt made has a number for a name, which is
 * another one each time that a module is read.
 */
const KEPT = /^\d+$|dlmalloc|^__?rust|__rdl_|__rg_|__wbindgen|__externref|externref|RawVec.*grow|finish_grow|drop_in_place|drop_slow|ops::drop::Drop>::drop/;

const [from, glue, libraries, first, rest] = process.argv.slice(2);
if (!rest) {
  console.error('usage: node tests/tools/split.mjs ENGINE.wasm GLUE.js LIBRARIES FIRST.wasm REST.wasm');
  process.exit(2);
}
// Beside wasm-opt, which is of the same package.
const require = createRequire(resolve(import.meta.dirname, '../browser/package.json'));
const { default: binaryen } = await import(require.resolve('binaryen'));
binaryen.setDebugInfo(true);
const engine = readFileSync(from);

/** What a module has, by `get`. @template T @param {number} count @param {(at: number) => T} get @returns {T[]} */
const all = (count, get) => Array.from({ length: count }, (_, at) => get(at));
const functionsOf = (module) => all(module.getNumFunctions(), (at) => binaryen.getFunctionInfo(module.getFunctionByIndex(at)));
const exportsOf = (module) => all(module.getNumExports(), (at) => binaryen.getExportInfo(module.getExportByIndex(at)));

/** Names of functions that a first search runs. */
async function profile() {
  const module = binaryen.readBinary(engine);
  const names = functionsOf(module).filter(({ module }) => !module).map(({ name }) => name);
  for (const [at, name] of names.entries()) {
    const { results, body } = binaryen.getFunctionInfo(module.getFunction(name));
    module.addGlobal(`ran$${at}`, binaryen.i32, true, module.i32.const(0));
    module.addGlobalExport(`ran$${at}`, `ran$${at}`);
    binaryen.Function(module.getFunction(name)).body = module.block(null, [module.global.set(`ran$${at}`, module.i32.const(1)), body], results);
  }
  const ran = await searchFirst(module.emitBinary(), glue, libraries);
  return new Set(names.filter((name, at) => ran(at) || KEPT.test(name)));
}

/** A module's bytes after passes of wasm-opt. @param {Uint8Array} bytes @param {string[]} passes */
function optimised(bytes, ...passes) {
  const folder = mkdtempSync(join(tmpdir(), 'split-'));
  const file = join(folder, 'module.wasm');
  try {
    writeFileSync(file, bytes);
    execFileSync(join(import.meta.dirname, '../browser/node_modules/.bin/wasm-opt'), [
      '--enable-bulk-memory', '--enable-nontrapping-float-to-int', '--enable-sign-ext', '--enable-mutable-globals',
      '--enable-reference-types', ...passes, file, '-o', file,
    ]);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A module without what nothing needs. */
const trimmed = (module) => binaryen.readBinary(optimised(module.emitBinary(), '-g', '--remove-unused-module-elements'));

const ran = await profile();
const functions = functionsOf(binaryen.readBinary(engine));
const later = functions.filter(({ name, module }) => !module && !ran.has(name));

/** The one table of functions, its one segment, and the pointer of the stack, by name. */
const { table, size, segment, stack } = (() => {
  const module = binaryen.readBinary(engine);
  const segments = all(module.getNumElementSegments(), (at) => binaryen.getElementSegmentInfo(module.getElementSegmentByIndex(at)));
  const stacks = all(module.getNumGlobals(), (at) => binaryen.getGlobalInfo(module.getGlobalByIndex(at))).filter(({ mutable }) => mutable);
  if (segments.length !== 1 || stacks.length !== 1) throw new Error('split: one segment of the table and one mutable global are expected');
  const { initial } = binaryen.getTableInfo(module.getTable(segments[0].table));
  return { table: segments[0].table, size: initial, segment: segments[0], stack: stacks[0].name };
})();

/** Puts calls of slots in the place of functions that are loaded later. @param {Map<string, number>} slots */
function withStubs(module, slots) {
  module.addFunctionImport('astray', 'astray', 'astray', binaryen.none, binaryen.none);
  for (const { name, params, results } of later) {
    const slot = slots.get(name);
    const given = binaryen.expandType(params).map((type, at) => module.local.get(at, type));
    binaryen.Function(module.getFunction(name)).body = slot === undefined
      ? module.block(null, [module.call('astray', [], binaryen.none), module.unreachable()]) // Nobody but the rest calls it.
      : module.call_indirect(table, module.i32.const(slot), given, params, results);
  }
  return module;
}

function withTable(module, length) {
  module.removeElementSegment(segment.name);
  module.removeTable(table);
  module.addTable(table, length, length);
}

// First with a slot for each: those that are not called from what stays need none.
const every = new Map(later.map(({ name }, at) => [name, size + at]));
const stubbed = withStubs(binaryen.readBinary(engine), every);
// What is kept may also be called by the rest alone, and call the rest in turn.
for (const name of ran) stubbed.addFunctionExport(name, `kept ${name}`);
const called = new Set(functionsOf(trimmed(stubbed)).map(({ name }) => name));
const entries = later.map(({ name }) => name).filter((name) => called.has(name));
const slots = new Map(entries.map((name, at) => [name, size + at]));
const length = size + slots.size;
const seal = `rest:${createHash('sha256').update(engine).update(entries.join()).digest('hex').slice(0, 16)}`;

const whole = binaryen.readBinary(engine);
for (const { name, params, results, module } of functions) {
  if (!module && !ran.has(name)) continue;
  whole.removeFunction(name);
  whole.addFunctionImport(name, 'p', name, params, results);
}
for (const { name } of exportsOf(whole)) whole.removeExport(name);
withTable(whole, length);
whole.addActiveElementSegment(table, 'later', entries, whole.i32.const(size));
whole.addTableImport(table, 'p', seal);
whole.removeGlobal(stack);
whole.addGlobalImport(stack, 'p', 'S', binaryen.i32, true);
const { name: memory, initial, max } = { name: '0', ...whole.getMemoryInfo() };
whole.setMemory(initial, max ?? -1, null, []); // -1: without a limit
whole.addMemoryImport(memory, 'p', 'memory');
const other = trimmed(whole);
// What the page gives comes through the first part too. Names are kept short.
const short = new Map();
for (const { name, module, base, params, results } of functionsOf(other)) {
  if (!module) continue;
  short.set(base, short.size.toString(36));
  other.removeFunction(name);
  other.addFunctionImport(name, 'p', short.get(base), params, results);
}

const main = withStubs(binaryen.readBinary(engine), slots);
withTable(main, length);
main.addActiveElementSegment(table, segment.name, segment.data, main.i32.const(1));
main.addTableExport(table, seal);
main.addGlobalExport(stack, 'S');
for (const [name, exported] of short) main.addFunctionExport(name, exported);

// What has no slot has no body either: nothing may be left that calls it.
if (functionsOf(trimmed(main)).some(({ module }) => module === 'astray')) throw new Error('split: a function is called that has no slot');

const LAST = ['-Oz', '--skip-pass=inlining-optimizing', '--strip-debug', '--strip-producers', '--strip-target-features'];
writeFileSync(first, optimised(main.emitBinary(), ...LAST));
writeFileSync(rest, optimised(other.emitBinary(), ...LAST));
console.error(`split: ${ran.size} functions of ${functions.length} are run by first searches; ${entries.length} of the others are called from them, ${short.size} called back`);
