// SPDX-License-Identifier: Apache-2.0
#include "reach.hpp"

#include <algorithm>
#include <bit>

namespace steelyard::stability {

namespace {

constexpr std::uint32_t kNobody = 0xffffffff;

/// Breadth first over (state, last mover).
struct Search {
    struct Node {
        StateIndex state;
        std::size_t last;      // who moved here; the number of decision makers at the start
        std::uint32_t parent;  // place in `nodes`
    };
    std::vector<Node> nodes;

    /// `stop(state)` ends the search at the first state it accepts; returns the node's place, or kNobody.
    template <class Stop>
    std::uint32_t run(const Graph& graph, Members members, Members judges, StateIndex start,
                      bool improvements, const Stop& stop) {
        const std::size_t makers = graph.makers.size();
        std::vector<bool> seen(graph.states.size() * makers);
        nodes.push_back({start, makers, kNobody});
        for (std::uint32_t at = 0; at < nodes.size(); ++at) {
            for (std::size_t j = 0; j < makers; ++j) {
                if ((members >> j & 1U) == 0 || j == nodes[at].last) {
                    continue;
                }
                const StateIndex from = nodes[at].state;
                std::uint32_t found = kNobody;
                graph.makers[j].moves.for_each(from, [&](StateIndex t) {
                    if (found != kNobody || seen[t * makers + j] || !seen_by_all(graph, judges, t) ||
                        (improvements && !graph.makers[j].prefers(t, from))) {
                        return;
                    }
                    seen[t * makers + j] = true;
                    nodes.push_back({t, j, at});
                    if (stop(t)) {
                        found = static_cast<std::uint32_t>(nodes.size() - 1);
                    }
                });
                if (found != kNobody) {
                    return found;
                }
            }
        }
        return kNobody;
    }
};

}  // namespace

bool seen_by_all(const Graph& graph, Members judges, StateIndex s) {
    for (Members left = judges; left != 0; left &= left - 1) {
        if (!graph.makers[static_cast<std::size_t>(std::countr_zero(left))].sees(s)) {
            return false;
        }
    }
    return true;
}

std::vector<StateIndex> reach(const Graph& graph, Members movers, Members judges, StateIndex s,
                              bool improvements) {
    Search search;
    search.run(graph, movers, judges, s, improvements, [](StateIndex) { return false; });
    std::vector<StateIndex> states;
    for (std::size_t k = 1; k < search.nodes.size(); ++k) {
        states.push_back(search.nodes[k].state);
    }
    std::ranges::sort(states);
    const auto rest = std::ranges::unique(states);
    states.erase(rest.begin(), rest.end());
    return states;
}

std::vector<Step> path(const Graph& graph, Members members, StateIndex from, StateIndex to,
                       bool improvements) {
    Search search;
    std::vector<Step> steps;
    for (std::uint32_t at =
             search.run(graph, members, members, from, improvements, [&](StateIndex t) { return t == to; });
         at != kNobody && search.nodes[at].parent != kNobody; at = search.nodes[at].parent) {
        steps.push_back({search.nodes[at].last, search.nodes[at].state});
    }
    std::ranges::reverse(steps);
    return steps;
}

}  // namespace steelyard::stability
