#!/usr/bin/env bash
# Does a library that Spark built from partitions answer as one that was built at once? `./build.sh test scale` runs it,
# and gives TIMDOC, SPARK (a Python environment with pyspark) and JAVA_HOME.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export PYSPARK_PYTHON=$SPARK/bin/python PYTHONDONTWRITEBYTECODE=1
DESK=$(mktemp -d)
trap 'rm -rf "$DESK"' EXIT

fail() {
  printf 'FAILED: %s\n' "$1" >&2
  exit 1
}

# spark_build PROGRAM ARGUMENT…: two tasks at once, each tried up to four times as on a cluster.
spark_build() {
  local program=$1
  shift
  "$SPARK/bin/spark-submit" --master 'local[2,4]' --driver-memory 600m --conf spark.ui.enabled=false \
    --conf spark.log.level=ERROR --conf "spark.local.dir=$DESK" spark_build.py --timdoc "$program" "$@"
}

# parts_of LIBRARY: the folder of segments that the driver kept, or nothing.
parts_of() { find "$DESK" -maxdepth 1 -name "$1.parts-*"; }

# check NAME SEGMENTS: the articles in $DESK/NAME, built at once, listed and merged.
check() {
  local name=$1 segments=$2
  local articles=$DESK/$name single=$DESK/$name-single listed=$DESK/$name-listed merged=$DESK/$name-merged
  printf '\n%s: built at once\n' "$name"
  "$TIMDOC" build "$articles" --out "$single"
  printf '%s: built by Spark, listed\n' "$name"
  spark_build "$TIMDOC" "$articles" --out "$listed" --segments "$segments" --keep-parts
  "$TIMDOC" verify "$listed"
  printf '%s: the same segments, merged\n' "$name"
  "$TIMDOC" merge "$(parts_of "$name-listed")"/part-* --out "$merged"
  diff -r "$single" "$merged" || fail "$name: merged is not what a single build gives"
  "$PYSPARK_PYTHON" compare.py "$TIMDOC" "$articles" "$single" "$listed" || fail "$name: listed does not answer as a single build"
}

# check_mishaps NAME SEGMENTS: after `check`; a task that dies and one that is overtaken change no byte.
check_mishaps() {
  local name=$1 segments=$2
  export MISHAPS=$DESK/mishaps
  mkdir "$MISHAPS"
  printf '\n%s: built by Spark with mishaps, merged (what Spark says of the worker that was killed is meant)\n' "$name"
  spark_build "$PWD/timdoc-unlucky.sh" "$DESK/$name" --out "$DESK/$name-unlucky" --segments "$segments" --merge
  [ "$(ls "$MISHAPS")" = $'died\novertaken' ] || fail "$name: a mishap did not come about"
  diff -r "$DESK/$name-single" "$DESK/$name-unlucky" || fail "$name: a mishap changed the library"
  [ -z "$(parts_of "$name-unlucky")" ] || fail "$name: the segments' folders were left behind"
}

node articles.mjs made "$DESK/made"
check made 3
check_mishaps made 3

code=0
node articles.mjs news "$DESK/news" || code=$?
case $code in
  0) check news 4 ;;
  3) printf '\nThe news of the shared corpora is not here: only made-up articles were compared.\n' ;;
  *) exit "$code" ;;
esac
