#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs clang-tidy over the sources of the library and the program, prints what it finds, and fails if that is anything.
#   scripts/tidy.sh [files...]      default: every .cpp under src/
set -euo pipefail
cd "$(dirname "$0")/.."
[ -f build/lint/build.ninja ] || cmake --preset lint >/dev/null
files=("$@")
[ ${#files[@]} -gt 0 ] || mapfile -t files < <(find src -name '*.cpp' | sort)
status=0
printf '%s\0' "${files[@]}" |
  xargs -0 -n 1 -P "$(nproc)" clang-tidy-19 -p build/lint --quiet --warnings-as-errors='*' 2>/dev/null || status=1
[ $status -eq 0 ] && echo "clang-tidy: nothing found in ${#files[@]} files"
exit $status
