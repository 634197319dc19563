/**
 * Draws the icons of the demo portal from www/icons/icon.svg, with Chromium: `node www/tools/icons.mjs`.
 *
 * `maskable` and the one for Apple are filled to the edge, as systems cut their own shape; what matters stays inside
 * the middle circle of 80 %.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { launch } from '../../tests/bench/chromium.mjs';

const FOLDER = new URL('../icons/', import.meta.url);
const GROUND = '#0b5c6b';

/** File → its size, and the share of it that the drawing takes where the ground is filled to the edge. @type {Record<string, { size: number, share?: number }>} */
const ICONS = {
  'icon-192.png': { size: 192 },
  'icon-512.png': { size: 512 },
  'maskable-192.png': { size: 192, share: 0.74 },
  'maskable-512.png': { size: 512, share: 0.74 },
  'apple-touch-icon.png': { size: 180, share: 0.92 },
};

const drawing = `data:image/svg+xml,${encodeURIComponent(readFileSync(new URL('icon.svg', FOLDER), 'utf8'))}`;
const browser = await launch();
try {
  for (const [name, { size, share = 1 }] of Object.entries(ICONS)) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<body style="margin:0;display:grid;place-items:center;height:100vh;background:${share < 1 ? GROUND : 'transparent'}">`
      + `<img src="${drawing}" width="${size * share}" height="${size * share}">`);
    await page.locator('img').evaluate((/** @type {HTMLImageElement} */ image) => image.decode());
    writeFileSync(new URL(name, FOLDER), await page.screenshot({ omitBackground: share === 1 }));
    await page.close();
  }
} finally {
  await browser.close();
}
