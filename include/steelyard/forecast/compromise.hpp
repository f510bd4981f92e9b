// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The compromise model: the mean of the positions, weighted by capability times salience.
///
/// It is the first-order approximation of the n-person Nash bargaining solution when disagreement is bad for
/// everybody (C. H. Achen, "Institutional realism and bargaining models", in R. Thomson et al. (eds.), The
/// European Union Decides, Cambridge 2006, ch. 4), and the forecast that is hardest to beat.

#include "steelyard/core/context.hpp"
#include "steelyard/forecast/input.hpp"

namespace steelyard::forecast {

struct CompromiseOptions {
    std::string table;
    Weighting weights = Weighting::both;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &CompromiseOptions::table, "Table to analyse; empty means the first one."),
            field("weights", &CompromiseOptions::weights, "What makes a position count."),
        };
    }
};

/// How much an actor moves the mean.
struct Pull {
    std::string actor;
    double position = 0;
    double share = 0;
    double pull = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("actor", &Pull::actor, "The actor."),
            field("position", &Pull::position, "Where it stands.", "place", {0, 100}),
            field("share", &Pull::share, "Its share of all weight on the issue.", "", {0, 1}),
            field("pull", &Pull::pull,
                  "Share times its distance from the forecast: how far it draws the mean; they add up to 0.",
                  "place"),
        };
    }
};

struct CompromiseIssue {
    std::string issue;
    std::optional<double> value;
    std::string option;
    std::vector<Pull> pulls;

    static constexpr auto fields() {
        return std::tuple{
            field("issue", &CompromiseIssue::issue, "The issue."),
            field("value", &CompromiseIssue::value,
                  "The weighted mean; absent when nobody with weight has a position.", "place", {0, 100}),
            field("option", &CompromiseIssue::option, "The option nearest to it; empty without a forecast."),
            field("pulls", &CompromiseIssue::pulls, "Who draws it where, in case order."),
        };
    }
};

struct CompromiseResult {
    CapabilitySource capability_from = CapabilitySource::stated;
    std::vector<CompromiseIssue> issues;

    static constexpr auto fields() {
        return std::tuple{
            field("capability_from", &CompromiseResult::capability_from, "Where the capabilities came from."),
            field("issues", &CompromiseResult::issues, "The open issues of the table."),
        };
    }
};

/// O(actors x issues).  Throws `Error`: unknown_name, missing_section (see `forecast_input`).
CompromiseResult compromise(const Case& subject, const CompromiseOptions& options, const Context& context);

/// The values alone, by issue.
std::vector<std::optional<double>> compromise_values(const ForecastInput& input,
                                                     Weighting weights = Weighting::both);

}  // namespace steelyard::forecast
