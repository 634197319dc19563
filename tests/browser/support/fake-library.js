/**
 * lib/library.js as a test wants it. ANSWERS (put before this text) may hold: `fail` { open | search |
 * article | save: code }, `delay` in milliseconds, `result` (parts of a SearchResult), `article` (parts
 * of an Article), `delays` (query → milliseconds), `saved` (bytes that are there), `status` (parts of an OfflineStatus),
 * `newer` (a NewerVersion), `words` (the words that articles have: a query with one that begins none of them finds
 * nothing), `suggest` (whole queries).
 */
export class TimdocError extends Error {
  constructor(code) {
    super(`fake ${code}`);
    this.code = code;
  }
}

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const date = (iso) => ({ text: iso, date: iso, precision: 'day', inferred: false });
export const calls = (globalThis.timdocCalls = []);

const hit = (id, title, more) => ({
  id, title, title_segments: [{ text: title, hit: false }], title_derived: false, published: date('2024-05-19'), source: 'Nguồn', category: 'Chuyên mục',
  url: null, score: 1, snippet: [{ text: 'Đoạn trích có ', hit: false }, { text: 'từ tìm', hit: true }], missing: [], reasons: [], ...more,
});

async function step(name, query) {
  calls.push(`${name} ${query ?? ''}`.trim());
  await wait(ANSWERS.delays?.[query] ?? ANSWERS.delay ?? 0);
  if (ANSWERS.fail?.[name]) throw new TimdocError(ANSWERS.fail[name]);
}

const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');
const unknown = (text) => ANSWERS.words && plain(text).trim().split(/\s+/).some((word) => !ANSWERS.words.some((known) => plain(known).startsWith(word)));

export async function open(url) {
  await step('open');
  const info = { version: '1', articles: 2, bytes: 2_000_000, from: '2024-05-19', to: '2024-05-19', fields: ['category', 'year'], ...ANSWERS.info };
  let saved = ANSWERS.saved ?? 0;
  let asked = ANSWERS.status?.asked ?? null;
  const status = () => ({ state: saved === 0 ? 'none' : saved < info.bytes ? 'partial' : 'saved', older: ANSWERS.status?.older ?? false, asked, saved_bytes: saved, total_bytes: info.bytes, saved_files: 0, total_files: 4 });
  return {
    url: String(url),
    info,
    async search(text, options) {
      await step('search', text);
      return {
        query: text, total: 2, partial: false, corrected: null, took_us: 1,
        hits: [hit('a', `Bài thứ nhất cho ${text.slice(0, 50)}`), hit('b', 'Bài thứ hai')],
        facets: options.facets ? { category: [{ value: 'Chuyên mục', label: 'Chuyên mục', count: 2 }] } : {},
        histogram: options.histogram ? [{ period: '2024', from: '2024-01-01', to: '2024-12-31', count: 2 }] : [],
        listed: ANSWERS.result?.total ?? 2,
        ...(unknown(text) && { total: 0, listed: 0, hits: [] }),
        ...ANSWERS.result,
        ...(ANSWERS.hits && { hits: ANSWERS.hits.map((more) => hit('a', more.title ?? 'Bài', more)) }),
      };
    },
    async article(id) {
      await step('article', id);
      return {
        id, title: 'Bài thứ nhất', title_derived: false, published: date('2024-05-19'), event: null, lead: 'Lời dẫn.', byline: null, source: 'Nguồn', category: null,
        tags: [], url: null, blocks: [{ kind: 'paragraph', text: 'Một đoạn.' }], attachments: [], images: [],
        facts: { documents: [], people: [], places: [], awards: [], models: [], dates: [] }, related: [], newer: null, older: null, ...ANSWERS.article,
      };
    },
    suggest: async () => (ANSWERS.suggest ?? []).map((text) => ({ text, segments: [{ text, hit: false }] })),
    facets: async () => ({ category: [{ value: 'Chuyên mục', label: 'Chuyên mục', count: 2 }] }),
    offlineStatus: async () => status(),
    async saveOffline({ onProgress, signal }) {
      if (ANSWERS.fail?.save) throw new TimdocError(ANSWERS.fail.save);
      while (saved < info.bytes) {
        if (signal.aborted) throw new TimdocError('aborted');
        saved += info.bytes / 4;
        onProgress(status());
        await wait(ANSWERS.delay ?? 0);
      }
      asked = null;
      return status();
    },
    async removeOffline() {
      saved = 0;
    },
    newer: async () => ANSWERS.newer ?? null,
    async askOffline(now) {
      asked = now;
      if (!now && saved < info.bytes) saved = 0;
    },
    traffic: () => ({ requests: 0, bytes: 0, round_trips: 0 }),
    close() {},
  };
}
