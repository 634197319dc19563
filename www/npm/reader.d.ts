import type { Article } from './lib/types.js';

/**
 * `<timdoc-reader bundle="…">`: reads the article that `doc` in the page's address names. Its attributes, events, parts
 * and custom properties are described in element/reader-element.js.
 */
export class TimdocReader extends HTMLElement {
  /** True when this reader shares its page with the search. */
  get inPlace(): boolean;
  /** Shows the article that the address names; `focus`: puts the focus on its title. Default true. */
  show(focus?: boolean): Promise<void>;
}

declare global {
  interface HTMLElementTagNameMap {
    'timdoc-reader': TimdocReader;
  }
  interface GlobalEventHandlersEventMap {
    'timdoc-article': CustomEvent<{ article: Article }>;
    'timdoc-theme': CustomEvent<{ theme: 'auto' | 'light' | 'dark'; initial: boolean }>;
  }
}
