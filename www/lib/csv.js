/**
 * Tables as CSV that Excel, LibreOffice and Google Sheets open; `src/facts/table/csv.rs` writes the same.
 */

/**
 * RFC 4180 in UTF-8, with the byte order mark by which Excel knows it.
 *
 * There is no line `sep=`: Excel obeys it but then reads UTF-8 as the machine's old code page. Where the list separator
 * of Windows is a semicolon, ask for that.
 *
 * @param {(string | number | null | undefined)[][]} rows the first one the names of the columns
 * @param {',' | ';'} [separator]
 */
export function csv(rows, separator = ',') {
  return `\ufeff${rows.map((row) => `${row.map((cell) => quoted(cell, separator)).join(separator)}\r\n`).join('')}`;
}

/**
 * @param {string | number | null | undefined} cell
 * @param {string} separator
 */
function quoted(cell, separator) {
  if (typeof cell === 'number') return String(cell);
  const text = harmless(cell ?? '');
  return /["\r\n\t]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe before it, as OWASP advises ("CSV Injection").
 *
 * @param {string} text
 */
const harmless = (text) => (/^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text);
