// SPDX-License-Identifier: Apache-2.0
// Linked talks.  The bar: all orders of six tables with 10^4 efficient deals each, in seconds.
#include "linkage/fronts.hpp"
#include "steelyard/core/random.hpp"
#include "steelyard/linkage/order.hpp"
#include "steelyard/linkage/partners.hpp"

#include <benchmark/benchmark.h>

#include <sys/resource.h>

namespace {

using namespace steelyard;

/// `tables` tables of the same three actors, each with issues of five options that set their points against each other, so
/// that most deals are efficient.  `bundles`: how many combinations across tables count.
Case linked_tables(std::size_t tables, std::size_t issues, std::size_t bundles) {
    Case subject;
    subject.id = "tables";
    RandomStream draw(9, 0, 0);
    for (const char* id : {"a", "b", "c"}) {
        subject.actors.push_back({id, id, "", {}});
        subject.preferences.push_back(
            {ActorId(subject.preferences.size()), Number(std::int64_t{0}), PointSheet{}, {}});
    }
    for (std::size_t t = 0; t < tables; ++t) {
        Table table{"t" + std::to_string(t), "", {ActorId(0), ActorId(1), ActorId(2)}, {}, {}, {}};
        for (std::size_t k = 0; k < issues; ++k) {
            Issue issue{"i" + std::to_string(subject.issues.size()), "", "", {}, {}, true, OptionId(0)};
            std::array<std::vector<Number>, 3> rows;
            for (std::int64_t o = 0; o < 5; ++o) {
                issue.options.push_back({"o" + std::to_string(o), "", "", 25 * o});
                const auto first = static_cast<std::int64_t>(draw.below(1000));
                const auto second = static_cast<std::int64_t>(draw.below(1000));
                rows[0].emplace_back(first);
                rows[1].emplace_back(second);
                rows[2].emplace_back(1500 - first - second);
            }
            for (std::size_t p = 0; p < 3; ++p) {
                std::get<PointSheet>(subject.preferences[p].form).points.push_back(rows[p]);
            }
            table.issues.emplace_back(subject.issues.size());
            subject.issues.push_back(std::move(issue));
        }
        subject.tables.push_back(std::move(table));
    }
    for (std::size_t b = 0; b < bundles; ++b) {
        Condition when;
        for (const std::size_t t : {b % tables, (b + 1) % tables}) {
            when.terms.push_back({IssueId(t * issues), {OptionId(draw.below(5))}});
        }
        subject.bundles.push_back(
            {when, {{ActorId(b % 3), Number(static_cast<std::int64_t>(draw.below(400)))}}, {}});
    }
    return subject;
}

std::size_t efficient_deals(const Case& subject) {
    const linkage::Setup setup(subject, {});
    std::size_t most = 0;
    for (std::size_t t = 0; t < setup.tables.size(); ++t) {
        std::size_t deals = 0;
        for (const linkage::DealClass& each : linkage::deal_classes(setup, t, {})) {
            deals += each.deals.size();
        }
        most = std::max(most, deals);
    }
    return most;
}

void all_orders(benchmark::State& state) {
    const Case subject =
        linked_tables(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)),
                      static_cast<std::size_t>(state.range(2)));
    for (auto _ : state) {
        benchmark::DoNotOptimize(linkage::order(subject, {}, {}));
    }
    state.counters["efficient"] = static_cast<double>(efficient_deals(subject));
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    state.counters["peak_MB"] = static_cast<double>(used.ru_maxrss) / 1000.0;
}
BENCHMARK(all_orders)->Args({3, 6, 3})->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(all_orders)->Args({6, 6, 0})->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(all_orders)->Args({6, 6, 6})->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
