// SPDX-License-Identifier: Apache-2.0
#pragma once
/// How good the models have been: their forecasts against outcomes that are known.

#include "steelyard/core/context.hpp"
#include "steelyard/forecast/calibration.hpp"

#include <span>

namespace steelyard::forecast {

struct BacktestOptions {
    std::vector<Model> models;
    Model against = Model::compromise;
    int resamples = 2000;
    std::optional<double> error;
    int least_actors = 1;
    int least_places = 1;

    static constexpr auto fields() {
        return std::tuple{
            field("models", &BacktestOptions::models, "The models to score; empty means all."),
            field("against", &BacktestOptions::against, "The model that all others are compared with."),
            field("resamples", &BacktestOptions::resamples,
                  "Bootstrap resamples of the cases for the intervals.", "resamples", {100, 1000000}),
            field("error", &BacktestOptions::error,
                  "How far models are off, for the likelihoods; left out, what the program comes with.",
                  "place", {0.1, 1000}),
            field("least_actors", &BacktestOptions::least_actors,
                  "Issues with fewer actors that have a stance are left out.", "actors", {1, 1000}),
            field("least_places", &BacktestOptions::least_places,
                  "Issues on which actors take fewer different places are left out; 3 leaves out those with "
                  "two camps.",
                  "places", {1, 1000}),
        };
    }
};

struct ModelScore {
    Model model = Model::compromise;
    double mean_error = 0;
    Interval interval;
    double root_mean_square = 0;
    double median_error = 0;
    double exact = 0;
    double right_option = 0;
    double difference = 0;
    Interval difference_interval;
    bool better = false;

    static constexpr auto fields() {
        return std::tuple{
            field("model", &ModelScore::model, "The model."),
            field("mean_error", &ModelScore::mean_error, "Mean absolute error.", "place"),
            field("interval", &ModelScore::interval, "95 % interval of the mean absolute error.", "place"),
            field("root_mean_square", &ModelScore::root_mean_square, "Root of the mean squared error.",
                  "place"),
            field("median_error", &ModelScore::median_error, "Median absolute error.", "place"),
            field("exact", &ModelScore::exact, "Share of forecasts within half a place of the outcome.", "",
                  {0, 1}),
            field("right_option", &ModelScore::right_option,
                  "Share of forecasts whose nearest option is the outcome's.", "", {0, 1}),
            field("difference", &ModelScore::difference,
                  "Its mean absolute error less that of the model compared with; below 0 is better.",
                  "place"),
            field("difference_interval", &ModelScore::difference_interval,
                  "95 % interval of the difference, both models on the same resampled cases.", "place"),
            field("better", &ModelScore::better, "Whether that interval lies below 0."),
        };
    }
};

struct BacktestRow {
    std::string in_case;
    std::string issue;
    double outcome = 0;
    std::vector<double> values;

    static constexpr auto fields() {
        return std::tuple{
            field("case", &BacktestRow::in_case, "The case."),
            field("issue", &BacktestRow::issue, "The issue."),
            field("outcome", &BacktestRow::outcome, "What was agreed.", "place", {0, 100}),
            field("values", &BacktestRow::values, "What each model said, in the order of the scores.",
                  "place"),
        };
    }
};

struct SkippedCase {
    std::string in_case;
    std::string why;

    static constexpr auto fields() {
        return std::tuple{
            field("case", &SkippedCase::in_case, "The case."),
            field("why", &SkippedCase::why, "Why it, or one of its issues, is not scored."),
        };
    }
};

struct BacktestResult {
    int cases = 0;
    int issues = 0;
    std::vector<ModelScore> scores;
    std::vector<CalibrationRow> calibration;
    std::optional<double> log_score;
    std::optional<double> log_score_of_chance;
    std::vector<BacktestRow> rows;
    std::vector<SkippedCase> skipped;

    static constexpr auto fields() {
        return std::tuple{
            field("cases", &BacktestResult::cases, "Cases with an issue that is scored."),
            field("issues", &BacktestResult::issues, "Issues that are scored: every model has a forecast."),
            field("scores", &BacktestResult::scores, "The models, from the least mean error to the largest."),
            field("calibration", &BacktestResult::calibration,
                  "Likelihoods of options against what came about."),
            field("log_score", &BacktestResult::log_score,
                  "Mean natural logarithm of the likelihood given to the option that came about."),
            field("log_score_of_chance", &BacktestResult::log_score_of_chance,
                  "The same with all options of an issue equally likely."),
            field("rows", &BacktestResult::rows, "Every scored issue."),
            field("skipped", &BacktestResult::skipped, "What could not be scored."),
        };
    }
};

/// Every issue with an outcome, table by table, each model with its default options.  Issues of one case are
/// not independent, so the intervals resample whole cases.  Deterministic for a seed.
/// Throws `Error`: cancelled.  A case that the models cannot take is skipped and named.
BacktestResult backtest(std::span<const Case> cases, const BacktestOptions& options, const Context& context);

/// One issue with a known outcome and everything the base models say about it.
struct KnownIssue {
    std::size_t case_index = 0;
    std::string issue;
    double outcome = 0;
    std::vector<PlacedOption> options;
    std::optional<double> status_quo;
    std::vector<std::optional<double>> values;  ///< by model asked for
    int actors = 0;                             ///< that have a stance
    int places = 0;                             ///< that they take
};

/// The issues of the cases whose outcome is known, with the models' values.
std::vector<KnownIssue> known_issues(std::span<const Case> cases, std::span<const Model> models,
                                     const Context& context, std::vector<SkippedCase>& skipped);

}  // namespace steelyard::forecast
