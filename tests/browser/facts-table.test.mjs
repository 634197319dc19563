/** Tables of facts and CSV: the same as src/facts/table.rs, by the same fixture. These tests need no page. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { csv } from '../../www/lib/csv.js';
import { tableOf } from '../../www/lib/facts-table.js';

/** @type {{ articles: import('../../www/lib/facts-table.js').StatingArticle[], tables: unknown, csv: any[] }} */
const fixture = JSON.parse(readFileSync(new URL('../fixtures/facts_table.json', import.meta.url), 'utf8'));

test('the tables of facts are those of the fixture', () => {
  assert.deepEqual(tableOf(fixture.articles), fixture.tables);
});

test('the tables do not depend on the order of the articles', () => {
  const { articles } = fixture;
  for (let by = 1; by < articles.length; by += 1) {
    const turned = [...articles.slice(by), ...articles.slice(0, by)];
    assert.deepEqual(tableOf(turned), fixture.tables);
    assert.deepEqual(tableOf(turned.reverse()), fixture.tables);
  }
});

test('an article that is given twice counts once', () => {
  assert.deepEqual(tableOf([...fixture.articles, ...fixture.articles]), fixture.tables);
});

test('no articles make empty tables', () => {
  assert.deepEqual(tableOf([]), {
    awards: { rows: [], totals: { commendations: 0, collectives: 0, individuals: 0, together: 0 } },
    documents: { rows: [], totals: { documents: 0, citations: 0 } },
    models: { rows: [], totals: { models: 0, citations: 0 } },
  });
});

for (const { name, rows, separator, text } of fixture.csv) {
  test(`CSV: ${name}`, () => assert.equal(csv(rows, separator), text));
}
