// SPDX-License-Identifier: Apache-2.0
#include "steelyard/stability/coalitions.hpp"

#include "reach.hpp"
#include "steelyard/core/error.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <tuple>

namespace steelyard::stability {

namespace {

constexpr std::size_t kMostMakers = 10;
constexpr std::size_t kMostStatesOfCoalitions = 4096;

/// Whether every member strictly prefers `a` to `b`.
bool better_for_all(const Graph& graph, Members members, StateIndex a, StateIndex b) {
    for (Members left = members; left != 0; left &= left - 1) {
        if (!graph.makers[static_cast<std::size_t>(std::countr_zero(left))].prefers(a, b)) {
            return false;
        }
    }
    return true;
}

/// What coalitions reach, each set computed once.
class Reaches {
public:
    explicit Reaches(const Graph& graph) : graph_(graph) {}

    const std::vector<StateIndex>& of(Members movers, Members judges, StateIndex s, bool improvements) {
        auto& slot = known_[{movers, judges, improvements, s}];
        if (!slot) {
            slot = reach(graph_, movers, judges, s, improvements);
        }
        return *slot;
    }

private:
    const Graph& graph_;
    std::map<std::tuple<Members, Members, bool, StateIndex>, std::optional<std::vector<StateIndex>>> known_;
};

std::optional<StateIndex> upset(const Graph& graph, Reaches& reaches, CoalitionConcept which, Members members,
                                StateIndex s) {
    const Members others = ((1U << graph.makers.size()) - 1) & ~members;
    if (!seen_by_all(graph, members, s)) {
        return std::nullopt;
    }
    for (const StateIndex s1 : reaches.of(members, members, s, false)) {
        if (!better_for_all(graph, members, s1, s)) {
            continue;
        }
        bool sanctioned = false;
        if (which != CoalitionConcept::cr && others != 0) {
            const auto& answers = reaches.of(others, members, s1, which == CoalitionConcept::cseq);
            sanctioned = std::ranges::any_of(answers, [&](StateIndex s2) {
                if (better_for_all(graph, members, s2, s)) {
                    return false;
                }
                if (which != CoalitionConcept::csmr) {
                    return true;
                }
                return std::ranges::none_of(reaches.of(members, members, s2, false), [&](StateIndex s3) {
                    return better_for_all(graph, members, s3, s);
                });
            });
        }
        if (!sanctioned) {
            return s1;
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<StateIndex> coalition_upset(const Graph& graph, CoalitionConcept which, unsigned members,
                                          StateIndex s) {
    Reaches reaches(graph);
    return upset(graph, reaches, which, members, s);
}

CoalitionsResult coalitions(const Case& subject, const CoalitionsOptions& options, const Context& context) {
    const ConflictGraph conflict = make_graph(subject, context);
    const Graph& graph = conflict.graph;
    const std::size_t makers = graph.makers.size();
    if (makers > kMostMakers) {
        throw Error(ErrorKind::limit, "coalitions are compared for at most 10 decision makers");
    }
    if (graph.states.size() > kMostStatesOfCoalitions) {
        throw Error(
            ErrorKind::limit,
            "coalitions are compared on at most 4096 states; narrow the conflict by `infeasible` patterns");
    }
    std::vector<CoalitionConcept> concepts = options.concepts;
    if (concepts.empty()) {
        for (const auto& choice : choices_of(CoalitionConcept{})) {
            concepts.push_back(choice.value);
        }
    }
    // Small coalitions first, so that the one reported is a smallest.
    std::vector<Members> all;
    for (Members members = 1; members < 1U << makers; ++members) {
        all.push_back(members);
    }
    std::ranges::stable_sort(all, {}, [](Members members) { return std::popcount(members); });

    CoalitionsResult result;
    for (const DecisionMaker& maker : graph.makers) {
        result.decision_makers.push_back(maker.id);
    }
    if (conflict.status_quo) {
        result.status_quo = state_label(subject, graph.states.code(*conflict.status_quo));
    }
    for (const CoalitionConcept which : concepts) {
        result.universal.emplace_back(std::string(detail::choice_name(which)), std::vector<std::string>{});
    }
    const std::array gmr = {Concept::gmr};
    const Cells cells = stability_cells(graph, gmr, context);
    Reaches reaches(graph);
    for (StateIndex s = 0; s < graph.states.size(); ++s) {
        context.report("coalitions", s, static_cast<double>(graph.states.size()));
        CoalitionState row;
        row.code = graph.states.code(s);
        row.label = state_label(subject, row.code);
        for (std::size_t c = 0; c < concepts.size(); ++c) {
            Upset told;
            for (const Members members : all) {
                context.check();
                const auto to = upset(graph, reaches, concepts[c], members, s);
                if (!to) {
                    continue;
                }
                told.concept_name = result.universal[c].first;
                told.to = state_label(subject, graph.states.code(*to));
                for (std::size_t j = 0; j < makers; ++j) {
                    if ((members >> j & 1U) != 0) {
                        told.coalition.push_back(graph.makers[j].id);
                    }
                }
                StateIndex at = s;
                for (const Step& step : path(graph, members, s, *to, false)) {
                    told.sequence.push_back(
                        {graph.makers[step.maker].id, state_label(subject, graph.states.code(step.to)),
                         describe_move(subject, conflict.actors[step.maker], graph.states.code(at),
                                       graph.states.code(step.to))});
                    told.text += (told.text.empty() ? "" : ", then ") + told.sequence.back().text;
                    at = step.to;
                }
                told.text += "; every one of them is better off.";
                break;
            }
            if (told.coalition.empty()) {
                row.universal.push_back(result.universal[c].first);
                result.universal[c].second.push_back(row.label);
            } else {
                row.upset_by.push_back(std::move(told));
            }
        }
        if (options.all_states || s == conflict.status_quo || cells.equilibrium(Concept::gmr, s)) {
            result.states.push_back(std::move(row));
        }
    }
    return result;
}

}  // namespace steelyard::stability
