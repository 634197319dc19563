/** Numbers: quantiles, a seeded generator, and how figures are worded. */

/** @typedef {{ median: number, p90: number, p95: number, max: number, count: number }} Spread */

/**
 * The value below which a share of the values lies, between neighbours by their distance.
 *
 * @param {number[]} values
 * @param {number} share 0 to 1
 */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  if (!sorted.length) return NaN;
  const place = (sorted.length - 1) * share;
  const low = Math.floor(place);
  const high = Math.ceil(place);
  return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
}

/** @param {number[]} values */
export const median = (values) => quantile(values, 0.5);

/** @param {number[]} values */
export const sum = (values) => values.reduce((total, value) => total + value, 0);

/**
 * @param {number[]} values
 * @returns {Spread}
 */
export function spread(values) {
  return {
    median: median(values),
    p90: quantile(values, 0.9),
    p95: quantile(values, 0.95),
    max: quantile(values, 1),
    count: values.length,
  };
}

/**
 * Random numbers from 0 to 1 that are the same in every run (mulberry32).
 *
 * @param {number} seed
 * @returns {() => number}
 */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A number as a table shows it: as many decimals as it deserves.
 *
 * @param {number} value
 */
export function figure(value) {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const decimals = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return value.toLocaleString('en', { minimumFractionDigits: 0, maximumFractionDigits: decimals });
}
