// SPDX-License-Identifier: Apache-2.0
// When a state is stable for a decision maker, as a condition on its preferences; counts and distances.
#include "monotone.hpp"
#include "steelyard/stability/inverse.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <queue>
#include <set>
#include <tuple>
#include <utility>

namespace steelyard::stability {

namespace {

// Without expression templates: plain values compile quicker, and the analyser can follow them.
using Integer =
    boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>, boost::multiprecision::et_off>;
using Fraction =
    boost::multiprecision::number<boost::multiprecision::cpp_rational_backend, boost::multiprecision::et_off>;

/// States that the others reach from `start` by legal sequences, as decision maker `focal` sees the graph.
std::vector<StateIndex> others_reach(const Graph& graph, std::size_t focal, StateIndex start,
                                     bool improvements) {
    const std::size_t makers = graph.makers.size();
    std::vector<bool> seen(graph.states.size() * makers);
    std::vector<std::pair<StateIndex, std::size_t>> open = {{start, focal}};
    std::set<StateIndex> reached;
    for (std::size_t at = 0; at < open.size(); ++at) {
        const auto [from, last] = open[at];
        for (std::size_t j = 0; j < makers; ++j) {
            if (j == focal || j == last) {
                continue;
            }
            graph.makers[j].moves.for_each(from, [&](StateIndex t) {
                if (!graph.makers[focal].sees(t) || seen[t * makers + j] ||
                    (improvements && !graph.makers[j].prefers(t, from))) {
                    return;
                }
                seen[t * makers + j] = true;
                reached.insert(t);
                open.emplace_back(t, j);
            });
        }
    }
    return {reached.begin(), reached.end()};
}

/// Keeps the groups that no other group is part of.
void keep_smallest(std::vector<std::vector<StateIndex>>& groups) {
    std::ranges::sort(groups, [](const auto& a, const auto& b) {
        return a.size() != b.size() ? a.size() < b.size() : a < b;
    });
    std::vector<std::vector<StateIndex>> kept;
    for (auto& group : groups) {
        if (std::ranges::none_of(
                kept, [&](const auto& smaller) { return std::ranges::includes(group, smaller); })) {
            kept.push_back(std::move(group));
        }
    }
    groups = std::move(kept);
}

/// A diagram of the condition; `place[t]`: the variable "t is not preferred", or a fixed truth.
struct Places {
    static constexpr int kHolds = -1;
    static constexpr int kFails = -2;
    std::vector<int> place;
};

Diagram::Node draw(Diagram& diagram, const StabilityCondition& condition, const Places& places) {
    const auto truth = [&](StateIndex t) {
        const int at = places.place[t];
        return at == Places::kHolds   ? Diagram::kTrue
               : at == Places::kFails ? Diagram::kFalse
                                      : diagram.variable(static_cast<std::size_t>(at));
    };
    Diagram::Node all = Diagram::kTrue;
    for (const auto& clause : condition.clauses) {
        Diagram::Node one = truth(clause.move);
        for (const auto& group : clause.groups) {
            Diagram::Node together = Diagram::kTrue;
            for (const StateIndex t : group) {
                together = diagram.both(together, truth(t));
            }
            one = diagram.either(one, together);
        }
        all = diagram.both(all, one);
    }
    return all;
}

Integer factorial(std::size_t n) {
    Integer product = 1;
    for (std::size_t k = 2; k <= n; ++k) {
        product *= k;
    }
    return product;
}

/// Of each node: in how many ways the variables from its own on make it true, by how many of them hold.
using Ways = std::vector<Integer>;
class Counter {
public:
    Counter(const Diagram& diagram, std::size_t variables) : diagram_(diagram), variables_(variables) {}

    Ways from(Diagram::Node node, std::size_t level) {
        const std::size_t own = std::min(diagram_.level(node), variables_);
        Ways ways = own == variables_ ? Ways{node == Diagram::kTrue ? 1 : 0} : at(node);
        for (std::size_t k = level; k < own; ++k) {  // a variable that makes no difference
            ways.push_back(0);
            for (std::size_t j = ways.size() - 1; j > 0; --j) {
                ways[j] += ways[j - 1];
            }
        }
        return ways;
    }

private:
    const Ways& at(Diagram::Node node) {
        if (const auto known = known_.find(node); known != known_.end()) {
            return known->second;
        }
        const std::size_t level = diagram_.level(node);
        Ways ways = from(diagram_.without(node), level + 1);
        const Ways with = from(diagram_.with(node), level + 1);
        ways.resize(std::max(ways.size(), with.size() + 1), 0);
        for (std::size_t j = 0; j < with.size(); ++j) {
            ways[j + 1] += with[j];
        }
        return known_.emplace(node, std::move(ways)).first->second;
    }

    const Diagram& diagram_;
    std::size_t variables_;
    std::map<Diagram::Node, Ways> known_;
};

/// The states on one side of `s` in the ranking, nearest first.
std::vector<StateIndex> side(const DecisionMaker& maker, StateIndex s, bool above) {
    std::vector<StateIndex> states;
    for (StateIndex t = 0; t < maker.payoff.size(); ++t) {
        if (t != s && maker.prefers(t, s) == above) {
            states.push_back(t);
        }
    }
    std::ranges::stable_sort(states, [&](StateIndex a, StateIndex b) {
        return above ? maker.payoff[a] < maker.payoff[b] : maker.payoff[a] > maker.payoff[b];
    });
    return states;
}

/// The cheapest choice of states to carry across `s` that leads from the root to `goal`.  The k-th nearest costs k
/// swaps, less one for each nearer state that is carried too; so a state the condition does not ask for may be carried
/// to make others cheaper.
struct Crossing {
    int cost = 0;
    std::vector<StateIndex> carried;
};

/// Dijkstra's search over (place in the line, node, how many are carried): most crossings are short, and it looks no
/// further than they cost.  Nothing when no choice leads to the goal.
std::optional<Crossing> cheapest(const Diagram& diagram, Diagram::Node root,
                                 const std::vector<StateIndex>& line, bool carried_hold) {
    const Diagram::Node goal = carried_hold ? Diagram::kTrue : Diagram::kFalse;
    const Diagram::Node dead_end = carried_hold ? Diagram::kFalse : Diagram::kTrue;
    using Key = std::tuple<std::size_t, Diagram::Node, int>;
    struct Step {
        int cost;
        Key at, from;
        bool carried;
    };
    // Cheapest first; of these the one that carries fewest, then the furthest, which may be the end.
    const auto later = [](const Step& a, const Step& b) {
        const auto rank = [](const Step& step) {
            const auto [k, node, count] = step.at;
            return std::tuple(step.cost, count, -static_cast<int>(k), node);
        };
        return rank(a) > rank(b);
    };
    std::priority_queue<Step, std::vector<Step>, decltype(later)> open(later);
    std::map<Key, std::pair<Key, bool>> reached;
    if (root != dead_end) {
        open.push({0, {0, root, 0}, {}, false});
    }
    while (!open.empty()) {
        const Step step = open.top();
        open.pop();
        if (!reached.try_emplace(step.at, step.from, step.carried).second) {
            continue;
        }
        const auto [k, node, count] = step.at;
        if (node == goal) {
            Crossing crossing{step.cost, {}};
            for (Key at = step.at; std::get<0>(at) > 0;) {
                const auto& [from, carried] = reached.at(at);
                if (carried) {
                    crossing.carried.push_back(line[std::get<0>(from)]);
                }
                at = from;
            }
            std::ranges::reverse(crossing.carried);
            return crossing;
        }
        // A node that is no end asks for a state of the line, so the line does not end before it.
        for (const bool carry : {false, true}) {
            const Diagram::Node next = diagram.level(node) != k ? node
                                       : carry == carried_hold  ? diagram.with(node)
                                                                : diagram.without(node);
            if (next != dead_end) {
                open.push({step.cost + (carry ? static_cast<int>(k) + 1 - count : 0),
                           {k + 1, next, count + (carry ? 1 : 0)},
                           step.at,
                           carry});
            }
        }
    }
    return std::nullopt;
}

}  // namespace

StabilityCondition stability_condition(const Graph& graph, Concept which, std::size_t maker, StateIndex s) {
    const DecisionMaker& me = graph.makers[maker];
    StabilityCondition condition;
    if (!me.sees(s)) {
        return condition;
    }
    const bool credible = which == Concept::seq || which == Concept::sseq;
    const bool symmetric = which == Concept::smr || which == Concept::sseq;
    me.moves.for_each(s, [&](StateIndex move) {
        if (!me.sees(move)) {
            return;
        }
        StabilityCondition::MoveClause clause{move, {}};
        bool always = false;
        if (which != Concept::nash) {
            for (const StateIndex sanction : others_reach(graph, maker, move, credible)) {
                std::set<StateIndex> group = {sanction};
                if (symmetric) {
                    me.moves.for_each(sanction, [&](StateIndex t) {
                        if (me.sees(t)) {
                            group.insert(t);
                        }
                    });
                }
                group.erase(s);
                always = always || group.empty();
                clause.groups.emplace_back(group.begin(), group.end());
            }
        }
        if (!always) {
            clause.groups.push_back({move});
            keep_smallest(clause.groups);
            std::erase(clause.groups, std::vector{move});
            condition.clauses.push_back(std::move(clause));
        }
    });
    std::ranges::sort(condition.clauses, {}, &StabilityCondition::MoveClause::move);
    return condition;
}

std::optional<ConditionMeasure> measure(const Graph& graph, const StabilityCondition& condition,
                                        std::size_t maker, StateIndex s) {
    const DecisionMaker& me = graph.makers[maker];
    const std::size_t states = graph.states.size();
    ConditionMeasure result;
    try {
        std::set<StateIndex> named;
        for (const auto& clause : condition.clauses) {
            named.insert(clause.move);
            for (const auto& group : clause.groups) {
                named.insert(group.begin(), group.end());
            }
        }
        Places places{std::vector<int>(states, Places::kHolds)};
        int next = 0;
        for (const StateIndex t : named) {
            places.place[t] = next++;
        }
        Diagram counting;
        const Ways ways = Counter(counting, named.size()).from(draw(counting, condition, places), 0);
        // Of m named states, j stand below s and m - j above, each part in any order.
        Integer orders = 0;
        for (std::size_t j = 0; j < ways.size(); ++j) {
            orders += ways[j] * factorial(j) * factorial(named.size() - j);
        }
        const Integer all = factorial(named.size() + 1);
        result.share = Fraction(orders, all).convert_to<double>();
        result.rankings = Integer(factorial(states) / all * orders).str();

        bool holds = true;
        for (const auto& clause : condition.clauses) {
            const auto below = [&](StateIndex t) { return !me.prefers(t, s); };
            holds =
                holds && (below(clause.move) || std::ranges::any_of(clause.groups, [&](const auto& group) {
                              return std::ranges::all_of(group, below);
                          }));
        }
        // What is above s may come below to make it hold; what is below may go above to break it.
        const std::vector<StateIndex> line = side(me, s, !holds);
        places.place.assign(states, holds ? Places::kFails : Places::kHolds);
        places.place[s] = Places::kHolds;
        for (std::size_t k = 0; k < line.size(); ++k) {
            places.place[line[k]] = static_cast<int>(k);
        }
        Diagram moving;
        if (const auto crossing = cheapest(moving, draw(moving, condition, places), line, !holds)) {
            result.radius = crossing->cost;
            result.swapped = crossing->carried;
        }
    } catch (const Diagram::TooLarge&) {
        return std::nullopt;
    }
    return result;
}

}  // namespace steelyard::stability
