# shellcheck shell=bash
# Does a crate or an npm package that is used have a known fault? ./build.sh campaign supply
#
# The answer changes without this repository changing, so it is no gate: cargo-deny with the advisories of RustSec and
# its own view of licences, duplicates and sources (.cargo/deny.toml), and npm audit for every lock file. Compiling cargo-deny takes
# minutes. The database comes by git from github.com; where that is not to be reached, ADVISORIES names a folder with a
# copy of it (crates/NAME/RUSTSEC-….md, in git or not), and without one this says plainly that nothing was checked, and
# fails.

CARGO_DENY=0.20.2
# Where this cargo-deny looks for the database of RustSec in db-path.
DATABASE=advisory-db-3157b0e258782691

cases=0 lost=0 unchecked=0

# tried WHAT COMMAND…
tried() {
  local what=$1
  shift
  cases=$((cases + 1))
  if "$@"; then echo "✓ $what"; else
    echo "✗ $what"
    lost=$((lost + 1))
  fi
}

unchecked() {
  echo "! NOT CHECKED: $1"
  unchecked=$((unchecked + 1))
}

deny() { "$deny" --all-features "$@"; }

advisories() {
  local copy=${ADVISORIES:-} log=$LOGS/advisories.log
  if [ -n "$copy" ]; then
    tried "known faults of crates, by a copy of the database" by_copy "$copy"
  elif deny fetch db >"$log" 2>&1; then
    tried "known faults of crates" deny check advisories
  else
    sed 's/^/    /' "$log" | tail -n 5
    unchecked "known faults of crates: the database of RustSec cannot be fetched here (ADVISORIES=FOLDER names a copy)"
  fi
}

# by_copy FOLDER
by_copy() {
  local folder=target/advisories newest
  local database=$folder/$DATABASE
  rm -rf "$folder"
  mkdir -p "$database"
  cp -R "$1/crates" "$database/" || return 1
  newest=$(grep -rhoE '^date = "[0-9-]+"' "$database/crates" | sort | tail -n 1 | cut -d'"' -f2)
  [ -n "$newest" ] || { echo "  no advisory in $1/crates" >&2; return 1; }
  echo "  A copy of the database: $(find "$database/crates" -name 'RUSTSEC-*.md' | wc -l) advisories, the newest of $newest"
  # cargo-deny wants git, and by default none older than 90 days; how old this one is has just been said.
  git -C "$database" init --quiet
  git -C "$database" add --all
  git -C "$database" -c user.name=copy -c user.email=copy@localhost -c commit.gpgsign=false commit --quiet --message copy
  sed "s|^db-path = .*|db-path = \"$ROOT/$folder\"\nmaximum-db-staleness = \"P3650D\"|" .cargo/deny.toml >"$folder/deny.toml"
  deny --offline --config "$folder/deny.toml" check advisories
}

audit() {
  local log=$LOGS/npm-audit.log code=0
  ( cd "$1" && npm audit --json ) >"$log" 2>"$log.err" || code=$?
  if grep -q '"auditReportVersion"' "$log"; then
    tried "known faults of the npm packages of $1" [ "$code" -eq 0 ]
    [ "$code" -eq 0 ] || ( cd "$1" && npm audit ) || true
  else
    tail -n 3 "$log.err" | sed 's/^/    /'
    unchecked "known faults of the npm packages of $1: the registry answers no audit"
  fi
}

need_node 18
need_crate cargo-deny cargo-deny $CARGO_DENY
deny=$TOOLS/bin/cargo-deny
[ -x "$deny" ] || deny=cargo-deny
tried "licences, sources and versions, as the repository states them" supply
tried "licences of crates" deny check licenses
tried "sources of crates" deny check sources
tried "crates twice, and crates that have no place here" deny check bans
advisories
for lock in $(find tests www -name package-lock.json -not -path '*/node_modules/*' | sort); do audit "${lock%/*}"; done
echo "supply: $cases cases, $lost lost, $unchecked not checked"
[ "$lost" -eq 0 ] && [ "$unchecked" -eq 0 ]
