/**
 * The configurations of docs/server.html, in the servers they are for, where those are: NGINX and APACHE are the paths of
 * the programs, APACHE_MODULES the folder of Apache's modules. Each runs as an ordinary process on the loopback address.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { MOCK, until, withPage } from './support/browser.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const { NGINX, APACHE, APACHE_MODULES = '/usr/lib/apache2/modules' } = process.env;
const STRICT = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";

/** @param {string} name */
function sample(name) {
  const [, text] = new RegExp(`data-sample="${name}">([\\s\\S]*?)</code>`).exec(readFileSync(join(ROOT, 'www/docs/server.html'), 'utf8')) ?? [];
  assert.ok(text, name);
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** A site with rules of its own for scripts, as portals have them; timdoc's must win below /timdoc/. */
const CONFIGURATIONS = {
  nginx: (/** @type {string} */ home, /** @type {number} */ port) => {
    writeFileSync(join(home, 'timdoc.conf'), sample('nginx').replace('/var/www/html', `${home}/www`));
    writeFileSync(join(home, 'nginx.conf'), `daemon off; pid ${home}/pid; error_log ${home}/log; events {}
      http { access_log off; ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${home}/${kind};`).join(' ')}
        server { listen 127.0.0.1:${port}; root ${home}/www; add_header Content-Security-Policy "${STRICT}";
          location ~* \\.(js|css|png)$ { expires 30d; }
          include ${home}/timdoc.conf; } }`);
    return { program: NGINX, options: ['-p', home, '-c', join(home, 'nginx.conf')] };
  },
  apache: (/** @type {string} */ home, /** @type {number} */ port) => {
    writeFileSync(join(home, 'www/timdoc/.htaccess'), sample('apache'));
    writeFileSync(join(home, 'www/.htaccess'), `<FilesMatch "\\.(js|css|svg)$">\nHeader set Cache-Control "max-age=2592000, public"\n</FilesMatch>
RewriteEngine On\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule ^(.*)$ /index.php [L]\nHeader set Content-Security-Policy "${STRICT}"\n`);
    writeFileSync(join(home, 'types'), '');
    writeFileSync(join(home, 'apache.conf'), `ServerRoot ${home}\nPidFile ${home}/pid\nErrorLog ${home}/log\nMutex file:${home} default\nListen 127.0.0.1:${port}\nServerName localhost
${['mpm_event', 'authz_core', 'mime', 'dir', 'rewrite', 'headers', 'deflate', 'env', 'filter'].map((name) => `LoadModule ${name}_module ${APACHE_MODULES}/mod_${name}.so`).join('\n')}
TypesConfig ${home}/types\nDocumentRoot ${home}/www\n<Directory ${home}/www>\nAllowOverride All\nRequire all granted\n</Directory>\n`);
    return { program: APACHE, options: ['-DFOREGROUND', '-f', join(home, 'apache.conf')] };
  },
};

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    server.close(() => resolve(port));
  });
});

for (const [name, configure] of Object.entries(CONFIGURATIONS)) {
  const missing = !(name === 'nginx' ? NGINX : APACHE);
  test(`the configuration for ${name} gives right types, caches and ranges, and a search that works`, { skip: (missing || MOCK) && `${name.toUpperCase()} is not set` }, withPage(async (page) => {
    const home = mkdtempSync(join(tmpdir(), 'timdoc-server-'));
    chmodSync(home, 0o755);
    mkdirSync(join(home, 'www'));
    cpSync(join(ROOT, 'dist'), join(home, 'www/timdoc'), { recursive: true });
    const port = await freePort();
    const { program, options } = configure(home, port);
    const server = spawn(/** @type {string} */ (program), options, { stdio: 'ignore' });
    const base = `http://127.0.0.1:${port}/timdoc/`;
    try {
      await until(() => fetch(base).then(({ ok }) => ok, () => false), `${name}: ${existsSync(join(home, 'log')) ? readFileSync(join(home, 'log'), 'utf8') : ''}`);
      const bin = `bundle/${readdirSync(join(ROOT, 'dist/bundle')).find((file) => file.endsWith('.bin'))}`;
      /** @type {[string, RegExp, RegExp][]} */
      const files = [
        ['', /^text\/html; ?charset=utf-8$/i, /^no-cache$/], ['timdoc.js', /^text\/javascript/, /^no-cache$/], ['sw.js', /^text\/javascript/, /^no-cache$/],
        ['shell.json', /^application\/json/, /^no-cache$/], ['bundle/manifest.json', /^application\/json/, /^no-cache$/], ['style/search.css', /^text\/css/, /^no-cache$/],
        ['wasm/timdoc_bg.wasm', /^application\/wasm$/, /^no-cache$/], [bin, /^application\/octet-stream$/, /max-age=31536000/],
      ];
      for (const [path, type, cache] of files) {
        const { headers, ok } = await fetch(base + path);
        assert.ok(ok, path);
        assert.match(headers.get('content-type') ?? '', type, path);
        assert.match(headers.get('cache-control') ?? '', cache, path);
        assert.equal(headers.get('content-security-policy'), STRICT, `${path}: the site's policy`);
        assert.equal(headers.get('content-encoding'), path === bin ? null : 'gzip', path);
      }
      const part = await fetch(base + bin, { headers: { Range: 'bytes=0-99', 'Accept-Encoding': 'gzip' } });
      assert.equal(part.status, 206);
      assert.equal((await part.arrayBuffer()).byteLength, 100);
      await page.goto(`${base}index.html?q=hoc+tap`);
      await page.locator('timdoc-search .hit').first().waitFor();
    } finally {
      server.kill();
      rmSync(home, { recursive: true, force: true });
    }
  }));
}
