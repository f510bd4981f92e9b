// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Will it hold against decision makers who move together?

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"
#include "steelyard/stability/equilibria.hpp"

#include <string>
#include <tuple>
#include <vector>

namespace steelyard::stability {

/// Coalition versions of the concepts (Kilgour, Hipel, Fang & Peng 2001; Inohara & Hipel 2008).
enum class CoalitionConcept { cr, cgmr, csmr, cseq };

constexpr auto choices_of(CoalitionConcept) {
    return std::array{
        Choice<CoalitionConcept>{CoalitionConcept::cr, "cr", "no coalition improvement"},
        Choice<CoalitionConcept>{CoalitionConcept::cgmr, "cgmr",
                                 "moves of the others can answer every coalition improvement with a state "
                                 "that is not better for all members"},
        Choice<CoalitionConcept>{
            CoalitionConcept::csmr, "csmr",
            "the same, and the coalition cannot get from there to anything better for all members"},
        Choice<CoalitionConcept>{CoalitionConcept::cseq, "cseq",
                                 "improvements of the others can answer every coalition improvement so"},
    };
}

struct CoalitionsOptions {
    std::vector<CoalitionConcept> concepts;
    bool all_states = false;

    static constexpr auto fields() {
        return std::tuple{
            field("concepts", &CoalitionsOptions::concepts, "Coalition concepts; empty means all."),
            field("all_states", &CoalitionsOptions::all_states,
                  "List every state; otherwise the status quo and the states that no single decision maker "
                  "upsets (GMR)."),
        };
    }
};

/// A coalition that upsets a state, and how.
struct Upset {
    std::string concept_name;
    std::vector<std::string> coalition;
    std::string to;
    std::vector<ChainStep> sequence;
    std::string text;

    static constexpr auto fields() {
        return std::tuple{
            field("concept", &Upset::concept_name, "The concept by which it upsets the state."),
            field("coalition", &Upset::coalition, "The members; of several, a smallest coalition."),
            field("to", &Upset::to, "The state they move to, which every member prefers."),
            field("sequence", &Upset::sequence, "Their moves."),
            field("text", &Upset::text, "The same in words."),
        };
    }
};

struct CoalitionState {
    StateCode code = 0;
    std::string label;
    std::vector<std::string> universal;
    std::vector<Upset> upset_by;

    static constexpr auto fields() {
        return std::tuple{
            field("code", &CoalitionState::code, "The sum of 2^k over the options k that are taken."),
            field("label", &CoalitionState::label, "The options that are taken."),
            field("universal", &CoalitionState::universal,
                  "The concepts by which no coalition upsets the state."),
            field("upset_by", &CoalitionState::upset_by,
                  "For every other concept, a smallest coalition that upsets it."),
        };
    }
};

struct CoalitionsResult {
    std::vector<std::string> decision_makers;
    std::string status_quo;
    std::vector<CoalitionState> states;
    Named<std::vector<std::string>> universal;

    static constexpr auto fields() {
        return std::tuple{
            field("decision_makers", &CoalitionsResult::decision_makers, "Who can move, in case order."),
            field("status_quo", &CoalitionsResult::status_quo,
                  "The state of today; empty where the case does not say."),
            field("states", &CoalitionsResult::states, "The states, by rising code."),
            field("universal", &CoalitionsResult::universal,
                  "By concept: the states that no coalition upsets."),
        };
    }
};

/// Whether coalition `members` (a bit for each decision maker) leaves state `s` stable by the concept; the
/// upsetting state otherwise.  Members keep their own moves and make them in legal sequences.  A coalition judges the
/// graph without the states that one of its members does not see, and makes no move in such a state.
/// O((reached states)^2 x decision makers).
std::optional<StateIndex> coalition_upset(const Graph& graph, CoalitionConcept which, unsigned members,
                                          StateIndex s);

/// All 2^n - 1 coalitions against every state.  Throws `Error`: as `make_graph`; limit (more than 10 decision
/// makers, or 4096 states); cancelled.
CoalitionsResult coalitions(const Case& subject, const CoalitionsOptions& options, const Context& context);

}  // namespace steelyard::stability
