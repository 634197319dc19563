/** SQLite's FTS5 in WebAssembly: a database file that is fetched whole. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fold } from '../pages/fold.mjs';

/** @type {import('./peer.d.ts').Peer} */
export const sqlite = {
  id: 'sqlite',
  name: 'SQLite FTS5 wasm, folded, all words',
  npm: ['@sqlite.org/sqlite-wasm'],
  settings: '`unicode61 remove_diacritics 2` over text folded before (đ too), no content kept in the index, bm25 weights 10, 3, 1, `optimize`; title and lead in a table beside it',
  documentation: 'https://www.sqlite.org/fts5.html, https://sqlite.org/wasm/doc/trunk/cookbook.md',
  texts: false,
  library: /^data\//,
  async build(articles, folder) {
    // Here, for only the build wants it: the page has a build of its own.
    const { default: start } = await import('@sqlite.org/sqlite-wasm');
    const sqlite3 = await start();
    const database = new sqlite3.oo1.DB();
    database.exec(`
      CREATE TABLE articles(number INTEGER PRIMARY KEY, id TEXT, title TEXT, lead TEXT);
      CREATE VIRTUAL TABLE search USING fts5(title, lead, body, content = '', tokenize = 'unicode61 remove_diacritics 2');
      INSERT INTO search(search, rank) VALUES('rank', 'bm25(10.0, 3.0, 1.0)');
      BEGIN`);
    const keep = database.prepare('INSERT INTO articles VALUES(?, ?, ?, ?)');
    const index = database.prepare('INSERT INTO search(rowid, title, lead, body) VALUES(?, ?, ?, ?)');
    let number = 0;
    for await (const { id, title, lead, body } of articles) {
      number += 1;
      keep.bind([number, id, title, lead]).stepReset();
      index.bind([number, fold(title), fold(lead), fold(body)]).stepReset();
    }
    keep.finalize();
    index.finalize();
    database.exec("COMMIT; INSERT INTO search(search) VALUES('optimize'); VACUUM");
    writeFileSync(join(folder, 'library.db'), sqlite3.capi.sqlite3_js_db_export(database));
  },
  code(site) {
    copyFileSync(createRequire(import.meta.url).resolve('@sqlite.org/sqlite-wasm/sqlite3.wasm'), join(site, 'sqlite3.wasm'));
  },
};
