/** What every page of the bench does: opens its engine and shows the ten results of the query in its address. */

/** @typedef {import('../engines/peer.d.ts').Engine} Engine */

/** @param {(data: string) => Promise<Engine>} open */
export function start(open) {
  const engine = open('data/');
  const all = /** @type {any} */ (globalThis);
  all.engine = engine;
  const query = decodeURIComponent(location.hash.slice(1));
  if (query) all.first = firstResults(engine, query);
  else engine.catch(() => {}); // Whoever uses it is told.
}

/**
 * @param {Promise<Engine>} engine
 * @param {string} query
 * @returns {Promise<{ ms: number, results: number }>} `ms` since the page was asked for
 */
async function firstResults(engine, query) {
  const results = await (await engine).search(query);
  const list = document.createElement('ol');
  for (const { title, excerpt } of results) {
    const item = document.createElement('li');
    item.append(Object.assign(document.createElement('b'), { textContent: title }), ' ', excerpt);
    list.append(item);
  }
  document.body.append(list);
  return { ms: performance.now(), results: results.length };
}
