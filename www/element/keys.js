/**
 * Keys of the search: arrows move between the field and the results, Escape goes back to the field
 * and then empties it, or closes the dialog, Enter in the field searches at once (in a result it opens the link, as ever).
 * While an input method composes, keys are its own.
 */
import { modified } from './dom.js';

/** @typedef {import('./search-app.js').SearchApp} SearchApp */

/**
 * @param {SearchApp} app
 * @param {AbortSignal} signal
 */
export function bindKeys(app, signal) {
  const { field, panel, host } = app;
  const links = () => /** @type {HTMLElement[]} */ ([...panel.list.querySelectorAll('a')]);

  field.addEventListener('keydown', (event) => {
    if (composing(event)) return;
    if (event.key === 'ArrowDown') {
      const first = panel.element.hidden ? undefined : links()[0];
      if (first) {
        event.preventDefault();
        first.focus();
      }
    } else if (event.key === 'ArrowRight' && field.selectionEnd === field.value.length && !panel.suggest.hidden && panel.suggest.firstElementChild) {
      // On from the end of what is typed, to how it may go on.
      event.preventDefault();
      /** @type {HTMLElement} */ (panel.suggest.firstElementChild).focus();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      void app.change({ q: field.value });
      if (matchMedia('(pointer: coarse)').matches) field.blur();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (app.modal) host.close();
      else if (app.compact && !panel.element.hidden) app.close();
      else if (field.value) {
        field.value = '';
        field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      }
    }
  }, { signal });

  panel.element.addEventListener('keydown', (event) => {
    if (composing(event) || event.defaultPrevented) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      if (app.modal) host.close();
      else host.focus();
      return;
    }
    const all = links();
    const at = all.indexOf(/** @type {HTMLElement} */ (event.composedPath()[0]));
    if (at < 0 || modified(event)) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to < 0) host.focus();
    else if (to < all.length) all[to].focus();
    else if (!panel.more.hidden) panel.more.focus();
  }, { signal });
}

/** @param {KeyboardEvent} event */
const composing = (event) => event.isComposing || event.keyCode === 229;
