/** @param {string} data @returns {Promise<import('../engines/peer.d.ts').Engine>} */
export async function open(data) {
  const pagefind = await import(new URL(`${data}pagefind.js`, location.href).href);
  await pagefind.init();
  return {
    async search(text) {
      const { results } = await pagefind.search(text);
      const shown = await Promise.all(results.slice(0, 10).map((/** @type {any} */ result) => result.data()));
      return shown.map(({ url, meta, plain_excerpt }) => ({ id: idOf(url), title: meta.title, excerpt: plain_excerpt }));
    },
    match: (text) => pagefind.search(text),
  };
}

/** Pages are named after their articles: encoded once for the file, and once more in its address. @param {string} url */
function idOf(url) {
  const name = /([^/]+)\.html$/.exec(url)?.[1] ?? '';
  return decodeURIComponent(decodeURIComponent(name));
}
