/** A field above a long group of filters whose letters narrow it down. Loaded when a group is long. */
import { h } from './dom.js';

/** Letters without case and marks. @param {string} text */
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');

/** Letters with their marks, without case. @param {string} text */
const marked = (text) => text.normalize('NFC').toLowerCase();

export class Narrow {
  /**
   * @param {import('../i18n/box.js').Words} words
   * @param {string} name of the group
   * @param {() => void} changed
   */
  constructor(words, name, changed) {
    this.field = h('input', { type: 'search', class: 'narrow', autocomplete: 'off', spellcheck: 'false',
      placeholder: words.narrow, 'aria-label': `${words.narrow} ${name}`, oninput: changed });
  }

  get typed() {
    return this.field.value.trim();
  }

  /**
   * Those of a group that have what was typed: letters typed without marks match those with marks.
   *
   * @template {{ label: string }} T
   * @param {T[]} values
   */
  among(values) {
    const { typed } = this;
    if (!typed) return values;
    const form = plain(typed) === typed.toLowerCase() ? plain : marked;
    return values.filter(({ label }) => form(label).includes(form(typed)));
  }
}
