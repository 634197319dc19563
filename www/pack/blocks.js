/**
 * The files inside a packed page: each is a block of data, `<script type="application/octet-stream" id="file:NAME">`, with
 * its bytes in base64. Browsers run no such script. What is asked for is decoded when it is asked for, and only that: four
 * letters are three bytes, so a range of bytes is a range of letters, and an old phone holds no library twice.
 */
import { TimdocError } from '../lib/errors.js';

/** @param {string} name */
const block = (name) => document.getElementById(`file:${name}`);

/** The letters of a file. @param {string} name */
function letters(name) {
  const text = block(name)?.textContent;
  if (text == null) throw new TimdocError('missing', `${name} is not in this file: was it copied whole?`);
  return text;
}

/**
 * Bytes of a file from `start` to before `end`; fewer when the file is shorter.
 *
 * @param {string} name
 * @param {number} [start]
 * @param {number} [end]
 */
export function bytesOf(name, start = 0, end = Infinity) {
  const first = Math.floor(start / 3);
  const bytes = decode(name, letters(name).slice(first * 4, Math.ceil(end / 3) * 4));
  return bytes.subarray(start - first * 3, Math.min(end - first * 3, bytes.length));
}

/** Gives the memory of a file back that is not asked for again. @param {string} name */
export const forget = (name) => block(name)?.remove();

/**
 * @param {string} name
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
function decode(name, text) {
  const { fromBase64 } = /** @type {{ fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }} */ (/** @type {unknown} */ (Uint8Array));
  try {
    if (fromBase64) return fromBase64.call(Uint8Array, text);
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
    return bytes;
  } catch (error) {
    throw new TimdocError('damaged', `${name} in this file is damaged`, { cause: error });
  }
}
