// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The procedural model: who is pivotal under the rule that turns proposals into decisions, issue by issue.
///
/// Open rule: anybody may amend, so the outcome is the place nearest to the status quo that no majority wants
/// to leave (the gridlock interval of K. Krehbiel, Pivotal Politics, Chicago 1998).  Closed rule: a setter
/// makes the only proposal, against the status quo (T. Romer & H. Rosenthal, "Political resource allocation,
/// controlled agendas, and the status quo", Public Choice 33, 1978).

#include "steelyard/core/context.hpp"
#include "steelyard/forecast/input.hpp"

namespace steelyard::forecast {

struct ProceduralOptions {
    std::string table;
    std::string setter;
    double quota = 0.5;
    Weighting weights = Weighting::capability;
    std::vector<std::string> vetoes;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &ProceduralOptions::table, "Table to analyse; empty means the first one."),
            field("setter", &ProceduralOptions::setter,
                  "The actor that alone may propose; empty: anybody may amend."),
            field("quota", &ProceduralOptions::quota,
                  "Share of the votes that changes the status quo; up to one half it means more than half.",
                  "", {0, 1}),
            field("weights", &ProceduralOptions::weights, "What makes a vote count."),
            field("vetoes", &ProceduralOptions::vetoes, "Actors that must agree to every change."),
        };
    }
};

struct ProceduralIssue {
    std::string issue;
    std::optional<double> value;
    std::string option;
    std::string pivot;
    std::optional<double> low;
    std::optional<double> high;
    bool gridlock = false;

    static constexpr auto fields() {
        return std::tuple{
            field("issue", &ProceduralIssue::issue, "The issue."),
            field("value", &ProceduralIssue::value,
                  "The outcome; absent when nobody with votes has a position.", "place", {0, 100}),
            field("option", &ProceduralIssue::option, "The option nearest to it; empty without a forecast."),
            field("pivot", &ProceduralIssue::pivot, "The actor whose place or consent decides."),
            field("low", &ProceduralIssue::low,
                  "The lowest place that no sufficient majority wants to leave.", "place", {0, 100}),
            field("high", &ProceduralIssue::high,
                  "The highest place that no sufficient majority wants to leave.", "place", {0, 100}),
            field("gridlock", &ProceduralIssue::gridlock, "Whether the status quo stays."),
        };
    }
};

struct ProceduralResult {
    std::vector<ProceduralIssue> issues;

    static constexpr auto fields() {
        return std::tuple{
            field("issues", &ProceduralResult::issues, "The open issues of the table."),
        };
    }
};

/// An issue without a status quo: under the open rule the middle of the interval, under the closed rule the
/// setter's own place.  A setter without a position on an issue leaves it to the open rule.
/// O(issues x actors log actors).
/// Throws `Error`: unknown_name (table, setter, vetoes), missing_section (see `forecast_input`).
ProceduralResult procedural(const Case& subject, const ProceduralOptions& options, const Context& context);

/// The values alone, by issue.
std::vector<std::optional<double>> procedural_values(const ForecastInput& input,
                                                     const ProceduralOptions& options);

/// The options with their names looked up among the actors of an input.
struct ProceduralRule {
    std::optional<std::size_t> setter;
    double quota = 0.5;
    Weighting weights = Weighting::capability;
    std::vector<char> veto;  ///< by actor
};

/// Throws `Error`: unknown_name (setter, vetoes).
ProceduralRule procedural_rule(const ForecastInput& input, const ProceduralOptions& options);

}  // namespace steelyard::forecast
