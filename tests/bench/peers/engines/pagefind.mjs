/** Pagefind: an index in chunks, made from the portal's pages, fetched as a query needs it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `npx pagefind` runs. */
const RUNNER = join(import.meta.dirname, '../node_modules/pagefind/lib/runner/bin.cjs');

/** @type {import('./peer.d.ts').Peer} */
export const pagefind = {
  id: 'pagefind',
  name: 'Pagefind',
  npm: ['pagefind'],
  settings: 'its command over pages with `lang="vi"`, title as h1, lead and body in `data-pagefind-body`; its defaults, for it takes no tokenizer; `init()` at once, ten results loaded',
  documentation: 'https://pagefind.app/docs/indexing/, https://pagefind.app/docs/api/',
  texts: true,
  library: /\.pf_\w+$|pagefind-entry\.json$/,
  async prepare(articles, portal) {
    mkdirSync(portal, { recursive: true });
    for await (const article of articles) writeFileSync(join(portal, `${encodeURIComponent(article.id)}.html`), page(article));
  },
  command(_, folder, portal) {
    return { command: process.execPath, args: [RUNNER, '--site', portal, '--output-path', folder, '--silent'] };
  },
};

/** @param {import('./peer.d.ts').Article} article */
function page({ title, lead, body }) {
  const paragraphs = [lead, ...body.split('\n')].filter(Boolean).map((text) => `<p>${escaped(text)}</p>`).join('\n');
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>${escaped(title)}</title></head>
<body><main data-pagefind-body><h1>${escaped(title)}</h1>
${paragraphs}
</main></body></html>
`;
}

/** @param {string} text */
const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
