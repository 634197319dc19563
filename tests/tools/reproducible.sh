# shellcheck shell=bash
# Is what is published the same, byte for byte, wherever and whenever it is made?
#
# Read by build.sh, after a build. Everything is made a second time: the engine in another folder with a
# target folder of its own, from sources of another age; the sample library, the page, the packed file and the npm
# package with another number of threads, another time zone, another locale and another umask. What is compared holds
# for one version of the compiler: its own library is in the wasm.

# as_elsewhere COMMAND…: as on a machine that is set up otherwise.
as_elsewhere() ( umask 077; export TZ=America/St_Johns LC_ALL=C LANG=C RAYON_NUM_THREADS=1; "$@" )
as_another() ( umask 002; export TZ=Asia/Ho_Chi_Minh LC_ALL=C.UTF-8 LANG=C.UTF-8 RAYON_NUM_THREADS=2; "$@" )

# same WHAT ONE OTHER: files or folders.
same() {
  diff -rq "$2" "$3" || { echo "✗ $1: two builds differ ($2, $3)"; return 1; }
  echo "✓ $1: the same, $(find "$3" -type f | wc -l | tr -d ' ') files, $(find "$3" -type f -exec cat {} + | wc -c | tr -d ' ') bytes"
}

# The engine, made in the folder $1 as ./build.sh makes it here.
wasm_elsewhere() (
  mkdir -p "$1"
  cp -R src Cargo.toml Cargo.lock README.md LICENSE "$1" # without their times
  ln -s "$ROOT/www" "$1/www"
  ln -s "$ROOT/tests" "$1/tests"
  cd "$1"
  umask 077
  export TZ=America/St_Johns LC_ALL=C CARGO_BUILD_JOBS=1
  ELSEWHERE=$1 build_wasm
  ELSEWHERE=$1 bind_wasm
)

# no_own_path FILE: names neither the folder of the repository nor that of cargo.
no_own_path() {
  local path
  for path in "$ROOT" "${CARGO_HOME:-$HOME/.cargo}"; do
    if LC_ALL=C grep -qaF "$path" "$1"; then echo "✗ $1 names $path"; return 1; fi
  done
  echo "✓ $1 names no folder of this machine"
}

reproducible_wasm() {
  local file again=$ROOT/target/again/somewhere-else
  rm -rf "$again"
  wasm_elsewhere "$again"
  for file in timdoc.js timdoc_bg.wasm timdoc_rest.wasm timdoc_whole.wasm; do
    same "engine, $file" "$WASM_PKG/$file" "$again/$WASM_PKG/$file"
    no_own_path "$WASM_PKG/$file"
  done
  rm -rf "$again"
}

reproducible_files() {
  local again=$ROOT/target/again/files
  rm -rf "$again"
  mkdir -p "$again/npm-1" "$again/npm-2"
  # Files made in another order, of another age.
  mkdir "$again/sample"
  ( cd www/sample && find . -type d | sort | while read -r name; do mkdir -p "$again/sample/$name"; done )
  ( cd www/sample && find . -type f | LC_ALL=C sort -r | while read -r name; do cp "$name" "$again/sample/$name"; done )
  find "$again/sample" -type f -exec touch -t 200102030405 {} +
  as_elsewhere "$CLI" build "$again/sample" --out "$again/bundle-1"
  as_another "$CLI" build www/sample --out "$again/bundle-2"
  same "library, one thread" dist/bundle "$again/bundle-1"
  same "library, two threads" dist/bundle "$again/bundle-2"
  mkdir -p "$again/dist/wasm" "$again/dist/pack"
  cp dist/wasm/* "$again/dist/wasm/"
  cp dist/pack/timdoc.wasm "$again/dist/pack/"
  as_elsewhere node www/tools/dist.mjs "$again/dist"
  mv "$again/bundle-1" "$again/dist/bundle"
  same "page" dist "$again/dist"
  as_elsewhere "$CLI" pack dist/bundle --site dist --out "$again/1.html"
  as_another "$CLI" pack "$again/bundle-2" --site dist --out "$again/2.html"
  same "packed file" "$again/1.html" "$again/2.html"
  as_elsewhere npm_archive "$again/npm-1"
  as_another npm_archive "$again/npm-2"
  same "npm package" "$again/npm-1" "$again/npm-2"
  rm -rf "$again"
}

# npm_archive FOLDER: the archive of the package in it, and nothing else.
npm_archive() {
  node www/tools/npm.mjs dist "$1/package"
  ( umask 022; cd "$1" && npm pack --silent ./package )
  rm -rf "$1/package"
}
