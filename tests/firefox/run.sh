#!/usr/bin/env bash
# Search and reading in Firefox: TIMDOC is the command line tool, FIREFOX the browser, DIST what ./build.sh build made.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export DIST=${DIST:-$HERE/../../dist} TIMDOC=${TIMDOC:-$HERE/../../target/release/timdoc}
export FIREFOX=${FIREFOX:-$(command -v firefox-esr || command -v firefox)}
cd "$HERE"
if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
  npm ci --no-audit --no-fund
  cp package-lock.json node_modules/.installed-lock.json
fi
node --test --test-timeout=180000 --test-reporter=spec firefox.test.mjs
