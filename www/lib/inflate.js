/**
 * Articles inflated by the browser itself. `DecompressionStream` takes no dictionary, but a deflate stream may begin
 * with a stored block: the dictionary goes first as one, and its bytes are dropped from what comes out.
 */
import { TimdocError } from './errors.js';

/**
 * @param {Uint8Array[]} parts of one raw deflate stream
 * @param {number} limit most bytes it may give
 */
async function inflateRaw(parts, limit) {
  const stream = new Blob(/** @type {BlobPart[]} */ (parts)).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  const out = new Uint8Array(limit);
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return out.subarray(0, length);
    if (length + value.length > limit) {
      await reader.cancel();
      throw new TimdocError('damaged', 'an article is longer than it states');
    }
    out.set(value, length);
    length += value.length;
  }
}

/** Most bytes of a dictionary: the window of deflate. */
const DICTIONARY = 32768;

/**
 * @param {Uint8Array} deflated the dictionary's file
 * @returns {Promise<Uint8Array>} the stored block to put before every article
 */
export async function primer(deflated) {
  const dictionary = await damaged(inflateRaw([deflated], DICTIONARY));
  if (!dictionary.length) return dictionary;
  const block = new Uint8Array(dictionary.length + 5);
  new DataView(block.buffer).setUint16(1, dictionary.length, true);
  new DataView(block.buffer).setUint16(3, ~dictionary.length, true);
  block.set(dictionary, 5);
  return block;
}

/**
 * @param {Uint8Array} block from `primer`
 * @param {Uint8Array} deflated
 * @param {number} length bytes it must give
 */
export async function inflate(block, deflated, length) {
  const skip = Math.max(0, block.length - 5);
  return (await damaged(inflateRaw([block, deflated], skip + length))).subarray(skip);
}

/** @param {Promise<Uint8Array>} work */
async function damaged(work) {
  try {
    return await work;
  } catch (error) {
    throw new TimdocError('damaged', 'an article cannot be inflated', { cause: error });
  }
}
