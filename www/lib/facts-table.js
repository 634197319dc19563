/**
 * What many articles state, as tables that count everything once: commendations told by several articles, documents
 * cited by several, models named by several.
 *
 * The rules are those of `src/facts/table.rs`, which says why; the tests of both read `tests/fixtures/facts_table.json`.
 */

/**
 * @typedef {{
 *   id: string, title?: string, published?: { date: string } | null, url?: string | null,
 *   facts: { documents?: DocumentFact[], awards?: AwardFact[], models?: ModelFact[] },
 * }} StatingArticle
 * @typedef {{
 *   text?: string, collectives?: number | null, individuals?: number | null, together?: number | null,
 *   giver?: string | null, form?: string | null, place?: string | null,
 * }} AwardFact
 * @typedef {{
 *   number: string, title?: string | null, issuer?: string | null, date?: { date: string } | null,
 *   possibly_same?: string[],
 * }} DocumentFact
 * @typedef {{ name: string, kind?: string }} ModelFact
 *
 * @typedef {{ article: string, at: number, day: string | null }} Report  which article, its how manieth fact of the
 *   kind, and the day it was published (`YYYY-MM-DD`)
 * @typedef {{
 *   collectives: number | null, individuals: number | null, together: number | null,
 *   giver: string | null, form: string | null, place: string | null, text: string, day: string | null,
 *   reports: Report[],
 * }} AwardRow
 * @typedef {{
 *   number: string, title: string | null, date: string | null, issuer: string | null, possibly_same: string[],
 *   reports: Report[],
 * }} DocumentRow
 * @typedef {{ name: string, kind: string, reports: Report[] }} ModelRow
 * @typedef {{
 *   awards: {
 *     rows: AwardRow[],
 *     totals: { commendations: number, collectives: number, individuals: number, together: number },
 *   },
 *   documents: { rows: DocumentRow[], totals: { documents: number, citations: number } },
 *   models: { rows: ModelRow[], totals: { models: number, citations: number } },
 * }} FactsTable
 */

/** Days between the first and the last report of one commendation. */
const DAYS = 14;
/** Letters and digits of a title by which an article that is published again is known. */
const TITLE = 30;
/** Numbers of this sum or less are met by chance: they need a giver and a place that are equal. */
const FEW = 5;

/**
 * @param {StatingArticle[]} articles in any order; a second one of the same id is passed over
 * @returns {FactsTable}
 */
export function tableOf(articles) {
  const known = new Set();
  const once = articles.filter(({ id }) => !known.has(id) && known.add(id)).sort((a, b) => compare(a.id, b.id));
  return { awards: awards(once), documents: documents(once), models: models(once) };
}

/**
 * @typedef {Report & { fact: AwardFact, giver: string, form: string, place: string, number: number | null,
 *   sum: number, known: number, title: string }} Told  a report of a commendation; `number` is its day, or the first day
 *   an article of that title told these numbers
 */

/** @param {StatingArticle[]} articles */
function awards(articles) {
  /** @type {Map<string, Told[]>} */
  const alike = new Map();
  for (const article of articles) {
    const day = dayOf(article);
    const title = fold(article.title).replaceAll(' ', '');
    (article.facts.awards ?? []).forEach((fact, at) => {
      const giver = body(fact.giver);
      const form = fold(fact.form);
      const place = body(fact.place);
      const sum = (fact.collectives ?? 0) + (fact.individuals ?? 0) + (fact.together ?? 0);
      const known = [giver, form, place].filter(Boolean).length;
      // Only those of one sum can be one; few people also need one giver and place.
      let key = String(sum);
      if (sum <= FEW) key += giver && place ? `|${giver}|${place}` : `|${article.id}|${at}`;
      const number = day ? Date.parse(day) / 86400000 : null;
      const told = { article: article.id, at, day, fact, giver, form, place, number, sum, known, title };
      push(alike, key, told);
    });
  }
  const rows = [...alike.values()].flatMap(commendations).map(awardRow);
  rows.sort((a, b) => compareDays(b.day, a.day) || sumOf(b) - sumOf(a) || compareReports(a, b));
  const total = (/** @type {(row: AwardRow) => number | null} */ of) => sum(rows, (row) => of(row) ?? 0);
  return {
    rows,
    totals: {
      commendations: rows.length,
      collectives: total((row) => row.collectives),
      individuals: total((row) => row.individuals),
      together: total((row) => row.together),
    },
  };
}

/**
 * Reports of one sum as commendations. Those that say most come first, so that one that says little joins what it
 * agrees with best and never joins two that contradict each other.
 *
 * @param {Told[]} reports
 */
function commendations(reports) {
  firstDays(reports);
  reports.sort((a, b) =>
    Number(isSplit(b.fact)) - Number(isSplit(a.fact)) || b.known - a.known
    || (a.number ?? Infinity) - (b.number ?? Infinity) || compare(a.article, b.article) || a.at - b.at);
  /** @type {Told[][]} */
  const groups = [];
  for (const report of reports) {
    /** @type {{ group: Told[], fit: number[] } | null} */
    let best = null;
    for (const group of groups) {
      if (!group.every((other) => mayBeSame(report, other)) || !group.some((other) => isSame(report, other))) continue;
      const fit = [
        Math.max(...group.map((other) => Number(sameNumbers(report.fact, other.fact)))),
        Math.max(...group.map((other) => agreement(report, other))),
        -Math.min(...group.map((other) => distance(report, other) ?? DAYS + 1)),
      ];
      if (!best || compareFits(fit, best.fit) > 0) best = { group, fit };
    }
    if (best) best.group.push(report);
    else groups.push([report]);
  }
  return groups;
}

/**
 * Lets an article that was published again, under its old title, count by its first day.
 *
 * @param {Told[]} reports
 */
function firstDays(reports) {
  /** @type {Map<string, number>} */
  const days = new Map();
  for (const { title, number } of reports) if (number !== null) days.set(title, Math.min(number, days.get(title) ?? number));
  for (const report of reports) if (length(report.title) >= TITLE) report.number = days.get(report.title) ?? null;
}

/**
 * Whether nothing speaks against two reports being of one commendation.
 *
 * @param {Told} a
 * @param {Told} b
 */
function mayBeSame(a, b) {
  return a.article !== b.article
    && (sameNumbers(a.fact, b.fact) || isSumOf(a.fact, b.fact) || isSumOf(b.fact, a.fact))
    && (!a.giver || !b.giver || isPartOf(a.giver, b.giver) || isPartOf(b.giver, a.giver))
    && (!a.form || !b.form || a.form === b.form)
    && (!a.place || !b.place || isSamePlace(a.place, b.place))
    && (distance(a, b) ?? 0) <= DAYS;
}

/**
 * Whether enough speaks for it.
 *
 * @param {Told} a
 * @param {Told} b
 */
function isSame(a, b) {
  const both = a.giver !== '' && a.giver === b.giver && a.place !== '' && a.place === b.place;
  return both || (a.sum > FEW && distance(a, b) !== null);
}

/**
 * @param {AwardFact} a
 * @param {AwardFact} b
 */
function sameNumbers(a, b) {
  return (a.collectives ?? null) === (b.collectives ?? null) && (a.individuals ?? null) === (b.individuals ?? null)
    && (a.together ?? null) === (b.together ?? null);
}

/** @param {AwardFact} fact */
const isSplit = (fact) => (fact.together ?? null) === null;

/**
 * Whether one tells the number of all, and the other how many of them are collectives and individuals.
 *
 * @param {AwardFact} all
 * @param {AwardFact} split
 */
function isSumOf(all, split) {
  return !isSplit(all) && isSplit(split) && (all.collectives ?? all.individuals ?? null) === null
    && (split.collectives ?? null) !== null && (split.individuals ?? null) !== null
    && all.together === (split.collectives ?? 0) + (split.individuals ?? 0);
}

/**
 * How many of giver, form and place two reports both state alike.
 *
 * @param {Told} a
 * @param {Told} b
 */
function agreement(a, b) {
  return [[a.giver, b.giver], [a.form, b.form], [a.place, b.place]].filter(([x, y]) => x && x === y).length;
}

/**
 * Days between two reports; null when one is undated.
 *
 * @param {Told} a
 * @param {Told} b
 */
const distance = (a, b) => (a.number === null || b.number === null ? null : Math.abs(a.number - b.number));

/**
 * @param {number[]} a
 * @param {number[]} b
 */
function compareFits(a, b) {
  const at = a.findIndex((value, n) => value !== b[n]);
  return at < 0 ? 0 : a[at] - b[at];
}

/** @param {Told[]} group */
function awardRow(group) {
  const { collectives = null, individuals = null, together = null } = group[0].fact;
  const numbers = group[0].fact;
  const told = byDay(group);
  return {
    collectives,
    individuals,
    together,
    giver: fullest(told.map((report) => report.fact.giver)),
    form: fullest(told.map((report) => report.fact.form)),
    place: fullest(told.map((report) => report.fact.place)),
    text: told.find((report) => sameNumbers(report.fact, numbers))?.fact.text ?? '',
    day: told[0].day,
    reports: told.map(({ article, at, day }) => ({ article, at, day })),
  };
}

/** @param {AwardRow} row */
const sumOf = (row) => (row.collectives ?? 0) + (row.individuals ?? 0) + (row.together ?? 0);

/** @param {StatingArticle[]} articles */
function documents(articles) {
  const cited = byKey(articles, (article) => article.facts.documents ?? [], (fact) => documentKey(fact.number));
  const shown = new Map([...cited].map(([key, told]) => [key, most(told.map(({ facts }) => facts[0].number), documentKey) ?? '']));
  const rows = [...cited].map(([key, told]) => {
    const each = (/** @type {(fact: DocumentFact) => string | null | undefined} */ of) =>
      told.map(({ facts }) => facts.map(of).find(Boolean));
    const same = new Set(told.flatMap(({ facts }) => facts).flatMap((fact) => fact.possibly_same ?? [])
      .filter((number) => documentKey(number) !== key).map((number) => shown.get(documentKey(number)) ?? number));
    return {
      key,
      number: shown.get(key) ?? '',
      title: most(each((fact) => fact.title), fold),
      date: most(each((fact) => fact.date?.date), (date) => date),
      issuer: most(each((fact) => fact.issuer), body),
      possibly_same: [...same].sort(compare),
      reports: byDay(told).map(({ article, at, day }) => ({ article, at, day })),
    };
  });
  rows.sort((a, b) => b.reports.length - a.reports.length || parseInt(a.key, 10) - parseInt(b.key, 10) || compare(a.key, b.key));
  const citations = sum(rows, ({ reports }) => reports.length);
  return { rows: rows.map(({ key, ...row }) => row), totals: { documents: rows.length, citations } };
}

/** @param {StatingArticle[]} articles */
function models(articles) {
  const named = byKey(articles, (article) => article.facts.models ?? [], (fact) => modelKey(fact.name));
  const rows = [...named].map(([key, told]) => ({
    key,
    name: most(told.map(({ facts }) => facts[0].name.normalize('NFC')), modelKey) ?? '',
    kind: most(told.map(({ facts }) => facts.map((fact) => fact.kind).find(Boolean)), fold) ?? '',
    reports: byDay(told).map(({ article, at, day }) => ({ article, at, day })),
  }));
  rows.sort((a, b) => b.reports.length - a.reports.length || compare(a.key, b.key));
  const citations = sum(rows, ({ reports }) => reports.length);
  return { rows: rows.map(({ key, ...row }) => row), totals: { models: rows.length, citations } };
}

/**
 * Facts of one key, by article: each article once, with all its facts of that key.
 *
 * @template T
 * @param {StatingArticle[]} articles
 * @param {(article: StatingArticle) => T[]} factsOf
 * @param {(fact: T) => string} keyOf  empty for a fact that is left out
 */
function byKey(articles, factsOf, keyOf) {
  /** @type {Map<string, (Report & { facts: T[] })[]>} */
  const found = new Map();
  for (const article of articles) {
    factsOf(article).forEach((fact, at) => {
      const key = keyOf(fact);
      if (!key) return;
      const told = found.get(key) ?? [];
      found.set(key, told);
      const last = told.at(-1);
      if (last?.article === article.id) last.facts.push(fact);
      else told.push({ article: article.id, at, day: dayOf(article), facts: [fact] });
    });
  }
  return found;
}

/**
 * What most say: of what is the same by its key the most frequent, then the longest, then the first of the alphabet.
 *
 * @param {(string | null | undefined)[]} values
 * @param {(value: string) => string} keyOf
 */
function most(values, keyOf) {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const value of values) if (value) push(groups, keyOf(value), value);
  return first(groups.get(first([...groups].flatMap(([key, group]) => group.map(() => key))) ?? '') ?? []);
}

/**
 * The most frequent, then the longest, then the first of the alphabet.
 *
 * @param {string[]} texts
 */
function first(texts) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const order = [...counts].sort(([a, m], [b, n]) => n - m || length(b) - length(a) || compare(a, b));
  return order.length ? order[0][0] : null;
}

/**
 * The longest, then the first of the alphabet.
 *
 * @param {(string | null | undefined)[]} values
 */
const fullest = (values) => first([...new Set(values.flatMap((text) => text || []))]);

/**
 * @template T
 * @param {Map<string, T[]>} lists
 * @param {string} key
 * @param {T} item
 */
function push(lists, key, item) {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/**
 * The day an article was published, when it is known to the day.
 *
 * @param {StatingArticle} article
 */
function dayOf(article) {
  const day = article.published?.date.slice(0, 10) ?? '';
  return day.length === 10 ? day : null;
}

/**
 * @template {Report} T
 * @param {T[]} reports
 */
const byDay = (reports) => [...reports].sort((a, b) =>
  compareDays(a.day ?? '9', b.day ?? '9') || compare(a.article, b.article) || a.at - b.at);

/**
 * Undated ones before all.
 *
 * @param {string | null} a
 * @param {string | null} b
 */
const compareDays = (a, b) => compare(a ?? '', b ?? '');

/**
 * @param {{ reports: Report[] }} a
 * @param {{ reports: Report[] }} b
 */
const compareReports = (a, b) => compare(a.reports[0].article, b.reports[0].article) || a.reports[0].at - b.reports[0].at;

/**
 * By code units, the same in every locale.
 *
 * @param {string} a
 * @param {string} b
 */
const compare = (a, b) => (a < b ? -1 : Number(a > b));

/** @param {string} text */
const length = (text) => [...text].length;

/** Terms that offices and newspapers also write short, folded; `src/facts/table/same.rs` has the same. */
const SHORT = [
  ['uy ban nhan dan', 'ubnd'], ['hoi dong nhan dan', 'hdnd'], ['mat tran to quoc', 'mttq'], ['ban thuong vu', 'btv'],
  ['ban chap hanh', 'bch'], ['lien doan lao dong', 'ldld'], ['trung uong', 'tw'], ['thanh pho', 'tp'],
  ['ho chi minh', 'hcm'], ['tphcm', 'tp hcm'],
];

/** Words for the type of a unit, folded and as SHORT makes them. */
const UNITS = ['tinh', 'tp', 'thi xa', 'thi tran', 'dac khu', 'quan', 'huyen', 'phuong', 'xa'];

/**
 * Folded, terms that are also written short in their short form.
 *
 * @param {string | null | undefined} name
 */
function body(name) {
  let text = ` ${fold(name)} `;
  for (const [long, short] of SHORT) text = text.replaceAll(` ${long} `, ` ${short} `);
  return text.trim();
}

/**
 * @param {string} part
 * @param {string} whole
 */
const isPartOf = (part, whole) => ` ${whole} `.includes(` ${part} `);

/**
 * Equal, or one without its type's word: Hải Phòng, thành phố Hải Phòng.
 *
 * @param {string} a
 * @param {string} b
 */
const isSamePlace = (a, b) => a === b || UNITS.some((unit) => a === `${unit} ${b}` || b === `${unit} ${a}`);

/**
 * Lower case without marks, runs of anything but letters and digits as one space.
 *
 * @param {string | null | undefined} text
 */
function fold(text) {
  return (text ?? '').normalize('NFD').replace(/[\u0300-\u0303\u0306\u0309\u031b\u0323\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .normalize('NFC').toLowerCase().replaceAll('đ', 'd').replace(/[^\p{L}\p{Nd}]+/gu, ' ').trim();
}

/**
 * `01-KL/TW` → `1-kl-tw`. TƯ is TW (Trung ương) and not TU (Tỉnh ủy), as which it would fold.
 *
 * @param {string} number
 */
const documentKey = (number) => fold(number.normalize('NFC').replaceAll('TƯ', 'TW')).replaceAll(' ', '-').replace(/^0+/, '');

/**
 * A model's name in lower case, words only; marks count.
 *
 * @param {string} name
 */
const modelKey = (name) => name.normalize('NFC').toLowerCase().replace(/[^\p{Alphabetic}\p{N}]+/gu, ' ').trim();

/**
 * @template T
 * @param {T[]} rows
 * @param {(row: T) => number} of
 */
function sum(rows, of) {
  let total = 0;
  for (const row of rows) total += of(row);
  return total;
}
