#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the fuzzers with clang and runs each for some seconds from its seeds; fails at the first crash.
#   scripts/fuzz.sh [seconds]       default: $FUZZ_SECONDS, or 180 where CI is set, or 5
# FUZZ_SERVER=1 adds the requests of the server, whose fuzzer is compiled from nearly everything.
# New inputs collect in build/fuzz/corpus/; an input that crashes is written to build/fuzz/crashes/.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-${FUZZ_SECONDS:-$([ -n "${CI-}" ] && echo 180 || echo 5)}}

[ -f build/fuzz/build.ninja ] || cmake --preset fuzz >/dev/null
server=$([ -n "${FUZZ_SERVER-}" ] && echo fuzz_request || true)
# shellcheck disable=SC2086
cmake --build build/fuzz --target fuzzers $server

# Runs one fuzzer; prints its summary, or what it found.
fuzz() {
  local name=$1 log=build/fuzz/$1.log
  # The first folder receives new inputs. The others are seeds: the catalogue, and what is kept for this fuzzer alone.
  local folders=("build/fuzz/corpus/$name")
  mkdir -p "${folders[0]}" build/fuzz/crashes
  for seeds in cases "tests/fuzz/seeds/$name"; do
    [ -d "$seeds" ] && folders+=("$seeds")
  done
  local options=(-max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -artifact_prefix=build/fuzz/crashes/)
  [ -f "tests/fuzz/$name.dict" ] && options+=(-dict="tests/fuzz/$name.dict")
  if ! "build/fuzz/tests/fuzz/$name" "${options[@]}" "${folders[@]}" >"$log" 2>&1; then
    grep -vE '^#[0-9]+' "$log" | tail -n 80
    echo "$name: failed; the whole log is $log"
    return 1
  fi
  grep -E '^Done' "$log" | sed "s/^/$name: /"
}
export -f fuzz
export seconds

# As many at once as there are processors.
find tests/fuzz -maxdepth 1 -name 'fuzz_*.cpp' -exec basename {} .cpp ';' | { [ -n "$server" ] && cat || grep -v '^fuzz_request$'; } | sort |
  xargs -P "$(nproc)" -I{} bash -c 'set -euo pipefail; fuzz {}'
