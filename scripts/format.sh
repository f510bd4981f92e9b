#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Formats every C++ file; with --check only says which files differ, and fails if any does.
set -euo pipefail
cd "$(dirname "$0")/.."

find_sources() { find include src tests bench examples \( -name '*.cpp' -o -name '*.hpp' \) -print0 2>/dev/null || true; }

if [ "${1-}" = --check ]; then
  find_sources | xargs -0 -n 20 -P "$(nproc)" clang-format-19 --dry-run --Werror
else
  find_sources | xargs -0 -n 20 -P "$(nproc)" clang-format-19 -i
fi
