// SPDX-License-Identifier: Apache-2.0
#include "simultaneous.hpp"

namespace steelyard::stability {

namespace {

/// Tries every choice of the decision makers from `maker` on; true once a sanction is found.
bool combine(const Graph& graph, std::size_t focal, StateIndex s, StateCode code,
             const std::vector<std::vector<StateIndex>>& improvements, std::size_t maker, Answer& answer) {
    if (maker == graph.makers.size()) {
        const auto result = graph.states.find(code);
        const DecisionMaker& judge = graph.makers[focal];
        if (!result || !judge.sees(*result) || judge.prefers(*result, s)) {
            return false;
        }
        answer.sanction = *result;
        return true;
    }
    if (combine(graph, focal, s, code, improvements, maker + 1, answer)) {
        return true;
    }
    if (maker == focal) {
        return false;
    }
    for (const StateIndex to : improvements[maker]) {
        answer.sequence.push_back({maker, to});
        if (combine(graph, focal, s, code ^ graph.states.code(s) ^ graph.states.code(to), improvements,
                    maker + 1, answer)) {
            return true;
        }
        answer.sequence.pop_back();
    }
    return false;
}

}  // namespace

std::vector<std::vector<StateIndex>> improvements_at(const Graph& graph, std::size_t focal, StateIndex s) {
    std::vector<std::vector<StateIndex>> improvements(graph.makers.size());
    for (std::size_t j = 0; j < graph.makers.size(); ++j) {
        graph.makers[j].moves.for_each(s, [&](StateIndex t) {
            if (graph.makers[j].prefers(t, s) && graph.makers[focal].sees(t)) {
                improvements[j].push_back(t);
            }
        });
    }
    return improvements;
}

std::optional<Answer> simultaneous_sanction(const Graph& graph, std::size_t focal, StateIndex s,
                                            StateIndex to,
                                            const std::vector<std::vector<StateIndex>>& improvements) {
    Answer answer;
    answer.improvement = to;
    if (combine(graph, focal, s, graph.states.code(to), improvements, 0, answer)) {
        return answer;
    }
    return std::nullopt;
}

void mark_simultaneous(const Graph& graph, Cells& cells, const Context& context) {
    for (StateIndex s = 0; s < graph.states.size(); ++s) {
        if (s % 256 == 0) {
            context.check();
        }
        for (std::size_t i = 0; i < graph.makers.size(); ++i) {
            bool stable = true;
            if (graph.makers[i].sees(s)) {
                const auto improvements = improvements_at(graph, i, s);
                for (std::size_t k = 0; stable && k < improvements[i].size(); ++k) {
                    stable = simultaneous_sanction(graph, i, s, improvements[i][k], improvements).has_value();
                }
            }
            if (stable) {
                cells.set(Concept::sim, i, s);
            }
        }
    }
}

}  // namespace steelyard::stability
