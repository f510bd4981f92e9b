// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The graph model for conflict resolution: who can move from which state to which, and who prefers what
/// (Kilgour, Hipel & Fang 1987; Fang, Hipel & Kilgour, Interactive Decision Making, Wiley 1993, chapters 2-3).

#include "steelyard/core/context.hpp"
#include "steelyard/model/case.hpp"
#include "steelyard/stability/moves.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::stability {

/// One decision maker of a graph.
struct DecisionMaker {
    std::string id;
    Moves moves;
    std::vector<Payoff> payoff;  ///< of each state: 0, 1, ... without gaps; more is better, equal is a tie
    std::vector<bool> unseen;    ///< of each state: the decision maker does not know of it; empty: sees all

    [[nodiscard]] bool sees(StateIndex s) const { return unseen.empty() || !unseen[s]; }
    [[nodiscard]] bool prefers(StateIndex a, StateIndex b) const { return payoff[a] > payoff[b]; }
};

/// A graph model with numbered states.
struct Graph {
    StateSet states;
    std::vector<DecisionMaker> makers;

    /// Moves come from options, so that two moves of one decision maker in a row are a move again.
    [[nodiscard]] bool option_form() const {
        return std::ranges::all_of(makers,
                                   [](const DecisionMaker& maker) { return maker.moves.transitive(); });
    }
};

/// A decision maker's rank of each state as payoffs without gaps: equal values stay equal.
template <class T>
std::vector<Payoff> dense_payoffs(const std::vector<T>& values);
extern template std::vector<Payoff> dense_payoffs(const std::vector<std::int64_t>&);
extern template std::vector<Payoff> dense_payoffs(const std::vector<Rational>&);

/// The graph of a case, with what ties it to the case.
struct ConflictGraph {
    Graph graph;
    std::vector<ActorId> actors;  ///< the decision makers: those with options, arcs or conflict preferences
    std::optional<StateIndex> status_quo;
    /// States that a `coalesce` expression merged: each further code with the state that stands for it.
    std::vector<std::pair<StateCode, StateIndex>> merged;
    std::vector<std::string> notes;  ///< what a careful reader should know about how the case was read

    /// The state of that code, merged states included.
    [[nodiscard]] std::optional<StateIndex> find(StateCode code) const;
};

/// Builds the graph of the case's `conflict` section.
///
/// Feasible states are those that no infeasible pattern matches, in increasing code.  Merged states keep the
/// moves of all their members and the smallest code; then, and with explicit arcs, moves need not be
/// transitive.  O(2^moves x expression length / 64 + states log states) per decision maker.
///
/// Throws `Error`: missing_section (no conflict; a decision maker without preferences; an issue without
/// status quo that states change), invalid_case (a ranking that leaves out or repeats feasible states, an
/// infeasible status quo, no feasible state), limit (more than 30 options or 2^25 feasible states).
ConflictGraph make_graph(const Case& subject, const Context& context = {});

/// `strike+relocate`, or `none`: the ids of the options taken.
std::string state_label(const Case& subject, StateCode code);

/// The code that a label means, in any order of its parts.  Throws `Error` (unknown_name) with a near match.
StateCode parse_state(const Case& subject, std::string_view label);

/// What an actor does to get from one state to another, in words:
/// "Russia takes up 'raise the energy price' and drops 'political support'".
std::string describe_move(const Case& subject, ActorId actor, StateCode from, StateCode to);

/// The deal that a state stands for: the status quo, overwritten by the `deal` entries that hold, in order.
/// None for issues that have no status quo and that no entry settles.
std::vector<std::optional<OptionId>> deal_of_state(const Case& subject, StateCode code);

}  // namespace steelyard::stability
