// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Under which preferences would this state hold, and how close are we to that?

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"
#include "steelyard/stability/cells.hpp"

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::stability {

struct InverseOptions {
    std::string state;
    std::vector<Concept> concepts;

    static constexpr auto fields() {
        return std::tuple{
            field("state", &InverseOptions::state, "The state; empty means the status quo."),
            field("concepts", &InverseOptions::concepts,
                  "Solution concepts, of nash, gmr, smr, seq and sseq; empty means these five."),
        };
    }
};

/// A way to be deterred from one move: not to prefer any state of at least one group.
struct Clause {
    std::string move;
    std::vector<std::vector<std::string>> unless;
    std::string text;

    static constexpr auto fields() {
        return std::tuple{
            field("move", &Clause::move, "A state the decision maker could move to."),
            field("unless", &Clause::unless,
                  "If it prefers that state, it must not prefer any state of at least one of these groups; "
                  "none: it must "
                  "not prefer that state."),
            field("text", &Clause::text, "The same in words."),
        };
    }
};

/// What the state asks of one decision maker.
struct Demand {
    std::string decision_maker;
    bool stable = false;
    std::vector<Clause> clauses;
    std::string condition;
    std::optional<std::string> rankings;
    std::optional<double> share;
    std::optional<int> radius;
    std::vector<std::string> swapped;

    static constexpr auto fields() {
        return std::tuple{
            field("decision_maker", &Demand::decision_maker, "Whose preferences they are."),
            field("stable", &Demand::stable, "Whether the state is stable for it as things are."),
            field("clauses", &Demand::clauses,
                  "What must hold, all of it; empty: the state is stable whatever it prefers."),
            field("condition", &Demand::condition, "The same in words."),
            field("rankings", &Demand::rankings,
                  "In how many of its strict rankings of all states the state is stable for it; absent where "
                  "the condition "
                  "is too tangled to count."),
            field("share", &Demand::share, "The same as a share of all strict rankings.", "%"),
            field("radius", &Demand::radius,
                  "The fewest swaps of neighbours in its ranking that change whether the state is stable for "
                  "it; absent "
                  "when none do.",
                  "swaps"),
            field("swapped", &Demand::swapped, "The states that then stand on the other side of this one."),
        };
    }
};

struct InverseConcept {
    std::string concept_name;
    bool equilibrium = false;
    std::vector<Demand> demands;
    std::optional<double> share;
    std::optional<int> radius;
    std::vector<std::string> radius_by;
    bool radius_exact = true;
    std::string text;

    static constexpr auto fields() {
        return std::tuple{
            field("concept", &InverseConcept::concept_name, "The solution concept."),
            field("equilibrium", &InverseConcept::equilibrium,
                  "Whether the state is an equilibrium as things are."),
            field("demands", &InverseConcept::demands, "What it asks of each decision maker."),
            field("share", &InverseConcept::share,
                  "Share of all profiles of strict rankings that make it an equilibrium; absent for seq and "
                  "sseq, where "
                  "it depends on the others' rankings too.",
                  "%"),
            field("radius", &InverseConcept::radius,
                  "The fewest swaps of neighbours in anybody's ranking that make or break the equilibrium; "
                  "absent when "
                  "none do.",
                  "swaps"),
            field("radius_by", &InverseConcept::radius_by, "Whose rankings change."),
            field("radius_exact", &InverseConcept::radius_exact,
                  "Whether no fewer swaps do; for seq and sseq only each decision maker's own stability is "
                  "considered, so "
                  "fewer may do."),
            field("text", &InverseConcept::text, "The answer in words."),
        };
    }
};

struct InverseResult {
    std::string state;
    int states = 0;
    std::vector<InverseConcept> concepts;

    static constexpr auto fields() {
        return std::tuple{
            field("state", &InverseResult::state, "The state looked at."),
            field("states", &InverseResult::states, "How many states are ranked.", "states"),
            field("concepts", &InverseResult::concepts, "The answer for each concept."),
        };
    }
};

/// The condition on one decision maker's preferences under which a state is stable for it.  `s` itself counts as
/// not preferred to `s`.
struct StabilityCondition {
    struct MoveClause {
        StateIndex move = 0;                          ///< not preferred, or
        std::vector<std::vector<StateIndex>> groups;  ///< all states of one of these not preferred
    };
    std::vector<MoveClause> clauses;  ///< all must hold; those that always hold are left out
};

/// `seq` and `sseq` take the others' preferences as they are.  O(moves x states reached).
StabilityCondition stability_condition(const Graph& graph, Concept which, std::size_t maker, StateIndex s);

/// What the condition amounts to, counted on a decision diagram of its states; rankings are never enumerated.
struct ConditionMeasure {
    std::string rankings;  ///< strict rankings of all states under which it holds
    double share = 0;      ///< of all strict rankings, from 0 to 1
    /// The fewest swaps of neighbours that change whether it holds, from the present ranking: ties are first put in
    /// order, those with `s` just below it, others by rising code from `s` outward.
    std::optional<int> radius;
    std::vector<StateIndex> swapped;  ///< the states that change sides then
};

/// Nothing when the diagram passes a million nodes.
std::optional<ConditionMeasure> measure(const Graph& graph, const StabilityCondition& condition,
                                        std::size_t maker, StateIndex s);

/// Conditions, counts and radius for each concept (Kinsara, Kilgour & Hipel 2015; counts after Bryant 1986).
/// Throws `Error`: as `make_graph`; missing_section (no status quo and no `state`); unknown_name;
/// invalid_option (an infeasible state; sim); cancelled.
InverseResult inverse(const Case& subject, const InverseOptions& options, const Context& context);

}  // namespace steelyard::stability
