/** timdoc itself, by the same measure: dist/ as it is published, used by its interface for JavaScript. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, TIMDOC } from '../../places.mjs';

/** @type {import('./peer.d.ts').Peer} */
export const timdoc = {
  id: 'timdoc',
  name: '**timdoc**',
  npm: [],
  settings: '`timdoc build`, its defaults; `open()` and `search()` of its library',
  documentation: 'README.md',
  texts: true,
  library: /^data\//,
  command: (articles, folder) => ({ command: TIMDOC, args: ['build', articles, '--out', folder] }),
  code(site) {
    for (const part of ['lib', 'wasm']) cpSync(join(ROOT, 'dist', part), join(site, part), { recursive: true });
  },
};
