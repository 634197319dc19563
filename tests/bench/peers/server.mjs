/**
 * A static host: compressed where a `.gz` stands beside a file, byte ranges of all others. It counts what it sends, for
 * Chromium does not tell reliably what a page's workers fetch.
 */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css',
  '.json': 'application/json', '.wasm': 'application/wasm',
};

/** Milliseconds without a request after which no more is expected; a slow link holds requests back for 150. */
const QUIET = 400;

/** With these Chromium's clock tells 5 microseconds apart, else 100: the fastest peers need less. */
const ISOLATED = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** @typedef {{ path: string, bytes: number }} Sent `path` in the site; `bytes` with headers */
/**
 * @typedef {object} Host
 * @property {string} address ends with a slash
 * @property {() => Promise<Sent[]>} sent all that was sent since it was asked last, once nothing is under way
 * @property {() => void} stop
 */

/**
 * @param {string} root
 * @returns {Promise<Host>}
 */
export function serve(root) {
  /** @type {Sent[]} */
  let log = [];
  let open = 0;
  const server = createServer((request, response) => {
    const { socket } = request;
    const before = socket.bytesWritten; // HTTP/1.1: one answer after the other on a connection.
    open += 1;
    response.once('close', () => {
      open -= 1;
      log.push({ path: (request.url ?? '/').slice(1).replace(/\?.*/, ''), bytes: socket.bytesWritten - before });
    });
    answer(root, request, response);
  });
  const sent = async () => {
    for (let still = 0, seen = -1; still < QUIET; still += QUIET / 4) {
      if (open || log.length !== seen) still = 0;
      seen = log.length;
      await new Promise((done) => setTimeout(done, QUIET / 4));
    }
    const taken = log;
    log = [];
    return taken;
  };
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      resolve({ address: `http://127.0.0.1:${port}/`, sent, stop: () => server.close() && server.closeAllConnections() });
    });
  });
}

/**
 * @param {string} root
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
function answer(root, request, response) {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const asked = normalize(decodeURIComponent(pathname)); // It begins with a slash, so no dots lead above it.
  const path = join(root, asked.endsWith('/') ? `${asked}index.html` : asked);
  const size = bytes(path);
  if (size === undefined) return response.writeHead(404).end();
  const packed = bytes(`${path}.gz`);
  const headers = {
    'Content-Type': /** @type {Record<string, string>} */ (TYPES)[extname(path)] ?? 'application/octet-stream',
    'Cache-Control': 'max-age=600',
    ...ISOLATED,
  };
  const range = packed === undefined ? wanted(request.headers.range, size) : undefined;
  if (packed !== undefined) {
    response.writeHead(200, { ...headers, 'Content-Encoding': 'gzip', 'Content-Length': packed });
    createReadStream(`${path}.gz`).pipe(response);
  } else if (range) {
    const [start, end] = range;
    response.writeHead(206, { ...headers, 'Content-Range': `bytes ${start}-${end}/${size}`, 'Content-Length': end - start + 1 });
    createReadStream(path, { start, end }).pipe(response);
  } else {
    response.writeHead(200, { ...headers, 'Accept-Ranges': 'bytes', 'Content-Length': size });
    createReadStream(path).pipe(response);
  }
}

/** @param {string} path */
function bytes(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? found.size : undefined;
}

/**
 * First and last byte of a range.
 *
 * @param {string | undefined} header
 * @param {number} size
 * @returns {[number, number] | undefined}
 */
function wanted(header, size) {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || Number(from) >= size) return undefined;
  return [Number(from), Math.min(to ? Number(to) : size - 1, size - 1)];
}
