// SPDX-License-Identifier: Apache-2.0
// The bars of the deal-space engine, each next to what listing all deals would take.
//
// Counters: `bar_s` the time allowed, `deals` in the case, `points` on the frontier, `list_s` the time that
// listing the deals takes at the speed which BM_Enumeration measures in the same run, `peak_MB` the most memory
// the process had in use so far.
#include "reference/space/fast_enumeration.hpp"
#include "reference/space/sample_spaces.hpp"
#include "space/engine.hpp"
#include "space/game.hpp"
#include "space/setup.hpp"
#include "steelyard/space/frontier.hpp"
#include "steelyard/space/solutions.hpp"

#include <benchmark/benchmark.h>

#include <chrono>
#include <sys/resource.h>

namespace {

using namespace steelyard;  // NOLINT(google-build-using-namespace): a program of its own
using steelyard::test::SpaceShape;

double peak_megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// Deals listed per second, measured once on 10^7 deals.
double listing_speed() {
    static const double speed = [] {
        test::FastEnumeration enumeration(test::millionths(test::sample_space({})));
        const auto start = std::chrono::steady_clock::now();
        benchmark::DoNotOptimize(enumeration.frontier());
        const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
        return static_cast<double>(enumeration.deals()) / time.count();
    }();
    return speed;
}

void tell(benchmark::State& state, const Case& subject, double bar) {
    double deals = 1;
    for (const Issue& issue : subject.issues)
        deals *= static_cast<double>(issue.options.size());
    state.counters["bar_s"] = bar;
    state.counters["deals"] = deals;
    state.counters["list_s"] = deals / listing_speed();
    state.counters["peak_MB"] = peak_megabytes();
}

void BM_Enumeration(benchmark::State& state) {
    const auto values = test::millionths(test::sample_space({}));
    std::uint64_t deals = 0;
    for (auto _ : state) {
        test::FastEnumeration enumeration(values);
        const auto front = enumeration.frontier();
        deals += enumeration.deals();
        state.counters["points"] = static_cast<double>(front.size());
    }
    state.counters["deals/s"] = benchmark::Counter(static_cast<double>(deals), benchmark::Counter::kIsRate);
    state.counters["bar_deals/s"] = 1e8;
}
BENCHMARK(BM_Enumeration)->Unit(benchmark::kMillisecond);

/// From the scaled problem to the frontier, deals and counts included.
void engine(benchmark::State& state, const SpaceShape& shape, double bar) {
    const Case subject = test::sample_space(shape);
    const space::Setup setup(subject, "");
    std::size_t points = 0;
    for (auto _ : state) {
        const space::Diagram diagram = space::make_diagram(setup.problem);
        const space::Engine<space::Narrow> one(setup.problem, diagram);
        points = space::go_through(one, {}, {}).front.size();
    }
    state.counters["points"] = static_cast<double>(points);
    tell(state, subject, bar);
}

/// The whole analysis, as a door calls it.
void analysis(benchmark::State& state, const SpaceShape& shape, double bar) {
    const Case subject = test::sample_space(shape);
    for (auto _ : state) {
        const auto result = space::frontier(subject, {}, {});
        state.counters["points"] = static_cast<double>(result.size);
    }
    tell(state, subject, bar);
}

void solving(benchmark::State& state, const SpaceShape& shape, const std::vector<space::Concept>& concepts,
             double bar) {
    const Case subject = test::sample_space(shape);
    space::SolutionsOptions options;
    options.concepts = concepts;
    bool proven = true;
    for (auto _ : state) {
        const auto result = space::solutions(subject, options, {});
        for (const auto& solution : result.solutions)
            proven = proven && solution.proven;
    }
    state.counters["proven"] = proven ? 1 : 0;
    tell(state, subject, bar);
}

/// Two time-dependent actors on 10^6 deals who never agree, so that every round is played; listing and sorting the
/// deals aside.
void BM_Talks(benchmark::State& state) {
    space::OfferList list;
    list.actors = 2;
    list.utility.resize(2);
    RandomStream random(1, 0, 0);
    for (std::size_t k = 0; k < 1'000'000; ++k) {
        const double share = random.uniform();
        list.utility[0].push_back(share);
        list.utility[1].push_back(1 - share);
    }
    list.reserve = {0.51, 0.51};
    list.sort();
    space::GameRules rules;
    rules.rounds = 1'000'000;
    bool agreed = false;
    for (auto _ : state) {
        const auto end =
            space::play(list, {space::Strategy::boulware, space::Strategy::linear}, rules, 0, {});
        agreed = agreed || end.agreed.has_value();
    }
    if (agreed)
        state.SkipWithError("they agreed: not every round was played");
    state.counters["rounds/s"] = benchmark::Counter(1e6, benchmark::Counter::kIsIterationInvariantRate);
    state.counters["bar_rounds/s"] = 1e6;
}
BENCHMARK(BM_Talks)->Unit(benchmark::kMillisecond);

constexpr SpaceShape kSeven{.issues = 7, .options = 10};
constexpr SpaceShape kThirty{.issues = 30, .options = 10};
constexpr SpaceShape kHundred{.issues = 100, .options = 10};
constexpr SpaceShape kThreeActors{.issues = 10, .options = 5, .actors = 3};
constexpr SpaceShape kFiveActors{.issues = 10, .options = 5, .actors = 5};
constexpr SpaceShape kBundles{.issues = 20, .options = 4, .bundles = 20};

BENCHMARK_CAPTURE(engine, seven_by_ten, kSeven, 1e-3)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(analysis, seven_by_ten, kSeven, 1e-3)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(engine, thirty_by_ten, kThirty, 0.1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(analysis, thirty_by_ten, kThirty, 0.1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(engine, hundred_by_ten, kHundred, 2)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(analysis, hundred_by_ten, kHundred, 2)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(analysis, three_actors, kThreeActors, 1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(analysis, five_actors, kFiveActors, 10)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(solving, five_actors_nash_egalitarian, kFiveActors,
                  {space::Concept::nash, space::Concept::egalitarian}, 1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(solving, thirty_by_ten_all, kThirty, {}, 0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(solving, twenty_bundles_nash, kBundles, {space::Concept::nash}, 1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(analysis, twenty_bundles, kBundles, 10)->Unit(benchmark::kMillisecond);

/// Too tangled for an exact diagram: how long the bounded answer takes, and how good it is.
void tangled(benchmark::State& state) {
    const Case subject = test::sample_space({.issues = 40, .options = 10, .bundles = 120});
    for (auto _ : state) {
        const auto result = space::frontier(subject, {}, {});
        state.counters["exact"] = result.exact ? 1 : 0;
        state.counters["epsilon"] = result.epsilon;
        state.counters["points"] = static_cast<double>(result.size);
    }
    tell(state, subject, 60);
}
BENCHMARK(tangled)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
