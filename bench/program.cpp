// SPDX-License-Identifier: Apache-2.0
// The program as a user starts it: time and peak memory of whole runs.
// The bars: start-up under 20 ms; the brief on the first case under 1 s and 100 MB.
#include "whole_run.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

void whole_run(benchmark::State& state, const std::vector<std::string>& arguments) {
    std::vector<std::string> words{STEELYARD_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    double peak = 0;
    for (auto _ : state) {
        const auto cost = steelyard::bench::run(words);
        if (!cost) {
            throw std::runtime_error("the program is not here");
        }
        peak = std::max(peak, cost->megabytes);
    }
    state.counters["peak_MB"] = peak;
}

const std::string first_case = STEELYARD_SOURCE_DIR "/cases/belarus-us/2025-major-agreement.yaml";

BENCHMARK_CAPTURE(whole_run, version, {"--version"})->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(whole_run, check, {"check", first_case})->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(whole_run, brief, {"brief", first_case})->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(whole_run, brief_page, {"brief", first_case, "--html", "/dev/null"})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
