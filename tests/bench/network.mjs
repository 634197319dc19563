/** What goes over the wire, from Chromium's own events. */

/**
 * @typedef {object} Transfer
 * @property {string} url
 * @property {string} range the Range header, or nothing
 * @property {number} issued when the page asked, in seconds
 * @property {number} sent when it went out; later than `issued` when the browser made it wait
 * @property {number} finished
 * @property {number} status 0 when it failed or was cancelled
 * @property {number} wire bytes with headers
 * @property {number} body bytes of the body as they went over the wire
 * @property {boolean} cached answered by the browser itself
 */
/** @typedef {import('playwright-core').Page} Page */

/** A slow mobile link, as PEERS.md and issue 4 have it. */
export const SLOW = { latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 1.6e6 / 8 };

export class Recorder {
  /** @type {Map<string, Transfer>} */
  #open = new Map();
  /** @type {Transfer[]} In the order they were asked for. */
  transfers = [];

  /** @param {import('playwright-core').CDPSession} session */
  constructor(session) {
    this.session = session;
    session.on('Network.requestWillBeSent', ({ requestId, request, timestamp }) => {
      if (!/^https?:/.test(request.url)) return;
      const range = request.headers.Range ?? request.headers.range ?? '';
      const transfer = { url: request.url, range, issued: timestamp, sent: timestamp, finished: Infinity, status: 0, wire: 0, body: 0, cached: false };
      this.#open.set(requestId, transfer);
      this.transfers.push(transfer);
    });
    session.on('Network.responseReceived', ({ requestId, response }) => {
      const transfer = this.#open.get(requestId);
      if (!transfer) return;
      transfer.status = response.status;
      transfer.cached = Boolean(response.fromDiskCache || response.fromServiceWorker);
      const { requestTime = 0, sendStart = 0 } = response.timing ?? {};
      if (requestTime) transfer.sent = requestTime + sendStart / 1000;
    });
    session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
      const transfer = this.#open.get(requestId);
      if (transfer) transfer.body += encodedDataLength;
    });
    session.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => {
      const transfer = this.#open.get(requestId);
      if (transfer) Object.assign(transfer, { finished: timestamp, wire: encodedDataLength });
    });
    session.on('Network.loadingFailed', ({ requestId, timestamp }) => {
      const transfer = this.#open.get(requestId);
      if (transfer) Object.assign(transfer, { finished: timestamp, status: 0, wire: transfer.body });
    });
  }

  /** @param {Page} page */
  static async of(page) {
    const session = await page.context().newCDPSession(page);
    const recorder = new Recorder(session);
    await session.send('Network.enable');
    return recorder;
  }

  /** Slows the page's network down. @param {typeof SLOW} link */
  async slow(link) {
    await this.session.send('Network.emulateNetworkConditions', { offline: false, ...link });
  }

  /** Waits until nothing was asked for, or is under way, for some milliseconds. @param {number} quiet */
  async settle(quiet = 300) {
    for (let still = 0, seen = -1; still < quiet; still += 50) {
      const busy = this.transfers.some(({ finished }) => finished === Infinity);
      if (busy || this.transfers.length !== seen) still = 0;
      seen = this.transfers.length;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

/**
 * Sets of transfers that wait for one another: each is in the first set after all that had finished when it began.
 *
 * @param {Transfer[]} transfers
 * @param {'issued' | 'sent'} begin
 * @returns {Transfer[][]}
 */
export function trips(transfers, begin = 'issued') {
  /** @type {Transfer[][]} */
  const sets = [];
  const depth = new Map();
  for (const transfer of [...transfers].sort((a, b) => a[begin] - b[begin])) {
    let level = 0;
    for (const [earlier, its] of depth) if (earlier.finished <= transfer[begin]) level = Math.max(level, its + 1);
    depth.set(transfer, level);
    (sets[level] ??= []).push(transfer);
  }
  return sets;
}

/** Ranges of a file closer than this had better come as one: a round trip costs more than these bytes. */
const GAP = 4096;

/**
 * What could be spared: bytes that come twice, ranges beside another one of their trip and file, and ranges that queue:
 * Chromium's cache lets one request at a time through for an address, so ranges of a file go out one after the other.
 *
 * @param {Transfer[]} transfers
 */
export function waste(transfers) {
  let twice = 0;
  let mergeable = 0;
  let queued = 0;
  /** @type {Map<string, [number, number][]>} */
  const seen = new Map();
  for (const set of trips(transfers)) {
    for (const url of new Set(set.map((transfer) => transfer.url))) {
      const sorted = set.filter((transfer) => transfer.url === url).map(span).sort((a, b) => a[0] - b[0]);
      const before = seen.get(url) ?? [];
      queued += sorted.length - 1;
      sorted.forEach(([from, to], place) => {
        for (const [low, high] of before) twice += Math.max(0, Math.min(to, high) - Math.max(from, low));
        before.push([from, to]);
        if (place && from - sorted[place - 1][1] <= GAP) mergeable += 1;
      });
      seen.set(url, before);
    }
  }
  return { twice, mergeable, queued };
}

/**
 * @param {Transfer} transfer
 * @returns {[number, number]} first byte, and the one after the last
 */
export function span({ range, body }) {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
  return from === undefined ? [0, body] : [Number(from), to ? Number(to) + 1 : Number(from) + body];
}
