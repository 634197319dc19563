/** What supply.mjs and licenses.mjs share: the crates of Cargo.lock as cargo sees them, and licence expressions. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @typedef {{ id: string, name: string, version: string, license: string | null, license_file: string | null,
 *   authors: string[], source: string | null, manifest_path: string, targets: { kind: string[] }[] }} Crate
 * @typedef {{ id: string, deps: { pkg: string, dep_kinds: { kind: string | null, target: string | null }[] }[] }} Node
 */

/**
 * @param {string[]} options of cargo metadata
 * @returns {{ packages: Crate[], resolve: { root: string, nodes: Node[] } }}
 */
export function metadata(...options) {
  const text = execFileSync('cargo', ['metadata', '--format-version', '1', '--locked', ...options], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 });
  return JSON.parse(text);
}

/**
 * The alternatives of a licence expression, each the licences that hold together: `(A OR B) AND C` gives [[A, C], [B, C]].
 * `A/B` is how old manifests write `A OR B`.
 *
 * @param {string} expression SPDX
 * @returns {string[][]}
 */
export function alternatives(expression) {
  const words = expression.replaceAll('/', ' OR ').replace(/[()]/g, ' $& ').trim().split(/\s+/);
  let at = 0;
  const any = () => {
    let found = all();
    for (; words[at] === 'OR'; ) found = (at += 1, [...found, ...all()]);
    return found;
  };
  const all = () => {
    let found = one();
    for (; words[at] === 'AND'; ) {
      at += 1;
      const next = one();
      found = found.flatMap((left) => next.map((right) => [...left, ...right]));
    }
    return found;
  };
  /** @returns {string[][]} */
  const one = () => {
    if (words[at] === '(') {
      at += 1;
      const inner = any();
      at += 1;
      return inner;
    }
    let name = words[at++] ?? '';
    if (words[at] === 'WITH') name += ` WITH ${words[(at += 2) - 1]}`;
    return [[name]];
  };
  const found = any();
  if (at !== words.length || found.flat().some((name) => !/^[A-Za-z0-9]/.test(name))) throw new Error(`not a licence expression: ${expression}`);
  return found;
}
