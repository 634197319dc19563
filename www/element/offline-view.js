/**
 * "Save for offline reading": the size first, then progress that can be cancelled and resumed, then
 * the state, and a way to remove it.
 */
import { saving } from '../lib/ahead.js';
import { h, icon } from './dom.js';
import { codeOf } from './states.js';

/** @typedef {import('../lib/types.d.ts').OfflineStatus} OfflineStatus */

/**
 * @param {import('../i18n/index.js').Words} words
 * @param {import('../lib/types.d.ts').Library} library
 * @param {import('./announcer.js').Announcer} announcer
 */
export async function offlineControl(words, library, announcer) {
  const element = h('div', { class: 'offline' });
  if (!('caches' in globalThis)) return element;
  const size = words.size;

  /** @param {OfflineStatus} status @param {boolean} [focus] */
  const rest = (status, focus = false) => {
    const saved = status.state === 'saved';
    const button = saved
      ? h('button', { type: 'button', class: 'link', onclick: remove }, words.unsave)
      : h('button', { type: 'button', class: 'plain', onclick: save }, icon('save'),
        status.state === 'partial' ? words.saveRest(size(status.total_bytes - status.saved_bytes)) : words.save(size(status.total_bytes)));
    element.replaceChildren(...(saved ? [h('span', { class: 'kept' }, icon('done'), words.saved(size(status.saved_bytes))), button] : [button]));
    if (focus) button.focus();
  };

  const save = async () => {
    const stop = new AbortController();
    const bar = h('progress', { 'aria-label': words.saving('', '').trim(), max: 1, value: 0 });
    const text = h('span');
    const cancel = h('button', { type: 'button', class: 'link', onclick: () => stop.abort() }, words.cancel);
    element.replaceChildren(bar, text, cancel);
    cancel.focus();
    try {
      const { keepPage } = await import('../lib/offline.js');
      await keepPage().catch(() => {});
      const status = await library.saveOffline({
        signal: stop.signal,
        onProgress: ({ saved_bytes, total_bytes }) => {
          bar.value = total_bytes ? saved_bytes / total_bytes : 1;
          text.textContent = words.saving(size(saved_bytes), size(total_bytes));
        },
      });
      rest(status, true);
      announcer.say(words.savedDone, 0);
    } catch (error) {
      const code = codeOf(error);
      rest(await library.offlineStatus(), true);
      if (code === 'aborted') return announcer.say(words.saveStopped, 0);
      const [title, advice] = words.errors[code] ?? words.errors.other;
      element.append(h('p', { class: 'error', role: 'alert' }, `${title}. ${advice}`));
    }
  };

  const remove = async () => {
    await library.removeOffline();
    rest(await library.offlineStatus(), true);
    announcer.say(words.unsaved, 0);
  };

  const saved = saving.get(library.url);
  if (saved) {
    element.append(h('span', null, words.autoSaving));
    const after = async () => rest(await library.offlineStatus());
    void saved.then(after, after);
  } else rest(await library.offlineStatus());
  return element;
}
