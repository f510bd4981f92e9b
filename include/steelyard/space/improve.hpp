// SPDX-License-Identifier: Apache-2.0
#pragma once
/// From a deal to better ones: packages that serve everybody, one actor's best with nobody worse, and several offers
/// that are equal for one actor.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::space {

struct ImproveOptions {
    std::string table;
    Named<std::string> deal;
    std::string actor;
    std::int64_t offers = 3;
    std::optional<Rational> level;
    double tolerance = 2;
    double give = 10;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &ImproveOptions::table, "Table to analyse; empty means the first one."),
            field("deal", &ImproveOptions::deal,
                  "The deal to improve: issue and option; issues left out keep their status quo."),
            field("actor", &ImproveOptions::actor,
                  "Make several equal offers from this actor of the table to the others; empty means none."),
            field("offers", &ImproveOptions::offers, "How many offers to make at most.", "offers", {1, 5}),
            field("level", &ImproveOptions::level,
                  "What every offer gives that actor at least; without it, what the deal gives it.",
                  "points"),
            field(
                "tolerance", &ImproveOptions::tolerance,
                "How much more an offer may give that actor, of its range from worst to best feasible deal.",
                "%", {0, 100}),
            field(
                "give", &ImproveOptions::give,
                "How much less than in the first offer a later one may give each other actor, of its range.",
                "%", {0, 100}),
        };
    }
};

/// What a package is best at.
enum class Aim { even, nash, most, best_for, fewest_changes };

constexpr auto choices_of(Aim) {
    return std::array{
        Choice<Aim>{Aim::even, "even", "the largest smallest gain, each as a share of the actor's range"},
        Choice<Aim>{Aim::nash, "nash", "the largest product of gains over the deal"},
        Choice<Aim>{Aim::most, "most", "the largest sum of gains, each as a share of the actor's range"},
        Choice<Aim>{Aim::best_for, "best_for", "the best for one actor with nobody worse"},
        Choice<Aim>{Aim::fewest_changes, "fewest_changes", "the fewest issues changed"},
    };
}

/// A deal in which nobody at the table is worse off than in the deal at hand, and somebody better.
struct Package {
    Aim aim = Aim::even;
    std::string actor;
    Named<std::string> deal;
    Named<Rational> points;
    Named<Rational> gains;
    std::vector<std::string> changes;
    std::optional<double> value;
    bool proven = true;
    std::optional<double> bound;

    static constexpr auto fields() {
        return std::tuple{
            field("aim", &Package::aim, "What it is best at."),
            field("actor", &Package::actor, "For `best_for`: whose best it is."),
            field("deal", &Package::deal, "The package: issue and option."),
            field("points", &Package::points, "Points of every actor that has preferences.", "points"),
            field("gains", &Package::gains, "What they gain over the deal at hand.", "points"),
            field("changes", &Package::changes, "The issues that change."),
            field("value", &Package::value,
                  "What the aim makes as large as can be: the smallest gain or the sum of gains as a "
                  "percentage of ranges, the product of gains in points, the actor's gain in points. Absent "
                  "for "
                  "`fewest_changes`."),
            field("proven", &Package::proven,
                  "Whether no package is better at it; otherwise it is the best one found."),
            field("bound", &Package::bound, "Where not proven: no package's value exceeds this."),
        };
    }
};

/// One of several offers that are equal for the actor who makes them.
struct Offer {
    Named<std::string> deal;
    Named<Rational> points;
    Named<Rational> gains;
    double difference = 0;
    bool proven = true;

    static constexpr auto fields() {
        return std::tuple{
            field("deal", &Offer::deal, "The offer: issue and option."),
            field("points", &Offer::points, "Points of every actor that has preferences.", "points"),
            field("gains", &Offer::gains, "What they gain over the deal at hand.", "points"),
            field("difference", &Offer::difference,
                  "From the most similar offer before it: what each other actor gains or loses on the single "
                  "issues, "
                  "taken together as a share of its range.",
                  "%"),
            field("proven", &Offer::proven,
                  "Whether no offer differs more from those before it; otherwise it is the best one found."),
        };
    }
};

struct ImproveResult {
    std::string table;
    Named<std::string> deal;
    Named<Rational> points;
    bool efficient = false;
    bool decided = true;
    bool exact = true;
    std::string reason;
    std::vector<Package> packages;
    std::vector<Offer> offers;
    bool offers_complete = true;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &ImproveResult::table, "The table that was analysed."),
            field("deal", &ImproveResult::deal, "The deal at hand: issue and option."),
            field("points", &ImproveResult::points, "Its points for every actor that has preferences.",
                  "points"),
            field("efficient", &ImproveResult::efficient,
                  "Whether no feasible deal dominates it, so that there is no package."),
            field("decided", &ImproveResult::decided,
                  "Whether that is certain; false when a search was cut short without finding a package."),
            field("exact", &ImproveResult::exact,
                  "Whether each actor's best and worst feasible deals are known; otherwise shares are of the "
                  "widest range that is not ruled out."),
            field("reason", &ImproveResult::reason, "Why not; empty when they are."),
            field("packages", &ImproveResult::packages,
                  "Feasible deals that are better for somebody and worse for nobody at the table."),
            field(
                "offers", &ImproveResult::offers,
                "Acceptable deals that are equal for the actor and as different as possible for the others."),
            field("offers_complete", &ImproveResult::offers_complete,
                  "Whether there are no further offers when fewer are listed than asked for; false when a "
                  "search was cut short."),
        };
    }
};

/// Packages: a post-settlement settlement (Raiffa 1985) by each aim's own exact search, with the deal in place of no
/// deal.  Offers: multiple equivalent simultaneous offers (Medvec & Galinsky 2005); the first is the best for the
/// others together, each later one the most different from those before it.
/// Throws `Error`: unknown_name, missing_section, cancelled; unsupported when offers are asked of the only actor.
ImproveResult improve(const Case& subject, const ImproveOptions& options, const Context& context);

}  // namespace steelyard::space
