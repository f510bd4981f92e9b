#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the fuzzers with clang and runs each for some seconds from its seeds.
#   scripts/fuzz.sh [seconds]       default: $FUZZ_SECONDS, or 120 where CI is set, or 15
# New inputs collect in build/fuzz/corpus/; a crash is written to build/fuzz/crashes/ and printed.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-${FUZZ_SECONDS:-$([ -n "${CI-}" ] && echo 120 || echo 15)}}

[ -f build/fuzz/build.ninja ] || cmake --preset fuzz
cmake --build build/fuzz --target fuzzers

mkdir -p build/fuzz/crashes
for fuzzer in build/fuzz/tests/fuzz/fuzz_*; do
  [ -f "$fuzzer" ] && [ -x "$fuzzer" ] || continue
  name=$(basename "$fuzzer")
  mkdir -p "build/fuzz/corpus/$name" build/fuzz/seeds
  rm -rf "build/fuzz/seeds/$name" && mkdir "build/fuzz/seeds/$name"
  # Seeds: the catalogue's cases, and inputs kept for this fuzzer alone.
  find cases "tests/fuzz/seeds/$name" -type f \( -name '*.yaml' -o -path '*/seeds/*' \) 2>/dev/null | while read -r seed; do
    cp "$seed" "build/fuzz/seeds/$name/$(sha1sum <"$seed" | cut -c1-12)"
  done
  printf '%s: %s seconds\n' "$name" "$seconds"
  dictionary=()
  [ -f "tests/fuzz/$name.dict" ] && dictionary=(-dict="tests/fuzz/$name.dict")
  "$fuzzer" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
    -verbosity=1 -artifact_prefix=build/fuzz/crashes/ "${dictionary[@]}" \
    "build/fuzz/corpus/$name" "build/fuzz/seeds/$name" 2>&1 |
    grep -vE '^#[0-9]+\s+(NEW|REDUCE|RELOAD|pulse)' | tail -n 60
done
