/** Repeating what may be slow. */

/**
 * At least once; again until it was done often enough, or a time is over.
 *
 * @template T
 * @param {{ most: number, seconds: number }} patience
 * @param {(number: number) => Promise<T>} work
 * @returns {Promise<T[]>}
 */
export async function repeat({ most, seconds }, work) {
  const end = Date.now() + seconds * 1000;
  const results = [];
  do results.push(await work(results.length));
  while (results.length < most && Date.now() < end);
  return results;
}
