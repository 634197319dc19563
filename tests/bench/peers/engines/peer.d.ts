/** What the bench has to know of an engine: see minisearch.mjs for the simplest. */
export interface Peer {
  /** As `--only` takes it; also the name of its module in pages/ and of the folder that is served. */
  id: string;
  name: string;
  /** The npm packages whose versions are stated; none for timdoc itself. */
  npm: string[];
  /** In one sentence. */
  settings: string;
  /** Where these settings are documented. */
  documentation: string;
  /** Whether its files hold the whole articles; else their bodies are added to what reading offline needs. */
  texts: boolean;
  /** Which paths of its site are the library; all others are code. */
  library: RegExp;
  /** Makes the library in this process, which the bench starts and weighs. */
  build?(articles: AsyncIterable<Article>, folder: string): Promise<void>;
  /** Or: the program that makes it, from the file of articles or from what `prepare` made. */
  command?(articles: string, folder: string, portal: string): { command: string; args: string[] };
  /** What a portal has anyway, such as its pages of HTML, into the folder `portal`. Not timed. */
  prepare?(articles: AsyncIterable<Article>, portal: string): Promise<void>;
  /** Code that its page loads by address, as its documentation says. */
  code?(site: string): void;
}

export interface Article {
  id: string;
  title: string;
  lead: string;
  body: string;
}

/** A result as the page shows it. */
export interface Shown {
  id: string;
  title: string;
  /** A snippet or, where an engine makes none, the lead that it keeps. */
  excerpt: string;
}

/** What a module of pages/ opens. */
export interface Engine {
  /** The first ten, ready to be shown. */
  search(text: string): Promise<Shown[]> | Shown[];
  /** The same without what is shown of them, where an engine tells these apart. */
  match?(text: string): Promise<unknown>;
}
