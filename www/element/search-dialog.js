/**
 * `<timdoc-search dialog>`: the button, and the dialog that it opens. A small module of its own, so that boxes that are
 * no dialogs do not load it; what is in the dialog comes when it is opened, as for an inline box.
 *
 * The browser keeps the focus inside, closes it at Escape and gives the focus back. Here: the page behind it stays where
 * it is, a press beside it closes it, and it is as high as the on-screen keyboard leaves it.
 */
import { boxText } from '../i18n/box.js';
import { h, icon, sheet } from './dom.js';

/** @typedef {import('./search-element.js').TimdocSearch} TimdocSearch */

const STYLE = `
:host { display: inline-block; }
button.box { max-width: 100%; padding-inline: .9rem; gap: .6rem; color: var(--_muted); font: inherit; text-align: start; cursor: pointer; }
button.box:hover { border-color: var(--_accent); color: var(--_ink); }
.ask { width: min(46rem, 100vw - 2rem); max-width: none; max-height: min(44rem, 100dvh - 4rem); margin: min(4rem, 8vh) auto auto; padding: 0; overflow: hidden;
  border: 1px solid var(--_line); border-radius: calc(var(--_radius) + 4px); background: var(--_paper); color: inherit; }
.ask[open] { display: flex; flex-direction: column; }
.ask::backdrop { background: rgb(0 0 0 / .45); }
.top { display: flex; gap: .35rem; padding: .75rem .6rem .75rem .75rem; }
.top .box { flex: 1; min-width: 0; }
.shut { display: grid; place-items: center; width: 2.75rem; padding: 0; border: 0; border-radius: var(--_radius); background: none; color: var(--_muted); cursor: pointer; }
@media (max-width: 40rem) { .ask { width: 100vw; height: var(--_height, 100dvh); max-height: none; margin: 0; border: 0; border-radius: 0; } }
`;

/**
 * @param {TimdocSearch} host
 * @param {ShadowRoot} root
 * @param {HTMLElement} box the field with its buttons
 * @param {HTMLElement | false} hint the sign of the key that opens it, if one does
 */
export function drawDialog(host, root, box, hint) {
  const text = boxText(host);
  const close = h('button', { type: 'button', class: 'shut', 'aria-label': text.close, onclick: () => host.close() }, icon('close'));
  const modal = h('dialog', { class: 'ask', part: 'dialog', 'aria-label': text.label }, h('div', { class: 'top' }, box, close), h('div', { class: 'inside' }));
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet(STYLE)];
  root.append(
    h('slot', { name: 'button', onclick: () => host.open() },
      h('button', { type: 'button', class: 'box', part: 'trigger', 'aria-haspopup': 'dialog', 'aria-keyshortcuts': hint && 'Control+K Meta+K' },
        icon('search'), h('span', null, text.label), hint)),
    modal,
  );
  host.modal = modal;
  host.addEventListener('timdoc-dialog-open', ({ target }) => target === host && hold(host, modal));
  closeBeside(modal);
  openers(host);
  if (host.addressed && !reading()) host.open();
}

/** The page behind stays where it is, until the dialog closes. @param {TimdocSearch} host @param {HTMLDialogElement} modal */
function hold(host, modal) {
  const { style } = document.documentElement;
  const { overflow, scrollbarGutter } = style;
  // Without the gutter the page would jump sideways as its scroll bar goes.
  if (innerWidth > document.documentElement.clientWidth) style.scrollbarGutter = 'stable';
  style.overflow = 'hidden';
  const fit = () => modal.style.setProperty('--_height', `${visualViewport?.height ?? innerHeight}px`);
  visualViewport?.addEventListener('resize', fit);
  fit();
  modal.addEventListener('close', () => {
    Object.assign(style, { overflow, scrollbarGutter });
    visualViewport?.removeEventListener('resize', fit);
    host.dispatchEvent(new CustomEvent('timdoc-dialog-close', { bubbles: true, composed: true }));
  }, { once: true });
}

/** A press that begins and ends beside the dialog closes it; text that is selected from inside out does not. @param {HTMLDialogElement} modal */
function closeBeside(modal) {
  let beside = false;
  modal.addEventListener('pointerdown', ({ target }) => (beside = target === modal));
  modal.addEventListener('click', ({ target }) => beside && target === modal && modal.close());
}

/** Elements of the page that open it. @param {TimdocSearch} host */
function openers(host) {
  document.addEventListener('click', (event) => {
    const opener = event.target instanceof Element && event.target.closest('[data-timdoc-open]');
    if (!opener || !host.isConnected || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!['', host.id].includes(opener.getAttribute('data-timdoc-open') ?? '')) return;
    event.preventDefault();
    host.open();
  });
}

/** True while a reader on this page shows an article. */
const reading = () => document.querySelector('timdoc-reader:not([home])') !== null && new URLSearchParams(location.search).has('doc');
