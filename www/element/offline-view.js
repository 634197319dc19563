/**
 * "Save for offline reading", as it first shows: the size, told before anything is fetched. The rest of the control
 * comes when it is pressed, or when something is saved already.
 */
import { h, icon } from './dom.js';

/**
 * @param {import('./search-app.js').SearchApp} app
 * @param {import('../lib/types.d.ts').Library} library
 */
export async function offlineControl(app, library) {
  const element = h('div', { class: 'offline' });
  const whole = async () => {
    const { control } = await import('./offline-control.js');
    return control(app, library, element);
  };
  const { state, older, asked, total_bytes } = await library.offlineStatus();
  if (state !== 'none' || older || asked === 'save') {
    await whole();
    return element;
  }
  const save = async () => {
    removeEventListener('timdoc-offline', begun);
    await (await whole()).save();
  };
  // It was begun elsewhere on this page: by itself, or in another box.
  const begun = (/** @type {Event} */ event) => {
    const { bundle, phase } = /** @type {CustomEvent<{ bundle: string, phase: string }>} */ (event).detail;
    if (bundle !== library.url || phase === 'none') return;
    removeEventListener('timdoc-offline', begun);
    void whole();
  };
  addEventListener('timdoc-offline', begun);
  element.append(h('button', { type: 'button', class: 'plain', onclick: () => void save() }, icon('save'), app.words.save(app.words.size(total_bytes))));
  return element;
}
