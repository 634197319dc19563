/**
 * One request goes wrong: what the reader sees of it. For every flow (search, reading, saving), every fault and every
 * request of the flow: either all comes out right, or something is said with a way to try again, which works once the
 * network does; never a wait without end, never "no results". Used by a test (a sample) and by the campaign (all).
 */
import { contentRange, gzip, slice, withHost } from './host.mjs';

/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./host.mjs').Request} Request */
/** @typedef {import('./host.mjs').Answer} Answer */
/** @typedef {Parameters<Parameters<typeof withHost>[0]>[0]} Host */
/** @typedef {keyof typeof FLOWS} Flow */
/** @typedef {keyof typeof FAULTS} Fault */
/** @typedef {'once' | 'file' | 'since'} Mode once: the n-th request; file: its file, each time; since: all from the n-th on */
/** @typedef {{ end: 'right' | 'said' | 'reloaded' | 'lost', path: string, what: string }} Outcome */

const QUERY = 'học tập';

/** Milliseconds of real time for an outcome, and of the page's own clock when nothing comes at all. */
const PATIENCE = 40_000;
const STALL = 60_000;

/** What a page of a network says where one has to sign in first. */
const SIGN_IN = { status: 200, body: Buffer.from('<!doctype html><title>Đăng nhập Wi-Fi</title>'), headers: { 'Content-Type': 'text/html', 'Content-Range': undefined } };

const content = (/** @type {Request} */ { body, range }) => (range ? slice(body, range) : body);

/** @type {Record<string, (request: Request) => Answer>} */
export const FAULTS = {
  reset: () => ({ reset: true }),
  'broken off': (request) => ({ cut: content(request).length >> 1 }),
  short: (request) => ({ body: content(request).subarray(0, content(request).length >> 1) }),
  'error 500': () => ({ status: 500 }),
  'error 503': () => ({ status: 503 }),
  'error 404': () => ({ status: 404 }),
  'error 403': () => ({ status: 403 }),
  'sign-in page': () => SIGN_IN,
  'wrong range': ({ body }) => ({ status: 206, body: slice(body, [1, 90]), headers: { 'Content-Range': contentRange(body, [1, 90]) } }),
  gzip: (request) => ({ body: gzip(content(request)), headers: { 'Content-Encoding': 'gzip' } }),
  stall: () => ({ wait: Infinity }),
  'stall within': (request) => ({ hang: content(request).length >> 1 }),
};

/** Faults that end only by the page's own clock. @param {string} fault */
const endless = (fault) => fault.startsWith('stall');

/** The page and the modules without which no code of timdoc runs at all: then only the browser can say something. */
const LOADER = /^(page\.html|timdoc\.js|element\/(dom|reader-element|search-element)\.js|i18n\/box\.js|lib\/ahead\.js)$/;

/** What is on the page, in one look. @param {Page} page */
const look = (page) => page.evaluate(() => {
  const box = document.querySelector('timdoc-search')?.shadowRoot;
  const reader = document.querySelector('timdoc-reader');
  const visible = (/** @type {Element | null | undefined} */ element) => Boolean(element && element.checkVisibility());
  const all = (/** @type {ShadowRoot | null | undefined} */ root, /** @type {string} */ what) => [...(root?.querySelectorAll(what) ?? [])].filter((element) => element.checkVisibility());
  const problems = [...all(box, '.failed, .state.error, .offline [role=alert]'), ...all(reader?.hidden ? null : reader?.shadowRoot, '.failed, .state.error')];
  return {
    hits: all(box, '.hit h3 a').map((link) => link.textContent),
    none: visible(box?.querySelector('.state.none')),
    busy: visible(box?.querySelector('.busy')),
    filters: all(box, '.side .facet li').length > 0,
    offline: visible(box?.querySelector('.offline button')),
    kept: visible(box?.querySelector('.offline .kept')),
    waiting: /Mất kết nối/.test(box?.querySelector('.offline .how')?.textContent ?? ''),
    loading: visible(reader?.shadowRoot?.querySelector('.loading')),
    article: reader && !reader.hidden ? all(reader.shadowRoot, '.body p').length : 0,
    problems: problems.map((element) => element.textContent?.trim() ?? ''),
    buttons: problems.flatMap((element) => [...element.querySelectorAll('button')]).length,
  };
});
/** @typedef {Awaited<ReturnType<typeof look>>} Look */

/** Presses the button of the first problem in sight that has one. @param {Page} page */
const retry = (page) => page.locator('timdoc-search, timdoc-reader').locator('.failed button, .state.error button, .offline .failed button, .offline .deeds [data-do=go]').filter({ visible: true }).first().click({ timeout: 3000 });

/** @param {Page} page */
const found = async (page) => (await look(page)).hits.length > 0;

/**
 * How each flow begins on a page that is right so far, and whether it has come to its end.
 *
 * @type {{ [flow: string]: { before: (page: Page, host: Host) => Promise<void>, begin: (page: Page, host: Host) => Promise<void>, right: (look: Look, hits: string[]) => boolean } }}
 */
export const FLOWS = {
  search: {
    before: async () => {},
    begin: async (page, host) => void await page.goto(`${host.base}page.html?q=${encodeURIComponent(QUERY)}`, { waitUntil: 'commit' }).catch(() => {}),
    right: (now, hits) => hits.length > 0 && now.hits.join('|') === hits.join('|') && now.filters && now.offline && !now.busy,
  },
  reading: {
    before: searched,
    begin: (page) => page.locator('timdoc-search .hit h3 a').first().click(),
    right: (now) => now.article > 1 && !now.loading,
  },
  saving: {
    before: searched,
    begin: (page) => page.locator('timdoc-search .offline button').first().click(),
    right: (now) => now.kept,
  },
};

/** @param {Page} page @param {Host} host */
async function searched(page, host) {
  await FLOWS.search.begin(page, host);
  await until(async () => FLOWS.search.right(await look(page), (await look(page)).hits));
}

/** @param {() => Promise<boolean>} condition @param {number} [time] */
async function until(condition, time = PATIENCE) {
  for (const end = Date.now() + time; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 60))) {
    // A page that is being loaded again may leave a question without an answer.
    const left = new Promise((resolve) => setTimeout(resolve, Math.max(0, end - Date.now()), false));
    if (await Promise.race([condition().catch(() => false), left])) return true;
  }
  return false;
}

/**
 * @param {Browser} browser
 * @param {(page: Page, host: Host) => Promise<Outcome>} work
 * @param {boolean} clock whether the page has a clock that can be turned on
 */
async function onPage(browser, work, clock) {
  const context = await browser.newContext({ locale: 'vi-VN', viewport: { width: 1280, height: 900 }, serviceWorkers: 'block' });
  /** @type {Outcome} */
  let outcome = { end: 'lost', path: '', what: 'nothing was done' };
  try {
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    if (clock) await page.clock.install();
    await withHost(async (host) => void (outcome = await work(page, host)));
  } finally {
    await context.close();
  }
  return outcome;
}

/**
 * What a flow asks for when all is well, in order.
 *
 * @param {Browser} browser
 * @param {Flow} flow
 * @returns {Promise<{ paths: string[], hits: string[] }>} the paths and the titles found
 */
export async function learn(browser, flow) {
  /** @type {string[]} */
  let paths = [];
  /** @type {string[]} */
  let hits = [];
  await onPage(browser, async (page, host) => {
    await FLOWS[flow].before(page, host);
    const from = host.requests.length;
    await FLOWS[flow].begin(page, host);
    if (!(await until(async () => FLOWS[flow].right(await look(page), (await look(page)).hits)))) throw new Error(`${flow} does not work on a host that does all right`);
    await page.waitForLoadState('networkidle');
    hits = (await look(page)).hits.map(String);
    paths = host.requests.slice(from).map(({ path }) => path);
    return { end: 'right', path: '', what: '' };
  }, false);
  return { paths, hits };
}

/**
 * One case.
 *
 * @param {Browser} browser
 * @param {{ flow: Flow, fault: Fault, mode: Mode, n: number, named?: string, hits: string[] }} what n: from 0; named: the
 *   path, for the first request of it in place of the n-th, as the order may differ; hits: what is to be found
 * @returns {Promise<Outcome>}
 */
export function attempt(browser, { flow, fault, mode, n, named, hits }) {
  return onPage(browser, async (page, host) => {
    const { before, begin, right } = FLOWS[flow];
    await before(page, host);
    const from = host.requests.length;
    let path = '';
    host.behave((request) => {
      const at = host.requests.indexOf(request) - from;
      const first = named ? !path && request.path === named : at === n;
      if (first) path = request.path;
      const ill = mode === 'once' ? first : mode === 'since' ? (named ? path : at >= n) : path === request.path;
      return ill && request.body.length ? FAULTS[fault](request) : undefined;
    });
    const lost = (/** @type {string} */ what) => /** @type {Outcome} */ ({ end: 'lost', path, what });
    await begin(page, host);
    /** @type {Look | undefined} */
    let now;
    const isRight = (/** @type {Look} */ seen) => right(seen, hits);
    const done = async () => {
      now = await look(page);
      return isRight(now) || now.problems.length > 0 || now.waiting;
    };
    const dead = () => page.evaluate(() => !customElements.get('timdoc-search')).catch(() => true);
    let came = false;
    if (endless(fault)) {
      for (let time = 0; time < STALL && !came; time += 5000) {
        came = await until(done, 500);
        if (!came) await page.clock.runFor(5000).catch(() => {});
      }
    }
    came ||= await until(done, endless(fault) || LOADER.test(path) ? 1500 : 15_000);
    if (now?.none) return lost('“no results”');
    if (came && now && isRight(now)) return { end: 'right', path, what: '' };
    // A search whose results are there, and only the button for saving is not: it comes when the box is next used.
    const quiet = flow === 'search' && now?.filters && !now.busy && !now.problems.length && now.hits.join('|') === hits.join('|');
    if (!came && !quiet && !(await dead())) return lost(`nothing is said: ${JSON.stringify(now)}`);
    const said = now?.problems.join(' ') ?? '';
    if (came && now && !now.waiting && !now.buttons && !(flow === 'saving')) return lost(`no way on: ${said}`);
    const slow = /Mạng chậm/.test(said);
    if (!slow && (now?.busy || now?.loading)) return lost(`it still says that it is busy: ${said}`);
    // The network is back.
    host.behave(() => {});
    await page.evaluate(() => Reflect.set(globalThis, 'same', true)).catch(() => {});
    if (endless(fault)) await page.clock.resume().catch(() => {});
    // Nothing can be asked for again while the browser still waits for it; the results are there.
    if (quiet && endless(fault)) return { end: 'right', path, what: '' };
    if (quiet) await page.evaluate(() => dispatchEvent(new Event('online'))).then(() => page.locator('timdoc-search input').first().focus());
    else if (!came) await begin(page, host);
    else if (now?.waiting) await page.evaluate(() => void dispatchEvent(new Event('online')));
    else await retry(page).catch(() => {});
    const anew = () => page.evaluate(() => Reflect.get(globalThis, 'same') !== true);
    let pressed = Date.now();
    let begun = false;
    const ok = await until(async () => {
      now = await look(page);
      // A part that was not said to have failed may have failed too. A page that is being loaded again is given time:
      // pressed again and again, it would begin anew each time.
      if (!isRight(now) && now.problems.length && now.buttons && Date.now() - pressed > 2000) {
        pressed = Date.now();
        await retry(page).catch(() => {});
      }
      // What was pressed before the page was loaded again is pressed once more.
      if (flow !== 'search' && !begun && !isRight(now) && now.offline && (await anew())) {
        begun = true;
        await begin(page, host);
      }
      // The button for saving, where that failed too, comes when the box is next used.
      if (flow === 'search' && now.filters && !now.offline) await page.locator('timdoc-search input').first().focus({ timeout: 3000 }).catch(() => {});
      return isRight(now);
    });
    if (!ok) return lost(`trying again does not help: ${said} → ${JSON.stringify(now)}`);
    return { end: (await anew()) ? 'reloaded' : 'said', path, what: said };
  }, endless(fault)).catch((error) => ({ end: /** @type {const} */ ('lost'), path: '', what: String(error).split('\n')[0] }));
}
