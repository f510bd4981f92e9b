// SPDX-License-Identifier: Apache-2.0
// The forecasting models on generated inputs, one core.  The bars:
//   exchange    15 actors x 13 issues, 10 rounds: 20 ms; 50 x 15, one round: 0.2 s; 100 x 50, one round: 30 s, 500 MB
//   challenge   a round with 20 actors: 1 ms; with 100: 50 ms
//   spatial     ten turns with 20 actors x 3 issues: 10 ms; 40: 80 ms; 80: 600 ms
//   static      compromise, median, Nash bargaining, procedural on 30 actors x 20 issues together: 30 us
// Each line shows its bar and the peak memory of the whole process while it ran.
#include "steelyard/core/random.hpp"
#include "steelyard/forecast/challenge.hpp"
#include "steelyard/forecast/compromise.hpp"
#include "steelyard/forecast/exchange.hpp"
#include "steelyard/forecast/median.hpp"
#include "steelyard/forecast/nash_bargaining.hpp"
#include "steelyard/forecast/procedural.hpp"
#include "steelyard/forecast/spatial.hpp"
#include "steelyard/forecast/static_models.hpp"

#include <benchmark/benchmark.h>

#include <fstream>
#include <malloc.h>
#include <string>

namespace {

using namespace steelyard::forecast;

/// Every actor has a position on every issue; `total_salience`: what the saliences of an actor sum to.
ForecastInput generated(std::size_t actors, std::size_t issues, double total_salience) {
    steelyard::RandomStream draw(1, actors, static_cast<std::uint32_t>(issues));
    ForecastInput input;
    for (std::size_t k = 0; k < issues; ++k) {
        input.issues.push_back("issue" + std::to_string(k));
        input.options.push_back({{"low", 0}, {"middle", 50}, {"high", 100}});
        input.status_quo.emplace_back(50.0 * static_cast<double>(draw.below(3)));
    }
    for (std::size_t a = 0; a < actors; ++a) {
        input.actors.push_back("actor" + std::to_string(a));
        input.capability.push_back(1 + 99 * draw.uniform());
        std::vector<double> salience;
        double sum = 0;
        for (std::size_t k = 0; k < issues; ++k) {
            salience.push_back(0.05 + draw.uniform());
            sum += salience.back();
        }
        for (std::size_t k = 0; k < issues; ++k) {
            input.present.push_back(1);
            input.position.push_back(100 * draw.uniform());
            input.salience.push_back(std::min(1.0, salience[k] * total_salience / sum));
        }
    }
    return input;
}

std::size_t size_of(std::int64_t value) {
    return static_cast<std::size_t>(value);
}

/// The peak memory of this process since the last reset, or 0 where the system does not tell.
double peak_megabytes() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word == "VmHWM:") {
            double kilobytes = 0;
            status >> kilobytes;
            return kilobytes / 1024;
        }
    }
    return 0;
}

/// Measures memory between its making and `show`, and puts the bar beside it.
class Bar {
public:
    explicit Bar(double milliseconds) : milliseconds_(milliseconds) {
        malloc_trim(0);
        std::ofstream("/proc/self/clear_refs") << "5";  // the peak starts again from what is in use
    }
    void show(benchmark::State& state) const {
        state.counters["bar_ms"] = milliseconds_;
        state.counters["peak_MB"] = peak_megabytes();
    }

private:
    double milliseconds_;
};

void exchange_rounds(benchmark::State& state) {
    const ForecastInput input = generated(size_of(state.range(0)), size_of(state.range(1)),
                                          0.5 * static_cast<double>(state.range(1)));
    ExchangeOptions options;
    options.rounds = static_cast<int>(state.range(2));
    const Bar bar(static_cast<double>(state.range(3)));
    for (auto _ : state) {
        benchmark::DoNotOptimize(exchange_values(input, options, {}));
    }
    bar.show(state);
}
BENCHMARK(exchange_rounds)
    ->Args({15, 13, 10, 20})
    ->Args({50, 15, 1, 200})
    ->Args({100, 50, 1, 30000})
    ->Unit(benchmark::kMillisecond);

void challenge_round(benchmark::State& state) {
    const ForecastInput input = generated(size_of(state.range(0)), 1, 0.7);
    ChallengeOptions options;
    options.rounds = 1;
    const Bar bar(static_cast<double>(state.range(1)));
    for (auto _ : state) {
        benchmark::DoNotOptimize(challenge_values(input, options, {}));
    }
    bar.show(state);
}
BENCHMARK(challenge_round)->Args({20, 1})->Args({100, 50})->Unit(benchmark::kMillisecond);

void spatial_ten_turns(benchmark::State& state) {
    const ForecastInput input = generated(size_of(state.range(0)), 3, 0.9);
    SpatialOptions options;
    options.turns = 10;
    options.settled = 0;
    const Bar bar(static_cast<double>(state.range(1)));
    for (auto _ : state) {
        benchmark::DoNotOptimize(spatial_values(input, options, {}));
    }
    bar.show(state);
}
BENCHMARK(spatial_ten_turns)->Args({20, 10})->Args({40, 80})->Args({80, 600})->Unit(benchmark::kMillisecond);

void static_models(benchmark::State& state) {
    const ForecastInput input = generated(30, 20, 10);
    const ProceduralOptions rules;
    const Bar bar(0.03);
    for (auto _ : state) {
        benchmark::DoNotOptimize(compromise_values(input));
        benchmark::DoNotOptimize(median_values(input));
        benchmark::DoNotOptimize(bargain_on_scale(input));
        benchmark::DoNotOptimize(procedural_values(input, rules));
    }
    bar.show(state);
}
BENCHMARK(static_models)->Unit(benchmark::kMicrosecond);

/// The same in space that is used again, as an ensemble does.
void static_models_of_a_draw(benchmark::State& state) {
    const ForecastInput input = generated(30, 20, 10);
    const ProceduralRule rule = procedural_rule(input, {});
    StaticModels models;
    const Bar bar(0.03);
    for (auto _ : state) {
        benchmark::DoNotOptimize(models.compromise(input));
        benchmark::DoNotOptimize(models.median(input));
        benchmark::DoNotOptimize(models.nash_bargaining(input));
        benchmark::DoNotOptimize(models.procedural(input, rule));
    }
    bar.show(state);
}
BENCHMARK(static_models_of_a_draw)->Unit(benchmark::kMicrosecond);

void compromise_and_nash(benchmark::State& state) {
    const ForecastInput input = generated(30, 20, 10);
    for (auto _ : state) {
        benchmark::DoNotOptimize(compromise_values(input));
        benchmark::DoNotOptimize(bargain_on_scale(input));
    }
}
BENCHMARK(compromise_and_nash)->Unit(benchmark::kMicrosecond);

}  // namespace
