/**
 * The supply chain as the repository states it: `node tests/tools/supply.mjs`. It needs no network but crates.io.
 *
 * Crates: licences, one registry, a checksum each, no version twice, none that fetches or that brings TLS.
 * npm: licences, one registry, a hash each, scripts at installation known by name.
 * build.sh and what it reads: every address in it is known, nothing is fetched past the package registries, and what is
 * installed has an exact version.
 *
 * cargo-deny would say the same of the crates, but takes minutes to compile, more than all the other gates; it says
 * in addition which crates have known faults, which changes without the repository changing: see
 * tests/campaign/supply.sh.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, alternatives, metadata } from './crates.mjs';

/** Licences that ask for no more than their own text beside the binary. The same are in .cargo/deny.toml. */
const LICENCES = new Set(['MIT', 'Apache-2.0', 'Apache-2.0 WITH LLVM-exception', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'Zlib', 'Unicode-3.0', 'Unlicense', '0BSD']);
/** For tools that are used and not shipped: axe-core, lightningcss (of Vite), lunr-languages (measured against); data. */
const TOOL_LICENCES = new Set([...LICENCES, 'MPL-2.0', 'MPL-1.1', 'BlueOak-1.0.0', 'CC0-1.0', 'CC-BY-4.0', 'Python-2.0']);
const CRATES_IO = 'registry+https://github.com/rust-lang/crates.io-index';

/** Crates of two versions, and why. One that is no longer so is to be taken out. @type {Record<string, string>} */
const TWICE = {};
/** Crates that have no place here, and why. @type {Record<string, string>} */
const BANNED = {
  'openssl-sys': 'the tool speaks to nobody: there is no TLS in it',
  'native-tls': 'the tool speaks to nobody',
  rustls: 'the tool speaks to nobody',
  reqwest: 'the tool fetches nothing',
  ureq: 'the tool fetches nothing',
  curl: 'the tool fetches nothing',
  git2: 'nothing is fetched at build time',
};

/** npm packages that run a script when they are installed, and why they may. @type {Record<string, string>} */
const SCRIPTS = {
  esbuild: 'checks that the binary of the platform, itself in the lock file, runs',
  fsevents: 'macOS only: never installed by the tests on Linux; compiles its own source',
};

/** Lock files whose packages for systems other than Linux may lack a hash, and why. @type {Record<string, string>} */
const UNHASHED = {
  'tests/bench/peers/package-lock.json': "Pagefind's binaries for other systems, which a registry did not have when the file was written; Linux's has one",
};

/** Hosts that build.sh and its scripts name. @type {Record<string, string>} */
const HOSTS = {
  '127.0.0.1': 'this machine',
  'rustup.rs': 'said to a reader, never opened',
  'nodejs.org': 'said to a reader, never opened',
};

/** @type {string[]} */
const wrong = [];
const say = (/** @type {string} */ what, /** @type {string} */ mend) => wrong.push(`${what}\n    To mend: ${mend}`);

/** @param {string} who @param {string | null | undefined} expression @param {Set<string>} allowed */
function licence(who, expression, allowed) {
  try {
    if (!expression) return say(`${who} states no licence`, 'read its files; take another package if there is none.');
    if (!alternatives(expression).some((names) => names.every((name) => allowed.has(name)))) {
      say(`${who} is under ${expression}`, 'take another package, or allow the licence in tests/tools/supply.mjs and say what it asks for.');
    }
  } catch (error) {
    say(`${who}: ${error instanceof Error ? error.message : error}`, 'read its files.');
  }
}

// ---- Crates ---------------------------------------------------------------------

const { packages } = metadata('--all-features');
const crates = packages.filter(({ source, name }) => source !== null || name !== 'timdoc');
/** @type {Map<string, string[]>} */
const versions = new Map();
for (const { name, version, license, source } of crates) {
  licence(`crate ${name} ${version}`, license, LICENCES);
  if (source !== CRATES_IO) say(`crate ${name} ${version} comes from ${source ?? 'a folder'}`, 'only crates.io: a published version, not git and not a path.');
  if (BANNED[name]) say(`crate ${name} has no place here: ${BANNED[name]}`, `'cargo tree -i ${name}' says who brings it.`);
  versions.set(name, [...(versions.get(name) ?? []), version]);
}
for (const [name, list] of versions) {
  if (list.length > 1 && !TWICE[name]) say(`crate ${name} is there ${list.length} times: ${list.join(', ')}`, `'cargo tree -d' says who brings it; if it must be, say why in TWICE.`);
}
for (const name of Object.keys(TWICE)) if ((versions.get(name)?.length ?? 0) < 2) say(`crate ${name} is no longer there twice`, 'take it out of TWICE.');

// What cargo verifies of a download; tantivy is only measured against.
const locks = ['Cargo.lock', 'tests/bench/peers/tantivy/Cargo.lock'].filter((name) => existsSync(join(ROOT, name)));
let sums = 0;
for (const lock of locks) {
  for (const block of readFileSync(join(ROOT, lock), 'utf8').split('[[package]]').slice(1)) {
    const get = (/** @type {string} */ key) => new RegExp(`^${key} = "(.*)"$`, 'm').exec(block)?.[1];
    const source = get('source');
    if (source === undefined) continue; // our own
    if (source !== CRATES_IO) say(`${lock}: ${get('name')} comes from ${source}`, 'only crates.io.');
    if (!/^[0-9a-f]{64}$/.test(get('checksum') ?? '')) say(`${lock}: ${get('name')} has no checksum`, `remove its entry and run 'cargo update -p ${get('name')}'.`);
    sums += 1;
  }
}

// ---- npm --------------------------------------------------------------------------

let npm = 0;
for (const lock of lockFiles(join(ROOT, 'tests')).concat(lockFiles(join(ROOT, 'www')))) {
  const name = lock.slice(ROOT.length);
  const { lockfileVersion, packages: list } = JSON.parse(readFileSync(lock, 'utf8'));
  if (lockfileVersion !== 3) say(`${name} is of version ${lockfileVersion}`, 'write it with a current npm.');
  for (const [path, entry] of Object.entries(list)) {
    if (path === '') continue;
    const who = `${name}: ${path.replace(/^.*node_modules\//, '')} ${entry.version}`;
    npm += 1;
    licence(who, entry.license, TOOL_LICENCES);
    const elsewhere = UNHASHED[name] && entry.optional && entry.os?.length && !entry.os.includes('linux');
    if (!elsewhere && !/^sha512-[A-Za-z0-9+/]{86}==$/.test(entry.integrity ?? '')) say(`${who} has no hash`, `'npm install' in its folder writes it.`);
    if (entry.resolved && !entry.resolved.startsWith('https://registry.npmjs.org/')) say(`${who} comes from ${entry.resolved}`, 'only the npm registry: no git, no other address.');
    const own = path.replace(/^.*node_modules\//, '');
    if (entry.hasInstallScript && !SCRIPTS[own]) say(`${who} runs a script when it is installed`, 'read the script; if it must be, name it in SCRIPTS and say why.');
  }
}

/** @param {string} folder @returns {string[]} */
function lockFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : lockFiles(join(folder, entry.name));
    return entry.name === 'package-lock.json' ? [join(folder, entry.name)] : [];
  });
}

// ---- build.sh and what it reads -----------------------------------------------------

const scripts = ['build.sh', '.ci/run', ...shellFiles('tests')];
for (const name of scripts) {
  readFileSync(join(ROOT, name), 'utf8').split('\n').forEach((line, at) => {
    const where = `${name}:${at + 1}`;
    for (const [, host] of line.matchAll(/\bhttps?:\/\/([A-Za-z0-9.-]+)/g)) {
      if (!HOSTS[host.replace(/\.$/, '')]) say(`${where} names ${host}`, 'nothing is fetched past the package registries; name a host in HOSTS and say why.');
    }
    const code = line.replace(/(^|\s)#.*$/, '').replace(/"[^"]*"/g, '""'); // neither comments nor what is said
    if (/\b(curl|wget|git (clone|fetch|pull)|npx|nc|ssh|scp|rsync)\b/.test(code)) say(`${where} fetches: ${line.trim()}`, 'take it from a package registry, by its exact version.');
    if (/\bcargo install\b/.test(code) && !/--version "=/.test(line)) say(`${where} installs a crate of any version`, 'give --version "=…".');
    if (/\bnpm install\b/.test(code) && !/@\$|--offline/.test(line)) say(`${where} installs an npm package of any version`, 'give NAME@VERSION, or use npm ci.');
    if (/\bpip install\b/.test(code) && !/==/.test(line)) say(`${where} installs a Python package of any version`, 'give NAME==VERSION.');
  });
}

/** @param {string} folder @returns {string[]} */
function shellFiles(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : shellFiles(name);
    return name.endsWith('.sh') ? [name] : [];
  });
}

for (const line of wrong) console.log(`✗ ${line}`);
console.log(`${crates.length} crates, ${sums} checksums, ${npm} npm packages, ${scripts.length} scripts: ${wrong.length} wrong`);
if (wrong.length > 0) process.exitCode = 1;
