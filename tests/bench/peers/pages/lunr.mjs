import lunr from 'lunr';
import support from 'lunr-languages/lunr.stemmer.support.js';
import vietnamese from 'lunr-languages/lunr.vi.js';
import { fold } from './fold.mjs';
import { load } from './load.mjs';

const all = /** @type {any} */ (lunr);
support(all);
vietnamese(all);

const folding = (/** @type {any} */ token) => token.update(fold);
all.Pipeline.registerFunction(folding, 'fold');

export function builder() {
  const made = new all.Builder();
  made.use(all.vi);
  made.pipeline.before(all.vi.stopWordFilter, folding);
  made.searchPipeline.add(folding, all.vi.trimmer);
  made.field('title', { boost: 2 });
  made.field('lead');
  made.field('body');
  return made;
}

/** @param {string} data @returns {Promise<import('../engines/peer.d.ts').Engine>} */
export async function open(data) {
  const [saved, shown] = (await Promise.all([load(data, 'index.json'), load(data, 'shown.json')])).map((text) => JSON.parse(text));
  const index = all.Index.load(saved);
  return {
    search(text) {
      // Not `search`, whose query language would read the hyphens and colons of a title.
      const found = index.query((/** @type {any} */ query) => query.term(all.tokenizer(text)));
      return found.slice(0, 10).map((/** @type {{ ref: string }} */ { ref }) => ({ id: shown[ref][0], title: shown[ref][1], excerpt: shown[ref][2] }));
    },
  };
}
