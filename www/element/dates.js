/**
 * Dates as Vietnamese readers write and read them: day/month/year. Kept as ISO 8601 everywhere else.
 */

/**
 * `2024-05-19` → `19/05/2024`, `2024-05` → `05/2024`, `2024` → `2024`; the time of day is left out
 * unless asked for.
 *
 * @param {string} iso
 * @param {boolean} [time]
 */
export function showDate(iso, time = false) {
  const day = iso.slice(0, 10).split('-').reverse().join('/');
  const clock = time ? /T(\d\d:\d\d)/.exec(iso)?.[1] : null;
  return clock ? `${day} ${clock}` : day;
}

/**
 * Reads a day as typed: `1/2/2024`, `01-02-2024`, `1.2.2024`, `01022024`; also `2/2024` and `2024`,
 * which mean the first or the last day of that month or year.
 *
 * @param {string} text
 * @param {'first' | 'last'} edge
 * @returns {string | null} `YYYY-MM-DD`, or null when it is no date
 */
export function parseDay(text, edge) {
  const digits = /^(\d\d)(\d\d)(\d{4})$/.exec(text.trim());
  const parts = (digits ? digits.slice(1) : text.trim().split(/\s*[/.\- ]\s*/)).reverse();
  if (!parts.every((part) => /^\d+$/.test(part)) || parts.length > 3 || !/^\d{4}$/.test(parts[0])) return null;
  const year = Number(parts[0]);
  const month = parts[1] ? Number(parts[1]) : edge === 'first' ? 1 : 12;
  if (year < 1000 || month < 1 || month > 12) return null;
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const day = parts[2] ? Number(parts[2]) : edge === 'first' ? 1 : length;
  if (day < 1 || day > length) return null;
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}`;
}
