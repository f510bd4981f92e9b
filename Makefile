# SPDX-License-Identifier: Apache-2.0
# Two commands do everything: `make brief` and `make test`. The work itself is in CMakePresets.json and scripts/.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help brief test asan tsan lint format fuzz bench docs clean

CASE := cases/belarus-us/2025-major-agreement.yaml
JOBS := $(shell nproc)

help: ## Say what can be made
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

brief: ## Install what is missing, build, and write the brief on the first case to build/brief.html
	@scripts/setup.sh build
	@$(call build,release,all)
	@build/release/src/cli/steelyard brief $(CASE) --text - --html build/brief.html
	@echo; echo "The brief as a page: file://$(CURDIR)/build/brief.html"

test: ## Install what is missing, build, and run every test
	@scripts/setup.sh build test
	@$(call build,check,all)
	@ctest --preset full --parallel $(JOBS) --progress

asan: ## Every test under AddressSanitizer and UndefinedBehaviorSanitizer
	@scripts/setup.sh build test
	@$(call build,asan,all)
	@ctest --preset asan --parallel $(JOBS) --progress

tsan: ## Every test under ThreadSanitizer
	@scripts/setup.sh build test
	@$(call build,tsan,all)
	@ctest --preset tsan --parallel $(JOBS) --progress

lint: ## Check the format and run clang-tidy
	@scripts/setup.sh build test lint
	@scripts/format.sh --check
	@scripts/tidy.sh

format: ## Format every C++ file in place
	@scripts/setup.sh lint
	@scripts/format.sh

fuzz: ## Fuzz every reader, and the server, for FUZZ_SECONDS each, or as long as CI does
	@scripts/setup.sh build test
	@CI=1 FUZZ_SERVER=1 scripts/fuzz.sh

bench: ## Run the benchmarks
	@scripts/setup.sh build bench
	@$(call build,bench,benchmarks)
	@shopt -s nullglob; for program in build/bench/bench/bench_*; do "$$program"; done

docs: ## Build the documentation site in build/docs
	@scripts/setup.sh docs
	@mkdocs build --strict --site-dir build/docs

clean: ## Remove everything that was built
	@rm -rf build

# $(call build,preset,target): configures once, then builds; ninja shows its progress.
define build
[ -f build/$(1)/build.ninja ] || cmake --preset $(1) >/dev/null; cmake --build build/$(1) --target $(2)
endef
