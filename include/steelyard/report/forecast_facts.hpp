// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What the forecasting models say of a table, for its pictures: the models' spread, positions over the rounds,
/// exchanges and whom they hurt.

#include "steelyard/core/described.hpp"
#include "steelyard/core/likelihood.hpp"

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::report {

/// An option on its issue's scale.
struct OptionPlace {
    std::string name;
    double place = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("name", &OptionPlace::name, "The option's name."),
            field("place", &OptionPlace::place, "Where it stands.", "place", {0, 100}),
        };
    }
};

/// What the models say of one issue.
struct IssueOutlook {
    std::string issue;
    std::string name;
    std::vector<OptionPlace> options;
    Named<double> positions;
    std::optional<double> today;
    Named<double> models;
    std::optional<double> middle;
    std::string option;
    double likelihood = 0;
    LikelihoodBand band = LikelihoodBand::almost_no_chance;

    static constexpr auto fields() {
        return std::tuple{
            field("issue", &IssueOutlook::issue, "The issue's id."),
            field("name", &IssueOutlook::name, "Its name."),
            field("options", &IssueOutlook::options, "Its options, in case order."),
            field("positions", &IssueOutlook::positions, "Where each actor stands.", "place"),
            field("today", &IssueOutlook::today, "Today's option.", "place", {0, 100}),
            field("models", &IssueOutlook::models, "What each model expects.", "place"),
            field("middle", &IssueOutlook::middle, "Their median; absent without a forecast.", "place",
                  {0, 100}),
            field("option", &IssueOutlook::option, "The name of the option nearest to it."),
            field("likelihood", &IssueOutlook::likelihood, "How likely exactly that option is.", "", {0, 1}),
            field("band", &IssueOutlook::band, "The ICD 203 word for it."),
        };
    }
};

/// Where the actors stand on an issue, round by round.
struct PositionLines {
    std::string model;
    std::string issue;
    std::string name;
    Named<std::vector<double>> places;

    static constexpr auto fields() {
        return std::tuple{
            field("model", &PositionLines::model, "The model that is played."),
            field("issue", &PositionLines::issue, "The issue's id."),
            field("name", &PositionLines::name, "Its name."),
            field("places", &PositionLines::places, "By actor: its place in every round.", "place"),
        };
    }
};

/// An actor's step in an exchange.
struct ExchangeStep {
    std::string actor;
    std::string issue;
    double from = 0;
    double to = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("actor", &ExchangeStep::actor, "Who gives way."),
            field("issue", &ExchangeStep::issue, "The name of the issue on which it does."),
            field("from", &ExchangeStep::from, "Where it stood.", "place", {0, 100}),
            field("to", &ExchangeStep::to, "Where it goes.", "place", {0, 100}),
        };
    }
};

/// Two actors giving way to each other on two issues, and what that does to the others.
struct ExchangeArrows {
    ExchangeStep first;
    ExchangeStep second;
    double gain = 0;
    Named<double> others;

    static constexpr auto fields() {
        return std::tuple{
            field("first", &ExchangeArrows::first, "The step of one partner."),
            field("second", &ExchangeArrows::second, "The step of the other."),
            field("gain", &ExchangeArrows::gain, "What each partner gains.", "places x salience"),
            field("others", &ExchangeArrows::others, "What the others gain, or lose.", "places x salience"),
        };
    }
};

struct ForecastFacts {
    std::string table;
    std::vector<IssueOutlook> issues;
    std::vector<PositionLines> rounds;
    std::vector<ExchangeArrows> exchanges;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &ForecastFacts::table, "The table's id."),
            field("issues", &ForecastFacts::issues, "Its open issues."),
            field("rounds", &ForecastFacts::rounds, "Issues on which somebody moves, the longest way first."),
            field("exchanges", &ForecastFacts::exchanges,
                  "The exchanges of the exchange model, most gain first."),
        };
    }
};

}  // namespace steelyard::report
