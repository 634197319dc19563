#!/usr/bin/env bash
# Stands in for timdoc in the test, and has the mishaps of a cluster: the first attempt at one partition leaves half a
# folder behind and takes Spark's Python worker with it, as a machine does that loses its power; another partition has
# been finished by a second attempt meanwhile. TIMDOC is the program itself, MISHAPS a folder for those that have happened.
set -euo pipefail

case $* in
  'build - --out '*part-00001*)
    if mkdir "$MISHAPS/died" 2>/dev/null; then
      attempt=$4
      mkdir "$attempt"
      head -c 1000 >"$attempt/articles-half.bin"
      kill -9 $PPID
      exit 1
    fi
    ;;
  'build - --out '*part-00002*)
    if mkdir "$MISHAPS/overtaken" 2>/dev/null; then
      attempt=$4
      "$TIMDOC" "$@"
      cp -r "$attempt" "${attempt%/*}/part-00002"
      exit 0
    fi
    ;;
esac
exec "$TIMDOC" "$@"
