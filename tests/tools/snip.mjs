/**
 * Takes the words of panics out of the engine: `node tests/tools/snip.mjs IN.wasm OUT.wasm`.
 *
 * A panic in the browser is a trap: nobody sees its message, yet the code that would write it stays in. The functions
 * named here never return; each becomes the trap that it ends in, and wasm-opt then drops what only they called: 2 % of
 * the code on the wire. It needs the names of functions, so it comes before wasm-opt.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const NEVER_RETURN = new RegExp([
  /core(\[\w+\])?::panicking::(panic|assert_failed|unreachable|panic_\w+)/,
  /core(\[\w+\])?::(option|result)::(expect|unwrap)_failed/,
  /::(slice_index_fail|slice_error_fail|slice_error_fail_rt|len_mismatch_fail|panic_access_error)(::h\w+)?$/,
  /::(handle_alloc_error|rust_begin_unwind|rust_panic|__rust_start_panic|__rust_alloc_error_handler)(::h\w+)?$/,
  /alloc(\[\w+\])?::raw_vec::(handle_error|capacity_overflow)/,
].map(({ source }) => source).join('|'));

const [from, to] = process.argv.slice(2);
if (!from || !to) {
  console.error('usage: node tests/tools/snip.mjs IN.wasm OUT.wasm');
  process.exit(2);
}
// Beside wasm-opt, which is of the same package.
const require = createRequire(resolve(import.meta.dirname, '../browser/package.json'));
const { default: binaryen } = await import(require.resolve('binaryen'));
binaryen.setDebugInfo(true); // split.mjs wants the names too
const module = binaryen.readBinary(readFileSync(from));
let snipped = 0;
for (let at = 0; at < module.getNumFunctions(); at += 1) {
  const found = module.getFunctionByIndex(at);
  const { name, module: imported } = binaryen.getFunctionInfo(found);
  if (imported || !NEVER_RETURN.test(name)) continue;
  binaryen.Function(found).body = module.unreachable();
  snipped += 1;
}
if (!snipped) throw new Error('snip: no function is known: names of functions are gone, or those of panics have changed');
writeFileSync(to, module.emitBinary());
console.error(`snip: ${snipped} functions of panics are traps`);
