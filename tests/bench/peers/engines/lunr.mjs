/** Lunr with the Vietnamese of lunr-languages: an index in memory, sent as one file of JSON. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builder } from '../pages/lunr.mjs';

/** @type {import('./peer.d.ts').Peer} */
export const lunr = {
  id: 'lunr',
  name: 'Lunr + vi, folded',
  npm: ['lunr', 'lunr-languages'],
  settings: 'lunr-languages `vi` with a pipeline function before it that folds marks and đ (else its trimmer cuts words); any word, title twice as heavy; title and lead beside it',
  documentation: 'https://lunrjs.com/guides/customising.html, https://github.com/MihaiValentin/lunr-languages',
  texts: false,
  library: /^data\//,
  async build(articles, folder) {
    const index = builder();
    const shown = [];
    for await (const { id, title, lead, body } of articles) {
      index.add({ id: shown.length, title, lead, body });
      shown.push([id, title, lead]);
    }
    writeFileSync(join(folder, 'index.json'), JSON.stringify(index.build()));
    writeFileSync(join(folder, 'shown.json'), JSON.stringify(shown));
  },
};
