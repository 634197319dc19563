/**
 * A reporter of `node --test` that writes one line of JSON a failed test: its name, and how the error begins; and a
 * last one that says how many tests ran. `run.mjs` reads them, for the list at the end of the log.
 */

/** Lines of an error that are said: enough for what was expected and what came. */
const LINES = 8;

/** @param {any} error as node:test wraps it, or not */
function said(error) {
  const inner = error?.cause ?? error;
  const text = typeof inner === 'string' ? inner : inner?.stack || inner?.message || String(inner);
  const lines = String(text).replace(/\x1b\[[0-9;]*m/g, '').split('\n').map((line) => line.trimEnd()).filter(Boolean);
  // Where in the test it was is worth more than the way there through the tools.
  const place = lines.find((line) => /^\s+at .*\.test\.mjs:\d+/.test(line));
  const head = lines.filter((line) => !/^\s+at /.test(line)).slice(0, LINES);
  return place ? [...head, place.trim()] : head;
}

/** @param {AsyncIterable<{ type: string, data: any }>} events */
export default async function* failures(events) {
  let ran = 0;
  for await (const { type, data } of events) {
    // Node counts a file as a test of its own when it has none.
    if ((type === 'test:pass' || type === 'test:fail') && !data.name.endsWith('.mjs')) ran += 1;
    // A suite that fails only because a test in it did says nothing new.
    if (type !== 'test:fail' || data.details?.error?.failureType === 'subtestsFailed') continue;
    yield `${JSON.stringify({ name: data.name, lines: said(data.details?.error) })}\n`;
  }
  yield `${JSON.stringify({ ran })}\n`;
}
