/** The demo portal can be put on the home screen. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { BASE, open, withPage, withProfile } from './support/browser.mjs';

for (const path of ['index.html', 'reader.html']) {
  test(`the browser finds nothing that stands in the way of installing ${path}`, async () => {
    const profile = mkdtempSync(join(tmpdir(), 'timdoc-profile-'));
    try {
      // A window as a person has it: private ones install nothing.
      await withProfile(profile, async (page, context) => {
        await open(page, path);
        await page.waitForLoadState('networkidle');
        const session = await context.newCDPSession(page);
        const { errors, url } = await session.send('Page.getAppManifest');
        assert.deepEqual(errors, []);
        assert.equal(url, `${BASE}manifest.webmanifest`);
        assert.deepEqual((await session.send('Page.getInstallabilityErrors')).installabilityErrors, []);
      });
    } finally {
      rmSync(profile, { recursive: true, force: true });
    }
  });
}

test('every icon is there, of the size and kind that the manifest states', withPage(async (page) => {
  await open(page);
  const manifest = JSON.parse(readFileSync(new URL('../../www/manifest.webmanifest', import.meta.url), 'utf8'));
  const links = await page.locator('link[rel=icon], link[rel=apple-touch-icon]').evaluateAll((list) => list.map((link) => ({ src: link.getAttribute('href') ?? '', type: '', sizes: '' })));
  for (const { src, type, sizes } of [...manifest.icons, ...links]) {
    const response = await page.request.get(BASE + src);
    assert.equal(response.status(), 200, src);
    if (type) assert.equal(response.headers()['content-type'], type, src);
    const size = await page.evaluate(async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, BASE + src);
    if (/^\d/.test(sizes)) assert.equal(size, sizes, src);
  }
  const purposes = manifest.icons.map((/** @type {{ purpose?: string, sizes: string }} */ { purpose = 'any', sizes }) => `${purpose} ${sizes}`);
  for (const wanted of ['any any', 'any 192x192', 'any 512x512', 'maskable 192x192', 'maskable 512x512']) assert.ok(purposes.includes(wanted), wanted);
}));

test('what matters of a maskable icon is in the middle circle', withPage(async (page) => {
  await open(page);
  const outside = await page.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const { naturalWidth: size } = image;
    const canvas = new OffscreenCanvas(size, size);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, size, size);
    const ground = data.slice(0, 4).join();
    let marked = 0;
    for (let y = 0; y < size; y += 2) for (let x = 0; x < size; x += 2) {
      const at = 4 * (y * size + x);
      const far = Math.hypot(x - size / 2, y - size / 2) > 0.4 * size;
      if (far && data.slice(at, at + 4).some((value, part) => Math.abs(value - Number(ground.split(',')[part])) > 24)) marked += 1;
    }
    return { marked, opaque: data[3] };
  }, `${BASE}icons/maskable-512.png`);
  assert.deepEqual(outside, { marked: 0, opaque: 255 });
}));
