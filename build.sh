#!/usr/bin/env bash
# The one door of timdoc: `./build.sh` alone says what it does.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
TOOLS=$ROOT/.tools
LOGS=$ROOT/target/log
cd "$ROOT"
export CARGO_TARGET_DIR="$ROOT/target"
unset CARGO_BUILD_TARGET

help() {
  cat <<'END'
./build.sh COMMAND

  build         everything into dist/, ready to upload; the command line tool is target/release/timdoc
  package       build, then the npm package, into target/npm/
  demo [PORT]   build, then serve the demo portal on this machine and print its address
  test          every test there is, and check
  test PART     one part of it: native, wasm, browser, npm, firefox (in full where Firefox is)
  test scale    not among the others: Apache Spark builds a library from partitions (installs pyspark and Java)
  campaign NAME one of the long campaigns of tests/campaign/: what it tried, and what was lost
  fuzz [MINUTES] [TARGET…]
                every reader of bytes, or those named, on inputs made to break it: each 1 minute
  check         formatting, lints, documentation, types, layering, supply chain, budgets of bytes and requests,
                and that a second build gives the same bytes
  bench [ARG…]  build, then the measurements of tests/bench/
  bench quality [ARG…]
                the command line tool only, then how good its answers are
  bench peers [ARG…]
                build, then timdoc and other search engines side by side, into tests/bench/RESULTS.md
  help          this text

What is missing is installed into .tools/ or, on Debian and Ubuntu, with apt-get. What is there
already is not built again. VERBOSE=1 shows the output of every step, which else is in target/log/.
END
}

# ---- Steps -------------------------------------------------------------------

STEP_TIMES=   # a line a step, for the summary
FAILED=       # names of the gates that failed
SERVER=       # process of `timdoc serve`, ended with this script
AHEAD=        # processes that compile what a later step will want, ended with this script

note() { printf '  %s\n' "$1"; }

# die WHAT HOW-TO-MEND
die() {
  printf '✗ %s\n  To mend: %s\n' "$1" "$2" >&2
  exit 1
}

# run_step NAME WHAT HOW-TO-MEND COMMAND…: sets CODE. The command runs in a
# subshell under `set -e`; for that to hold, no caller may stand in an `if`,
# before `&&` or before `||`.
run_step() {
  local name=$1 what=$2 mend=$3 log=$LOGS/$1.log from=$SECONDS
  shift 3
  mkdir -p "$LOGS"
  set +e
  if [ -n "${VERBOSE:-}" ]; then
    printf '→ %s\n' "$what"
    ( set -e; "$@" ) 2>&1 </dev/null | tee "$log"
    CODE=${PIPESTATUS[0]}
  else
    printf '→ %s' "$what"
    ( set -e; "$@" ) >"$log" 2>&1 </dev/null
    CODE=$?
    printf '  %s s\n' "$((SECONDS - from))"
  fi
  set -e
  STEP_TIMES="$STEP_TIMES$(printf '%6s s  %s' "$((SECONDS - from))" "$what")"$'\n'
  [ "$CODE" -ne 0 ] || return 0
  {
    printf '✗ %s: failed (exit %s). The end of target/log/%s.log:\n' "$what" "$CODE" "$name"
    tail -n 40 "$log" | sed 's/^/    /'
    printf '  To mend: %s\n' "$mend"
  } >&2
}

# step NAME WHAT HOW-TO-MEND COMMAND…: what follows needs it, so a failure ends the run.
step() {
  run_step "$@"
  [ "$CODE" -eq 0 ] || exit 1
}

# gate NAME WHAT HOW-TO-MEND COMMAND…: a failure is kept for the end.
gate() {
  run_step "$@"
  [ "$CODE" -eq 0 ] || FAILED="$FAILED $1"
}

# ahead NAME COMMAND…: begins to compile what a later step compiles, beside steps that use another target folder. The step
# itself waits for it (cargo lets one in at a time), finds the work done, and is what says whether it went well.
ahead() {
  local log=$LOGS/$1.log
  shift
  ( "$@" ) >"$log" 2>&1 </dev/null &
  AHEAD="$AHEAD $!"
}

# begin NAME COMMAND…: runs it beside what follows, which leaves it processor time; `ended NAME` waits for it, gives its
# output, and fails as it did.
begin() {
  local name=$1
  shift
  rm -f "$LOGS/$name.code"
  ahead "$name" begun "$name" "$@"
}

# In a subshell of its own, and not as a condition, so that `set -e` holds in it.
begun() {
  local name=$1 code
  shift
  set +e
  ( set -e; "$@" )
  code=$?
  echo $code >"$LOGS/$name.new"
  mv "$LOGS/$name.new" "$LOGS/$name.code"
}

ended() {
  until [ -s "$LOGS/$1.code" ]; do sleep 0.2; done
  cat "$LOGS/$1.log"
  return "$(cat "$LOGS/$1.code")"
}

summary() {
  [ -n "$STEP_TIMES" ] || return 0
  printf '\nTimes\n%s%6s s  in all\n' "$STEP_TIMES" "$SECONDS"
  STEP_TIMES=
}

finish() {
  local code=$?
  [ -z "$SERVER" ] || kill "$SERVER" 2>/dev/null || true
  # shellcheck disable=SC2086 # one word a process
  [ -z "$AHEAD" ] || kill $AHEAD 2>/dev/null || true
  summary
  if [ -n "$FAILED" ]; then
    printf '\n✗ Failed:%s. The logs are in target/log/.\n' "$FAILED" >&2
    code=1
  fi
  exit "$code"
}

# is_done NAME FINGERPRINT: whether `done_with` was last called with the same.
is_done() { [ "$(cat "target/stamps/$1" 2>/dev/null)" = "$2" ]; }

done_with() {
  mkdir -p target/stamps
  printf '%s\n' "$2" >"target/stamps/$1"
}

# fingerprint PATH…: of the content and names of files and folders.
fingerprint() { find "$@" -type f -exec cksum {} + | LC_ALL=C sort | cksum; }

# shellcheck source=tests/tools/toolchain.sh
. tests/tools/toolchain.sh
# shellcheck source=tests/tools/reproducible.sh
. tests/tools/reproducible.sh

# ---- Build ---------------------------------------------------------------------

CLI=target/release/timdoc
WASM_RAW=target/wasm/$WASM_TARGET/wasm/timdoc.wasm
WASM_PKG=target/wasm/pkg
NPM_BIN=tests/browser/node_modules/.bin   # esbuild, tsc and wasm-opt, by its lock file

build_cli() { cargo build --release --features cli --bin timdoc; }

# What is published is a release. The tests use the tool that they are compiled with: every overflow fails in it, and
# compiling a release takes minutes.
use_debug_cli() {
  CLI=target/debug/timdoc
  build_cli() { cargo test --features cli --test cli --no-run; }
}

# Of this kind only: beside a library for Rust it would be linked without link-time optimisation.
build_wasm() { with_wasm cargo rustc --profile wasm --target $WASM_TARGET --lib --crate-type cdylib; }

# The glue and the shrunk wasm in its two parts, as the page imports them, and whole as packed pages have it.
bind_wasm() {
  local features="--enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals --enable-reference-types"
  rm -rf "$WASM_PKG"
  with_wasm wasm-bindgen --keep-debug --target web --out-dir "$WASM_PKG" --out-name timdoc "$WASM_RAW"
  # Where tsc looks for the types of the wasm: see rootDirs in www/jsconfig.json.
  mkdir -p target/wasm/types/wasm
  cp "$WASM_PKG/timdoc.d.ts" target/wasm/types/wasm/
  node tests/tools/snip.mjs "$WASM_PKG/timdoc_bg.wasm" "$WASM_PKG/snipped.wasm"
  # What wasm-opt would inline gains 2 % of bytes and loses 8 % of them gzipped.
  # Not the user's own wasm-opt: snip.mjs needs the library of the same version.
  # shellcheck disable=SC2086 # one word an option
  $NPM_BIN/wasm-opt -g --strip-dwarf -Oz --skip-pass=inlining-optimizing $features "$WASM_PKG/snipped.wasm" -o "$WASM_PKG/named.wasm"
  # shellcheck disable=SC2086
  $NPM_BIN/wasm-opt $features --strip-debug --strip-producers --strip-target-features "$WASM_PKG/named.wasm" -o "$WASM_PKG/timdoc_whole.wasm"
  first_libraries "$WASM_PKG/first"
  node tests/tools/split.mjs "$WASM_PKG/named.wasm" "$WASM_PKG/timdoc.js" "$WASM_PKG/first" "$WASM_PKG/timdoc_bg.wasm" "$WASM_PKG/timdoc_rest.wasm"
  rm -r "$WASM_PKG/snipped.wasm" "$WASM_PKG/named.wasm" "$WASM_PKG/first"
  $NPM_BIN/esbuild "$WASM_PKG/timdoc.js" --minify --target=es2022 --outfile="$WASM_PKG/timdoc.js" --allow-overwrite
}

# Libraries, made in the folder $1, by whose searches the wasm is split: of one segment and of two.
first_libraries() {
  mkdir -p "$1"
  node tests/tools/first-searches.mjs 2000 made >"$1/made.jsonl"
  node tests/tools/first-searches.mjs 20 added >"$1/added.jsonl"
  "$ROOT/$CLI" build www/sample --out "$1/one"
  "$ROOT/$CLI" build www/sample "$1/made.jsonl" --out "$1/two"
  "$ROOT/$CLI" add "$1/added.jsonl" --to "$1/two"
  rm "$1/made.jsonl" "$1/added.jsonl"
}

# Everything in dist/ but the bundle: the wasm, and www/ without what only developers need.
fill_dist() {
  mkdir -p dist
  find dist -mindepth 1 -maxdepth 1 ! -name bundle -exec rm -rf {} +
  mkdir dist/wasm dist/pack
  cp "$WASM_PKG/timdoc.js" "$WASM_PKG/timdoc_bg.wasm" "$WASM_PKG/timdoc_rest.wasm" dist/wasm/
  cp "$WASM_PKG/timdoc_whole.wasm" dist/pack/timdoc.wasm
  node www/tools/dist.mjs dist
}

build_bundle() { "$CLI" build www/sample --out dist/bundle; }

build() {
  local print
  need_wasm_rust
  need_wasm_bindgen
  need_node 18
  need_npm_folder tests/browser
  step wasm "Engine for the browser" "Rust's message says where. If a crate is 'compiled by an incompatible version of rustc', remove target/wasm." build_wasm
  step cli "Command line tool ($CLI)" "Rust's message says where; 'cargo build --features cli' repeats it." build_cli
  print="$(wasm_bindgen_version) $(cksum <tests/browser/package-lock.json) $(cksum <"$WASM_RAW") $(fingerprint tests/tools/snip.mjs tests/tools/split.mjs tests/tools/first-searches.mjs tests/bench/synthetic.mjs tests/bench/queries.mjs) $(declare -f bind_wasm first_libraries | cksum)"
  if [ ! -s $WASM_PKG/timdoc_rest.wasm ] || ! is_done wasm "$print"; then
    step wasm-opt "wasm-bindgen and wasm-opt, and the engine in two parts" "If it complains of versions: 'cargo update -p wasm-bindgen' or remove .tools/bin." bind_wasm
    done_with wasm "$print"
  fi
  step dist "dist/ from www/" "Is dist/ writable, and is all of www/ there?" fill_dist
  print="$(fingerprint www/sample $CLI)"
  if [ ! -s dist/bundle/manifest.json ] || ! is_done bundle "$print"; then
    step bundle "Sample library: timdoc build www/sample" "The tool's message says which file and why." build_bundle
    done_with bundle "$print"
  fi
}

# The archive that 'npm install' takes; sets PACKAGE.
make_package() {
  local archive
  rm -rf target/npm/package target/npm/timdoc-*.tgz
  node www/tools/npm.mjs dist target/npm/package
  archive=$( umask 022; cd target/npm && npm pack --silent ./package )
  [ -s "target/npm/$archive" ]
}

package() {
  build
  step package "npm package" "The log says what is missing in dist/ or www/npm/." make_package
  PACKAGE=$(echo "$ROOT"/target/npm/timdoc-*.tgz)
}

# ---- Serve -----------------------------------------------------------------------

# serve [OPTION…]: `timdoc serve dist` in the background; sets SERVER and URL.
serve() {
  local log=$LOGS/serve.log tries=100
  : >"$log"
  "$CLI" serve dist "$@" >"$log" 2>&1 &
  SERVER=$!
  until URL=$(grep -o 'http://[^ ]*' "$log"); do
    tries=$((tries - 1))
    { [ $tries -gt 0 ] && kill -0 "$SERVER" 2>/dev/null; } ||
      die "The server does not start: $(tail -n 1 "$log")" "Run '$CLI serve dist' by hand, with another --port if this one is taken."
    sleep 0.1
  done
}

demo() {
  build
  if [ $# -eq 0 ]; then serve; else serve --port "$1"; fi
  summary
  printf '\nThe demo portal:  %s\nCtrl-C stops it.\n' "$URL"
  wait "$SERVER"
}

# ---- Check and test ------------------------------------------------------------------

# wasm_tests: `--test NAME` for every tests/wasm*.rs.
wasm_tests() {
  local file
  for file in tests/wasm*.rs; do
    [ -f "$file" ] || { echo "no tests/wasm*.rs" >&2; return 1; }
    file=${file##*/}
    printf -- '--test %s ' "${file%.rs}"
  done
}

clippy_native() { cargo clippy --all-targets --features cli -- -D warnings; }

clippy_wasm() {
  local tests
  tests=$(wasm_tests)
  # shellcheck disable=SC2086 # one word an argument
  with_wasm cargo clippy --target $WASM_TARGET --lib $tests -- -D warnings
}

rustdoc() { RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --lib --features cli; }

types() { $NPM_BIN/tsc --project www/jsconfig.json; }

shell() { shellcheck -x build.sh .ci/run tests/scale/*.sh tests/npm/*.sh tests/campaign/*.sh; }

supply() {
  node tests/tools/supply.mjs
  node tests/tools/licenses.mjs --check
}

first_search() { TIMDOC=$ROOT/$CLI node tests/bench/run.mjs --gates; }

code_size() { node tests/tools/code-size.mjs dist; }

check_gates() {
  need_rust
  need_rust_component fmt rustfmt rustfmt-web
  need_rust_component clippy clippy rust-web-clippy
  need_wasm_rust
  # Where the others leave a core idle.
  ahead wasm-ahead build_wasm
  gate fmt "rustfmt" "Run 'cargo fmt'." cargo fmt --check
  gate clippy "clippy" "The log says where; 'cargo clippy --fix --all-targets --features cli' mends some." clippy_native
  gate rustdoc "rustdoc" "The log says which comment." rustdoc
  need_wasm_clippy
  gate clippy-wasm "clippy for wasm32" "The log says where." clippy_wasm
  need_node 18
  need_npm_folder tests/browser
  gate supply "Licences, sources and versions of what is used" "The log says of what, and how to mend it." supply
  if has shellcheck; then gate shellcheck "shellcheck" "The log says which line." shell; fi
  # Beside what is mostly Node's and the browser's, or one long link; test_native waits for it.
  [ -z "${NATIVE_TOO:-}" ] || begin native-beside native
  build
  gate types "tsc --checkJs" "The log says which line of www/; types the page shares are in www/lib/types.d.ts." types
  gate code-size "Size of the code on the wire" "The list says what weighs; the budget is in tests/tools/code-size.mjs." code_size
  if [ "$CODE" -eq 0 ]; then cat "$LOGS/code-size.log"; fi
  need_chromium
  gate gates "Bytes and requests of a first search, size offline" \
    "The list says what grew; the ceilings are in tests/bench/gates.json." first_search
  if [ "$CODE" -eq 0 ]; then grep '^[✓✗0-9]' "$LOGS/gates.log"; fi
  test_reproducible
}

# What was proved of a wasm and of files is not proved again for the same.
test_reproducible() {
  local print
  print="$(rustc -V) $(fingerprint $WASM_PKG/timdoc_bg.wasm src Cargo.lock Cargo.toml tests/tools/toolchain.sh tests/tools/reproducible.sh)"
  if ! is_done reproducible "$print"; then
    gate reproducible-wasm "Engine made twice, in two folders" "The log says which file differs; what of this machine is in it?" reproducible_wasm
    if [ "$CODE" -eq 0 ]; then done_with reproducible "$print"; fi
  fi
  gate reproducible "Library, page, packed file and npm package made twice" "The log says which differ." reproducible_files
}

check() {
  check_gates
  gate layering "Layering of src/" "The test's message names the file and the 'use' that goes against the flow." \
    cargo test --features cli --test layering
}

native() { cargo test --features cli --no-fail-fast; }

# wasm_run WHERE: `wasm-pack test` without wasm-pack, which would be a minute more to compile: cargo, and the runner that
# wasm-bindgen-cli brings (by its name alone, as cargo takes a path apart at spaces). WHERE is NODE or WEB: the runner
# passes over tests that are for the other. A run that found no test has not passed.
wasm_run() {
  local tests out=$LOGS/wasm-$1.out
  tests=$(wasm_tests)
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner "WASM_BINDGEN_TEST_ONLY_$1=1"
  # shellcheck disable=SC2086 # one word an argument
  with_wasm within 1200 cargo test --target $WASM_TARGET $tests | tee "$out"
  grep -q 'test result: ok. [1-9]' "$out" || { echo "No test ran."; return 1; }
}

# Several files at a time; one that fails runs once more, alone: see the file.
browser() { TIMDOC_URL=$URL TIMDOC=$ROOT/$CLI node tests/browser/run.mjs; }

test_native() {
  local mend="Run 'cargo test --features cli NAME' for the one that failed."
  if [ -n "${NATIVE_TOO:-}" ]; then gate native "Native tests (the rest)" "$mend" ended native-beside
  else gate native "Native tests" "$mend" native; fi
}

test_wasm() {
  need_wasm_rust
  need_wasm_bindgen
  need_chromium
  gate wasm-node "wasm tests in Node" "The log names the test in tests/wasm*.rs." wasm_run NODE
  gate wasm-chromium "wasm tests in Chromium" \
    "The log names the test; if the session did not start, Chromium and ChromeDriver must be of one version ($CHROMIUM, $CHROMEDRIVER)." \
    wasm_run WEB
}

test_browser() {
  need_node 20 # Playwright's
  need_chromium
  want_chromium_shell
  serve --port 0
  gate browser "Browser tests" "Run './build.sh demo', then TIMDOC_URL=(its address) node --test tests/browser/NAME.test.mjs." browser
}

npm_page() { PACKAGE=$PACKAGE BUNDLE=$ROOT/dist/bundle WORK=$ROOT/target/npm/test within 600 tests/npm/run.sh; }

test_npm() {
  need_node 20 # Playwright's, and Vite's
  need_chromium
  package
  gate npm "npm package in a page built with Vite" "Run './build.sh package', then PACKAGE=(it) BUNDLE=dist/bundle tests/npm/run.sh." npm_page
}

firefox() { FIREFOX=$FIREFOX TIMDOC=$ROOT/$CLI DIST=$ROOT/dist within 900 tests/firefox/run.sh; }

test_firefox() {
  need_node 20 # Puppeteer's
  build
  gate firefox "Search and reading in Firefox" "Run tests/firefox/run.sh; the log names the test." firefox
}

# Spark and Java are large, and other tests need neither.
test_scale() {
  need_rust
  need_node 18
  need_spark
  step cli "Command line tool ($CLI)" "Rust's message says where; 'cargo build --features cli' repeats it." build_cli
  gate scale "One library from partitions, by Spark" "The log says which library is not as it should be." scale
  grep -Ev '^[[:space:]]*at | (INFO|WARN) ' "$LOGS/scale.log" # what is Spark's own
}

scale() { TIMDOC=$ROOT/$CLI SPARK=$SPARK within 3600 tests/scale/run.sh; }

# test_part [PART]
test_part() {
  case ${1:-} in
    '') NATIVE_TOO=yes
        check_gates; test_wasm; test_native; test_browser; test_npm
        if find_firefox; then test_firefox; else note "There is no Firefox here: not tested in it ('./build.sh test firefox' installs it)."; fi ;;
    native) need_rust; test_native ;;
    wasm) test_wasm ;;
    browser) build; test_browser ;;
    npm) test_npm ;;
    firefox) need_firefox; test_firefox ;;
    scale) test_scale ;;
    *)
      [ -x "tests/$1/run.sh" ] || die "There is no part '$1' of the tests." "The parts are: native, wasm, browser, npm, firefox, scale."
      build
      "tests/$1/run.sh" "${@:2}"
      ;;
  esac
}

bench_quality() {
  need_rust
  need_node 18
  step cli "Command line tool ($CLI)" "Rust's message says where; 'cargo build --features cli' repeats it." build_cli
  node tests/bench/quality/run.mjs "$@"
}

# Minutes to hours: not among the tests. The last results are in tests/campaign/RESULTS.md.
campaign() {
  local path=tests/campaign/${1:-}
  need_rust
  if [ -f "$path.rs" ]; then
    cargo test --profile campaign --features campaign --test "campaign_$1" -- --nocapture "${@:2}"
  elif [ -f "$path.mjs" ]; then
    need_node 20
    need_chromium
    build
    serve --port 0
    TIMDOC_URL=$URL node "$path.mjs" "${@:2}"
  elif [ -f "$path.sh" ]; then
    # shellcheck source=/dev/null # it may use what is here
    . "$path.sh"
  else
    die "There is no campaign '${1:-}'." "The campaigns are: $(cd tests/campaign && find . -name '*.rs' -o -name '*.mjs' -o -name '*.sh' | sed 's/^\.\///; s/\.[a-z]*$//' | sort | tr '\n' ' ')"
  fi
}

# What was found in the last long run is in tests/campaign/RESULTS.md.
fuzz() {
  need_rust
  tests/fuzz/run.sh "$@"
}

build_tantivy() { ( cd tests/bench/peers/tantivy && CARGO_TARGET_DIR=$ROOT/target/bench/tantivy cargo build --release --locked ); }

bench_peers() {
  build
  need_node 20 # Playwright's
  need_chromium
  need_npm_folder tests/bench/peers
  step tantivy "tantivy, to be measured against" "Rust's message says where; is the crate registry reachable?" build_tantivy
  node tests/bench/peers/run.mjs "$@"
}

bench() {
  case ${1:-} in
    quality) bench_quality "${@:2}"; return ;;
    peers) bench_peers "${@:2}"; return ;;
  esac
  build
  need_chromium
  if [ -f tests/bench/package-lock.json ]; then need_npm_folder tests/bench; fi
  node tests/bench/run.mjs "$@"
}

# ---- The door ------------------------------------------------------------------------

main() {
  local command=${1:-help}
  [ $# -eq 0 ] || shift
  trap finish EXIT
  trap 'exit 130' INT TERM
  mkdir -p "$LOGS"
  case $command in
    build)
      build
      printf '\ndist/ is ready to upload. The command line tool: %s\n' "$CLI"
      ;;
    package)
      package
      printf '\nThe npm package: %s\n' "${PACKAGE#"$ROOT"/}"
      ;;
    demo) demo "$@" ;;
    test) use_debug_cli; test_part "$@" ;;
    check) use_debug_cli; check ;;
    bench) bench "$@" ;;
    fuzz) fuzz "$@" ;;
    campaign) campaign "$@" ;;
    help | -h | --help) help ;;
    *)
      help >&2
      die "There is no command '$command'." "The commands are listed above."
      ;;
  esac
}

main "$@"
