#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs clang-tidy over the sources of the library and the program, prints what it finds, and fails if that is anything.
#   scripts/tidy.sh [files...]      default: every .cpp under src/
# Most of clang-tidy's time goes into the headers of the standard library. The whole tree is therefore read in two
# passes: several files at once for the checks that match code, and file by file for those that look only at the file
# they were given (the static analyser among them) or would take two files for one (the compiler's own warnings), which
# are quick. Files named on the command line get every check. What is named here comes on top of .clang-tidy.
set -euo pipefail
cd "$(dirname "$0")/.."

together='-clang-analyzer-*,-clang-diagnostic-*,-bugprone-suspicious-include'
single='-bugprone-*,-cppcoreguidelines-*,-misc-*,-modernize-*,-performance-*,-readability-*'
single+=',misc-unused-*,misc-use-internal-linkage,bugprone-suspicious-include'

# One file, in the build folder of a preset, with the checks given on top of .clang-tidy. What it finds goes to standard
# output in one piece; when that is nothing, what went wrong does instead.
check() {
  local found errors status=0
  errors=$(mktemp)
  found=$(clang-tidy-19 -p "build/$1" --quiet --warnings-as-errors='*' --checks="$2" "$3" 2>"$errors") || status=1
  if [ $status -ne 0 ]; then
    [ -n "$found" ] || found="$3: clang-tidy failed: $(cat "$errors")"
    [ ! -t 2 ] || printf '\r\033[K' >&2
    printf '%s\n' "$found"
  fi
  rm -f "$errors"
  echo >&3 # one line for each file that is done
  return $status
}
export -f check

# The number of files done of those there are, on a terminal.
count() {
  local done=0
  while read -r; do
    done=$((done + 1))
    [ ! -t 2 ] || printf '\rclang-tidy: %d of %d' "$done" "$1" >&2
  done
  [ ! -t 2 ] || printf '\r\033[K' >&2
}

# tidy PRESET CHECKS FILES...
tidy() {
  local preset=$1 checks=$2
  shift 2
  printf '%s\0' "$@" | xargs -0 -n 1 -P "$(nproc)" bash -c 'check "$@"' check "$preset" "$checks" 3> >(count $#)
}

status=0
cmake --preset lint >/dev/null
if [ $# -gt 0 ]; then
  files=("$@")
  tidy lint '' "${files[@]}" || status=1
else
  cmake --preset lint-whole >/dev/null
  mapfile -t files < <(find src -name '*.cpp' | sort)
  # Those of this configuration; the folder may hold older ones.
  mapfile -t groups < <(sed -nE 's#.*"file": "(.*/lint-whole/src/.*/unity_[0-9]+_cxx\.cxx)".*#\1#p' build/lint-whole/compile_commands.json | sort)
  tidy lint-whole "$together" "${groups[@]}" src/cli/main.cpp || status=1
  tidy lint "$single" "${files[@]}" || status=1
fi
wait
[ $status -eq 0 ] && echo "clang-tidy: nothing found in ${#files[@]} files"
exit $status
