#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs clang-tidy over the library and program sources; fails on the first kind of finding it prints.
#   scripts/tidy.sh [files...]      default: every .cpp under src/
set -euo pipefail
cd "$(dirname "$0")/.."
[ -f build/lint/build.ninja ] || cmake --preset lint --log-level=WARNING
files=("$@")
[ ${#files[@]} -gt 0 ] || mapfile -t files < <(find src -name '*.cpp' | sort)
printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$(nproc)" clang-tidy-19 -p build/lint --quiet --warnings-as-errors='*' 2>&1 |
  grep -vE '^[0-9]+ warnings? (generated|treated)|^Suppressed |^Use -header-filter' || true
exit "${PIPESTATUS[0]}"
