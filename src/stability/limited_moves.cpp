// SPDX-License-Identifier: Apache-2.0
#include "steelyard/stability/limited_moves.hpp"

#include "choose.hpp"
#include "steelyard/core/error.hpp"

#include <algorithm>
#include <map>

namespace steelyard::stability {

namespace {

using Tables = std::vector<std::vector<StateIndex>>;

std::vector<std::size_t> turn_order(const Graph& graph, const LimitedMovesOptions& options) {
    const std::size_t makers = graph.makers.size();
    std::vector<std::size_t> order;
    for (const std::string& id : options.order) {
        order.push_back(find_maker(graph, id));
    }
    if (order.empty() && makers <= 2) {
        for (std::size_t i = 0; i < makers; ++i) {
            order.push_back(i);
        }
    }
    std::vector<std::size_t> sorted = order;
    std::ranges::sort(sorted);
    const bool once = std::ranges::adjacent_find(sorted) == sorted.end();
    if (order.size() != makers || !once) {
        std::vector<std::string> names;
        for (const DecisionMaker& maker : graph.makers) {
            names.push_back(maker.id);
        }
        throw Error(ErrorKind::invalid_option,
                    std::vector{Problem{{{}, 0, 0, "/order"},
                                        "the order of moves must name every decision maker once",
                                        {},
                                        "an order of " + join_names(names),
                                        {}}});
    }
    return order;
}

std::size_t hash(const Tables& tables) {
    std::size_t value = 1469598103934665603U;
    for (const auto& table : tables) {
        for (const StateIndex s : table) {
            value = (value ^ s) * 1099511628211U;
        }
    }
    return value;
}

}  // namespace

Tables look_further(const Graph& graph, const std::vector<std::size_t>& next, const Tables& shorter) {
    Tables longer(graph.makers.size(), std::vector<StateIndex>(graph.states.size()));
    for (std::size_t i = 0; i < graph.makers.size(); ++i) {
        const DecisionMaker& maker = graph.makers[i];
        const std::vector<StateIndex>& after = shorter[next[i]];
        for (StateIndex s = 0; s < graph.states.size(); ++s) {
            StateIndex end = s;
            StateIndex move = s;
            maker.moves.for_each(s, [&](StateIndex t) {
                if (!maker.sees(s) || !maker.sees(t)) {
                    return;
                }
                const bool better = maker.prefers(after[t], end);
                const bool same = move != s && maker.payoff[after[t]] == maker.payoff[end];
                if (better || (same && t < move)) {
                    move = t;
                    end = after[t];
                }
            });
            longer[i][s] = end;
        }
    }
    return longer;
}

LimitedMovesResult limited_moves(const Case& subject, const LimitedMovesOptions& options,
                                 const Context& context) {
    const ConflictGraph conflict = make_graph(subject, context);
    const Graph& graph = conflict.graph;
    const std::size_t makers = graph.makers.size();
    const std::vector<std::size_t> order = turn_order(graph, options);
    std::vector<std::size_t> next(makers);
    for (std::size_t k = 0; k < makers; ++k) {
        next[order[k]] = order[(k + 1) % makers];
    }

    Tables tables(makers, std::vector<StateIndex>(graph.states.size()));
    for (auto& table : tables) {
        for (StateIndex s = 0; s < table.size(); ++s) {
            table[s] = s;
        }
    }
    LimitedMovesResult result;
    for (const std::size_t i : order) {
        result.order.push_back(graph.makers[i].id);
    }
    // stays[h - 1][i][s]; the tables of h decide those of h + 1, so a table seen before closes a circle.
    // A whole circle is kept, so equality is checked against it and not against a hash alone.
    std::vector<std::vector<std::vector<bool>>> stays;
    std::vector<Tables> history = {tables};
    std::multimap<std::size_t, std::size_t> seen = {{hash(tables), 0}};
    Tables at_horizon = tables;
    std::optional<std::size_t> circle_start;
    // The tables kept for comparison may take 200 MB.
    const std::size_t room = 50'000'000 / (makers * graph.states.size() + 1);
    const int longest =
        std::max(options.horizon,
                 static_cast<int>(std::min<std::size_t>(room, static_cast<std::size_t>(options.search))));
    for (int h = 1; h <= longest && (!circle_start || h <= options.horizon); ++h) {
        context.check();
        tables = look_further(graph, next, tables);
        if (h <= options.horizon) {
            at_horizon = tables;
        }
        stays.emplace_back(makers, std::vector<bool>(graph.states.size()));
        for (std::size_t i = 0; i < makers; ++i) {
            for (StateIndex s = 0; s < graph.states.size(); ++s) {
                stays.back()[i][s] = tables[i][s] == s;
            }
        }
        if (circle_start) {
            continue;
        }
        const std::size_t key = hash(tables);
        const auto [low, high] = seen.equal_range(key);
        for (auto at = low; at != high; ++at) {
            if (history[at->second] == tables) {
                circle_start = at->second;
                result.period = h - static_cast<int>(at->second);
            }
        }
        seen.emplace(key, history.size());
        history.push_back(tables);
    }
    // The stays of look-ahead 1 and more repeat from here on.
    const std::size_t first = circle_start ? std::max<std::size_t>(*circle_start, 1) : 0;
    if (circle_start) {
        result.settled_from = static_cast<int>(first);
    }

    for (StateIndex s = 0; s < graph.states.size(); ++s) {
        LimitedState row;
        row.code = graph.states.code(s);
        row.label = state_label(subject, row.code);
        row.equilibrium = std::string(static_cast<std::size_t>(options.horizon), '1');
        row.non_myopic = circle_start.has_value();
        for (std::size_t i = 0; i < makers; ++i) {
            Strip strip{
                graph.makers[i].id, {}, state_label(subject, graph.states.code(at_horizon[i][s])), "unknown"};
            for (std::size_t h = 1; h <= static_cast<std::size_t>(options.horizon); ++h) {
                const bool stay = stays[h - 1][i][s];
                strip.stable += stay ? '1' : '0';
                row.equilibrium[h - 1] = stay ? row.equilibrium[h - 1] : '0';
            }
            if (circle_start) {
                std::size_t stayed = 0;
                const auto period = static_cast<std::size_t>(*result.period);
                for (std::size_t k = 0; k < period; ++k) {
                    stayed += stays[first + k - 1][i][s] ? 1U : 0U;
                }
                strip.non_myopic = stayed == period ? "always" : stayed == 0 ? "never" : "alternating";
                row.non_myopic = row.non_myopic && stayed == period;
            }
            row.strips.push_back(std::move(strip));
        }
        result.states.push_back(std::move(row));
    }
    return result;
}

}  // namespace steelyard::stability
