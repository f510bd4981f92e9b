// SPDX-License-Identifier: Apache-2.0
#pragma once
/// One deal under the lens: what it gives, who blocks it, what it breaks, what would be better for everybody.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::space {

struct ScoreOptions {
    std::string table;
    Named<std::string> deal;
    int nearest = 3;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &ScoreOptions::table, "Table to analyse; empty means the first one."),
            field("deal", &ScoreOptions::deal,
                  "The deal: issue and option; issues left out keep their status quo."),
            field("nearest", &ScoreOptions::nearest, "How many dominating deals to show.", "deals", {0, 100}),
        };
    }
};

/// An actor whose refusal stops the deal, and by how much it falls short.
struct Blocker {
    std::string actor;
    Rational shortfall;
    bool decisive = false;

    static constexpr auto fields() {
        return std::tuple{
            field("actor", &Blocker::actor,
                  "An actor of the table that the deal leaves below its no-deal value."),
            field("shortfall", &Blocker::shortfall, "How much is missing.", "points"),
            field("decisive", &Blocker::decisive,
                  "Whether the acceptance rule would accept the deal if this actor did."),
        };
    }
};

/// A deal that is better for somebody at the table and worse for nobody.
struct DominatingDeal {
    Named<std::string> deal;
    Named<Rational> points;
    std::vector<std::string> changes;

    static constexpr auto fields() {
        return std::tuple{
            field("deal", &DominatingDeal::deal, "The deal: issue and option."),
            field("points", &DominatingDeal::points, "Points of every actor that has preferences.", "points"),
            field("changes", &DominatingDeal::changes, "The issues that change."),
        };
    }
};

struct ScoreResult {
    std::string table;
    Named<std::string> deal;
    Named<Rational> points;
    Named<Rational> gains;
    Named<double> percent;
    Named<double> no_deal_percent;
    Named<std::string> ranks;
    bool ranks_exact = true;
    bool feasible = false;
    bool acceptable = false;
    bool efficient = false;
    bool decided = true;
    double distance = 0;
    std::optional<double> distance_bound;
    bool exact = true;
    std::string reason;
    std::vector<std::string> rules_broken;
    std::vector<std::string> obligations_broken;
    std::vector<Blocker> blockers;
    std::vector<DominatingDeal> dominated_by;
    bool nearest_proven = true;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &ScoreResult::table, "The table that was analysed."),
            field("deal", &ScoreResult::deal, "The whole deal: issue and option."),
            field("points", &ScoreResult::points, "Points of every actor that has preferences.", "points"),
            field("gains", &ScoreResult::gains, "Points above the no-deal value.", "points"),
            field("percent", &ScoreResult::percent,
                  "From the actor's worst feasible deal (0) to its best (100); see `exact`.", "%"),
            field("no_deal_percent", &ScoreResult::no_deal_percent, "The no-deal value on the same scale.",
                  "%"),
            field("ranks", &ScoreResult::ranks,
                  "For each actor of the table: 1 and the number of feasible deals that give it more."),
            field("ranks_exact", &ScoreResult::ranks_exact,
                  "Whether the ranks are exact; otherwise they are estimated from random deals."),
            field("feasible", &ScoreResult::feasible, "Whether it breaks no rule and no hard obligation."),
            field("acceptable", &ScoreResult::acceptable,
                  "Whether it is feasible and the acceptance rule accepts it."),
            field("efficient", &ScoreResult::efficient, "Whether no feasible deal dominates it."),
            field("decided", &ScoreResult::decided,
                  "Whether that is certain; false when the search was cut short."),
            field("distance", &ScoreResult::distance,
                  "To the frontier: how much every actor of the table could gain at once, as a share of its "
                  "range "
                  "from worst to best feasible deal.",
                  "%"),
            field("distance_bound", &ScoreResult::distance_bound,
                  "Where the distance is not proven to be that: it is no larger than this.", "%"),
            field("exact", &ScoreResult::exact,
                  "Whether each actor's best and worst feasible deals are known; otherwise percentages and "
                  "shares are of "
                  "the widest range that is not ruled out."),
            field("reason", &ScoreResult::reason, "Why not; empty when they are."),
            field("rules_broken", &ScoreResult::rules_broken,
                  "Rules it breaks, each with its reason, and settled issues it contradicts."),
            field("obligations_broken", &ScoreResult::obligations_broken, "Obligations it breaks, by id."),
            field("blockers", &ScoreResult::blockers,
                  "Actors of the table that it leaves below their no-deal value."),
            field("dominated_by", &ScoreResult::dominated_by,
                  "The dominating deals that change the fewest issues."),
            field(
                "nearest_proven", &ScoreResult::nearest_proven,
                "Whether no dominating deal changes fewer issues; otherwise they are the nearest found, and "
                "there may be more."),
        };
    }
};

/// The deal is looked at as it stands: issues of other tables keep the options that it names for them.
/// Throws `Error`: unknown_name (table, issue, option), missing_section, cancelled.
ScoreResult score(const Case& subject, const ScoreOptions& options, const Context& context);

}  // namespace steelyard::space
