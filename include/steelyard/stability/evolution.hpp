// SPDX-License-Identifier: Apache-2.0
#pragma once
/// How the conflict may develop from today (status quo analysis: Li, Kilgour & Hipel 2004, 2005).

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"
#include "steelyard/stability/equilibria.hpp"

#include <string>
#include <tuple>
#include <vector>

namespace steelyard::stability {

/// Which moves are made on the way.
enum class Allowed { moves, improvements };

constexpr auto choices_of(Allowed) {
    return std::array{
        Choice<Allowed>{Allowed::moves, "moves", "every move that is possible"},
        Choice<Allowed>{Allowed::improvements, "improvements", "moves that the mover prefers at once"},
    };
}

struct EvolutionOptions {
    std::string from;
    Allowed allowed = Allowed::improvements;
    std::vector<std::string> disimproving;
    Concept concept_name = Concept::seq;
    int rounds = 100;

    static constexpr auto fields() {
        return std::tuple{
            field("from", &EvolutionOptions::from,
                  "The state to start from, as options joined by + or none; empty means the case's status "
                  "quo."),
            field("allowed", &EvolutionOptions::allowed, "Which moves are made."),
            field("disimproving", &EvolutionOptions::disimproving,
                  "Decision makers who may make any move, even where the others only improve."),
            field("concept", &EvolutionOptions::concept_name,
                  "The concept whose equilibria are the destinations."),
            field("rounds", &EvolutionOptions::rounds, "Rounds to follow at most.", "rounds", {1, 100000}),
        };
    }
};

/// When a state is first reached.
struct Arrival {
    StateCode code = 0;
    std::string label;
    int round = 0;
    std::vector<std::string> by;
    bool equilibrium = false;

    static constexpr auto fields() {
        return std::tuple{
            field("code", &Arrival::code, "The sum of 2^k over the options k that are taken."),
            field("label", &Arrival::label, "The options that are taken."),
            field("round", &Arrival::round, "The fewest moves that lead here; 0 is the start.", "moves"),
            field("by", &Arrival::by, "Who can make the last of these moves."),
            field("equilibrium", &Arrival::equilibrium,
                  "Whether it is an equilibrium by the concept asked for."),
        };
    }
};

/// The shortest way to one equilibrium.
struct Route {
    std::string to;
    bool reachable = false;
    std::vector<ChainStep> sequence;
    std::string text;

    static constexpr auto fields() {
        return std::tuple{
            field("to", &Route::to, "The equilibrium."),
            field("reachable", &Route::reachable, "Whether the moves allowed lead there."),
            field("sequence", &Route::sequence, "The shortest sequence of moves."),
            field("text", &Route::text, "The same in words."),
        };
    }
};

struct EvolutionResult {
    std::string from;
    std::string concept_name;
    std::vector<std::string> decision_makers;
    std::vector<Arrival> states;
    std::vector<Route> routes;
    int rounds = 0;
    bool complete = true;

    static constexpr auto fields() {
        return std::tuple{
            field("from", &EvolutionResult::from, "The state at the start."),
            field("concept", &EvolutionResult::concept_name,
                  "The concept whose equilibria are the destinations."),
            field("decision_makers", &EvolutionResult::decision_makers, "Who can move, in case order."),
            field("states", &EvolutionResult::states, "The states reached, by round, then by code."),
            field("routes", &EvolutionResult::routes, "The shortest way to every equilibrium."),
            field("rounds", &EvolutionResult::rounds, "The round in which the last new state is reached.",
                  "rounds"),
            field("complete", &EvolutionResult::complete, "Whether every state that can be reached was."),
        };
    }
};

/// Follows all legal sequences from the start, round by round over (state, last mover).  Nobody moves from or
/// to a state that it does not see.
/// O(moves of the pairs reached).  Throws `Error`: as `make_graph`; missing_section (no status quo and no
/// `from`); unknown_name; invalid_option (an infeasible `from`); cancelled.
EvolutionResult evolution(const Case& subject, const EvolutionOptions& options, const Context& context);

}  // namespace steelyard::stability
