// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"
#include "steelyard/stability/coalitions.hpp"
#include "steelyard/stability/equilibria.hpp"
#include "steelyard/stability/evolution.hpp"
#include "steelyard/stability/inverse.hpp"
#include "steelyard/stability/limited_moves.hpp"
#include "steelyard/stability/preference_uncertainty.hpp"

namespace steelyard::registry {

namespace {

using Texts = std::pair<std::string_view, std::string_view>;

constexpr std::array kConflict{Section::conflict};

constexpr std::array<std::string_view, 7> kEquilibriaReferences{
    "Nash, Equilibrium points in n-person games, Proceedings of the National Academy of Sciences 36(1), "
    "1950, 48-49",
    "Howard, Paradoxes of Rationality: Theory of Metagames and Political Behavior, MIT Press 1971",
    "Fraser & Hipel, Conflict Analysis: Models and Resolutions, North-Holland 1984",
    "Fang, Hipel & Kilgour, Interactive Decision Making: The Graph Model for Conflict Resolution, Wiley 1993",
    "Rego & Vieira, Symmetric sequential stability in the graph model for conflict resolution with multiple "
    "decision makers, "
    "Group Decision and Negotiation 26, 2017, 775-792",
    "Xu, Li, Hipel & Kilgour, A matrix approach to status quo analysis in the graph model for conflict "
    "resolution, Applied "
    "Mathematics and Computation 212(2), 2009, 470-480",
    "Xu, Hipel, Kilgour & Fang, Conflict Resolution Using the Graph Model: Strategic Interactions in "
    "Competition and "
    "Cooperation, Springer 2018",
};
constexpr std::array<std::string_view, 2> kCoalitionReferences{
    "Kilgour, Hipel, Fang & Peng, Coalition analysis in group decision support, Group Decision and "
    "Negotiation 10, 2001, 159-175",
    "Inohara & Hipel, Coalition analysis in the graph model for conflict resolution, Systems Engineering "
    "11(4), 2008, 343-359",
};
constexpr std::array<std::string_view, 2> kEvolutionReferences{
    "Li, Kilgour & Hipel, Status quo analysis of the Flathead River conflict, Water Resources Research "
    "40(5), 2004, W05S03",
    "Li, Kilgour & Hipel, Status quo analysis in the graph model for conflict resolution, Journal of the "
    "Operational Research "
    "Society 56, 2005, 699-707",
};
constexpr std::array<std::string_view, 3> kLimitedReferences{
    "Zagare, Limited-move equilibria in 2 x 2 games, Theory and Decision 16, 1984, 1-19",
    "Kilgour, Anticipation and stability in two-person non-cooperative games, in: Dynamic Models of "
    "International Conflict, "
    "Lynne Rienner 1985",
    "Fang, Hipel & Kilgour, Interactive Decision Making: The Graph Model for Conflict Resolution, Wiley 1993",
};

constexpr std::array<std::string_view, 2> kInverseReferences{
    "Kinsara, Kilgour & Hipel, Inverse approach to the graph model for conflict resolution, IEEE "
    "Transactions on Systems, Man, and Cybernetics: Systems 45(5), 2015, 734-742",
    "Bryant, Graph-based algorithms for Boolean function manipulation, IEEE Transactions on Computers "
    "C-35(8), 1986, 677-691",
};
constexpr std::array<std::string_view, 4> kUncertainReferences{
    "Li, Hipel, Kilgour & Fang, Preference uncertainty in the graph model for conflict resolution, IEEE "
    "Transactions on Systems, Man, and Cybernetics A 34(4), 2004, 507-520",
    "Hamouda, Kilgour & Hipel, Strength of preference in the graph model for conflict resolution, Group "
    "Decision and Negotiation 13(5), 2004, 449-462",
    "Rego & dos Santos, Probabilistic preferences in the graph model for conflict resolution, IEEE "
    "Transactions on Systems, Man, and Cybernetics: Systems 45(4), 2015, 595-608",
    "Mallows, Non-null ranking models I, Biometrika 44(1/2), 1957, 114-130",
};

constexpr std::array kStabilityPart{
    analysis<stability::EquilibriaOptions, stability::EquilibriaResult, &stability::equilibria>(
        "equilibria", "stability", "Will it hold: which states does nobody upset, and why?",
        "For every state and decision maker: stable or not by Nash, GMR, SMR, SEQ, SSEQ and SIM, with the "
        "answer of the "
        "others that deters each improvement, or the move that upsets the state, as a chain in words. "
        "Sequences are legal: "
        "nobody moves twice in a row. Time is linear in the states for a few rounds; 2^24 states of three "
        "decision makers "
        "take seconds. Descriptive.",
        Status::published, kEquilibriaReferences, kConflict, {"conflict/cuban-missile-crisis-1962"}),
    analysis<stability::CoalitionsOptions, stability::CoalitionsResult, &stability::coalitions>(
        "coalitions", "stability", "Does it hold against decision makers who move together?",
        "Every coalition against every state: whether its members can reach something all of them prefer "
        "that the others "
        "cannot answer (CR, CGMR, CSMR, CSEQ). Members keep their own moves. States that no coalition upsets "
        "are universal. "
        "Up to 10 decision makers and 4096 states.",
        Status::published, kCoalitionReferences, kConflict, {"conflict/elmira-1991"}),
    analysis<stability::EvolutionOptions, stability::EvolutionResult, &stability::evolution>(
        "evolution", "stability", "Where can things go from here, and by which moves?",
        "Follows all legal sequences from the status quo, round by round: the states reached, when and by "
        "whom, and the "
        "shortest way to every equilibrium. With all moves, with improvements only, or with improvements and "
        "named decision "
        "makers who may accept a loss.",
        Status::cross_checked, kEvolutionReferences, kConflict, {"conflict/elmira-1991"}),
    analysis<stability::LimitedMovesOptions, stability::LimitedMovesResult, &stability::limited_moves>(
        "limited_moves", "stability", "Who stays put when everybody looks a few moves ahead?",
        "Backward induction over a look-ahead of 1, 2, 3, ... moves: a strip of stay or move for every state "
        "and decision "
        "maker, and what it settles into. Stability can come and go with the look-ahead, so it is never one "
        "flag.",
        Status::cross_checked, kLimitedReferences, kConflict, {"conflict/chicken"}),
    analysis<stability::InverseOptions, stability::InverseResult, &stability::inverse>(
        "inverse", "stability",
        "Under which preferences would this state hold, and how close are we to that?",
        "For each concept and decision maker the condition on its ranking, in words; in how many strict "
        "rankings it holds, counted exactly on a decision diagram and never by listing them; and the "
        "robustness radius: the fewest swaps of neighbours that make or break the equilibrium.",
        Status::cross_checked, kInverseReferences, kConflict, {"conflict/cuban-missile-crisis-1962"}),
    analysis<stability::PreferenceUncertaintyOptions, stability::PreferenceUncertaintyResult,
             &stability::preference_uncertainty>(
        "preference_uncertainty", "stability", "Does it still hold if we are not sure who prefers what?",
        "Draws rankings around those of the case: in which share of them each state is an equilibrium, which "
        "preferences count as unknown and what four attitudes to them make of it, what is likely to hold, "
        "and which equilibria rest on strong sanctions. Up to 256 states. Descriptive.",
        Status::cross_checked, kUncertainReferences, kConflict, {"conflict/elmira-1991"}),
};

}  // namespace

std::span<const Analysis> stability_part() {
    return kStabilityPart;
}

}  // namespace steelyard::registry
