// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The exact Pareto frontier: the deals that cannot be improved for one actor of the table without harming
/// another.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"

#include <string>
#include <tuple>
#include <vector>

namespace steelyard::space {

/// Which deals compete.
enum class Among { feasible, acceptable };

constexpr auto choices_of(Among) {
    return std::array{
        Choice<Among>{Among::feasible, "feasible", "deals that break no rule and no hard obligation"},
        Choice<Among>{Among::acceptable, "acceptable",
                      "feasible deals that the table's acceptance rule accepts"},
    };
}

struct FrontierOptions {
    std::string table;
    Among among = Among::feasible;
    bool rational = false;
    Rational epsilon = 0;
    std::int64_t limit = 10000;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &FrontierOptions::table, "Table to analyse; empty means the first one."),
            field("among", &FrontierOptions::among, "Which deals compete."),
            field("rational", &FrontierOptions::rational,
                  "Keep only deals that leave every actor of the table with at least its no-deal value."),
            field("epsilon", &FrontierOptions::epsilon,
                  "Error allowed for every actor: points may be missing that lie within this of a listed "
                  "one. 0: none.",
                  "points", {0}),
            field("limit", &FrontierOptions::limit,
                  "List at most this many points, evenly spread; `size` says how many there are.", "points",
                  {1, 1000000}),
        };
    }
};

/// One point of the frontier, with the first deal (in case order) that reaches it.
struct FrontierPoint {
    Named<Rational> points;   ///< of every actor with preferences, at the table or not
    Named<std::string> deal;  ///< issue: option
    std::string deals;        ///< how many deals reach exactly these points at the table, as a whole number
    bool acceptable = false;  ///< the table's acceptance rule accepts it

    static constexpr auto fields() {
        return std::tuple{
            field("points", &FrontierPoint::points, "Points of every actor that has preferences.", "points"),
            field("deal", &FrontierPoint::deal,
                  "The first deal, in case order, that reaches them: issue and option."),
            field("deals", &FrontierPoint::deals,
                  "How many deals reach exactly these points at the table; at least so many where not "
                  "`exact`."),
            field("acceptable", &FrontierPoint::acceptable,
                  "Whether the table's acceptance rule accepts them."),
        };
    }
};

struct FrontierResult {
    std::string table;
    std::vector<std::string> actors;  ///< whose points decide dominance
    std::vector<FrontierPoint> points;
    std::int64_t size = 0;
    std::string deals;
    std::string feasible;
    bool feasible_exact = true;
    std::string feasible_low;
    std::string feasible_high;
    std::string acceptable;
    bool acceptable_exact = true;
    std::string acceptable_low;
    std::string acceptable_high;
    bool exact = true;
    double epsilon = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &FrontierResult::table, "The table that was analysed."),
            field("actors", &FrontierResult::actors, "The actors whose points decide what dominates what."),
            field("points", &FrontierResult::points, "The frontier, by falling points of its first actor."),
            field("size", &FrontierResult::size, "How many points the frontier has, listed or not."),
            field("deals", &FrontierResult::deals,
                  "All deals: one option for every open issue of the table."),
            field("feasible", &FrontierResult::feasible,
                  "Deals that break no rule and no hard obligation; an estimate where `feasible_exact` is "
                  "false."),
            field("feasible_exact", &FrontierResult::feasible_exact,
                  "Whether `feasible` is exact; otherwise it is estimated from random deals."),
            field("feasible_low", &FrontierResult::feasible_low,
                  "Lower end of the estimate's 99 % interval; where exact, the number itself."),
            field("feasible_high", &FrontierResult::feasible_high, "Upper end of that interval."),
            field("acceptable", &FrontierResult::acceptable,
                  "Feasible deals that the acceptance rule accepts; an estimate where `acceptable_exact` is "
                  "false."),
            field("acceptable_exact", &FrontierResult::acceptable_exact,
                  "Whether `acceptable` is exact; otherwise it is estimated from random deals."),
            field("acceptable_low", &FrontierResult::acceptable_low,
                  "Lower end of the estimate's 99 % interval; where exact, the number itself."),
            field("acceptable_high", &FrontierResult::acceptable_high, "Upper end of that interval."),
            field("exact", &FrontierResult::exact,
                  "Whether no frontier point is missing (beyond `limit`) and none listed is dominated."),
            field(
                "epsilon", &FrontierResult::epsilon,
                "How far at most, in points of the actor it matters most to, a missing point lies above some "
                "listed one; where none is listed, above the worst deal.",
                "points"),
        };
    }
};

/// Multi-objective variable elimination over the interaction graph of the issues (min-fill order), see
/// docs/methods/space.md.  Where bundles and rules are too tangled for that, or the budget is used up: real deals,
/// and a proven bound on how far above them a missing point can lie.  Throws `Error`: unknown_name (table), missing_section (no preferences at the
/// table), cancelled.
FrontierResult frontier(const Case& subject, const FrontierOptions& options, const Context& context);

}  // namespace steelyard::space
