// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The deals that bargaining theory singles out.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::space {

enum class Concept {
    utilitarian,
    nash,
    weighted_nash,
    kalai_smorodinsky,
    egalitarian,
    leximin,
    proportional
};

constexpr auto choices_of(Concept) {
    return std::array{
        Choice<Concept>{Concept::utilitarian, "utilitarian", "the largest sum of gains"},
        Choice<Concept>{Concept::nash, "nash", "the largest product of gains (Nash 1950)"},
        Choice<Concept>{Concept::weighted_nash, "weighted_nash",
                        "the largest product of gains raised to bargaining power"},
        Choice<Concept>{Concept::kalai_smorodinsky, "kalai_smorodinsky",
                        "the largest smallest gain, each measured against the actor's best acceptable gain "
                        "(Kalai & Smorodinsky 1975)"},
        Choice<Concept>{Concept::egalitarian, "egalitarian", "the largest smallest gain"},
        Choice<Concept>{Concept::leximin, "leximin",
                        "the largest smallest gain, then the next smallest, and so on"},
        Choice<Concept>{Concept::proportional, "proportional",
                        "the largest smallest gain, each divided by bargaining power (Kalai 1977)"},
    };
}

struct SolutionsOptions {
    std::string table;
    std::vector<Concept> concepts;
    bool normalised = false;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &SolutionsOptions::table, "Table to analyse; empty means the first one."),
            field("concepts", &SolutionsOptions::concepts, "Solution concepts; empty means all."),
            field("normalised", &SolutionsOptions::normalised,
                  "Measure each actor's gains against its best acceptable gain before they are compared."),
        };
    }
};

struct Solution {
    Concept concept_name = Concept::nash;
    Named<std::string> deal;
    Named<Rational> points;
    Named<Rational> gains;
    double value = 0;
    std::string ties;
    bool ties_exact = true;
    std::optional<bool> efficient;
    bool proven = true;
    std::optional<double> bound;
    Named<double> distances;

    static constexpr auto fields() {
        return std::tuple{
            field("concept", &Solution::concept_name, "The solution concept."),
            field("deal", &Solution::deal, "The deal, the first in case order where several tie."),
            field("points", &Solution::points, "Points of every actor that has preferences.", "points"),
            field("gains", &Solution::gains, "Points above the no-deal value.", "points"),
            field("value", &Solution::value,
                  "What the concept compares: the sum, product (weighted: geometric mean) or smallest of the "
                  "gains."),
            field("ties", &Solution::ties, "How many deals are equally good by this concept."),
            field("ties_exact", &Solution::ties_exact,
                  "Whether that number is exact; otherwise there are at least as many."),
            field("efficient", &Solution::efficient,
                  "Whether no feasible deal dominates it; absent where that was not decided."),
            field("proven", &Solution::proven,
                  "Whether no deal is better by this concept; otherwise it is the best one found."),
            field("bound", &Solution::bound, "Where not proven: no deal's value exceeds this."),
            field("distances", &Solution::distances,
                  "To the deals of the other concepts: the largest difference for any actor of the table, on "
                  "its "
                  "scale from worst (0) to best (100) feasible deal.",
                  "%"),
        };
    }
};

struct SolutionsResult {
    std::string table;
    std::vector<Solution> solutions;
    bool acceptable_exists = false;
    bool decided = true;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &SolutionsResult::table, "The table that was analysed."),
            field("solutions", &SolutionsResult::solutions,
                  "One deal for each concept; empty when no deal is acceptable."),
            field("acceptable_exists", &SolutionsResult::acceptable_exists,
                  "Whether any deal is acceptable."),
            field("decided", &SolutionsResult::decided,
                  "Whether that is certain; false when the search was cut short without finding one."),
        };
    }
};

/// Each concept by its own exact search among the acceptable deals, see docs/methods/space.md.
///
/// Nash: where some actor can gain nothing, or where the acceptance rule lets a deal pass that an actor loses
/// by, first the number of actors that gain, then the product of their gains, then the sum of the other gains.
/// Kalai-Smorodinsky and normalised measures leave out actors that no acceptable deal lets gain.
/// Throws `Error`: unknown_name (table), missing_section, cancelled.
SolutionsResult solutions(const Case& subject, const SolutionsOptions& options, const Context& context);

}  // namespace steelyard::space
