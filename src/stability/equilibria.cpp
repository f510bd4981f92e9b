// SPDX-License-Identifier: Apache-2.0
#include "steelyard/stability/equilibria.hpp"

#include <algorithm>

namespace steelyard::stability {

namespace {

constexpr std::size_t kManyStates = 256;
constexpr std::size_t kManyProofs = 64;
constexpr std::size_t kMostForSim = 65536;

std::vector<Concept> concepts_for(const Graph& graph, const EquilibriaOptions& options) {
    std::vector<Concept> concepts = options.concepts;
    if (concepts.empty()) {
        for (const auto& choice : choices_of(Concept{})) {
            if (choice.value != Concept::sim || (graph.option_form() && graph.states.size() <= kMostForSim)) {
                concepts.push_back(choice.value);
            }
        }
    }
    return concepts;
}

}  // namespace

EquilibriaResult equilibria(const Case& subject, const EquilibriaOptions& options, const Context& context) {
    ConflictGraph conflict = make_graph(subject, context);
    const Graph& graph = conflict.graph;
    const std::vector<Concept> concepts = concepts_for(graph, options);
    const Cells cells = stability_cells(graph, concepts, context);

    EquilibriaResult result;
    result.notes = std::move(conflict.notes);
    result.feasible = static_cast<std::int64_t>(graph.states.size());
    for (const DecisionMaker& maker : graph.makers) {
        result.decision_makers.push_back(maker.id);
    }
    if (conflict.status_quo) {
        result.status_quo = state_label(subject, graph.states.code(*conflict.status_quo));
    }
    std::vector<bool> notable(graph.states.size());
    for (const Concept which : concepts) {
        result.concepts.emplace_back(detail::choice_name(which));
        std::int64_t count = 0;
        for (StateIndex s = 0; s < graph.states.size(); ++s) {
            if (cells.equilibrium(which, s)) {
                ++count;
                notable[s] = true;
            }
        }
        result.equilibria.emplace_back(result.concepts.back(), count);
    }
    if (conflict.status_quo) {
        notable[*conflict.status_quo] = true;
    }

    const Listing list = options.list != Listing::automatic  ? options.list
                         : graph.states.size() > kManyStates ? Listing::equilibria
                                                             : Listing::feasible;
    const auto full = [&] { return result.states.size() == static_cast<std::size_t>(options.most); };
    const auto add_infeasible = [&](StateCode from, StateCode to) {
        for (StateCode code = from; list == Listing::every && code < to; ++code) {
            if (conflict.find(code)) {
                continue;  // merged into another state
            }
            if (full()) {
                ++result.left_out;
                continue;
            }
            StateRow row;
            row.code = code;
            row.label = state_label(subject, code);
            row.feasible = false;
            result.states.push_back(std::move(row));
        }
    };
    std::vector<std::pair<std::size_t, StateIndex>> rows;  // place in the result, state
    StateCode next = 0;
    for (StateIndex s = 0; s < graph.states.size(); ++s) {
        const StateCode code = graph.states.code(s);
        add_infeasible(next, code);
        next = code + 1;
        if (list == Listing::equilibria && !notable[s]) {
            continue;
        }
        if (full()) {
            ++result.left_out;
            continue;
        }
        StateRow row;
        row.code = code;
        row.label = state_label(subject, code);
        for (const DecisionMaker& maker : graph.makers) {
            row.payoffs.push_back(maker.payoff[s]);
        }
        for (std::size_t c = 0; c < concepts.size(); ++c) {
            std::vector<bool> stable;
            for (std::size_t i = 0; i < graph.makers.size(); ++i) {
                stable.push_back(cells.stable(concepts[c], i, s));
            }
            row.stable.emplace_back(result.concepts[c], std::move(stable));
            if (cells.equilibrium(concepts[c], s)) {
                row.equilibrium.push_back(result.concepts[c]);
            }
        }
        rows.emplace_back(result.states.size(), s);
        result.states.push_back(std::move(row));
    }
    add_infeasible(next, StateCode{1} << subject.conflict->moves.size());

    const auto has_proof = [&](StateIndex s) {
        switch (options.proofs) {
            case Proofs::none:
                return false;
            case Proofs::equilibria:
                return static_cast<bool>(notable[s]);
            case Proofs::all:
                return true;
            case Proofs::automatic:
                break;
        }
        return rows.size() <= kManyProofs || s == conflict.status_quo ||
               cells.equilibrium(Concept::nash, s) || cells.equilibrium(Concept::seq, s);
    };
    for (const auto& [row, s] : rows) {
        if (!has_proof(s)) {
            continue;
        }
        context.check();
        for (const Concept which : concepts) {
            for (std::size_t i = 0; i < graph.makers.size(); ++i) {
                result.states[row].reasons.push_back(explain(subject, conflict, which, i, s));
            }
        }
    }
    return result;
}

}  // namespace steelyard::stability
