/** @param {string} data @returns {Promise<import('../engines/peer.d.ts').Engine>} */
export async function open(data) {
  const code = await import(new URL('lib/library.js', location.href).href);
  const library = await code.open(data);
  return {
    async search(text) {
      const { hits } = await library.search(text, { limit: 10 });
      return hits.map((/** @type {any} */ { id, title, snippet }) => ({ id, title, excerpt: snippet.map((/** @type {any} */ { text }) => text).join('') }));
    },
  };
}
