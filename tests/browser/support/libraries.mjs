/** Two versions of a library, made by the command line tool: the newer has one segment more, and all files of the older. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { makeArticles } from '../../bench/synthetic.mjs';

const TOOL = process.env.TIMDOC ?? fileURLToPath(new URL('../../../target/release/timdoc', import.meta.url));

/** The article that only the newer version has. */
export const NEW = { id: 'bai-moi', title: 'Xóm Bến Chài dựng cầu phao mới', published: '2026-11-20', body: 'Cầu phao nối hai bờ, bà con qua lại từ nay không phải chờ đò.' };

/**
 * Builds both.
 *
 * @param {number} count articles of the older version
 * @returns {{ old: URL, both: URL, articles: { id: string, title: string }[], remove: () => void }} folders as addresses
 */
export function makeLibraries(count) {
  const desk = mkdtempSync(join(tmpdir(), 'timdoc-libraries-'));
  const folder = (/** @type {string} */ name) => pathToFileURL(join(desk, name) + '/');
  const articles = makeArticles(count);
  const lines = (/** @type {object[]} */ list) => list.map((article) => JSON.stringify(article) + '\n').join('');
  writeFileSync(join(desk, 'old.jsonl'), lines(articles));
  writeFileSync(join(desk, 'new.jsonl'), lines([NEW]));
  execFileSync(TOOL, ['build', join(desk, 'old.jsonl'), '--out', join(desk, 'old')]);
  cpSync(join(desk, 'old'), join(desk, 'both'), { recursive: true });
  execFileSync(TOOL, ['add', join(desk, 'new.jsonl'), '--to', join(desk, 'both')]);
  return { old: folder('old'), both: folder('both'), articles, remove: () => rmSync(desk, { recursive: true, force: true }) };
}
