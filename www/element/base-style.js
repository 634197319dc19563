/**
 * The look of the search box and the colours of both elements, as constructable style sheets: they
 * must be there before anything is fetched, and a portal's CSP (`style-src 'self'`) allows them.
 *
 * Colours follow the page's own `color-scheme`: a portal that is light only keeps a light box. A
 * browser without light-dark() drops the colours and inherits the page's.
 *
 * Selectors of the portal stay out of a shadow root; what is inherited and what is measured in rem does not, so both are
 * reset here. Visibility and pointer-events are left: a portal that hides a menu hides the box in it. A portal's own form
 * in the slot keeps its look.
 */

const TOKENS = `
:host {
  --_accent: var(--timdoc-accent, light-dark(#0b5c6b, #6cc7d6));
  --_on-accent: var(--timdoc-on-accent, light-dark(#fff, #06262d));
  --_ink: var(--timdoc-ink, light-dark(#18262b, #e4ecee));
  --_muted: var(--timdoc-muted, light-dark(#51636a, #a3b4b9));
  --_paper: var(--timdoc-paper, light-dark(#fff, #121c20));
  --_raised: var(--timdoc-raised, light-dark(#f3f6f6, #1b282d));
  --_line: var(--timdoc-line, light-dark(#d4dddf, #304147));
  --_edge: var(--timdoc-edge, light-dark(#7b8d93, #74888f));
  --_mark: var(--timdoc-mark, light-dark(#ffe9a8, #4a3b0c));
  --_warn: var(--timdoc-warn, light-dark(#9a3412, #f6b48f));
  --_radius: var(--timdoc-radius, 10px);
  --_font: var(--timdoc-font, system-ui, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif);
  display: block;
}
:where(:host > :not(slot)) {
  color: var(--_ink);
  font: 400 1rem/1.6 var(--_font);
  direction: ltr; list-style: initial; cursor: initial; hyphens: initial; letter-spacing: initial; word-spacing: initial;
  white-space: initial; overflow-wrap: initial; word-break: initial; line-break: initial; text-align: initial; text-indent: initial;
  text-transform: initial; text-shadow: initial; text-rendering: initial; -webkit-text-fill-color: initial; -webkit-text-stroke: initial;
}
:host([hidden]) { display: none !important; }
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }
*, ::before, ::after { box-sizing: border-box; }
.sr { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; }
svg { width: 1.25em; height: 1.25em; flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
.failed { margin: .75rem 0 0; color: var(--_warn); }
.failed button { font: inherit; color: var(--_accent); background: none; border: 0; padding: .25rem .5rem; text-decoration: underline; cursor: pointer; }
`;

const BOX = `
.box { display: flex; align-items: center; gap: .25rem; min-height: 3.25rem; margin: 0; padding: .25rem; padding-inline-start: .9rem;
  background: var(--_paper); border: 1px solid var(--_edge); border-radius: var(--_radius); }
.box:focus-within { outline: 3px solid var(--_accent); outline-offset: 1px; border-color: transparent; }
.box > svg { color: var(--_muted); }
.box input { flex: 1; min-width: 0; height: 2.75rem; padding: 0 .5rem; border: 0; outline: 0; background: none; color: inherit;
  font: inherit; font-size: 1.0625rem; appearance: none; }
.box input::placeholder { color: var(--_muted); opacity: 1; }
.box input::-webkit-search-cancel-button { display: none; }
.box button { display: grid; place-items: center; height: 2.75rem; min-width: 2.75rem; padding: 0 .75rem; border: 0;
  border-radius: calc(var(--_radius) - 3px); background: none; color: var(--_muted); font: inherit; cursor: pointer; }
.box input:placeholder-shown + .clear { display: none; }
.box button.go { padding-inline: 1.25rem; background: var(--_accent); color: var(--_on-accent); font-weight: 600; }
.box button:hover { color: var(--_ink); }
.box button.go:hover { color: var(--_on-accent); filter: brightness(1.08); }
.box kbd { flex: none; padding: .1rem .45rem; border: 1px solid var(--_line); border-radius: 5px; color: var(--_muted); font: .75rem/1.5 var(--_font); }
:host([compact]) { position: relative; }
@media (max-width: 32rem) { .box kbd { display: none; } .box button.go { padding-inline: .9rem; } .box { padding-inline-start: .7rem; } }
@media (pointer: coarse) { .box kbd { display: none; } }
@media (forced-colors: active) { .box button.go { border: 1px solid; } }
`;

/** What rem is multiplied by; 0 until it was measured. */
let scale = 0;

/**
 * A style sheet's text with sizes that fit the page: under `html { font-size: 62.5% }`, a habit of old style sheets, 1rem
 * is 10 px. A page whose type is large is left alone, and so is the size that a reader has set in the browser.
 *
 * @param {string} css
 * @param {ShadowRoot} root of an element in the document, to measure in
 */
export function fitted(css, root) {
  if (!scale) {
    const probe = root.appendChild(document.createElement('i'));
    probe.style.fontSize = 'medium';
    const [usual, rem] = [probe, document.documentElement].map((element) => parseFloat(getComputedStyle(element).fontSize));
    probe.remove();
    scale = rem < 0.85 * usual ? usual / rem : 1;
  }
  // Conditions of @media do not know the page's size of type; those of @container do.
  return css.replace(/@media[^{]*|(\d*\.?\d+)rem/g, (all, n) => (n ? `${n * scale}rem` : all));
}

/** @type {Map<string, CSSStyleSheet>} */
const made = new Map();

/**
 * Gives a shadow root the base style; one sheet is shared by all elements of a page.
 *
 * @param {ShadowRoot} root
 * @param {boolean} box whether the root holds a search box
 */
export function dress(root, box) {
  if (!('adoptedStyleSheets' in root)) return;
  root.adoptedStyleSheets = (box ? [TOKENS, BOX] : [TOKENS]).map((source) => sheet(fitted(source, root)));
}

/** A style sheet, made once. @param {string} text */
export function sheet(text) {
  let found = made.get(text);
  if (!found) {
    found = new CSSStyleSheet();
    found.replaceSync(text);
    made.set(text, found);
  }
  return found;
}
