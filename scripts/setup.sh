#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs the Debian packages that are missing, and nothing else.
#   scripts/setup.sh [build] [test] [lint] [bench] [docs] [page]      default: build
# Needs root or sudo only when something is missing; needs no network when nothing is.
set -euo pipefail

declare -A groups=(
  [build]="g++ cmake ninja-build pkg-config libfmt-dev nlohmann-json3-dev libyaml-dev libpugixml-dev libsodium-dev libsqlite3-dev libmicrohttpd-dev libboost-dev"
  [test]="libgtest-dev libgmock-dev librapidcheck-dev clang-19 libclang-rt-19-dev clang-format-19 libopenmpi-dev openmpi-bin"
  [lint]="clang-format-19 clang-tidy-19"
  [bench]="libbenchmark-dev python3-numpy"
  [docs]="mkdocs mkdocs-material"
  [page]="chromium"
)

say() { printf 'setup: %s\n' "$*" >&2; }

wanted=()
for group in "${@:-build}"; do
  if [ -z "${groups[$group]-}" ]; then
    say "unknown group '$group'; there are: ${!groups[*]}"
    exit 2
  fi
  read -r -a packages <<<"${groups[$group]}"
  wanted+=("${packages[@]}")
done

if ! command -v dpkg-query >/dev/null; then
  say "this is not Debian, so nothing is installed. The build needs what Debian 12 calls: ${wanted[*]}"
  exit 0
fi

installed=" $( (dpkg-query -W -f='${db:Status-Status}:${Package}\n' "${wanted[@]}" 2>/dev/null || true) | sed -n 's/^installed://p' | tr '\n' ' ')"
missing=()
for package in "${wanted[@]}"; do
  [[ $installed == *" $package "* || " ${missing[*]-} " == *" $package "* ]] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

line="apt-get install -y --no-install-recommends ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    say "missing packages: ${missing[*]}"
    say "this user is not root and there is no sudo; as root, run:  $line"
    exit 1
  fi
  as_root=(sudo)
fi
as_root+=(env DEBIAN_FRONTEND=noninteractive)

say "installing ${#missing[@]} missing packages: ${missing[*]}"
if ! "${as_root[@]}" apt-get update -qq; then
  say "apt-get update failed; trying with the package lists that are here"
fi
absent=()
for package in "${missing[@]}"; do
  apt-cache show "$package" >/dev/null 2>&1 || absent+=("$package")
done
if [ ${#absent[@]} -gt 0 ]; then
  say "this machine's apt sources do not offer: ${absent[*]}"
  say "they are in Debian 12 (bookworm) main; check the network and /etc/apt/sources.list, then run:  $line"
  exit 1
fi
# shellcheck disable=SC2086
if ! "${as_root[@]}" $line; then
  say "apt could not install: ${missing[*]}"
  say "see its message above; the line was:  $line"
  exit 1
fi
