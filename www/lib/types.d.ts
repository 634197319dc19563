/**
 * timdoc: search and read a library of Vietnamese articles in the browser.
 *
 * Dates are ISO 8601 calendar days in Vietnam (UTC+7). All text is plain text, never HTML.
 * Field names are the same as in the command line's JSON.
 */

import type { FactsTable } from './facts-table.js';

/** A date as the source words it, and what it means. */
export interface ArticleDate {
  /** The source's words: `Sáng 16/5`. */
  text: string;
  /** ISO 8601, as long as the precision allows: `2024`, `2024-05`, `2024-05-19`, `2024-05-19T10:47+07:00`. */
  date: string;
  precision: 'year' | 'month' | 'day' | 'minute';
  /** True when a part was worked out from context, not stated. */
  inferred: boolean;
}

/** A piece of text; `hit` pieces are what the query matched. */
export interface Segment {
  text: string;
  hit: boolean;
}

export interface Hit {
  id: string;
  title: string;
  /** The title in pieces, for highlighting. */
  title_segments: Segment[];
  /** True when the source has no title and this one was taken from the text. */
  title_derived: boolean;
  published: ArticleDate | null;
  source: string | null;
  category: string | null;
  url: string | null;
  /** How well it answers; only to be compared within one result. 0 when nothing was asked. */
  score: number;
  /** The best passage, in pieces; pieces that say ` … ` join passages. */
  snippet: Segment[];
  /** Query words this article does not have; empty when it has all. */
  missing: string[];
  /** What the score is made of, in order; empty unless asked for with `explain`. */
  reasons: Reason[];
}

/** One thing that an article's score is made of. */
export interface Reason {
  /**
   * `word`, `pair` (neighbours that stand together) and `phrase` (as many neighbours as stand together) are added;
   * then `complete` (has all words), `title` (has all in the title), `coverage` (the share of words it has),
   * `recency` (how new it is), `acronym` (it has an acronym for a term of the query, or the term) and `sequence` (its text has the whole query word by word) multiply the sum.
   */
  kind: 'word' | 'pair' | 'phrase' | 'complete' | 'title' | 'coverage' | 'recency' | 'acronym' | 'sequence';
  /** The words of the query it is about; empty for what is about all. */
  text: string;
  /** What is added, or what is multiplied by. */
  value: number;
}

/** A weight of the ranking, and its usual value. */
export interface Weight {
  name: string;
  value: number;
}

export interface FacetValue {
  /** What to pass as a filter. */
  value: string;
  /** What to show. */
  label: string;
  /** Articles under the current query, dates and the other fields' filters. */
  count: number;
}

export interface HistogramBar {
  /** `2024` or `2024-05`. */
  period: string;
  /** First and last day of the period. */
  from: string;
  to: string;
  count: number;
}

/** How the engine read the query when it is not as typed. */
export interface Correction {
  /** The query as answered. */
  query: string;
  /** The query as typed. */
  original: string;
}

export interface SearchOptions {
  /** Field → values; values of a field are alternatives, fields all apply. */
  filters?: Record<string, string[]>;
  /** First and last day, `YYYY-MM-DD`, both included. Undated articles drop out when one is given. */
  from?: string;
  to?: string;
  /** Default `relevance`. Without query text relevance is newest first. */
  sort?: 'relevance' | 'newest' | 'oldest';
  /** Default 10, at most 100. */
  limit?: number;
  offset?: number;
  /** The last word may be unfinished. Default true. */
  prefix?: boolean;
  /** Fields whose values are counted. Default none; `library.info.fields` lists them. */
  facets?: string[];
  /** Counts by period. Default none. */
  histogram?: 'year' | 'month';
  /** Each hit says what its score is made of: `Hit.reasons`. Default false. */
  explain?: boolean;
  /**
   * Weights of the ranking that are not to be as usual, by name, each from 0 to 100: `{ title: 2, recency: 0 }`.
   * `library.weights()` lists them; what 0 and 1 do is in src/rank/weights.rs and on the demo's tuning page.
   * Default none.
   */
  weights?: Record<string, number>;
  signal?: AbortSignal;
}

export interface SearchResult {
  query: string;
  /** Articles found: those that have all that was asked or, when `partial`, a good part of it. */
  total: number;
  /**
   * False when `total` is an estimate from above: only texts that are not read yet tell whether articles have a phrase,
   * or, in a large library, common words beside rarer ones are taken for granted.
   */
  total_exact: boolean;
  /**
   * Articles in the list, for paging: at least `total`. By relevance also those that have a part of what was asked;
   * they stand among the others by their score, and say what is `missing`.
   */
  listed: number;
  /** True when no article has all words and these are the best partial matches. */
  partial: boolean;
  corrected: Correction | null;
  hits: Hit[];
  /** Field → values, most frequent first. */
  facets: Record<string, FacetValue[]>;
  histogram: HistogramBar[];
  /** Time inside the engine, in microseconds, without waiting for bytes. */
  took_us: number;
}

export type BlockKind = 'paragraph' | 'heading' | 'caption' | 'list_item' | 'quote' | 'table_row';

export interface Block {
  kind: BlockKind;
  /** Plain text; cells of a table row are separated by tabs. */
  text: string;
}

/** A picture of an article; only its address is kept. */
export interface ArticleImage {
  url: string;
  /** What it shows, where the block it stands before is no caption that says so. */
  caption: string | null;
  /** The block before which it stands; the number of blocks for one after the last. */
  before: number;
}

/** Where an article states something. */
export interface Mention {
  /** 0 the title, 1 the lead, 2 + n the block n. */
  part: number;
  /** UTF-16 units of that text. */
  start: number;
  end: number;
}

/** An official document that an article cites. */
export interface DocumentCited {
  /** `01-KL/TW` */
  number: string;
  /** As the article first writes it: `Kết luận số 01-KL/TW`. */
  text: string;
  /** What it is about. */
  title: string | null;
  issuer: string | null;
  /** The day it was issued, ISO 8601. */
  date: string | null;
  /** Numbers in the same article that may mean this document, written otherwise. */
  possibly_same: string[];
  mentions: Mention[];
}

export interface PersonNamed {
  name: string;
  /** Posts, in the words of the article. */
  roles: string[];
  mentions: Mention[];
}

/** A unit of administration that an article names. */
export interface PlaceNamed {
  /** As the article names it. */
  name: string;
  /** Its official name. */
  unit: string;
  kind: 'province' | 'district' | 'commune';
  /** `subject`: the article reports from it. */
  role: 'subject' | 'mentioned';
  province: string | null;
  /** The units its area belongs to since 01/07/2025, if it is another. */
  today: string[];
  mentions: Mention[];
}

/** A commendation (khen thưởng). What the article does not say is null. */
export interface Award {
  /** `56 tập thể và 87 cá nhân` */
  text: string;
  collectives: number | null;
  individuals: number | null;
  /** Collectives and individuals, where the article does not split the number. */
  together: number | null;
  giver: string | null;
  form: string | null;
  place: string | null;
  mentions: Mention[];
}

/** A named model, movement or programme (mô hình, phong trào, công trình). */
export interface ModelNamed {
  name: string;
  kind: string;
  mentions: Mention[];
}

/** A day or month that an article names. */
export interface DateNamed {
  /** ISO 8601, as long as it is known: `2024-05-19`, `2024-05`. */
  date: string;
  /** The article's figures: `19/5`. */
  text: string;
  /** `event`: what the article reports took place then; `document`: a cited document is of that day. */
  kind: 'event' | 'document' | 'other';
  /** True when its words state no year. */
  inferred: boolean;
  mentions: Mention[];
}

/** What an article states, each in the order of the text. */
export interface Facts {
  documents: DocumentCited[];
  people: PersonNamed[];
  places: PlaceNamed[];
  awards: Award[];
  models: ModelNamed[];
  dates: DateNamed[];
}

/** An article with what it states. */
export interface StatedArticle {
  id: string;
  title: string;
  published: ArticleDate | null;
  url: string | null;
  facts: Facts;
}

/** Tables of what the articles of a search state; `reports` of a row tell which articles say so. */
export interface Stated extends FactsTable {
  /** The articles that were read, newest first. */
  articles: StatedArticle[];
  /** How many articles of the search state something; more than were read when they are very many. */
  total: number;
}

export interface StatedOptions extends Omit<SearchOptions, 'sort' | 'limit' | 'offset' | 'facets' | 'histogram' | 'explain'> {
  /** Articles read so far, and of how many. */
  onProgress?: (done: number, all: number) => void;
  /** Most articles to read. Default 2,000. */
  most?: number;
}

export interface RelatedArticle {
  id: string;
  title: string;
  published: ArticleDate | null;
}

export interface Article {
  id: string;
  title: string;
  title_derived: boolean;
  published: ArticleDate | null;
  event: ArticleDate | null;
  lead: string | null;
  byline: string | null;
  source: string | null;
  category: string | null;
  tags: string[];
  url: string | null;
  blocks: Block[];
  attachments: { name: string; url: string }[];
  /** In reading order. */
  images: ArticleImage[];
  facts: Facts;
  related: RelatedArticle[];
  /** The neighbours by publication date. */
  newer: RelatedArticle | null;
  older: RelatedArticle | null;
}

export interface Suggestion {
  /** The whole query to offer, with marks. */
  text: string;
  /** In pieces: `hit` is what was typed. */
  segments: Segment[];
}

export interface OfflineStatus {
  /** `none`: nothing saved; `partial`: an interrupted save; `saved`: everything of this version. */
  state: 'none' | 'partial' | 'saved';
  /** True when an older version is saved whole: without a network it answers until this one is whole. */
  older: boolean;
  /** What a reader last asked for, if it is not done: `save` goes on by itself, `pause` waits, `remove` is not undone by what saves by itself. */
  asked: 'save' | 'pause' | 'remove' | null;
  /** Bytes and files saved, and of the whole library. */
  saved_bytes: number;
  total_bytes: number;
  saved_files: number;
  total_files: number;
}

export interface LibraryInfo {
  /** The bundle's version: changes when its content does. */
  version: string;
  articles: number;
  /** All bytes of the bundle: what saving for offline reading fetches. */
  bytes: number;
  /** First and last publication day, null when no article is dated. */
  from: string | null;
  to: string | null;
  /** Facet fields that have values, in display order: `category`, `source`, `year`, `document`, `tag`. */
  fields: string[];
}

/** A version that the host has and that is newer than the one that is open. */
export interface NewerVersion extends LibraryInfo {
  /** Bytes of it that are not saved: what `saveOffline` would fetch. */
  fetch_bytes: number;
}

export interface OpenOptions {
  /** Where timdoc's own files are; default: beside this module. */
  codeUrl?: string | URL;
  /**
   * The public key of who publishes the library, as `timdoc sign --new-key` shows it. The library then opens only with a
   * right signature, and every byte is checked against it.
   */
  signedBy?: string | null;
  signal?: AbortSignal;
}

export interface Library {
  readonly url: string;
  readonly info: LibraryInfo;
  search(text: string, options?: SearchOptions): Promise<SearchResult>;
  article(id: string, options?: { signal?: AbortSignal }): Promise<Article>;
  /** What the articles of a search state, as tables in which a commendation that several articles report counts once. */
  stated(text: string, options?: StatedOptions): Promise<Stated>;
  suggest(text: string, options?: { limit?: number; signal?: AbortSignal }): Promise<Suggestion[]>;
  /** All values of fields, counted over the whole library. */
  facets(options?: { fields?: string[]; signal?: AbortSignal }): Promise<Record<string, FacetValue[]>>;
  /** The weights of the ranking and their usual values, which `SearchOptions.weights` changes for one search. */
  weights(): Weight[];
  offlineStatus(): Promise<OfflineStatus>;
  /** Looks whether the host has a newer version. The open one stays open until `saveOffline` takes the newer. */
  newer(): Promise<NewerVersion | null>;
  /**
   * Fetches and keeps every file of the library, of the newest version known; resumes what an earlier call left
   * unfinished. What was saved before stays until all of it is there, then goes.
   */
  saveOffline(options?: {
    onProgress?: (status: OfflineStatus) => void;
    signal?: AbortSignal;
  }): Promise<OfflineStatus>;
  removeOffline(): Promise<void>;
  /** Notes what the reader asked for, for other tabs and later visits; null drops what an unfinished save has brought. */
  askOffline(asked: OfflineStatus['asked']): Promise<void>;
  /** What was fetched since opening: for budgets and for the curious. */
  traffic(): { requests: number; bytes: number; round_trips: number };
  close(): void;
}

/**
 * Opens a library. Several calls with the same address share one engine.
 *
 * What fails and may pass by itself (a connection that breaks, 429, 5xx) is asked for once more after half a second; a
 * request without a byte for 30 seconds is given up with `network`. A host that does not answer ranges, or wrongly, is
 * asked for whole files. When files are gone because a newer version was published, that version is opened and the call
 * answered from it; `info` is then the newer one's.
 */
export function open(bundleUrl: string | URL, options?: OpenOptions): Promise<Library>;

/**
 * `code` is stable: `io`, `input`, `no_articles`, `damaged`, `version`, `missing`, `query_too_long`, `bad_request`,
 * `not_found`, `too_large` as in Rust and on the command line, and the page's own `offline`, `network`, `csp`,
 * `unsupported`, `aborted`, `quota`, `storage` (nothing may be kept here), `insecure` (the page is not on https),
 * `evicted` (the browser has deleted some of what was saved); with `signedBy` also `signature` (there is no right one),
 * `outdated` (an older version than this device has seen) and `unchecked` (this browser cannot check it).
 */
export class TimdocError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions);
}
