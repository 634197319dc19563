/** The first results of a reader who has nothing of a peer yet: no code, no library. */
import { withFreshPage } from '../chromium.mjs';
import { Recorder, SLOW } from '../network.mjs';
import { spread, sum } from '../stats.mjs';
import { repeat } from './repeat.mjs';

/** @typedef {import('../stats.mjs').Spread} Spread */
/**
 * @typedef {object} Cold
 * @property {Spread} bytes on the wire, with headers, code and page too
 * @property {Spread} requests
 * @property {Spread} slow milliseconds at 1.6 Mbit/s and 150 ms
 * @property {boolean} reckoned `slow` was not waited for, but reckoned from the bytes
 * @property {Spread} near milliseconds on this machine
 * @property {number} code bytes of what is not the library
 * @property {number} codeFiles
 */
/** @typedef {{ ms: number, sent: import('./server.mjs').Sent[] }} Visit */

/** Seconds; an engine that fetches all it has takes minutes on the slow link, and always the same. */
const PATIENCE = { near: 45, slow: 60 };

/** Bytes past which nobody waits for the slow link: 5 minutes. */
const WAITED = 60e6;

/** What a page may take to show results, in milliseconds. */
const TIMEOUT = 8 * 60_000;

/**
 * @param {import('playwright-core').Browser} browser
 * @param {import('./server.mjs').Host} host of the peer's site
 * @param {import('./engines/peer.d.ts').Peer} peer
 * @param {string[]} texts
 * @returns {Promise<Cold>}
 */
export async function measureCold(browser, host, peer, texts) {
  const bytes = (/** @type {Visit} */ { sent }) => sum(sent.map((one) => one.bytes));
  const visits = (/** @type {number} */ seconds, slow = false) =>
    repeat({ most: texts.length, seconds }, (number) => visit(browser, host, texts[number], slow));
  const near = await visits(PATIENCE.near);
  const reckoned = bytes(near[0]) > WAITED;
  const slow = reckoned ? near.map((one) => ({ ...one, ms: one.ms + (bytes(one) / SLOW.downloadThroughput) * 1000 })) : await visits(PATIENCE.slow, true);
  const ofCode = slow[0].sent.filter(({ path }) => !peer.library.test(path));
  return {
    bytes: spread(slow.map(bytes)),
    requests: spread(slow.map(({ sent }) => sent.length)),
    slow: spread(slow.map(({ ms }) => ms)),
    reckoned,
    near: spread(near.map(({ ms }) => ms)),
    code: sum(ofCode.map((one) => one.bytes)),
    codeFiles: ofCode.length,
  };
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {import('./server.mjs').Host} host
 * @param {string} text
 * @param {boolean} slow
 * @returns {Promise<Visit>}
 */
function visit(browser, host, text, slow) {
  return withFreshPage(browser, async (page) => {
    page.setDefaultTimeout(TIMEOUT);
    if (slow) await (await Recorder.of(page)).slow(SLOW); // The page's workers are slowed down with it.
    const crashed = new Promise((_, reject) => page.once('crash', () => reject(new Error("Chromium's page crashed, probably for want of memory"))));
    const shown = async () => {
      await page.goto(`${host.address}#${encodeURIComponent(text)}`, { waitUntil: 'commit' });
      const first = await page.waitForFunction(() => /** @type {any} */ (globalThis).first);
      return first.evaluate((/** @type {Promise<{ ms: number }>} */ results) => results);
    };
    const { ms } = await Promise.race([shown(), /** @type {Promise<never>} */ (crashed)]);
    return { ms, sent: await host.sent() };
  });
}
