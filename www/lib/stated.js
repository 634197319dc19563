/** Tables of what the articles of a search state: commendations, documents, models, each counted once. */
import { readFacts } from './facts.js';
import { tableOf } from './facts-table.js';

/** @typedef {import('./types.d.ts')} Types */
/** @typedef {import('./types.d.ts').SearchOptions} SearchOptions */
/** @typedef {import('./types.d.ts').StatedArticle} StatedArticle */

/** Articles of one page of results. */
const PAGE = 100;
/** Most articles that are read; each takes about a kilobyte of the wire. */
const MOST = 2000;

/**
 * Reads all articles of a search that state something, newest first.
 *
 * @param {Pick<import('./types.d.ts').Library, 'search'>} library
 * @param {(id: string) => Promise<any>} alone an article without its links, its facts as they are stored
 * @param {string} text
 * @param {import('./types.d.ts').StatedOptions} options
 * @returns {Promise<import('./types.d.ts').Stated>}
 */
export async function stated(library, alone, text, { onProgress, most = MOST, ...options }) {
  const filters = { fact: ['award', 'document', 'model'], ...options.filters };
  /** @type {StatedArticle[]} */
  const articles = [];
  let total = 0;
  for (let offset = 0; offset < most; offset += PAGE) {
    const page = await library.search(text, { ...options, filters, sort: 'newest', limit: PAGE, offset });
    // Articles that have only a part of what was asked are not what the table is about.
    total = page.partial ? 0 : page.total;
    if (page.partial || page.hits.length === 0) break;
    for (const { id } of page.hits) {
      const article = await alone(id);
      const { title, published, url } = article;
      articles.push({ id, title, published, url, facts: readFacts(article, article.facts) });
    }
    onProgress?.(Math.min(articles.length, total), Math.min(total, most));
  }
  const dated = articles.map(({ facts, ...article }) => ({
    ...article, facts: { ...facts, documents: facts.documents.map((one) => ({ ...one, date: one.date ? { date: one.date } : null })) },
  }));
  return { ...tableOf(dated), articles, total };
}
