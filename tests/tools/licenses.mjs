/**
 * The licences of what is linked into the engine for the browser and into the command line tool: MIT and others ask for
 * their text beside every copy. `node tests/tools/licenses.mjs` writes www/licenses.txt (which goes into dist/ and
 * the npm package) and src/bin/timdoc/licenses.txt (which `timdoc --licenses` prints); with `--check` it says whether
 * they are as they should be. They are in the repository so that `cargo install` needs nothing to make them.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, alternatives, metadata } from './crates.mjs';

/** Where a crate offers several, the first of these: the short ones. */
const PREFERRED = ['MIT', 'Zlib', 'BSD-3-Clause', 'ISC', 'Unicode-3.0', 'Apache-2.0'];

/** How the text of a licence begins, after title and copyright; and in which file of a crate it is looked for first. */
const TEXTS = /** @type {Record<string, { begins: RegExp, file: RegExp }>} */ ({
  MIT: { begins: /Permission is hereby granted, free of charge/, file: /MIT/i },
  Zlib: { begins: /This software is provided ['‘]as-is['’]/, file: /ZLIB/i },
  'BSD-3-Clause': { begins: /Redistribution and use in source and binary forms/, file: /BSD|3-Clause/i },
  ISC: { begins: /Permission to use, copy, modify/, file: /ISC/i },
  'Unicode-3.0': { begins: /(NOTICE TO USER|Permission is hereby granted, free of charge)/, file: /UNICODE/i },
  'Apache-2.0': { begins: /Apache License/, file: /APACHE/i },
});

/** Code that is not Rust, brought by a crate: its name, licence, and the file that has the text. @type {Record<string, [string, string, string]>} */
const BROUGHT = { 'zstd-sys': ['Zstandard, in C', 'BSD-3-Clause', 'zstd/LICENSE'] };

/** @typedef {import('./crates.mjs').Crate} Crate */

/**
 * The crates that are linked: from timdoc along normal dependencies, without macros and what only they need.
 *
 * @param {string[]} options of cargo metadata
 * @param {(target: string | null) => boolean} isFor whether a dependency for this target counts
 */
function linked(options, isFor) {
  const { packages, resolve } = metadata(...options);
  const crate = new Map(packages.map((found) => [found.id, found]));
  const node = new Map(resolve.nodes.map((found) => [found.id, found]));
  const seen = new Set([resolve.root]);
  for (const id of seen) {
    for (const { pkg, dep_kinds } of node.get(id)?.deps ?? []) {
      const macro = crate.get(pkg)?.targets.some(({ kind }) => kind.includes('proc-macro'));
      if (!macro && dep_kinds.some(({ kind, target }) => kind === null && isFor(target))) seen.add(pkg);
    }
  }
  seen.delete(resolve.root);
  return [...seen].map((id) => /** @type {Crate} */ (crate.get(id))).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The licences we take a crate under. @param {Crate} crate */
function taken({ name, license }) {
  const cost = (/** @type {string[]} */ names) => Math.max(...names.map((one) => (PREFERRED.includes(one) ? PREFERRED.indexOf(one) : 99)));
  const best = alternatives(license ?? '').sort((a, b) => cost(a) - cost(b))[0];
  if (cost(best) === 99) throw new Error(`${name}: nothing of ${license} is among those whose text is known`);
  return best;
}

/** @param {Crate} crate @param {string} licence @returns {{ owners: string[], text: string }} */
function text(crate, licence) {
  const folder = dirname(crate.manifest_path);
  const { begins, file } = TEXTS[licence];
  const names = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /LICEN[CS]E|COPYING|UNICODE/i.test(entry.name) && !/\.rs$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => Number(file.test(b.slice(folder.length))) - Number(file.test(a.slice(folder.length))) || a.length - b.length || (a < b ? -1 : 1));
  for (const name of names) {
    const whole = readFileSync(name, 'utf8');
    if (begins.test(whole)) return split(whole, licence, crate);
  }
  return { owners: whose(crate), text: '' };
}

/** Who holds the rights, and the text after them. @param {string} file @param {string} licence @param {Crate} crate */
function split(file, licence, crate) {
  const whole = file.replaceAll('\r', '');
  const at = whole.search(TEXTS[licence].begins);
  const owners = whole.slice(0, at).split('\n').map((line) => line.trim()).filter((line) => /^(©|copyright\b)/i.test(line));
  return { owners: owners.length ? owners : licence === 'Apache-2.0' ? [] : whose(crate), text: whole.slice(at).trim() };
}

/** @param {Crate} crate */
const whose = ({ name, authors }) => [`Copyright (c) ${authors.map((one) => one.replace(/ <.*/, '')).join(', ') || `the authors of ${name}`}`];

/**
 * @param {string} title
 * @param {Crate[]} crates
 */
function notice(title, crates) {
  /** @type {Map<string, { licence: string, text: string, crates: string[] }>} */
  const groups = new Map();
  /** @type {Map<string, string>} */
  const full = new Map();
  for (const crate of crates) {
    const brought = BROUGHT[crate.name];
    const parts = taken(crate).map((licence) => ({ what: `${crate.name} ${crate.version}`, licence, ...text(crate, licence) }));
    if (brought) parts.push({ what: `${crate.name} ${crate.version}: ${brought[0]}`, licence: brought[1], ...split(readFileSync(join(dirname(crate.manifest_path), brought[2]), 'utf8'), brought[1], crate) });
    for (const { what, licence, owners, text: found } of parts) {
      const words = (/** @type {string} */ of) => of.toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
      // A crate without a file, or with more in it than the licence, has the same words as others.
      const body = found && found.length < 2500 || licence === 'Apache-2.0' || !full.has(licence) ? found : full.get(licence) ?? found;
      if (!body) throw new Error(`${crate.name}: no text of ${licence}`);
      if (!full.has(licence)) full.set(licence, body);
      const key = `${licence} ${licence === 'Apache-2.0' ? '' : words(body)}`;
      const group = groups.get(key) ?? { licence, text: body, crates: [] };
      group.crates.push(`${what}${owners.map((line) => `\n    ${line}`).join('')}`);
      groups.set(key, group);
    }
  }
  const parts = [...groups.values()].sort((a, b) => b.crates.length - a.crates.length || (a.licence < b.licence ? -1 : 1));
  return `${title}

timdoc itself is under the MIT licence. Linked in too is the standard library of Rust: Copyright (c) The Rust Project
Developers, under the MIT licence below, with parts that https://github.com/rust-lang/rust/blob/master/COPYRIGHT names.

${parts.map(({ licence, text: body, crates: names }) => `${'='.repeat(72)}\n${licence}\n\n${names.map((name) => `  ${name}`).join('\n')}\n\n${body}\n`).join('\n')}`;
}

/** Systems the command line tool is not made for. */
const ELSEWHERE = /wasm|wasi|uefi|hermit|redox|cygwin/;
const FILES = {
  'www/licenses.txt': notice(
    'What the engine of timdoc in the browser is made of (wasm/ and pack/timdoc.wasm), and under which licences.',
    linked(['--filter-platform', 'wasm32-unknown-unknown'], () => true),
  ),
  'src/bin/timdoc/licenses.txt': notice(
    'What the command line tool of timdoc is made of, on Linux, macOS and Windows, and under which licences.',
    linked(['--features', 'cli'], (target) => !target || !ELSEWHERE.test(target.replace(/not\([^)]*\)/g, ''))),
  ),
};

const old = Object.entries(FILES).filter(([name, content]) => {
  try {
    return readFileSync(join(ROOT, name), 'utf8') !== content;
  } catch {
    return true;
  }
});
if (process.argv[2] === '--check') {
  for (const [name] of old) console.log(`✗ ${name} does not say what is linked\n    To mend: node tests/tools/licenses.mjs`);
  process.exitCode = old.length ? 1 : 0;
} else {
  for (const [name, content] of old) writeFileSync(join(ROOT, name), content);
  console.log(`${old.length} of ${Object.keys(FILES).length} files written`);
}
