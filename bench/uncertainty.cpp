// SPDX-License-Identifier: Apache-2.0
// An ensemble of the compromise and Nash bargaining forecasts of every issue: 30 actors, 20 issues, 100 uncertain (PERT)
// numbers.  The bar: 10^6 draws under 10 s on 2 cores, that is 20 us of one core a draw; peak memory under 200 MB whatever the
// number of draws.  The baseline is the same in plain NumPy (uncertainty_baseline.py), in the same run.  bench/scaling.cpp
// measures whole runs, and how much two threads and two ranks help.
#include "pert_case.hpp"
#include "steelyard/ensemble/threads.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/registry/analysis.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>
#include <sys/resource.h>

namespace {

using namespace steelyard;

void draws(benchmark::State& state) {
    const Case subject = read_case(bench::pert_case(), "bench").value;
    Value::List targets;
    for (const std::string& target : bench::pert_targets()) {
        targets.emplace_back(target);
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
