/**
 * What an article states, from how it is stored beside it: `src/facts/compact.rs` draws that. The wasm passes it on
 * unread, so that no search waits for code that only readers need.
 */

/** @typedef {import('./types.d.ts').Article} Article */
/** @typedef {import('./types.d.ts').Facts} Facts */
/** @typedef {import('./types.d.ts').Mention} Mention */
/** @typedef {import('./types.d.ts').PlaceNamed} PlaceNamed */
/** @typedef {Pick<Article, 'title' | 'lead' | 'blocks'>} Texts */

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

/**
 * @param {Texts} article
 * @param {string} stored empty when it states nothing
 * @returns {Facts}
 */
export function readFacts(article, stored) {
  const [documents = [], people = [], places = [], awards = [], models = []] = /** @type {any[][][]} */ (stored ? JSON.parse(stored) : []);
  /** One fact: its words, which are those of the first mention unless stated, and what else it has. */
  const fact = (/** @type {any[]} */ fields) => {
    const own = mentions(fields[2]);
    const first = own[0] ? textOf(article, own[0].part).slice(own[0].start, own[0].end) : '';
    const some = (/** @type {number} */ at) => words(article, fields[at]);
    const list = (/** @type {number} */ at) => (Array.isArray(fields[at]) ? fields[at] : []).map((/** @type {any} */ item) => words(article, item) ?? first);
    return { mentions: own, first: (/** @type {number} */ at) => some(at) ?? first, some, list };
  };
  return {
    documents: documents.map((fields) => {
      const { first, some, list, mentions } = fact(fields);
      return { number: some(0) ?? '', text: first(1), title: some(3), issuer: some(4), date: some(5), possibly_same: list(6), mentions };
    }),
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
  };
}
