// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Will it hold?  Every state of the conflict, stable for whom and why.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"
#include "steelyard/stability/cells.hpp"

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::stability {

/// Which states a result lists.
enum class Listing { automatic, every, feasible, equilibria };

constexpr auto choices_of(Listing) {
    return std::array{
        Choice<Listing>{Listing::automatic, "automatic",
                        "feasible states, or only equilibria where there are more than 256"},
        Choice<Listing>{Listing::every, "every", "infeasible states as well"},
        Choice<Listing>{Listing::feasible, "feasible", "every feasible state"},
        Choice<Listing>{Listing::equilibria, "equilibria",
                        "the status quo and the states that are an equilibrium by some concept"},
    };
}

/// For which of the listed states proofs are given.
enum class Proofs { automatic, none, equilibria, all };

constexpr auto choices_of(Proofs) {
    return std::array{
        Choice<Proofs>{
            Proofs::automatic, "automatic",
            "all listed states up to 64, otherwise the status quo and the Nash and sequential equilibria"},
        Choice<Proofs>{Proofs::none, "none", "no proofs"},
        Choice<Proofs>{Proofs::equilibria, "equilibria", "for the status quo and the equilibria"},
        Choice<Proofs>{Proofs::all, "all", "for every listed state"},
    };
}

struct EquilibriaOptions {
    std::vector<Concept> concepts;
    Listing list = Listing::automatic;
    int most = 4096;
    Proofs proofs = Proofs::automatic;

    static constexpr auto fields() {
        return std::tuple{
            field("concepts", &EquilibriaOptions::concepts,
                  "Solution concepts; empty means all that suit the graph (sim only in option form and up to "
                  "65536 states)."),
            field("list", &EquilibriaOptions::list, "Which states to list."),
            field("most", &EquilibriaOptions::most, "How many states to list at most.", "states",
                  {1, 1000000}),
            field("proofs", &EquilibriaOptions::proofs, "For which states to give the reasons."),
        };
    }
};

/// One move of a chain.
struct ChainStep {
    std::string by;
    std::string to;
    std::string text;

    static constexpr auto fields() {
        return std::tuple{
            field("by", &ChainStep::by, "Who moves."),
            field("to", &ChainStep::to, "The state it leads to."),
            field("text", &ChainStep::text, "The move in words."),
        };
    }
};

/// How the others answer an improvement.
struct Deterrence {
    ChainStep improvement;
    std::vector<ChainStep> sequence;
    std::string sanction;

    static constexpr auto fields() {
        return std::tuple{
            field("improvement", &Deterrence::improvement, "The move that would be better at once."),
            field("sequence", &Deterrence::sequence,
                  "The answer of the others, move by move (for sim: made at the same moment)."),
            field("sanction", &Deterrence::sanction,
                  "Where it leads: a state the decision maker does not prefer to the one it left."),
        };
    }
};

/// Why a state is stable for one decision maker by one concept, or what upsets it.
struct Reason {
    std::string concept_name;
    std::string decision_maker;
    bool stable = false;
    std::optional<ChainStep> upset_by;
    std::vector<Deterrence> deterred;
    std::string text;

    static constexpr auto fields() {
        return std::tuple{
            field("concept", &Reason::concept_name, "The solution concept."),
            field("decision_maker", &Reason::decision_maker, "Whose stability it is."),
            field("stable", &Reason::stable, "Whether the state is stable for it."),
            field("upset_by", &Reason::upset_by, "Unstable: its best move that nothing deters."),
            field("deterred", &Reason::deterred, "Stable: every improvement with the answer that deters it."),
            field("text", &Reason::text, "The same in words."),
        };
    }
};

struct StateRow {
    StateCode code = 0;
    std::string label;
    bool feasible = true;
    Named<std::vector<bool>> stable;
    std::vector<std::string> equilibrium;
    std::vector<int> payoffs;
    std::vector<Reason> reasons;

    static constexpr auto fields() {
        return std::tuple{
            field("code", &StateRow::code, "The sum of 2^k over the options k that are taken."),
            field("label", &StateRow::label, "The options that are taken."),
            field("feasible", &StateRow::feasible, "Whether the state can occur."),
            field(
                "stable", &StateRow::stable,
                "By concept: whether it is stable for each decision maker, in the order of decision_makers."),
            field("equilibrium", &StateRow::equilibrium, "The concepts by which it is stable for everybody."),
            field("payoffs", &StateRow::payoffs,
                  "How each decision maker ranks it: 0 is its worst, ties are equal.", "rank"),
            field("reasons", &StateRow::reasons, "Why it is stable, or what upsets it."),
        };
    }
};

struct EquilibriaResult {
    std::vector<std::string> decision_makers;
    std::vector<std::string> concepts;
    std::string status_quo;
    std::int64_t feasible = 0;
    Named<std::int64_t> equilibria;
    std::vector<StateRow> states;
    std::int64_t left_out = 0;
    std::vector<std::string> notes;

    static constexpr auto fields() {
        return std::tuple{
            field("decision_makers", &EquilibriaResult::decision_makers, "Who can move, in case order."),
            field("concepts", &EquilibriaResult::concepts, "The solution concepts applied."),
            field("status_quo", &EquilibriaResult::status_quo,
                  "The state of today; empty where the case does not say."),
            field("feasible", &EquilibriaResult::feasible, "Feasible states, merged ones counted once.",
                  "states"),
            field("equilibria", &EquilibriaResult::equilibria,
                  "How many states are an equilibrium, by concept.", "states"),
            field("states", &EquilibriaResult::states, "The states, by rising code."),
            field("left_out", &EquilibriaResult::left_out,
                  "States that `list` asked for and `most` left out.", "states"),
            field("notes", &EquilibriaResult::notes, "What to know about how the case was read."),
        };
    }
};

/// The stability of every state, see `stability_cells`, with proofs from `prove`.
/// Throws `Error`: as `make_graph`; unsupported (sim asked for where the graph is not in option form);
/// cancelled.
EquilibriaResult equilibria(const Case& subject, const EquilibriaOptions& options, const Context& context);

/// The reason for one cell in words and as data; `conflict` is the case's graph.
Reason explain(const Case& subject, const ConflictGraph& conflict, Concept which, std::size_t maker,
               StateIndex s);

}  // namespace steelyard::stability
