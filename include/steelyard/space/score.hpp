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
    bool feasible = false;
    bool acceptable = false;
    bool efficient = false;
    std::vector<std::string> rules_broken;
    std::vector<std::string> obligations_broken;
    std::vector<Blocker> blockers;
    std::vector<DominatingDeal> dominated_by;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &ScoreResult::table, "The table that was analysed."),
            field("deal", &ScoreResult::deal, "The whole deal: issue and option."),
            field("points", &ScoreResult::points, "Points of every actor that has preferences.", "points"),
            field("gains", &ScoreResult::gains, "Points above the no-deal value.", "points"),
            field("percent", &ScoreResult::percent,
                  "From the actor's worst feasible deal (0) to its best (100).", "%"),
            field("feasible", &ScoreResult::feasible, "Whether it breaks no rule and no hard obligation."),
            field("acceptable", &ScoreResult::acceptable,
                  "Whether it is feasible and the acceptance rule accepts it."),
            field("efficient", &ScoreResult::efficient, "Whether no feasible deal dominates it."),
            field("rules_broken", &ScoreResult::rules_broken,
                  "Why it is infeasible: rules, each with its reason."),
            field("obligations_broken", &ScoreResult::obligations_broken, "Obligations it breaks, by id."),
            field("blockers", &ScoreResult::blockers,
                  "Actors of the table that it leaves below their no-deal value."),
            field("dominated_by", &ScoreResult::dominated_by,
                  "The dominating deals that change the fewest issues."),
        };
    }
};

/// Throws `Error`: unknown_name (table, issue, option), missing_section, cancelled.
ScoreResult score(const Case& subject, const ScoreOptions& options, const Context& context);

}  // namespace steelyard::space
