// SPDX-License-Identifier: Apache-2.0
#include "steelyard/stability/evolution.hpp"

#include "choose.hpp"
#include "steelyard/core/error.hpp"

#include <algorithm>

namespace steelyard::stability {

namespace {

constexpr std::uint32_t kNone = 0xffffffff;

struct Node {
    StateIndex state = 0;
    std::size_t last = 0;
    std::uint32_t parent = kNone;
};

std::vector<bool> free_movers(const Graph& graph, const EvolutionOptions& options) {
    std::vector<bool> free(graph.makers.size(), options.allowed == Allowed::moves);
    for (const std::string& id : options.disimproving) {
        free[find_maker(graph, id)] = true;
    }
    return free;
}

}  // namespace

EvolutionResult evolution(const Case& subject, const EvolutionOptions& options, const Context& context) {
    const ConflictGraph conflict = make_graph(subject, context);
    const Graph& graph = conflict.graph;
    const std::size_t makers = graph.makers.size();
    const StateIndex start = chosen_state(subject, conflict, options.from);
    const std::array wanted = {options.concept_name};
    const Cells cells = stability_cells(graph, wanted, context);
    const std::vector<bool> free = free_movers(graph, options);

    std::vector<Node> nodes = {{start, makers, kNone}};
    std::vector<bool> seen(graph.states.size() * makers);
    std::vector<std::uint32_t> first(graph.states.size(), kNone);  // the node that first stood there
    std::vector<int> round_of(graph.states.size(), -1);
    std::vector<std::vector<std::size_t>> by(graph.states.size());
    first[start] = 0;
    round_of[start] = 0;
    EvolutionResult result;
    std::size_t begin = 0;
    for (int round = 1; begin < nodes.size() && round <= options.rounds; ++round) {
        context.check();
        const std::size_t end = nodes.size();
        for (std::size_t at = begin; at < end; ++at) {
            for (std::size_t j = 0; j < makers; ++j) {
                if (j == nodes[at].last) {
                    continue;
                }
                const StateIndex from = nodes[at].state;
                graph.makers[j].moves.for_each(from, [&](StateIndex t) {
                    if (!graph.makers[j].sees(from) || !graph.makers[j].sees(t) ||
                        (!free[j] && !graph.makers[j].prefers(t, from))) {
                        return;
                    }
                    if (round_of[t] < 0) {
                        round_of[t] = round;
                        first[t] = static_cast<std::uint32_t>(nodes.size());
                        result.rounds = round;
                    }
                    if (round_of[t] == round && std::ranges::find(by[t], j) == by[t].end()) {
                        by[t].push_back(j);
                    }
                    if (!seen[t * makers + j]) {
                        seen[t * makers + j] = true;
                        nodes.push_back({t, j, static_cast<std::uint32_t>(at)});
                    }
                });
            }
        }
        begin = end;
    }
    result.complete = begin == nodes.size();

    const auto label = [&](StateIndex s) { return state_label(subject, graph.states.code(s)); };
    result.from = label(start);
    result.concept_name = detail::choice_name(options.concept_name);
    for (const DecisionMaker& maker : graph.makers) {
        result.decision_makers.push_back(maker.id);
    }
    for (StateIndex s = 0; s < graph.states.size(); ++s) {
        const bool equilibrium = cells.equilibrium(options.concept_name, s);
        if (round_of[s] >= 0) {
            std::ranges::sort(by[s]);
            Arrival arrival{graph.states.code(s), label(s), round_of[s], {}, equilibrium};
            for (const std::size_t j : by[s]) {
                arrival.by.push_back(graph.makers[j].id);
            }
            result.states.push_back(std::move(arrival));
        }
        if (!equilibrium) {
            continue;
        }
        Route route{label(s), round_of[s] >= 0, {}, {}};
        std::vector<std::uint32_t> chain;
        for (std::uint32_t at = first[s]; at != kNone && nodes[at].parent != kNone; at = nodes[at].parent) {
            chain.push_back(at);
        }
        std::ranges::reverse(chain);
        for (const std::uint32_t at : chain) {
            const Node& node = nodes[at];
            route.sequence.push_back(
                {graph.makers[node.last].id, label(node.state),
                 describe_move(subject, conflict.actors[node.last],
                               graph.states.code(nodes[node.parent].state), graph.states.code(node.state))});
            route.text += (route.text.empty() ? "" : ", then ") + route.sequence.back().text;
        }
        route.text = !route.reachable     ? "No sequence of the moves allowed leads here."
                     : route.text.empty() ? "It is where things stand."
                                          : route.text + ".";
        result.routes.push_back(std::move(route));
    }
    std::ranges::stable_sort(result.states, {}, &Arrival::round);
    std::ranges::stable_sort(result.routes, {}, [](const Route& route) {
        return route.reachable ? route.sequence.size() : ~std::size_t{0};
    });
    return result;
}

}  // namespace steelyard::stability
