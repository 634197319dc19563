/** The articles, as every engine gets them. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/**
 * @param {string} file one JSON object a line
 * @returns {AsyncGenerator<import('./engines/peer.d.ts').Article>}
 */
export async function* readArticles(file) {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (!line) continue;
    const { id, title, lead, body } = JSON.parse(line);
    yield { id: String(id), title: title ?? '', lead: lead ?? '', body: body ?? '' };
  }
}
