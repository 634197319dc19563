/**
 * A host that misbehaves on demand: it has the files of TIMDOC_URL, and of folders, and answers each request as the
 * test says.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { BASE } from './launch.mjs';

/** A page with a search box and a reader; their library is in `bundle/`. */
const PAGE = '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Trang thử</title><link rel="icon" href="data:,">'
  + '<script type="module" src="timdoc.js"></script><timdoc-search bundle="bundle/"></timdoc-search><timdoc-reader bundle="bundle/"></timdoc-reader></html>';

/**
 * @typedef {object} Request
 * @property {string} path without the leading slash
 * @property {[first: number, last: number] | null} range
 * @property {number} turn how often this path was asked for before
 * @property {Buffer} body the whole file; empty when there is none
 * @property {boolean} cancelled the browser gave it up before it was answered
 */
/**
 * @typedef {object} Answer what differs from the right answer
 * @property {number} [status]
 * @property {Record<string, string | undefined>} [headers] undefined leaves one out
 * @property {Buffer} [body]
 * @property {number} [cut] bytes of the body after which the connection breaks
 * @property {number} [hang] bytes of the body after which nothing more comes, and the connection stays
 * @property {number} [wait] milliseconds before anything is sent; Infinity: nothing ever is
 * @property {boolean} [reset] the connection breaks before anything is sent
 * @property {boolean} [chunked] the length of the body is not told
 */
/** @typedef {(request: Request) => Answer | void} Manner */

const TYPES = { js: 'text/javascript', css: 'text/css', wasm: 'application/wasm', json: 'application/json', html: 'text/html; charset=utf-8' };

/** What TIMDOC_URL has, fetched once. @type {Map<string, Promise<Buffer>>} */
const originals = new Map();

/** @param {string} path */
function original(path) {
  let file = originals.get(path);
  if (!file) {
    file = path === 'page.html' ? Promise.resolve(Buffer.from(PAGE))
      : fetch(BASE + path).then(async (response) => (response.ok ? Buffer.from(await response.arrayBuffer()) : Buffer.alloc(0)));
    originals.set(path, file);
  }
  return file;
}

/**
 * Runs a test with a host of its own.
 *
 * @param {(host: { base: string, requests: Request[], behave: (manner: Manner) => void, library: (folder: URL | null) => void,
 *   of: (pattern: RegExp) => Request[] }) => Promise<void>} body `behave` says how to answer from now on; `library` puts
 *   a folder in the place of `bundle/`
 */
export async function withHost(body) {
  /** @type {Request[]} */
  const requests = [];
  /** @type {Manner} */
  let manner = () => {};
  /** @type {URL | null} */
  let folder = null;
  const server = createServer(async (incoming, outgoing) => {
    const path = new URL(incoming.url ?? '/', 'http://host').pathname.slice(1);
    const asked = /^bytes=(\d+)-(\d+)$/.exec(incoming.headers.range ?? '');
    const own = folder && path.startsWith('bundle/') ? new URL(path.slice('bundle/'.length), folder) : null;
    const turn = requests.filter((request) => request.path === path).length;
    /** @type {Request} */
    const request = { path, range: asked && [Number(asked[1]), Number(asked[2])], turn, body: Buffer.alloc(0), cancelled: false };
    requests.push(request);
    outgoing.on('close', () => (request.cancelled = !outgoing.writableFinished));
    request.body = own ? (existsSync(own) ? readFileSync(own) : Buffer.alloc(0)) : await original(path);
    await send(outgoing, request, manner(request) ?? {});
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  try {
    await body({
      base: `http://127.0.0.1:${port}/`,
      requests,
      behave: (next) => (manner = next),
      library: (next) => (folder = next),
      of: (pattern) => requests.filter(({ path }) => pattern.test(path)),
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/**
 * @param {import('node:http').ServerResponse} outgoing
 * @param {Request} request
 * @param {Answer} answer
 */
async function send(outgoing, { path, range, body: whole }, { status, headers, body, cut, hang, wait = 0, reset, chunked }) {
  if (wait === Infinity) return;
  if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
  if (reset) return void outgoing.destroy();
  const right = whole.length === 0 ? 404 : range ? 206 : 200;
  const code = status ?? right;
  const content = body ?? (code === 206 && range ? slice(whole, range) : code < 300 ? whole : Buffer.alloc(0));
  const all = {
    'Content-Type': TYPES[/** @type {keyof typeof TYPES} */ (path.split('.').at(-1))] ?? 'application/octet-stream',
    'Cache-Control': 'no-cache',
    ...(code === 206 && range && { 'Content-Range': contentRange(whole, range) }),
    ...(!chunked && { 'Content-Length': String(content.length) }),
    ...headers,
  };
  for (const [name, value] of Object.entries(all)) if (value !== undefined) outgoing.setHeader(name, value);
  outgoing.writeHead(code);
  if (hang !== undefined) return void (hang ? outgoing.write(content.subarray(0, hang)) : outgoing.flushHeaders());
  if (cut === undefined) return void outgoing.end(content);
  outgoing.write(content.subarray(0, cut), () => setTimeout(() => outgoing.destroy(), 20));
}

/** @param {Buffer} body @param {[number, number]} range */
export const slice = (body, [first, last]) => body.subarray(first, last + 1);

/** @param {Buffer} body @param {[number, number]} range */
export const contentRange = (body, [first, last]) => `bytes ${first}-${Math.min(last, body.length - 1)}/${body.length}`;

export { gzipSync as gzip };
