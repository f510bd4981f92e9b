// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The weighted median: the position that no other beats when actors vote, with weight, for the nearer of two
/// (D. Black, "On the rationale of group decision-making", Journal of Political Economy 56, 1948).

#include "steelyard/core/context.hpp"
#include "steelyard/forecast/input.hpp"

namespace steelyard::forecast {

/// Which median, where exactly half the weight stands on either side.
enum class MedianTie { low, middle, high };

constexpr auto choices_of(MedianTie) {
    return std::array{
        Choice<MedianTie>{MedianTie::low, "low", "the lowest place that nothing beats"},
        Choice<MedianTie>{MedianTie::middle, "middle", "the middle of the places that nothing beats"},
        Choice<MedianTie>{MedianTie::high, "high", "the highest place that nothing beats"},
    };
}

struct MedianOptions {
    std::string table;
    Weighting weights = Weighting::both;
    MedianTie tie = MedianTie::middle;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &MedianOptions::table, "Table to analyse; empty means the first one."),
            field("weights", &MedianOptions::weights, "What makes a vote count."),
            field("tie", &MedianOptions::tie,
                  "Which median, where exactly half the weight is on either side."),
        };
    }
};

struct MedianIssue {
    std::string issue;
    std::optional<double> value;
    std::string option;
    std::optional<double> low;
    std::optional<double> high;
    std::string pivot;
    std::string winner;
    std::vector<std::string> cycle;

    static constexpr auto fields() {
        return std::tuple{
            field("issue", &MedianIssue::issue, "The issue."),
            field("value", &MedianIssue::value,
                  "The weighted median; absent when nobody with weight has a position.", "place", {0, 100}),
            field("option", &MedianIssue::option, "The option nearest to it; empty without a forecast."),
            field("low", &MedianIssue::low, "The lowest place that no place beats.", "place", {0, 100}),
            field("high", &MedianIssue::high, "The highest place that no place beats.", "place", {0, 100}),
            field("pivot", &MedianIssue::pivot, "The first actor that stands at the lowest such place."),
            field("winner", &MedianIssue::winner,
                  "The option that beats every other in votes on the actors' points; empty when there is "
                  "none."),
            field("cycle", &MedianIssue::cycle,
                  "Without a winner: the smallest group of options that together beat all others (votes run "
                  "in a "
                  "circle or end level)."),
        };
    }
};

struct MedianResult {
    CapabilitySource capability_from = CapabilitySource::stated;
    std::vector<MedianIssue> issues;

    static constexpr auto fields() {
        return std::tuple{
            field("capability_from", &MedianResult::capability_from, "Where the capabilities came from."),
            field("issues", &MedianResult::issues, "The open issues of the table."),
        };
    }
};

/// Positions decide `value`; the points of the options decide `winner`, which may differ where an actor's
/// points do not fall with distance.  O(issues x (actors log actors + actors x options^2)).
/// Throws `Error`: unknown_name, missing_section (see `forecast_input`).
MedianResult median(const Case& subject, const MedianOptions& options, const Context& context);

/// The places of one issue that no place beats: the closed interval of weighted medians.
struct MedianInterval {
    double low = 0;
    double high = 0;
};

/// Nothing when no weight is positive.  O(actors log actors).
std::optional<MedianInterval> weighted_median(const ForecastInput& input, std::size_t issue,
                                              Weighting weights = Weighting::both);

/// The values alone, by issue.
std::vector<std::optional<double>> median_values(const ForecastInput& input,
                                                 Weighting weights = Weighting::both,
                                                 MedianTie tie = MedianTie::middle);

}  // namespace steelyard::forecast
