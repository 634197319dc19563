# shellcheck shell=bash
# Which tools does build.sh use, and where do missing ones come from?
#
# Read by build.sh, which gives ROOT, TOOLS, `step`, `note` and `die`. What is
# missing goes into .tools/ or comes from the system's packages (apt-get); the
# user's own tools are used when they are right, and never replaced.

NODE=22.23.3
PYSPARK=4.1.4
WASM_TARGET=wasm32-unknown-unknown

# Set by need_wasm_rust, read by with_wasm.
WASM_PATH=      # folder that goes before PATH, so that its `cargo` and `rustc` are used
WASM_SYSROOT=   # folder with a wasm32 standard library that is not the compiler's own
WASM_LINKER=    # wasm-ld, when the compiler brings none
# Set by need_chromium, for the browser tests.
CHROMIUM=${CHROMIUM:-}
CHROMEDRIVER=${CHROMEDRIVER:-}
# Set by find_firefox.
FIREFOX=${FIREFOX:-}
# A Python environment with Spark, made by need_spark.
SPARK=$TOOLS/spark

has() { command -v "$1" >/dev/null 2>&1; }

# at_least HAVE WANT: compares dotted version numbers.
at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -t. -k1,1n -k2,2n -k3,3n | head -n 1)" = "$2" ]
}

# version_of COMMAND…: the first version number the command prints, or nothing.
version_of() {
  { "$@" 2>/dev/null || true; } | sed -n 's/^[^0-9]*\([0-9][0-9.]*\).*/\1/p' | head -n 1
}

# within SECONDS COMMAND…: as timeout(1), which macOS does not have. It must not
# leave its own `sleep` behind: that would hold the caller's output open.
within() {
  local limit=$1 pid watch code=0
  shift
  "$@" & pid=$!
  ( trap 'kill $!' TERM; sleep "$limit" & wait $!; kill "$pid" ) >/dev/null 2>&1 & watch=$!
  wait "$pid" || code=$?
  kill "$watch" 2>/dev/null || true
  return "$code"
}

# ---- System packages ------------------------------------------------------

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@"
}

APT_UPDATED=

# Lists are fetched first, once a run: old ones name packages that are gone, or
# too old a Rust. Nothing the user has is removed to make room (Debian's
# rustc-web conflicts with its rustup and rustc): that is the user's decision.
apt_install() {
  [ -n "$APT_UPDATED" ] || apt_get update || true
  apt_get install -y --no-install-recommends --no-remove "$@"
}

# apt_step NAME WHAT PACKAGE…
apt_step() {
  local name=$1 what=$2
  shift 2
  has apt-get || die "$what: missing." "Install it with your system's packages; Debian's are called $*."
  if [ "$(id -u)" -ne 0 ]; then
    has sudo || die "$what: missing, and there is neither root nor sudo to install it." "As root: apt-get install $*"
    sudo -n true 2>/dev/null || sudo -v
  fi
  step "$name" "$what: apt-get install $*" \
    "Run 'apt-get update', then 'apt-get install $*' by hand: it says what stands in the way." \
    apt_install "$@"
  APT_UPDATED=yes
}

# ---- Rust -----------------------------------------------------------------

rust_version() { sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml; }

# rust_is_ready: a cargo and rustc on PATH, recent enough.
rust_is_ready() {
  has cargo && has rustc && at_least "$(version_of rustc --version)" "$(rust_version)"
}

# A rustup without a toolchain gets one; a machine without a recent Rust gets
# Debian's. The user's own is never changed: one that is too old is for the
# user to update, where Debian has none either.
need_rust() {
  if ! rust_is_ready && has rustup && ! cargo --version >/dev/null 2>&1; then
    note "Rust: rustup default stable"
    within 600 rustup default stable >"$LOGS/rustup.log" 2>&1 || note "rustup could not download it (target/log/rustup.log)"
  fi
  if ! rust_is_ready && has apt-get; then
    apt_step rust "Rust" rustc-web cargo-web
    link_debian_rust
    PATH=$TOOLS/debian/bin:$PATH
  fi
  rust_is_ready || die "Rust $(rust_version) or later is needed (this is: $(version_of rustc --version))." \
    "Install it from https://rustup.rs, or, if it is there, run 'rustup update stable'."
  has cc || apt_step cc "C compiler" gcc libc6-dev
}

# need_rust_component COMMAND NAME DEBIAN-PACKAGE: `cargo COMMAND` of the native Rust.
need_rust_component() {
  cargo "$1" --version >/dev/null 2>&1 && return
  if [ "$(command -v cargo)" = "$(dirname "$(command -v rustup || echo .)")/cargo" ]; then
    step "$2" "rustup component add $2" "Run 'rustup component add $2' by hand." rustup component add "$2"
  else
    apt_step "$2" "cargo $1" "$3"
  fi
}

# ---- Rust for WebAssembly ---------------------------------------------------
#
# In this order: the compiler in use, if it has the wasm32 standard library; one
# that rustup downloads; or, where rustup can download nothing, Debian's own
# compiler, whose library is built once from Debian's own source (45 seconds).

target_libdir() { "$1" --print target-libdir --target $WASM_TARGET 2>/dev/null; }

has_std() { ls "$1"/libstd-*.rlib >/dev/null 2>&1; }

DEBIAN_RUSTC=/usr/bin/rustc

# debian_std: where the library goes that we build for Debian's compiler. Its
# name carries the version: after an upgrade of the compiler it is built anew.
debian_std() { printf '%s' "$TOOLS/debian/std-$(version_of $DEBIAN_RUSTC --version)-$($DEBIAN_RUSTC -vV | cksum | cut -d ' ' -f 1)"; }

find_wasm_rust() {
  WASM_PATH= WASM_SYSROOT= WASM_LINKER=
  if ! has_std "$(target_libdir rustc)"; then
    [ -x $DEBIAN_RUSTC ] && at_least "$(version_of $DEBIAN_RUSTC --version)" "$(rust_version)" || return 1
    WASM_PATH=$TOOLS/debian/bin
    if ! has_std "$(target_libdir $DEBIAN_RUSTC)"; then
      WASM_SYSROOT=$(debian_std)
      has_std "$WASM_SYSROOT/lib/rustlib/$WASM_TARGET/lib" || return 1
    fi
    link_debian_rust
  fi
  find_wasm_linker
}

# A folder with nothing but Debian's Rust, to put before a rustup on PATH.
link_debian_rust() {
  local tool
  mkdir -p "$TOOLS/debian/bin"
  for tool in cargo rustc rustdoc cargo-clippy clippy-driver; do
    [ ! -x /usr/bin/$tool ] || ln -sf /usr/bin/$tool "$TOOLS/debian/bin/$tool"
  done
}

# Rust from rustup brings rust-lld; Debian's does not, and wants its own LLVM's.
find_wasm_linker() {
  local rustc=rustc llvm
  [ -z "$WASM_PATH" ] || rustc=$WASM_PATH/rustc
  ls "$("$rustc" --print sysroot)"/lib/rustlib/*/bin/rust-lld >/dev/null 2>&1 && return
  llvm=$("$rustc" -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
  for WASM_LINKER in "wasm-ld-$llvm" wasm-ld; do
    if has "$WASM_LINKER"; then return; fi
  done
  return 1
}

need_wasm_rust() {
  need_rust
  find_wasm_rust && return
  if has rustup && rustup_gives_wasm; then find_wasm_rust && return; fi
  has apt-get || die "The Rust compiler has no $WASM_TARGET standard library." \
    "Run 'rustup target add $WASM_TARGET', or install your system's package of it."
  apt_step debian-rust "Debian's Rust, which can make its own wasm32 library" \
    rustc-web cargo-web rust-web-src
  apt_step lld "wasm linker" "lld-$($DEBIAN_RUSTC -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')"
  link_debian_rust
  WASM_SYSROOT=$(debian_std)
  has_std "$WASM_SYSROOT/lib/rustlib/$WASM_TARGET/lib" ||
    step wasm-std "standard library for $WASM_TARGET (once, about a minute)" \
      "The log says what cargo could not fetch or compile; packages rustc-web and rust-web-src must be of one version." \
      build_std
  find_wasm_rust || die "No Rust for $WASM_TARGET, although it was just installed." "Remove .tools/debian and run this again."
}

rustup_gives_wasm() {
  within 120 rustup target add $WASM_TARGET >"$LOGS/rustup-target.log" 2>&1
}

build_std() {
  local scratch dest=$WASM_SYSROOT.new
  scratch=$(mktemp -d)
  mkdir "$scratch/src"
  printf '#![no_std]\n' >"$scratch/src/lib.rs"
  printf '[package]\nname = "scratch"\nedition = "2024"\n[workspace]\n' >"$scratch/Cargo.toml"
  ( cd "$scratch" && PATH=$TOOLS/debian/bin:$PATH RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$scratch/target \
    cargo build --release -Z build-std=std,panic_abort,test --target $WASM_TARGET )
  rm -rf "$WASM_SYSROOT" "$dest"
  mkdir -p "$dest/lib/rustlib/$WASM_TARGET/lib"
  rm "$scratch"/target/$WASM_TARGET/release/deps/libscratch-*
  cp "$scratch"/target/$WASM_TARGET/release/deps/*.rlib "$dest/lib/rustlib/$WASM_TARGET/lib/"
  mv "$dest" "$WASM_SYSROOT"
  rm -rf "$scratch"
}

# with_wasm COMMAND…: runs it with the Rust that compiles to WebAssembly. Two
# compilers share no target folder, or each would undo the other's work. ELSEWHERE
# is another copy of the repository (see reproducible.sh).
with_wasm() (
  export PATH="$TOOLS/bin:$PATH" CARGO_TARGET_DIR="${ELSEWHERE:-$ROOT}/target/wasm"
  [ -z "$WASM_PATH" ] || export PATH="$WASM_PATH:$PATH"
  [ -z "$WASM_LINKER" ] || export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$WASM_LINKER"
  CARGO_ENCODED_RUSTFLAGS=$(wasm_flags)
  export CARGO_ENCODED_RUSTFLAGS
  "$@"
)

# wasm_flags: what the compiler is told, with 0x1f between. The wasm names no folder of this machine, neither the
# repository's nor that of cargo's registry, which is called otherwise where a mirror stands in for it.
wasm_flags() {
  local home=${CARGO_HOME:-$HOME/.cargo} folder
  printf -- '--remap-path-prefix=%s=timdoc\x1f--remap-path-prefix=%s=cargo' "${ELSEWHERE:-$ROOT}" "$home"
  for folder in "$home"/registry/src/*/; do
    [ ! -d "$folder" ] || printf '\x1f--remap-path-prefix=%s=crates' "${folder%/}"
  done
  [ -z "$WASM_SYSROOT" ] || printf '\x1f--sysroot=%s' "$WASM_SYSROOT"
}

need_wasm_clippy() {
  if [ -z "$WASM_PATH" ]; then
    need_rust_component clippy clippy rust-web-clippy
  elif [ ! -e "$WASM_PATH/cargo-clippy" ]; then
    apt_step clippy-debian "clippy for Debian's Rust" rust-web-clippy
    link_debian_rust
  fi
}

# need_crate COMMAND CRATE VERSION [OPTION…]: a tool from crates.io, in .tools/bin unless
# PATH has just this version. With the versions of its own lock file, unless that
# names crates the registry does not serve (yet, or in a mirror). Not optimised:
# it compiles three times as fast, and our wasm is small. OPTION… is cargo's.
need_crate() {
  local tool=$1 crate=$2 version=$3
  if [ "$(version_of "$TOOLS/bin/$tool" --version)" = "$version" ]; then return; fi
  if [ "$(version_of "$tool" --version)" = "$version" ]; then return; fi
  step "$crate" "$crate $version (once, some minutes)" \
    "Run 'cargo install $crate --version $version' by hand, or put it on PATH." \
    install_crate "$crate" "$version" "${@:4}"
}

install_crate() {
  CARGO_TARGET_DIR=$ROOT/target/tools CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 \
    install_exactly "$@"
  rm -rf "$ROOT/target/tools"
}

install_exactly() {
  cargo install "$1" --version "=$2" --root "$TOOLS" --no-track --force "${@:3}" --locked && return
  echo "! Not with the versions of its lock file (see above); with the newest that fit:"
  cargo install "$1" --version "=$2" --root "$TOOLS" --no-track --force "${@:3}"
}

wasm_bindgen_version() {
  sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"/\1/p;}' Cargo.lock
}

# Without TLS: its test runner speaks to ChromeDriver on this machine only.
need_wasm_bindgen() { need_crate wasm-bindgen wasm-bindgen-cli "$(wasm_bindgen_version)" --no-default-features; }

# ---- Node and its packages ---------------------------------------------------

has_node() { has node && has npm && at_least "$(version_of node --version)" "$1"; }

# need_node VERSION: at least. Where the system's is older, npm brings one of its own.
need_node() {
  has_node "$1" && return
  has node && has npm || apt_step node "Node" nodejs npm
  has_node "$1" && return
  need_npm_tool node $NODE
  PATH=$TOOLS/npm/node_modules/node/bin:$PATH
  has_node "$1" || die "Node $1 or later is needed (this is $(version_of node --version))." \
    "Install a current one from https://nodejs.org or your system's packages."
}

# need_npm_tool PACKAGE VERSION: in .tools/npm.
need_npm_tool() {
  grep -qs "\"version\": \"$2\"" "$TOOLS/npm/node_modules/$1/package.json" && return
  step "$1" "npm $1 $2" "Run 'npm install --prefix .tools/npm $1@$2' by hand; is the npm registry reachable?" \
    npm install --prefix "$TOOLS/npm" --no-audit --no-fund --no-package-lock "$1@$2"
}

# need_npm_folder FOLDER: the packages of its lock file, when they changed.
need_npm_folder() {
  cmp -s "$1/package-lock.json" "$1/node_modules/.installed-lock.json" && return
  step "npm-${1##*/}" "npm ci in $1" "Run 'npm ci' in $1 by hand; is the npm registry reachable?" npm_ci "$1"
}

npm_ci() {
  ( cd "$1" && npm ci --no-audit --no-fund )
  cp "$1/package-lock.json" "$1/node_modules/.installed-lock.json"
}

# ---- Chromium ----------------------------------------------------------------

# first_of NAME…: the path of the first that there is.
first_of() {
  local name
  for name in "$@"; do
    if has "$name"; then command -v "$name"; return; fi
  done
}

find_chromium() {
  [ -n "$CHROMIUM" ] || CHROMIUM=$(first_of chromium google-chrome google-chrome-stable chromium-browser \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" /Applications/Chromium.app/Contents/MacOS/Chromium)
  [ -n "$CHROMEDRIVER" ] || CHROMEDRIVER=$(first_of chromedriver /usr/lib/chromium-browser/chromedriver)
  export CHROMIUM CHROMEDRIVER
  [ -n "$CHROMIUM" ] && [ -n "$CHROMEDRIVER" ]
}

need_chromium() {
  if ! find_chromium && has apt-get; then
    apt_step chromium "Chromium and ChromeDriver" chromium chromium-driver
    find_chromium || true
  fi
  [ -n "$CHROMIUM" ] || die "There is no Chromium or Chrome for the browser tests." \
    "Install one, or say where it is: CHROMIUM=/path/to/chrome $0 test"
  [ -n "$CHROMEDRIVER" ] || die "There is no ChromeDriver for the browser tests." \
    "Install the one of your browser's version (macOS: brew install chromedriver), or say where it is: CHROMEDRIVER=/path $0 test"
  # Without a font for Vietnamese the page shows boxes, and tests of layout mean nothing.
  if has apt-get && ! { has fc-list && [ -n "$(fc-list :lang=vi)" ]; }; then
    apt_step fonts "A font for Vietnamese" fontconfig fonts-noto-core
  fi
}

# want_chromium_shell: sets CHROMIUM_SHELL. Nothing depends on it: where there is none, and Debian's cannot be installed,
# the whole browser does as well, slower.
want_chromium_shell() {
  CHROMIUM_SHELL=${CHROMIUM_SHELL:-$(first_of chromium-headless-shell chrome-headless-shell)}
  if [ -z "$CHROMIUM_SHELL" ] && has apt-get && { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }; then
    step chromium-shell "Chromium's shell, for faster tests" "" chromium_shell
    CHROMIUM_SHELL=$(first_of chromium-headless-shell)
  fi
  export CHROMIUM_SHELL
}

chromium_shell() { apt_install chromium-headless-shell || echo "There is none to be had."; }

# find_firefox: sets FIREFOX.
find_firefox() {
  FIREFOX=${FIREFOX:-$(type -P firefox-esr || type -P firefox || true)} # build.sh has a function of that name
  [ -n "$FIREFOX" ]
}

need_firefox() {
  if ! find_firefox && has apt-get; then
    apt_step firefox "Firefox" firefox-esr
    find_firefox || true
  fi
  [ -n "$FIREFOX" ] || die "There is no Firefox." "Install it, or say where it is: FIREFOX=/path/to/firefox $0 test firefox"
}

# ---- Spark -------------------------------------------------------------------

# find_java: sets JAVA_HOME to one of 17 or later, which Spark needs: the user's, that on PATH, or any that is installed.
find_java() {
  local home
  for home in "${JAVA_HOME:-}" "$(java_on_path)" /usr/lib/jvm/java-*; do
    if [ -n "$home" ] && [ -x "$home/bin/java" ] && at_least "$(version_of "$home/bin/java" --version)" 17; then
      export JAVA_HOME=$home
      return
    fi
  done
  return 1
}

# The home of the java on PATH, which may be a link to a link.
java_on_path() { java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'; }

need_java() {
  find_java && return
  if has apt-get; then
    # Debian 13 has 21 in its place.
    apt_step java "Java" "$(first_package openjdk-17-jre-headless openjdk-21-jre-headless)"
    find_java && return
  fi
  die "Java 17 or later is needed for Spark." "Install one, or say where it is: JAVA_HOME=/path/to/java $0 test scale"
}

# first_package NAME…: the first that the system's lists know; the last one if they know none.
first_package() {
  local name
  for name in "$@"; do
    if apt-cache show "$name" >/dev/null 2>&1; then break; fi
  done
  printf '%s' "$name"
}

need_spark() {
  need_java
  if [ "$(version_of "$SPARK/bin/python" -c 'import pyspark; print(pyspark.__version__)')" = $PYSPARK ]; then return; fi
  has python3 || apt_step python "Python" python3
  at_least "$(version_of python3 --version)" 3.10 ||
    die "Python 3.10 or later is needed for Spark (this is $(version_of python3 --version))." "Install a current one."
  python3 -c 'import ensurepip, venv' 2>/dev/null || apt_step venv "Python's environments" python3-venv
  step spark "pyspark $PYSPARK (once, 0.5 GB)" "Is PyPI reachable? Remove .tools/spark to begin anew." install_spark
}

install_spark() {
  rm -rf "$SPARK"
  python3 -m venv "$SPARK"
  "$SPARK/bin/pip" install --no-input --disable-pip-version-check "pyspark==$PYSPARK"
}
