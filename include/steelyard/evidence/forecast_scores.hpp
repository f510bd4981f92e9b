// SPDX-License-Identifier: Apache-2.0
#pragma once
/// How good were the forecasts?  Scores of saved forecasts once the outcomes are known.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"

#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::evidence {

struct ForecastScoresOptions {
    std::vector<std::string> forecasts;
    Named<std::string> outcomes;
    int bins = 10;
    double level = 0.95;

    static constexpr auto fields() {
        return std::tuple{
            field("forecasts", &ForecastScoresOptions::forecasts,
                  "`EVENT FORECASTER OUTCOME=CHANCE OUTCOME=CHANCE ...`, oldest first; the last one that a "
                  "forecaster made of an event counts."),
            field("outcomes", &ForecastScoresOptions::outcomes, "What happened: event and outcome."),
            field("bins", &ForecastScoresOptions::bins, "Equal steps of the calibration picture.", "",
                  {1, 100}),
            field("level", &ForecastScoresOptions::level, "Level of the intervals in it.", "", {0.5, 0.9999}),
        };
    }
};

/// A statement that something happens, with its chance and whether it did.
struct Statement {
    double chance = 0;
    bool happened = false;
};

/// Murphy's decomposition: mean (chance - happened)^2 = reliability - resolution + uncertainty + within,
/// exactly (Murphy 1973, J. Appl. Meteorol. 12, 595-600).  `within` is what the bins leave out: 0
/// where all chances of a bin are equal (Stephenson, Coelho & Jolliffe 2008, Weather Forecast. 23, 752-757).
struct Decomposition {
    double brier = 0;
    double reliability = 0;
    double resolution = 0;
    double uncertainty = 0;
    double within = 0;
};
Decomposition decompose(std::span<const Statement> statements, int bins);

struct ForecasterScore {
    std::string by;
    int events = 0;
    double brier = 0;
    std::optional<double> log;
    int impossible = 0;
    int statements = 0;
    double statement_brier = 0;
    double reliability = 0;
    double resolution = 0;
    double uncertainty = 0;
    double within = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("by", &ForecasterScore::by, "The model, expert or pool."),
            field("events", &ForecasterScore::events, "Settled events it forecast."),
            field("brier", &ForecasterScore::brier,
                  "Mean Brier score: half the squared distance from the outcome; 0 is perfect, 1 is certain "
                  "and wrong.",
                  "", {0, 1}),
            field(
                "log", &ForecasterScore::log,
                "Mean of minus the natural logarithm of the outcome's chance; 0 is perfect.  Absent when an "
                "outcome had been called impossible."),
            field("impossible", &ForecasterScore::impossible,
                  "Events whose outcome had been given no chance at all."),
            field("statements", &ForecasterScore::statements,
                  "Statements the rest is about: one for an event with two outcomes, one for each outcome of "
                  "any other."),
            field("statement_brier", &ForecasterScore::statement_brier,
                  "Their mean squared error = reliability - resolution + uncertainty + within."),
            field("reliability", &ForecasterScore::reliability, "Distance from calibration; 0 is best."),
            field("resolution", &ForecasterScore::resolution,
                  "How well it tells apart what happens from what does not; more is better."),
            field("uncertainty", &ForecasterScore::uncertainty, "Spread of the outcomes themselves."),
            field("within", &ForecasterScore::within, "What the bins leave out."),
        };
    }
};

/// One point of the calibration picture.
struct CalibrationPoint {
    std::string by;
    double from = 0;
    double to = 0;
    int statements = 0;
    double forecast = 0;
    double observed = 0;
    double low = 0;
    double high = 1;

    static constexpr auto fields() {
        return std::tuple{
            field("by", &CalibrationPoint::by, "The model, expert or pool."),
            field("from", &CalibrationPoint::from, "Lowest chance of the bin."),
            field("to", &CalibrationPoint::to, "Highest chance of the bin."),
            field("statements", &CalibrationPoint::statements, "Statements in the bin."),
            field("forecast", &CalibrationPoint::forecast, "Their mean chance."),
            field("observed", &CalibrationPoint::observed, "Share that came true."),
            field("low", &CalibrationPoint::low, "Low end of that share's Wilson interval."),
            field("high", &CalibrationPoint::high, "High end of it."),
        };
    }
};

struct ForecastScoresResult {
    int events = 0;
    std::vector<std::string> open;
    std::vector<ForecasterScore> scores;
    std::vector<CalibrationPoint> calibration;

    static constexpr auto fields() {
        return std::tuple{
            field("events", &ForecastScoresResult::events, "Events with a forecast and an outcome."),
            field("open", &ForecastScoresResult::open, "Events that were forecast and are not settled."),
            field("scores", &ForecastScoresResult::scores, "Every forecaster, the best Brier score first."),
            field("calibration", &ForecastScoresResult::calibration,
                  "How often what was forecast came true."),
        };
    }
};

/// Scores every forecaster on the settled events (Brier 1950, Mon. Weather Rev. 78, 1-3; Good 1952, J. R.
/// Stat. Soc. B 14, 107-114).  The statement of an event with two outcomes is `yes` where it is one of them,
/// otherwise the first in order of the alphabet.  O(forecasts).
/// Throws `Error` (invalid_option) with every line that is not a forecast or whose outcome it does not know.
ForecastScoresResult forecast_scores(const Case& subject, const ForecastScoresOptions& options,
                                     const Context& context);

}  // namespace steelyard::evidence
