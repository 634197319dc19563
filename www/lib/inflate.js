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
      throw new TimdocError('damaged', 'it is longer than it states');
    }
    out.set(value, length);
    length += value.length;
  }
}

/** The most a deflate stream can grow. */
const GROWTH = 1032;

/**
 * @param {Uint8Array} file of a head: its length, then raw deflate
 * @returns {Promise<Uint8Array>} the head, as the engine reads it
 */
export function head(file) {
  const length = file.length < 4 ? 0 : new DataView(file.buffer, file.byteOffset).getUint32(0, true);
  return damaged(inflateRaw([file.subarray(4)], Math.min(length, file.length * GROWTH)));
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
    throw new TimdocError('damaged', 'bytes that cannot be inflated', { cause: error });
  }
}
