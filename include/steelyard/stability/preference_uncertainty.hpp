// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Does it still hold if we are not sure who prefers what?

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/core/random.hpp"
#include "steelyard/model/case.hpp"
#include "steelyard/stability/cells.hpp"

#include <functional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::stability {

struct PreferenceUncertaintyOptions {
    std::vector<Concept> concepts;
    double doubt = 0.1;
    Named<double> doubts;
    int draws = 1000;
    double unknown = 0.25;
    double leave = 0.5;
    double deter = 0.5;
    int strong = 2;

    static constexpr auto fields() {
        return std::tuple{
            field("concepts", &PreferenceUncertaintyOptions::concepts,
                  "Solution concepts, of nash, gmr, smr, seq and sseq; empty means these five."),
            field("doubt", &PreferenceUncertaintyOptions::doubt,
                  "How doubtful rankings are: the probability that two neighbours stand the other way round.",
                  "", {0, 0.5}),
            field("doubts", &PreferenceUncertaintyOptions::doubts, "The same for single decision makers."),
            field("draws", &PreferenceUncertaintyOptions::draws, "How many profiles of rankings to draw.",
                  "profiles", {1, 1000000}),
            field("unknown", &PreferenceUncertaintyOptions::unknown,
                  "A preference counts as unknown when its probability lies between this and one less this.",
                  "", {0, 0.5}),
            field("leave", &PreferenceUncertaintyOptions::leave,
                  "For likely stability: a decision maker moves where it is better off with more than this "
                  "probability.",
                  "", {0, 1}),
            field("deter", &PreferenceUncertaintyOptions::deter,
                  "For likely stability: an answer deters when it leaves it no better off with at least this "
                  "probability.",
                  "", {0, 1}),
            field("strong", &PreferenceUncertaintyOptions::strong,
                  "A state is much worse than another when it ranks at least so many places lower (ties "
                  "share a place).",
                  "ranks", {1, 1000000}),
        };
    }
};

struct UncertainState {
    StateCode code = 0;
    std::string label;
    std::vector<std::string> equilibrium;
    Named<double> share;
    Named<double> low;
    Named<double> high;
    Named<std::string> attitudes;
    std::vector<std::string> likely;
    std::vector<std::string> strong;

    static constexpr auto fields() {
        return std::tuple{
            field("code", &UncertainState::code, "The sum of 2^k over the options k that are taken."),
            field("label", &UncertainState::label, "The options that are taken."),
            field("equilibrium", &UncertainState::equilibrium,
                  "The concepts by which it is an equilibrium as the case says."),
            field("share", &UncertainState::share,
                  "By concept: the share of drawn profiles in which it is an equilibrium.", "%"),
            field("low", &UncertainState::low, "Lower end of that share's 95 % interval.", "%"),
            field("high", &UncertainState::high, "Upper end of it.", "%"),
            field("attitudes", &UncertainState::attitudes,
                  "By concept: the attitudes to unknown preferences under which it is an equilibrium. a: "
                  "moves on the "
                  "chance, is not deterred by a chance; b: neither; c: both; d: does not move on a chance, "
                  "is deterred by "
                  "one."),
            field("likely", &UncertainState::likely,
                  "The concepts by which it is an equilibrium under the probabilities `leave` and `deter`."),
            field("strong", &UncertainState::strong,
                  "The concepts, of gmr, smr, seq and sseq, by which it is an equilibrium whose sanctions "
                  "are all much worse."),
        };
    }
};

struct PreferenceUncertaintyResult {
    std::vector<std::string> decision_makers;
    int draws = 0;
    Named<double> unknown_pairs;
    std::vector<UncertainState> states;
    Named<std::string> surest;
    std::string text;

    static constexpr auto fields() {
        return std::tuple{
            field("decision_makers", &PreferenceUncertaintyResult::decision_makers,
                  "Who can move, in case order."),
            field("draws", &PreferenceUncertaintyResult::draws, "Profiles of rankings drawn.", "profiles"),
            field("unknown_pairs", &PreferenceUncertaintyResult::unknown_pairs,
                  "By decision maker: the share of pairs of states whose order counts as unknown.", "%"),
            field("states", &PreferenceUncertaintyResult::states,
                  "The status quo and every state that is an equilibrium in some profile or sense, by rising "
                  "code."),
            field("surest", &PreferenceUncertaintyResult::surest,
                  "By concept: the state that is an equilibrium in most profiles; of equal ones the first."),
            field("text", &PreferenceUncertaintyResult::text, "The answer in words."),
        };
    }
};

/// What a decision maker makes of two states when it is at `s`.
struct Judgement {
    using Question = std::function<bool(std::size_t maker, StateIndex s, StateIndex t)>;
    Question leaves;    ///< has a reason to go from s to t
    Question deters;    ///< having left s, regrets it at t
    Question improves;  ///< would go from s to t in answer to another
};

/// Stability of `s` by a concept other than sim, under any judgement.  With strict preference, no preference and strict
/// preference for its parts it is that of `stability_cells`.  O(moves x (state, last mover) pairs reached).
bool stable_under(const Graph& graph, Concept which, std::size_t maker, StateIndex s,
                  const Judgement& judgement);

/// Payoffs drawn around a ranking by the model of Mallows 1957: the probability of a ranking falls by the factor
/// doubt / (1 - doubt) with each pair that stands the other way round.  Ties are broken at random first, unless
/// doubt is 0.  By repeated insertion (Doignon, Pekec & Regenwetter 2004), O(states^2).
std::vector<Payoff> doubtful_payoffs(const std::vector<Payoff>& payoff, double doubt, RandomStream& draw);

/// Shares of drawn profiles, unknown preferences with four attitudes (Li, Hipel, Kilgour & Fang 2004),
/// probabilities with thresholds (Rego & dos Santos 2015), and strength of preference (Hamouda, Kilgour & Hipel
/// 2004).  Equal under the same seed.
/// Throws `Error`: as `make_graph`; unknown_name (doubts); invalid_option (sim; a doubt beyond 0 to 0.5);
/// limit (more than 256 states); cancelled.
PreferenceUncertaintyResult preference_uncertainty(const Case& subject,
                                                   const PreferenceUncertaintyOptions& options,
                                                   const Context& context);

}  // namespace steelyard::stability
