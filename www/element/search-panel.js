/** The parts of the search below its box, in reading order: head, filters, results, footer. No behaviour. */
import { h, icon } from './dom.js';

/** @typedef {import('../i18n/box.js').Words} Words */

/**
 * @param {Words} words
 * @param {string} name of the region with the results
 * @param {{ sort: (value: string) => void, more: () => void, stated: () => void }} on
 */
export function makePanel(words, name, on) {
  const count = h('h2', { class: 'count' });
  const sort = h('select', { onchange: () => on.sort(sort.value) },
    Object.entries(words.sorts).map(([value, label]) => h('option', { value }, label)));
  const side = h('div', { class: 'side closed', part: 'filters', id: 'side', role: 'group', 'aria-label': words.filters });
  const toggleText = h('span', null, words.filters);
  const toggle = h('button', { type: 'button', class: 'plain toggle', 'aria-expanded': 'false', 'aria-controls': 'side', hidden: true, onclick: () => {
    toggle.setAttribute('aria-expanded', String(!side.classList.toggle('closed')));
  } }, icon('filter'), toggleText);
  const badge = h('p', { class: 'badge', hidden: true }, icon('offline'), words.offlineBadge);
  const notes = h('div', { class: 'notes' });
  const chips = h('div', { class: 'chips' });
  const stated = h('button', { type: 'button', class: 'plain', hidden: true, 'aria-haspopup': 'dialog', onclick: () => on.stated() }, icon('table'), h('span', null, words.statedButton));
  const tools = h('div', { class: 'tools' }, toggle, stated, h('label', { class: 'sort' }, h('span', null, words.sort), sort));
  const head = h('div', { class: 'head' }, h('div', { class: 'headline' }, count, badge, tools), notes, chips);
  const list = h('ol', { class: 'hits', role: 'list' });
  const shown = h('p', { class: 'shown' });
  const more = h('button', { type: 'button', class: 'plain', onclick: () => on.more() }, words.more);
  const rest = h('div', { class: 'rest', hidden: true }, more, shown);
  const place = h('div');
  const main = h('section', { class: 'main', 'aria-label': name }, list, rest, place);
  const busy = h('div', { class: 'busy', hidden: true });
  const foot = h('div', { class: 'foot', part: 'footer' });
  const cols = h('div', { class: 'cols' }, head, side, main);
  const suggest = h('div', { class: 'suggest', role: 'group', 'aria-label': words.suggestions, hidden: true });
  const element = h('div', { class: 'panel', part: 'panel', hidden: true }, busy, suggest, cols, foot);
  return { element, busy, suggest, cols, head, count, badge, tools, sort, toggle, toggleText, stated, notes, chips, side, main, list, rest, more, shown, place, foot };
}

/** @typedef {ReturnType<typeof makePanel>} Panel */
