import start from '@sqlite.org/sqlite-wasm';
import { foldedWords } from './fold.mjs';

const FIND = `SELECT articles.id, articles.title, articles.lead FROM search JOIN articles ON articles.number = search.rowid
  WHERE search MATCH ? ORDER BY rank LIMIT 10`;

/** @param {string} data @returns {Promise<import('../engines/peer.d.ts').Engine>} */
export async function open(data) {
  const [sqlite3, bytes] = await Promise.all([start(), fetch(data + 'library.db').then((response) => response.arrayBuffer())]);
  const { capi, wasm, oo1 } = sqlite3;
  const database = new oo1.DB();
  const place = wasm.allocFromTypedArray(bytes);
  const code = capi.sqlite3_deserialize(/** @type {any} */ (database.pointer), 'main', place, bytes.byteLength, bytes.byteLength, capi.SQLITE_DESERIALIZE_FREEONCLOSE);
  database.checkRc(code);
  const find = database.prepare(FIND);
  return {
    search(text) {
      // As strings, or a word like "not" would be an operator.
      find.bind(1, foldedWords(text).map((word) => `"${word}"`).join(' '));
      const found = [];
      while (find.step()) found.push({ id: String(find.get(0)), title: String(find.get(1)), excerpt: String(find.get(2)) });
      find.reset();
      return found;
    },
  };
}
