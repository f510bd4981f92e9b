// SPDX-License-Identifier: Apache-2.0
// An ensemble of the compromise and Nash bargaining forecasts of every issue: 30 actors, 20 issues, 100 uncertain (PERT)
// numbers.  The bars: 10^6 draws under 10 s on 2 cores, that is 20 us of one core a draw; 2 threads at least 1.8 times as
// fast as 1; peak memory under 200 MB whatever the number of draws.  The baseline is the same in plain NumPy
// (uncertainty_baseline.py), in the same run.
#include "steelyard/core/random.hpp"
#include "steelyard/ensemble/threads.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/registry/analysis.hpp"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <sys/resource.h>

namespace {

using namespace steelyard;

Case generated() {
    RandomStream stream(1, 0, 0);
    const auto whole = [&](std::uint64_t low, std::uint64_t high) {
        return std::to_string(low + stream.below(high - low + 1));
    };
    std::string text = "steelyard: 1\ncase: bench\ntitle: Bench\nactors:\n";
    for (int a = 0; a < 30; ++a) {
        text += "  a" + std::to_string(a) + ": {capability: " + whole(5, 100) + "}\n";
    }
    text += "issues:\n";
    for (int k = 0; k < 20; ++k) {
        text += "  i" + std::to_string(k) + ": {options: {low: 0, middle: 50, high: 100}}\n";
    }
    text += "preferences:\n";
    int uncertain = 0;
    for (int a = 0; a < 30; ++a) {
        text += "  a" + std::to_string(a) + ": {positions: {";
        for (int k = 0; k < 20; ++k) {
            const bool drawn = (a * 20 + k) % 6 == 0 && uncertain < 100;
            uncertain += drawn ? 1 : 0;
            text += (k > 0 ? ", i" : "i") + std::to_string(k) + ": {position: " +
                    (drawn ? "{low: " + whole(0, 30) + ", best: " + whole(31, 60) +
                                 ", high: " + whole(61, 100) + "}"
                           : whole(0, 100)) +
                    ", salience: " + whole(5, 100) + "}";
        }
        text += "}}\n";
    }
    return read_case(text, "bench").value;
}

void draws(benchmark::State& state) {
    const Case subject = generated();
    Value::List targets;
    for (int k = 0; k < 20; ++k) {
        for (const char* model : {"compromise", "nash_bargaining"}) {
            targets.emplace_back(std::string(model) + ":issues[" + std::to_string(k) + "].value");
        }
    }
    const Value options(Value::Map{{"targets", Value(std::move(targets))}, {"draws", Value(state.range(1))}});
    ensemble::ThreadRunner runner(static_cast<unsigned>(state.range(0)));
    Context context;
    context.runner = &runner;
    for (auto _ : state) {
        benchmark::DoNotOptimize(run("ensemble", subject, options, context));
    }
    state.counters["draws/s"] = benchmark::Counter(static_cast<double>(state.range(1) * state.iterations()),
                                                   benchmark::Counter::kIsRate);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024;
}
BENCHMARK(draws)
    ->ArgNames({"threads", "draws"})
    ->Args({1, 20000})
    ->Args({1, 200000})
    ->Args({2, 200000})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

void numpy_baseline(benchmark::State& state) {
    for (auto _ : state) {
        const int code =
            std::system("/usr/bin/python3 " STEELYARD_SOURCE_DIR "/bench/uncertainty_baseline.py 20000");
        if (code != 0) {
            state.SkipWithError("Debian's python3-numpy is not here");
        }
    }
    state.counters["draws/s"] =
        benchmark::Counter(20000.0 * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(numpy_baseline)->UseRealTime()->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
