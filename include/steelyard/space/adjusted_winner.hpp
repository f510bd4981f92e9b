// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Adjusted winner: two actors divide the issues between them so that both end with the same share.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"

#include <string>
#include <tuple>
#include <vector>

namespace steelyard::space {

struct AdjustedWinnerOptions {
    std::string table;
    std::vector<std::string> actors;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &AdjustedWinnerOptions::table, "Table to analyse; empty means the first one."),
            field("actors", &AdjustedWinnerOptions::actors,
                  "The two actors that divide the issues; empty means the two of the table."),
        };
    }
};

/// What becomes of one issue.
struct DividedIssue {
    std::string issue;
    std::string option;
    Named<Rational> worth;
    Named<Rational> shares;

    static constexpr auto fields() {
        return std::tuple{
            field("issue", &DividedIssue::issue, "The issue."),
            field("option", &DividedIssue::option,
                  "The option it is settled at; empty for the issue that is divided between two options."),
            field("worth", &DividedIssue::worth,
                  "What winning the whole issue is worth to each, of 100 points spread over all contested "
                  "issues.",
                  "points"),
            field("shares", &DividedIssue::shares, "How much of the issue each wins, from 0 to 1."),
        };
    }
};

struct AdjustedWinnerResult {
    std::string table;
    Named<Rational> points;
    std::vector<DividedIssue> issues;
    std::string divided;
    Named<std::string> agreed;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &AdjustedWinnerResult::table, "The table that was analysed."),
            field("points", &AdjustedWinnerResult::points, "What each ends with, of its 100 points.",
                  "points"),
            field("issues", &AdjustedWinnerResult::issues,
                  "The contested issues, in case order, and how they are divided."),
            field("divided", &AdjustedWinnerResult::divided,
                  "The one issue that is split between the two; empty when none is."),
            field("agreed", &AdjustedWinnerResult::agreed,
                  "Issues with an option that is best for both: issue and option."),
        };
    }
};

/// The procedure of Brams & Taylor (1996), Fair Division, Cambridge University Press, chapter 4, in exact fractions.
///
/// Each actor's stake in an issue is what its own best option there gives it over the other actor's best option
/// (the first in case order where several are equally good, preferring one that both share); stakes are scaled to
/// 100 points each.  An issue first goes to whom it is worth more; then the leader hands over issues in the order
/// of their ratio of worth, the last one in part, until both have the same.  The result is efficient among all
/// divisions, equitable and free of envy.  O(n log n) for n issues.
///
/// Throws `Error`: unknown_name, missing_section; unsupported when there are not two actors, or when bundles,
/// rules, priced or hard obligations tie open issues together (the procedure adds issues up).
AdjustedWinnerResult adjusted_winner(const Case& subject, const AdjustedWinnerOptions& options,
                                     const Context& context);

}  // namespace steelyard::space
