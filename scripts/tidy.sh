#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs clang-tidy over the sources of the library and the program, prints what it finds, and fails if that is anything.
#   scripts/tidy.sh [files...]      default: every .cpp under src/
set -euo pipefail
cd "$(dirname "$0")/.."
[ -f build/lint/build.ninja ] || cmake --preset lint >/dev/null
files=("$@")
[ ${#files[@]} -gt 0 ] || mapfile -t files < <(find src -name '*.cpp' | sort)

# One file. What it finds goes to standard output in one piece; when that is nothing, what went wrong does instead.
check() {
  local found errors status=0
  errors=$(mktemp)
  found=$(clang-tidy-19 -p build/lint --quiet --warnings-as-errors='*' "$1" 2>"$errors") || status=1
  if [ $status -ne 0 ]; then
    [ -n "$found" ] || found="$1: clang-tidy failed: $(cat "$errors")"
    [ ! -t 2 ] || printf '\r\033[K' >&2
    printf '%s\n' "$found"
  fi
  rm -f "$errors"
  echo >&3 # one line for each file that is done
  return $status
}
export -f check

# The number of files done, on a terminal.
count() {
  local done=0
  while read -r; do
    done=$((done + 1))
    [ ! -t 2 ] || printf '\rclang-tidy: %d of %d files' "$done" "${#files[@]}" >&2
  done
  [ ! -t 2 ] || printf '\r\033[K' >&2
}

status=0
printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$(nproc)" bash -c 'check "$1"' check 3> >(count) || status=1
wait
[ $status -eq 0 ] && echo "clang-tidy: nothing found in ${#files[@]} files"
exit $status
