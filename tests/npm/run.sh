#!/usr/bin/env bash
# The npm package, installed, type-checked and built into a page: PACKAGE is its archive, BUNDLE a library, WORK a folder.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
WORK=${WORK:-$HERE/../../target/npm/test}
PACKAGE=$(realpath "$PACKAGE")
BUNDLE=$(realpath "$BUNDLE")
export BUNDLE

mkdir -p "$WORK"
cp -r "$HERE"/package.json "$HERE"/tsconfig.json "$HERE"/vite.config.js "$HERE"/index.html "$HERE"/src "$WORK"
cd "$WORK"
if ! cmp -s "$HERE/package-lock.json" .installed-lock.json; then
  cp "$HERE/package-lock.json" .
  npm ci --no-audit --no-fund
  cp package-lock.json .installed-lock.json
fi
npm install --no-save --no-audit --no-fund --offline "$PACKAGE"
npm run types
npm run build -- --emptyOutDir
OUT=$WORK/dist PROJECT=$WORK node --test --test-force-exit --test-timeout=120000 --test-reporter=spec "$HERE"/npm.test.mjs
