#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds and tests the page of the workbench (web/), where this machine has what it takes.
#   scripts/page.sh modules            fetch what the page is built with (npm ci), unless it is there
#   scripts/page.sh build FOLDER       build the page into FOLDER
#   scripts/page.sh fresh              is web/prebuilt what the sources give?
#   scripts/page.sh unit               types, style and unit tests
#   scripts/page.sh browser PROGRAM    the tests in a real browser, against PROGRAM's own server
# Status 77, with the reason, where something is missing; ctest shows that as skipped.
set -euo pipefail

what="${1:?modules, build, fresh, unit or browser}"
cd "$(dirname "${BASH_SOURCE[0]}")/../web"

skip() {
  printf 'page: SKIPPED: %s\n' "$*"
  exit 77
}

command -v node >/dev/null && command -v npm >/dev/null || skip "there is no node; the page needs 20.19 or newer"
node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' ||
  skip "node $(node --version) is older than 20.19, which the page's tools need"

# A lock file that is newer than what was installed from it asks for a new install.
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
  npm ci --no-audit --no-fund >/tmp/steelyard-npm.$$ 2>&1 || {
    tail -n 3 /tmp/steelyard-npm.$$
    rm -f /tmp/steelyard-npm.$$
    skip "npm ci failed: no network, or no registry"
  }
  rm -f /tmp/steelyard-npm.$$
  touch node_modules/.package-lock.json
fi

case "$what" in
  modules) ;;
  build)
    STEELYARD_PAGE_OUT="${2:?a folder}" npx --no-install vite build --logLevel warn
    ;;
  fresh)
    folder="$(mktemp -d)"
    trap 'rm -rf "$folder"' EXIT
    STEELYARD_PAGE_OUT="$folder/prebuilt" npx --no-install vite build --logLevel warn
    diff -r "$folder/prebuilt" prebuilt || {
      echo "page: web/prebuilt is not what the sources give; run \`npm run build\` in web/ and commit it"
      exit 1
    }
    ;;
  unit)
    npm run --silent check
    npm run --silent test
    ;;
  browser)
    STEELYARD_PROGRAM="$(realpath "${2:?a program}")" node e2e/run.mjs
    ;;
  *)
    echo "page: '$what' is not modules, build, fresh, unit or browser" >&2
    exit 2
    ;;
esac
