/**
 * What an article states, from how it is stored beside it: `src/facts/compact.rs` draws that. The wasm passes it on
 * unread, so that no search waits for code that only readers need.
 */

/** @typedef {import('./types.d.ts').Article} Article */
/** @typedef {import('./types.d.ts').Facts} Facts */
/** @typedef {import('./types.d.ts').Mention} Mention */
/** @typedef {import('./types.d.ts').PlaceNamed} PlaceNamed */
/** @typedef {Pick<Article, 'title' | 'lead' | 'blocks'>} Texts */
/** @typedef {Texts & Partial<Pick<Article, 'published' | 'event'>>} Dated */

/** @type {PlaceNamed['kind'][]} */
const KINDS = ['province', 'district', 'commune'];

/**
 * The text of a part of an article: 0 the title, 1 the lead, 2 + n the block n.
 *
 * @param {Texts} article
 * @param {number} part
 */
export function textOf({ title, lead, blocks }, part) {
  return (part === 0 ? title : part === 1 ? lead : blocks[part - 2]?.text) ?? '';
}

/**
 * Words as they are stored: themselves, or where they stand.
 *
 * @param {Texts} article
 * @param {any} stored
 * @returns {string | null}
 */
function words(article, stored) {
  if (!Array.isArray(stored)) return typeof stored === 'string' ? stored : null;
  const [part, start, length] = stored;
  return textOf(article, part).slice(start, start + length);
}

/** @param {number[]} [numbers] @returns {Mention[]} */
function mentions(numbers) {
  const found = [];
  for (let at = 0; at < (numbers?.length ?? 0); at += 3) {
    const [part, start, length] = /** @type {number[]} */ (numbers).slice(at, at + 3);
    found.push({ part, start, end: start + length });
  }
  return found;
}

const DAY = 86_400_000;

/** Days since 1970 of a date that exists, else null. @param {number} year @param {number} month @param {number} day */
function dayOf(year, month, day) {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / DAY : null;
}

/**
 * The days an article names: `src/facts/compact/days.rs` draws how they are stored.
 *
 * @param {Dated} article
 * @param {number[]} stored
 * @param {Facts['documents']} documents
 * @returns {Facts['dates']}
 */
function datesOf(article, stored, documents) {
  if (stored.length === 0) return [];
  const near = article.published ?? article.event;
  const [from, month1, day1] = (near?.date.slice(0, 10) ?? '1970-01-01').split('-').map(Number);
  const reference = dayOf(from, month1 || 1, day1 || 1) ?? 0;
  /** Every run of figures: part, start, text. @type {[number, number, string][]} */
  const runs = [];
  for (let part = 0; part < 2 + article.blocks.length; part += 1) {
    for (const { 0: figures, index } of textOf(article, part).matchAll(/[0-9]+/g)) runs.push([part, index, figures]);
  }
  const dates = [];
  for (let next = 0, at = 0; next < stored.length;) {
    const number = stored[next++];
    const form = number % 4;
    at += Math.floor(number / 4);
    const figures = runs.slice(at, at += form === 3 ? 3 : form > 0 ? 2 : 1);
    const [a, b, c] = figures.map(([, , text]) => Number(text));
    let month = form === 2 && figures[1][2].length === 4;
    /** @type {number | null} */
    let day = null;
    if (form === 3) day = dayOf(c, b, a);
    else if (month) day = dayOf(b, a, 1);
    else if (form === 2) {
      for (const year of [from - 1, from, from + 1]) {
        const found = dayOf(year, b, a);
        if (found !== null && (day === null || Math.abs(found - reference) < Math.abs(day - reference))) day = found;
      }
    } else {
      const when = stored[next++];
      day = reference + Math.floor(when / 2);
      month = when % 2 !== 0;
    }
    if (day === null || figures.length === 0) continue;
    const [[part, start], [, last, end]] = [figures[0], figures[figures.length - 1]];
    const date = new Date(day * DAY).toISOString().slice(0, month ? 7 : 10);
    const text = textOf(article, part).slice(start, last + end.length);
    const kind = documents.some((document) => document.date?.slice(0, 10) === date) ? 'document' : article.event?.date === date ? 'event' : 'other';
    dates.push({ date, text, kind, inferred: !/[0-9]{4}/.test(text), mentions: [{ part, start, end: last + end.length }] });
  }
  return /** @type {Facts['dates']} */ (dates);
}

/**
 * @param {Dated} article
 * @param {string} stored empty when it states nothing
 * @returns {Facts}
 */
export function readFacts(article, stored) {
  const [documents = [], people = [], places = [], awards = [], models = [], dates = []] = /** @type {any[][]} */ (stored ? JSON.parse(stored) : []);
  /** One fact: its words, which are those of the first mention unless stated, and what else it has. */
  const fact = (/** @type {any[]} */ fields) => {
    const own = mentions(fields[2]);
    const first = own[0] ? textOf(article, own[0].part).slice(own[0].start, own[0].end) : '';
    const some = (/** @type {number} */ at) => words(article, fields[at]);
    const list = (/** @type {number} */ at) => (Array.isArray(fields[at]) ? fields[at] : []).map((/** @type {any} */ item) => words(article, item) ?? first);
    return { mentions: own, first: (/** @type {number} */ at) => some(at) ?? first, some, list };
  };
  const cited = documents.map((fields) => {
    const { first, some, list, mentions } = fact(fields);
    return { number: some(0) ?? '', text: first(1), title: some(3), issuer: some(4), date: some(5), possibly_same: list(6), mentions };
  });
  return {
    documents: cited,
    people: people.map((fields) => {
      const { first, list, mentions } = fact(fields);
      return { name: first(0), roles: list(1), mentions };
    }),
    places: places.map((fields) => {
      const { first, some, list, mentions } = fact(fields);
      const code = fields[3] || 0;
      const name = first(0);
      return { name, unit: some(1) ?? name, kind: KINDS[code % 3], role: code < 3 ? 'subject' : 'mentioned', province: some(4), today: list(5), mentions };
    }),
    awards: awards.map((fields) => {
      const { first, some, mentions } = fact(fields);
      const [collectives = null, individuals = null, together = null] = fields[1] || [];
      return { text: first(0), collectives, individuals, together, giver: some(3), form: some(4), place: some(5), mentions };
    }),
    models: models.map((fields) => {
      const { first, some, mentions } = fact(fields);
      return { name: first(0), kind: some(1) ?? '', mentions };
    }),
    dates: datesOf(article, dates, cited),
  };
}
