/** Where dist/ is served, and how the browser is started; for the tests and for what is no test. */

if (!process.env.TIMDOC_URL) throw new Error('TIMDOC_URL is not set: ./build.sh demo, then TIMDOC_URL=http://127.0.0.1:8080/');
export const BASE = process.env.TIMDOC_URL.replace(/\/*$/, '/');

export const LAUNCH = {
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
};
