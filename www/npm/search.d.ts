/** An article is about to open. The page may cancel it and open the article itself. */
export interface TimdocOpenDetail {
  id: string;
  href: string;
}

/** A search has been answered. */
export interface TimdocResultsDetail {
  query: string;
  total: number;
}

/**
 * `<timdoc-search bundle="…">`: a search box that becomes a whole search once it is used. Its attributes, events, parts
 * and custom properties are described in element/search-element.js.
 */
export class TimdocSearch extends HTMLElement {
  /** The field people type in: a wrapped form's, or the element's own. */
  get field(): HTMLInputElement | null;
  /** Loads the search, once, before someone uses the box. */
  start(): Promise<unknown>;
}

declare global {
  interface HTMLElementTagNameMap {
    'timdoc-search': TimdocSearch;
  }
  interface GlobalEventHandlersEventMap {
    'timdoc-open': CustomEvent<TimdocOpenDetail>;
    'timdoc-results': CustomEvent<TimdocResultsDetail>;
  }
}
