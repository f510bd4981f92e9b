// SPDX-License-Identifier: Apache-2.0
// Stability of whole graphs.  The bars (one thread, 2 GB): 2^20 states of three decision makers in 1 s, 2^24 in
// 30 s, for Nash, GMR, SMR, SEQ and SSEQ together.  Payoffs are random, which is the worst for the scans.
#include "steelyard/core/random.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/stability/cells.hpp"

#include <benchmark/benchmark.h>

#include <sys/resource.h>

namespace {

using namespace steelyard;
using namespace steelyard::stability;

constexpr std::array kConcepts = {Concept::nash, Concept::gmr, Concept::smr, Concept::seq, Concept::sseq};

double peak_memory() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_maxrss) / 1000.0;
}

/// `options` options dealt to three decision makers in turn, or in three runs; random payoffs with few ties.
Graph random_graph(std::size_t options, bool in_runs, bool irreversible) {
    Graph graph;
    graph.states = StateSet::all(options);
    for (std::size_t i = 0; i < 3; ++i) {
        StateCode own = 0;
        for (std::size_t k = 0; k < options; ++k) {
            own |= (in_runs ? k * 3 / options : k % 3) == i ? StateCode{1} << k : 0;
        }
        RandomStream draw(5, i, 0);
        std::vector<std::int64_t> values(graph.states.size());
        for (std::int64_t& value : values) {
            value = static_cast<std::int64_t>(draw.bits() >> 40);
        }
        DecisionMaker maker;
        maker.id = "d" + std::to_string(i);
        maker.payoff = dense_payoffs(values);
        maker.moves =
            Moves::of_options(graph.states, maker.payoff, own, irreversible ? own & (0 - own) : 0, 0);
        graph.makers.push_back(std::move(maker));
    }
    return graph;
}

void every_concept(benchmark::State& state, bool in_runs, bool irreversible) {
    const Graph graph = random_graph(static_cast<std::size_t>(state.range(0)), in_runs, irreversible);
    for (auto _ : state) {
        benchmark::DoNotOptimize(stability_cells(graph, kConcepts));
    }
    state.counters["peak_MB"] = peak_memory();
}
BENCHMARK_CAPTURE(every_concept, dealt_in_turn, false, false)->Arg(20)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(every_concept, in_runs, true, false)->Arg(20)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(every_concept, irreversible, true, true)->Arg(20)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(every_concept, in_runs, true, false)->Arg(24)->Unit(benchmark::kMillisecond)->Iterations(1);

/// The same from a case whose preferences are statements, as an analyst writes them.
void from_statements(benchmark::State& state) {
    const auto options = static_cast<std::size_t>(state.range(0));
    std::string text =
        "steelyard: 1\ncase: large\nactors: {a: {}, b: {}, c: {}}\nissues: {x: {options: [o]}}\nconflict:\n  "
        "options:\n";
    for (std::size_t k = 0; k < options; ++k) {
        text += "    o" + std::to_string(k) + ": {by: " + "abc"[k % 3] + "}\n";
    }
    text += "  preferences:\n";
    for (std::size_t i = 0; i < 3; ++i) {
        text += std::string("    ") + "abc"[i] + ":\n";
        for (std::size_t k = 0; k < options; ++k) {
            const std::size_t other = (k + i + 1) % options;
            text += "      - " + std::string(k % 2 == i % 2 ? "not " : "") + "o" + std::to_string(k) +
                    " if o" + std::to_string(other) + "\n";
        }
    }
    const Case subject = read_case(text, "large.yaml").value;
    for (auto _ : state) {
        const ConflictGraph graph = make_graph(subject);
        benchmark::DoNotOptimize(stability_cells(graph.graph, kConcepts));
    }
    state.counters["peak_MB"] = peak_memory();
}
BENCHMARK(from_statements)->Arg(20)->Unit(benchmark::kMillisecond);
BENCHMARK(from_statements)->Arg(24)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
