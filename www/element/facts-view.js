/** What an article states, as lists beside it: every line goes to its sentence. */
import { showDate } from './both.js';
import { textOf } from '../lib/facts.js';
import { h } from './dom.js';
import { goTo, sentenceAt } from './sentences.js';

/** @typedef {import('../i18n/reading.js').ReadingWords} Words */
/** @typedef {import('../lib/types.d.ts').Article} Article */
/** @typedef {import('../lib/types.d.ts').Award} Award */
/** @typedef {import('../lib/types.d.ts').Mention} Mention */

/** Lines of a list before "show all". */
const FEW = 5;

/** Most characters of a sentence that tell what a day is. */
const GLIMPSE = 72;

/**
 * @param {Words} words
 * @param {Article} article
 * @param {import('./reader-view.js').Links} links
 * @param {() => ParentNode} place what holds the article
 * @returns {HTMLElement | null} null when it states nothing
 */
export function factsView(words, article, links, place) {
  const { documents, people, places, awards, models, dates = [] } = article.facts;
  /** A line that goes to where it is stated. */
  const line = (/** @type {Mention[]} */ mentions, /** @type {string} */ what, /** @type {(string | null | false)[]} */ about) => {
    const text = [h('span', { class: 'what' }, what), ' ', h('span', { class: 'about' }, about.filter(Boolean).join(' · '))];
    const [first] = mentions;
    if (!first) return h('span', { class: 'line' }, text);
    return h('button', { type: 'button', class: 'line', title: words.toSentence, onclick: () => goTo(place(), first, textOf(article, first.part)) }, text);
  };
  const lists = [
    list(words, 'awards', words.facts.awards, awards.map((award) => line(award.mentions, counted(words, award), [award.form, award.giver, award.place]))),
    list(words, 'documents', words.facts.documents, documents.map(({ number, text, title, issuer, date, possibly_same, mentions }) => [
      h('a', { href: links.search(number), 'aria-label': words.documentSearch(number), title: text }, number),
      line(mentions, title ?? text, [issuer, date && showDate(date), possibly_same.length > 0 && words.maybeSame(possibly_same.join(', '))])])),
    list(words, 'people', words.facts.people, people.map(({ name, roles, mentions }) => line(mentions, name, [roles.join('; ')]))),
    list(words, 'places', words.facts.places, inOrder(places).map(({ name, province, today, mentions }) =>
      line(mentions, name, [province, today.length > 0 && today[0] !== name && words.today(today.join(', '))]))),
    list(words, 'dates', words.facts.dates, [...dates].sort((a, b) => (a.date < b.date ? -1 : 1)).map(({ date, text, kind, mentions }) =>
      line(mentions, date.length < 10 ? words.month(text) : showDate(date), [
        kind === 'event' && words.happened, kind === 'document' && documents.filter((one) => one.date?.startsWith(date)).map((one) => one.number).join(', '), glimpse(article, mentions[0])]))),
    list(words, 'models', words.facts.models, models.map(({ name, kind, mentions }) => line(mentions, `“${name}”`, [kind]))),
  ].filter((list) => list !== null);
  if (lists.length === 0) return null;
  return h('section', { class: 'facts', 'aria-label': words.stated }, h('h2', null, words.stated), lists);
}

/** Those that the article is about, before those it only mentions. @param {import('../lib/types.d.ts').PlaceNamed[]} places */
const inOrder = (places) => [...places].sort((a, b) => Number(a.role === 'mentioned') - Number(b.role === 'mentioned'));

/** The words about a place in its sentence: from it on, or up to it when it ends the sentence. @param {Pick<Article, 'title' | 'lead' | 'blocks'>} article @param {Mention} mention */
export function glimpse(article, { part, start, end }) {
  const text = textOf(article, part);
  const [from, to] = sentenceAt(text, start, end);
  const near = start - from <= GLIMPSE / 3 || to - end < GLIMPSE / 6 && to - from <= GLIMPSE;
  const back = to - end < GLIMPSE / 6 ? to - GLIMPSE : start - GLIMPSE / 4;
  const begin = near ? from : text.indexOf(' ', back) + 1;
  const said = text.slice(begin, to).trim();
  const cut = said.length <= GLIMPSE ? said : `${said.slice(0, said.lastIndexOf(' ', GLIMPSE))}…`;
  return begin > from ? `…${cut}` : cut;
}

/** "56 tập thể, 87 cá nhân". @param {Words} words @param {Pick<Award, 'collectives' | 'individuals' | 'together' | 'text'>} award */
export function counted(words, { collectives, individuals, together, text }) {
  const counts = [
    collectives !== null && words.collectives(words.number(collectives)),
    individuals !== null && words.individuals(words.number(individuals)),
    together !== null && words.together(words.number(together)),
  ].filter(Boolean);
  return counts.join(', ') || text;
}

/**
 * @param {Words} words
 * @param {string} name
 * @param {string} label
 * @param {(HTMLElement | HTMLElement[])[]} lines
 */
function list(words, name, label, lines) {
  if (lines.length === 0) return null;
  const rows = lines.map((line) => h('li', null, line));
  const rest = rows.slice(FEW + 1).length > 0 ? rows.slice(FEW) : [];
  for (const row of rest) row.hidden = true;
  const all = rest.length > 0 && h('button', { type: 'button', class: 'all', onclick: () => {
    for (const row of rest) row.hidden = false;
    /** @type {HTMLElement} */ (all).remove();
    /** @type {HTMLElement | null} */ (rest[0].querySelector('button, a'))?.focus();
  } }, words.showAll(words.number(rows.length)));
  return h('div', { class: name }, h('h3', null, label), h('ul', { role: 'list', lang: 'vi' }, rows), all);
}
