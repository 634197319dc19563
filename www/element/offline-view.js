/**
 * "Save for offline reading", as it first shows: the size, told before anything is fetched. The rest of the control
 * comes when it is pressed, or when something is saved already.
 */
import { h, icon, trouble } from './dom.js';

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
  // A library that was opened from a file needs no network.
  if (location.protocol === 'file:') return element;
  const { state, older, asked, total_bytes } = await library.offlineStatus();
  if (state !== 'none' || older || asked === 'save') {
    await whole();
    return element;
  }
  // It may be begun elsewhere: by itself, in another box, in another tab.
  const wait = new AbortController();
  const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel(`timdoc:${library.url}`) : null;
  /** @type {ReturnType<typeof whole> | undefined} */
  let begun;
  const begin = () => {
    wait.abort();
    tabs?.close();
    begun ??= whole();
    begun.catch(() => (begun = undefined));
    return begun;
  };
  addEventListener('timdoc-offline', (event) => {
    const { bundle, phase } = /** @type {CustomEvent<{ bundle: string, phase: string }>} */ (event).detail;
    if (bundle === library.url && phase !== 'none') void begin();
  }, { signal: wait.signal });
  if (tabs) tabs.onmessage = () => void begin();
  const save = () => begin().then((all) => all.save(), (error) => element.append(trouble(app.host, app.words.errors.network[0], !(error instanceof SyntaxError) && save)));
  element.append(h('button', { type: 'button', class: 'plain', onclick: () => void save() }, icon('save'), app.words.save(app.words.size(total_bytes))));
  return element;
}
