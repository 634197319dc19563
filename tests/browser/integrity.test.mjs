/**
 * Files that are not what was published: without a key the hash in a name tells, and past an odd proxy the right file is
 * had; with a key a mirror cannot change a byte, also one whose checksum it mends. On a host of the test's own.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { MOCK, withPage } from './support/browser.mjs';
import { withHost } from './support/host.mjs';
import { makeLibraries } from './support/libraries.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {Parameters<Parameters<typeof withHost>[0]>[0]} Host */
/** @typedef {{ total?: number, ids?: string[], oldest?: string, text?: string, traffic?: { requests: number, bytes: number, round_trips: number }, code?: string, message?: string }} Said */

const TOOL = process.env.TIMDOC ?? fileURLToPath(new URL('../../target/release/timdoc', import.meta.url));
const QUERY = 'kế hoạch';

/** @type {ReturnType<typeof makeLibraries>} */
let made;
let desk = '';
let key = '';
let other = '';
const sign = (/** @type {string} */ folder, name = 'key') => void execFileSync(TOOL, ['sign', folder, '--key', join(desk, name)]);
const newKey = (/** @type {string} */ name) => JSON.parse(execFileSync(TOOL, ['sign', '--new-key', join(desk, name), '--json'], { encoding: 'utf8' })).public_keys[0];

before(() => {
  if (MOCK) return;
  desk = mkdtempSync(join(tmpdir(), 'timdoc-integrity-'));
  made = makeLibraries(1050);
  key = newKey('key');
  other = newKey('other');
  cpSync(made.old, join(desk, 'unsigned'), { recursive: true });
  sign(fileURLToPath(made.old));
  sign(fileURLToPath(made.both));
});
after(() => {
  made?.remove();
  if (desk) rmSync(desk, { recursive: true, force: true });
});

/**
 * @param {string} name
 * @param {(page: Page, host: Host) => Promise<void>} body
 */
const onHost = (name, body) => test(name, { skip: MOCK }, withPage((page) => withHost(async (host) => {
  host.library(made.old);
  await body(page, host);
})));

/**
 * Searches and reads on a page that is loaded anew.
 *
 * @param {Page} page @param {Host} host @param {string | null} [signedBy] @returns {Promise<Said>}
 */
async function ask(page, host, signedBy = null) {
  await page.goto(`${host.base}page.html`);
  return page.evaluate(async ([signedBy, query]) => {
    try {
      const { open } = await import(new URL('lib/library.js', document.baseURI).href);
      const library = await open('bundle/', { signedBy });
      const { total, hits } = await library.search(query);
      const traffic = library.traffic();
      const oldest = (await library.search('', { sort: 'oldest', limit: 1 })).hits[0].id;
      const article = await library.article(oldest);
      return { total, ids: hits.map((/** @type {{ id: string }} */ { id }) => id), traffic, oldest, text: JSON.stringify([article.title, article.lead, article.blocks]) };
    } catch (error) {
      const { code, message } = /** @type {{ code: string, message: string }} */ (error);
      return { code, message };
    }
  }, /** @type {[string | null, string]} */ ([signedBy, QUERY]));
}

/** The answer without its traffic. @param {Said} said */
const answer = ({ traffic, ...rest }) => rest;

/** A copy of the signed library, to be changed. */
function copy(from = made.old) {
  const folder = mkdtempSync(join(desk, 'mirror-'));
  cpSync(from, folder, { recursive: true });
  return { folder, url: pathToFileURL(folder + '/') };
}

/** @param {string} folder @param {string} kind */
const named = (folder, kind) => readdirSync(folder).filter((name) => name.startsWith(`${kind}-`)).sort();

/** @param {string} path @param {(bytes: Buffer) => void} change */
function change(path, change) {
  const bytes = readFileSync(path);
  change(bytes);
  writeFileSync(path, bytes);
}

/** CRC-32 without its beginning and end: what a change of the bytes changes of it. @param {Uint8Array} difference */
function linearCrc(difference) {
  let crc = 0;
  for (const byte of difference) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return crc >>> 0;
}

/**
 * Changes a bit before the checksum that ends at `end`, and mends that.
 *
 * @param {Buffer} bytes @param {number} end @param {number} back bytes before the checksum @param {number} bit
 */
function mended(bytes, end, back, bit) {
  bytes[end - 5 - back] ^= bit;
  const difference = new Uint8Array(back + 1);
  difference[0] = bit;
  bytes.writeUInt32LE((bytes.readUInt32LE(end - 4) ^ linearCrc(difference)) >>> 0, end - 4);
}

/** Where the longest run of such bytes is. @param {Buffer} bytes @param {(byte: number) => boolean} wanted */
function longest(bytes, wanted) {
  let found = { start: 0, end: 0 };
  for (let start = 0, end = 0; end < bytes.length; end += 1) {
    if (!wanted(bytes[end])) start = end + 1;
    else if (end + 1 - start > found.end - found.start) found = { start, end: end + 1 };
  }
  return found;
}

/**
 * Bytes deflated to a length, with empty blocks before the last one; nothing when they are longer or none fill it.
 *
 * @param {number} length @param {Buffer} bytes @param {Buffer} dictionary
 */
function deflatedTo(length, bytes, dictionary) {
  const stream = deflateRawSync(bytes, { level: 9, dictionary, finishFlush: constants.Z_SYNC_FLUSH });
  const last = Buffer.from([3, 0]);
  const room = length - stream.length - last.length;
  // Blocks of six bytes (an empty one of fixed codes, and a stored one that ends on a byte) and of five (stored alone).
  const six = Array.from({ length: 5 }, (_, count) => count).find((count) => room >= count * 6 && (room - count * 6) % 5 === 0);
  if (six === undefined) return null;
  const blocks = [...Array(six).fill([2, 0, 0, 0, 255, 255]), ...Array((room - six * 6) / 5).fill([0, 0, 0, 255, 255])].flat();
  return Buffer.concat([stream, Buffer.from(blocks), last]);
}

/** Another word in the oldest article, its checksum mended, of the same length deflated. @param {string} folder */
function forgeArticle(folder) {
  // The file in which the first record begins at once; the others go on with one.
  const path = named(folder, 'articles').map((name) => join(folder, name)).find((path) => readFileSync(path).readUInt16LE(0) === 2) ?? '';
  const file = readFileSync(path);
  const pages = Array.from({ length: Math.ceil(file.length / 1024) }, (_, page) => file.subarray(page * 1024 + 2, (page + 1) * 1024));
  const records = Buffer.concat(pages);
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = records[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const deflated = varint();
  varint();
  const crc = at;
  at += 4;
  const dictionary = inflateRawSync(readFileSync(join(folder, named(folder, 'dictionary')[0])));
  const bytes = inflateRawSync(records.subarray(at, at + deflated), { dictionary });
  const forged = Buffer.from(bytes);
  // More and more of its longest text, in whole letters, until it deflates to no more than the right one.
  const text = longest(bytes, (byte) => byte >= 0x20 && byte < 0x7f || byte >= 0x80);
  for (let place = text.start; place < text.end; place += 1) {
    forged[place] = 0x7a;
    if (bytes[place + 1] >> 6 === 2) continue;
    const stream = deflatedTo(deflated, forged, dictionary);
    if (!stream) continue;
    records.writeUInt32LE((records.readUInt32LE(crc) ^ linearCrc(forged.map((byte, index) => byte ^ bytes[index]))) >>> 0, crc);
    stream.copy(records, at);
    pages.forEach((page, number) => records.copy(page, 0, number * 1022));
    writeFileSync(path, file);
    return;
  }
  assert.fail('no change of the same length');
}

/** What was fetched of files of a kind so far. @param {Host} host @param {string} kind */
function rangesOf(host, kind) {
  const found = host.of(new RegExp(`^bundle/${kind}-`)).flatMap(({ path, range }) => (range ? [{ file: path.slice('bundle/'.length), end: range[1] + 1 }] : []));
  assert.ok(found.length, kind);
  return found;
}

onHost('with the right key the answers are those without a key', async (page, host) => {
  const [without, withKey] = [await ask(page, host), await ask(page, host, key)];
  assert.ok(without.ids?.length);
  assert.deepEqual(answer(withKey), answer(without));
});

onHost('what a signature costs: few bytes and requests more, no round trip more', async (page, host) => {
  const without = (await ask(page, host)).traffic;
  const withKey = (await ask(page, host, key)).traffic;
  console.log('first search without and with a key:', JSON.stringify([without, withKey]));
  assert.ok(without && withKey);
  assert.equal(withKey.round_trips, without.round_trips);
  assert.ok(withKey.bytes < without.bytes + 40_000, `${withKey.bytes} bytes`);
  assert.ok(withKey.requests <= without.requests * 2 + 1, `${withKey.requests} requests`);
});

for (const kind of ['terms', 'postings']) {
  onHost(`a mirror that changes a byte of ${kind} and mends its checksum is refused with a key`, async (page, host) => {
    const right = await ask(page, host);
    assert.ok(right.ids?.length);
    const ranges = rangesOf(host, kind);
    // A bit that the decoder takes: not all do, as it checks what it reads.
    for (let turn = 0; turn < 24; turn += 1) {
      for (const { file, end } of ranges) {
        const mirror = copy();
        change(join(mirror.folder, file), (bytes) => mended(bytes, end, turn >> 3, 0x80 >> (turn & 7)));
        host.library(mirror.url);
        if ((await ask(page, host)).code) continue;
        assert.equal((await ask(page, host, key)).code, 'damaged');
        return;
      }
    }
    assert.fail('no change that is taken without a key');
  });
}

onHost('a mirror that changes a word of an article and mends its checksum is refused with a key', async (page, host) => {
  const right = await ask(page, host);
  const mirror = copy();
  forgeArticle(mirror.folder);
  host.library(mirror.url);
  const fooled = await ask(page, host);
  assert.equal(fooled.oldest, right.oldest);
  assert.notEqual(fooled.text, right.text, 'without a key the forged word is shown');
  assert.equal((await ask(page, host, key)).code, 'damaged');
});

for (const kind of ['head', 'dictionary']) {
  onHost(`a changed ${kind} is refused with and without a key`, async (page, host) => {
    const mirror = copy();
    change(join(mirror.folder, named(mirror.folder, kind)[0]), (bytes) => void (bytes[bytes.length >> 1] ^= 1));
    host.library(mirror.url);
    assert.equal((await ask(page, host)).code, 'damaged');
    assert.equal((await ask(page, host, key)).code, 'damaged');
  });
}

onHost('a changed manifest is refused with a key, also under the name of a signature', async (page, host) => {
  const mirror = copy();
  const path = join(mirror.folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  manifest.segments[0].deleted = [0];
  writeFileSync(path, JSON.stringify(manifest));
  host.library(mirror.url);
  assert.equal((await ask(page, host)).code, undefined);
  assert.equal((await ask(page, host, key)).code, 'signature');
  const wanted = host.of(/bundle\/signature-/).at(-1)?.path.slice('bundle/'.length) ?? '';
  renameSync(join(mirror.folder, named(mirror.folder, 'signature')[0]), join(mirror.folder, wanted));
  assert.equal((await ask(page, host, key)).code, 'signature');
});

onHost('a changed or cut signature is refused', async (page, host) => {
  for (const place of [0, 16, 24, 32, 64, 72, 80, -64, -1]) {
    const mirror = copy();
    change(join(mirror.folder, named(mirror.folder, 'signature')[0]), (bytes) => void (bytes[place < 0 ? bytes.length + place : place] ^= 1));
    host.library(mirror.url);
    assert.equal((await ask(page, host, key)).code, 'signature', `byte ${place}`);
  }
  const mirror = copy();
  const path = join(mirror.folder, named(mirror.folder, 'signature')[0]);
  for (const length of [0, 63, 64, 140]) {
    writeFileSync(path, readFileSync(path).subarray(0, length));
    host.library(mirror.url);
    // An answer without a byte is none.
    assert.equal((await ask(page, host, key)).code, 'signature', `${length} bytes`);
  }
});

onHost('changed hashes give the right answer, by whole files, or none', async (page, host) => {
  const right = await ask(page, host, key);
  const mirror = copy();
  change(join(mirror.folder, named(mirror.folder, 'hashes')[0]), (bytes) => bytes.fill(1));
  host.library(mirror.url);
  assert.deepEqual(answer(await ask(page, host, key)), answer(right));
  rmSync(join(mirror.folder, named(mirror.folder, 'hashes')[0]));
  const without = await ask(page, host, key);
  if (without.code) assert.equal(without.code, 'missing');
  else assert.deepEqual(answer(without), answer(right));
});

onHost('another key, no signature, and what is no key: it does not open', async (page, host) => {
  assert.equal((await ask(page, host, other)).code, 'signature');
  assert.equal((await ask(page, host, '')).code, 'signature');
  assert.equal((await ask(page, host, key.slice(1))).code, 'signature');
  host.library(pathToFileURL(join(desk, 'unsigned') + '/'));
  assert.equal((await ask(page, host, key)).code, 'signature');
  assert.equal((await ask(page, host)).code, undefined);
});

onHost('an element with a key says so, in both languages, and one without a key opens', async (page, host) => {
  host.library(pathToFileURL(join(desk, 'unsigned') + '/'));
  for (const [lang, title] of [['vi', 'Không xác nhận được nguồn của dữ liệu'], ['en', 'The origin of the data could not be confirmed']]) {
    const html = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>Trang thử</title><link rel="icon" href="data:,"><script type="module" src="timdoc.js"></script>`
      + `<timdoc-search bundle="bundle/" signed-by="${key}"></timdoc-search></html>`;
    host.behave(({ path }) => (path === 'page.html' ? { body: Buffer.from(html) } : undefined));
    await page.goto(`${host.base}page.html?q=hoc`);
    const state = page.locator('timdoc-search .state.error[data-code=signature]');
    await state.getByText(title).waitFor();
    host.library(made.old);
    await state.locator('button').click();
    await page.locator('timdoc-search .hit').first().waitFor();
    host.library(pathToFileURL(join(desk, 'unsigned') + '/'));
  }
});

onHost('a browser that cannot check a signature says so and does not open', async (page, host) => {
  await page.addInitScript(() => {
    const plain = crypto.subtle.importKey.bind(crypto.subtle);
    crypto.subtle.importKey = /** @type {typeof plain} */ ((/** @type {any[]} */ ...all) => (all[2] === 'Ed25519' ? Promise.reject(new DOMException('', 'NotSupportedError')) : plain(.../** @type {[any, any, any, any, any]} */ (all))));
  });
  assert.equal((await ask(page, host, key)).code, 'unchecked');
  assert.equal((await ask(page, host)).code, undefined);
});

onHost('without WebCrypto, as on plain http, a key opens nothing and no key opens all', async (page, host) => {
  await page.addInitScript(() => Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined }));
  assert.equal((await ask(page, host, key)).code, 'unchecked');
  assert.equal((await ask(page, host)).code, undefined);
});

for (const signed of [false, true]) {
  onHost(`a file that an odd proxy changed is asked for again past it ${signed ? 'with' : 'without'} a key`, async (page, host) => {
    const right = await ask(page, host);
    host.behave(({ path, body, turn }) => {
      if (!/bundle\/(head|dictionary|signature)-/.test(path) || turn > 0) return undefined;
      const wrong = Buffer.from(body);
      wrong[wrong.length >> 1] ^= 1;
      return { body: wrong };
    });
    host.requests.length = 0;
    assert.deepEqual(answer(await ask(page, host, signed ? key : null)), answer(right));
    for (const kind of ['head', 'dictionary']) assert.equal(host.of(new RegExp(`bundle/${kind}-`)).length, 2, kind);
  });
}

for (const signed of [false, true]) {
  onHost(`on a host without ranges, a whole file that a proxy changed is asked for again ${signed ? 'with' : 'without'} a key`, async (page, host) => {
    const right = await ask(page, host);
    host.requests.length = 0;
    host.behave(({ path, body, turn }) => {
      if (!/bundle\//.test(path) || body.length === 0) return undefined;
      const wrong = Buffer.from(body);
      // Where no checksum of the engine would notice: in no block that the query reads.
      if (/terms-/.test(path) && turn === 0) wrong[wrong.length - 6] ^= 1;
      return { status: 200, body: wrong };
    });
    assert.deepEqual(answer(await ask(page, host, signed ? key : null)), answer(right));
  });
}

onHost('what is changed on its way is never saved', async (page, host) => {
  host.behave(({ path, body, range }) => {
    if (!/bundle\/articles-/.test(path) || range) return undefined;
    const wrong = Buffer.from(body);
    wrong[wrong.length - 1] ^= 1;
    return { body: wrong };
  });
  for (const signedBy of [null, key]) {
    await page.goto(`${host.base}page.html`);
    const { code, kept } = await page.evaluate(async (signedBy) => {
      const { open } = await import(new URL('lib/library.js', document.baseURI).href);
      const library = await open('bundle/', { signedBy });
      const code = await library.saveOffline().then(() => 'saved', (/** @type {{ code: string }} */ error) => error.code);
      const cache = await caches.open(`timdoc:${new URL('bundle/', document.baseURI)}`);
      return { code, kept: (await cache.keys()).filter(({ url }) => url.includes('/articles-')).length };
    }, signedBy);
    assert.equal(code, 'damaged');
    assert.equal(kept, 0);
  }
});

onHost('a signed library is saved with what signs it, and answers with a key when the host is gone', async (page, host) => {
  const right = await ask(page, host, key);
  await page.evaluate(async (signedBy) => {
    const { open } = await import(new URL('lib/library.js', document.baseURI).href);
    const { state } = await (await open('bundle/', { signedBy })).saveOffline();
    if (state !== 'saved') throw new Error(state);
  }, key);
  host.behave(({ path }) => (/^bundle\//.test(path) ? { reset: true } : undefined));
  assert.deepEqual(answer(await ask(page, host, key)), answer(right));
  assert.equal((await ask(page, host, other)).code === undefined, false, 'another key does not open it');
});

onHost('a saved file that was changed on the device is fetched again with a key', async (page, host) => {
  const right = await ask(page, host, key);
  await page.evaluate(async (signedBy) => {
    const { open } = await import(new URL('lib/library.js', document.baseURI).href);
    await (await open('bundle/', { signedBy })).saveOffline();
    const cache = await caches.open(`timdoc:${new URL('bundle/', document.baseURI)}`);
    for (const request of await cache.keys()) {
      if (!/(head|terms|articles)-/.test(request.url)) continue;
      const bytes = new Uint8Array(await (await cache.match(request))?.arrayBuffer() ?? new ArrayBuffer(0));
      bytes[bytes.length - 6] ^= 1;
      await cache.put(request, new Response(bytes));
    }
  }, key);
  assert.deepEqual(answer(await ask(page, host, key)), answer(right));
});

onHost('an older signed version is refused a day after a newer one was seen', async (page, host) => {
  const older = copy();
  const newer = copy(made.both);
  for (const { folder } of [older, newer]) for (const name of [...named(folder, 'signature'), ...named(folder, 'hashes')]) rmSync(join(folder, name));
  sign(older.folder);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  sign(newer.folder);
  host.library(newer.url);
  assert.equal((await ask(page, host, key)).code, undefined);
  host.library(older.url);
  assert.equal((await ask(page, host, key)).code, undefined, 'the parts of a host need time to agree');
  await page.evaluate(() => {
    for (const name of Object.keys(localStorage).filter((name) => name.startsWith('timdoc:signed'))) {
      const [time, since] = (localStorage.getItem(name) ?? '').split(' ');
      localStorage.setItem(name, `${time} ${Number(since) - 25 * 3600_000}`);
    }
  });
  assert.equal((await ask(page, host, key)).code, 'outdated');
  host.library(newer.url);
  assert.equal((await ask(page, host, key)).code, undefined);
});
