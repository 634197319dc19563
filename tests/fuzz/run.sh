#!/usr/bin/env bash
# Fuzzing. `./build.sh fuzz [MINUTES] [TARGET…]`: each target that many minutes (default 1), two at a time.
#
# A target fails on a panic, an overflow, an answer that is not as it should be, more than 5 seconds for one input, or
# more than 512 MB of memory. libFuzzer is steered by coverage counters, which a stable compiler puts in too; there is
# nothing for a sanitizer to find, as the crate has no unsafe code. With a nightly compiler `cargo fuzz` does the same.
#
#   FUZZ_JOBS     targets at a time (2)
#   FUZZ_SECONDS  seconds for one input (5); a busy machine may need more
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")"
ROOT=$(cd ../.. && pwd)
MINUTES=${1:-1}
JOBS=${FUZZ_JOBS:-2}
ARTIFACTS=artifacts
LOGS=$ROOT/target/log/fuzz
[ $# -eq 0 ] || shift

die() { printf '✗ %s\n  To mend: %s\n' "$1" "$2" >&2; exit 1; }

case $MINUTES in
  '' | *[!0-9]*) die "'$MINUTES' is no number of minutes." "./build.sh fuzz 10, or ./build.sh fuzz 10 head term_block" ;;
esac
command -v c++ >/dev/null || die "libFuzzer is in C++, and there is no C++ compiler." "Install g++ or clang (Debian: apt-get install g++)."

TARGETS=$*
[ -n "$TARGETS" ] || TARGETS=$(sed -n 's/^path = "targets\/\(.*\)\.rs"$/\1/p' Cargo.toml)

# What `cargo fuzz build --sanitizer none` gives the compiler.
PASS=-Cllvm-args=-sanitizer-coverage
export RUSTFLAGS="-Cpasses=sancov-module $PASS-level=4 $PASS-inline-8bit-counters $PASS-pc-table $PASS-trace-compares --cfg fuzzing -Ccodegen-units=1"
export CARGO_TARGET_DIR=${FUZZ_TARGET_DIR:-$ROOT/target/fuzz}
HOST=$(rustc -vV | sed -n 's/^host: //p')
PROGRAMS=$CARGO_TARGET_DIR/$HOST/release

printf '→ Compiling the fuzz targets\n'
BINS=
for target in $TARGETS; do
  [ -f "targets/$target.rs" ] || die "There is no target '$target'." "The targets are: $(cd targets && echo *.rs | sed 's/\.rs//g')."
  BINS="$BINS --bin $target"
done
# shellcheck disable=SC2086 # one word an argument
cargo build --quiet --locked --release --target "$HOST" $BINS

mkdir -p "$LOGS"

# fuzz TARGET: its seeds are put into its corpus by the program itself.
fuzz() {
  mkdir -p "corpus/$1" "$ARTIFACTS/$1"
  "$PROGRAMS/$1" -max_total_time=$((MINUTES * 60)) -timeout="${FUZZ_SECONDS:-5}" -rss_limit_mb=512 -max_len=16384 \
    -print_final_stats=1 -artifact_prefix="$ARTIFACTS/$1/" "corpus/$1" >"$LOGS/$1.log" 2>&1
}

# row TARGET: what its log says.
row() {
  local log=$LOGS/$1.log
  printf '%-12s %12s %9s %8s %6s\n' "$1" \
    "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -n 1)" \
    "$(grep -ao 'cov: [0-9]*' "$log" | tail -n 1 | cut -c6-)" \
    "$(find "corpus/$1" -type f | wc -l | tr -d ' ')" \
    "$(find "$ARTIFACTS/$1" -type f | wc -l | tr -d ' ')"
}

found() {
  local file
  file=$(find "$ARTIFACTS/$1" -type f | head -n 1)
  printf '\n' >&2
  grep -a -m 1 -A 2 -E 'panicked at|^==[0-9]+== ERROR' "$LOGS/$1.log" >&2 || true
  printf '✗ %s failed, on %s. The log is %s.\n' "$1" "tests/fuzz/${file:-(no file was kept)}" "$LOGS/$1.log" >&2
  printf '  To see it again: %s %s\n' "$PROGRAMS/$1" "tests/fuzz/$file" >&2
  printf '  To keep it:      mkdir -p tests/fuzz/crashers/%s && cp %s tests/fuzz/crashers/%s/WHAT-IT-IS\n' "$1" "tests/fuzz/$file" "$1" >&2
  printf '                   cargo test --features cli --test fuzz_replay %s\n' "$1" >&2
}

printf '%-12s %12s %9s %8s %6s\n' target executions coverage corpus found
BAD=
wait_for_all() {
  local job
  for job in $RUNNING; do
    wait "${job#*:}" || BAD="$BAD ${job%:*}"
    row "${job%:*}"
  done
  RUNNING=
}
RUNNING=
at=0
for target in $TARGETS; do
  fuzz "$target" &
  RUNNING="$RUNNING $target:$!"
  at=$((at + 1))
  [ $((at % JOBS)) -ne 0 ] || wait_for_all
  [ -z "$BAD" ] || break
done
wait_for_all
for target in $BAD; do found "$target"; done
[ -z "$BAD" ]
