// SPDX-License-Identifier: Apache-2.0
#pragma once
/// All models side by side: what is likely to be agreed on each issue, and how far the models differ.

#include "steelyard/core/context.hpp"
#include "steelyard/forecast/calibration.hpp"

namespace steelyard::forecast {

struct ForecastOptions {
    std::string table;
    std::vector<Model> models;
    std::optional<double> error;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &ForecastOptions::table, "Table to analyse; empty means the first one."),
            field("models", &ForecastOptions::models,
                  "The models that take part; empty means all that rest on theory alone."),
            field("error", &ForecastOptions::error,
                  "How far such models are off, for the likelihoods; left out, what the back-test suggests.",
                  "place", {0.1, 1000}),
        };
    }
};

/// What one model says.
struct ModelForecast {
    Model model = Model::compromise;
    std::optional<double> value;
    std::string option;

    static constexpr auto fields() {
        return std::tuple{
            field("model", &ModelForecast::model, "The model."),
            field("value", &ModelForecast::value, "Its forecast; absent when it gives none.", "place",
                  {0, 100}),
            field("option", &ModelForecast::option, "The option nearest to it; empty without a forecast."),
        };
    }
};

/// How likely an option is.
struct OptionForecast {
    std::string option;
    double place = 0;
    double likelihood = 0;
    LikelihoodBand band = LikelihoodBand::almost_no_chance;
    int models = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("option", &OptionForecast::option, "The option."),
            field("place", &OptionForecast::place, "Where it stands.", "place", {0, 100}),
            field("likelihood", &OptionForecast::likelihood, "The likelihood that it is the outcome.", "",
                  {0, 1}),
            field("band", &OptionForecast::band, "The ICD 203 word for it."),
            field("models", &OptionForecast::models, "How many models are nearest to it."),
        };
    }
};

struct ForecastIssue {
    std::string issue;
    std::optional<double> value;
    std::string option;
    double likelihood = 0;
    LikelihoodBand band = LikelihoodBand::almost_no_chance;
    std::string likeliest;
    std::optional<double> low;
    std::optional<double> high;
    double spread = 0;
    std::vector<ModelForecast> models;
    std::vector<OptionForecast> options;

    static constexpr auto fields() {
        return std::tuple{
            field("issue", &ForecastIssue::issue, "The issue."),
            field("value", &ForecastIssue::value,
                  "The median of the models; absent when none has a forecast.", "place", {0, 100}),
            field("option", &ForecastIssue::option, "The option nearest to it; empty without a forecast."),
            field("likelihood", &ForecastIssue::likelihood, "How likely that option is.", "", {0, 1}),
            field("band", &ForecastIssue::band, "The ICD 203 word for it."),
            field(
                "likeliest", &ForecastIssue::likeliest,
                "The option with the highest likelihood, which may be another one where the models differ."),
            field("low", &ForecastIssue::low, "The lowest forecast.", "place", {0, 100}),
            field("high", &ForecastIssue::high, "The highest forecast.", "place", {0, 100}),
            field("spread", &ForecastIssue::spread, "The standard deviation of the models' forecasts.",
                  "place"),
            field("models", &ForecastIssue::models, "What each model says."),
            field("options", &ForecastIssue::options, "Every option of the issue, in case order."),
        };
    }
};

/// How a model has done where the outcome is known.
struct ModelRecord {
    Model model = Model::compromise;
    double mean_error = 0;
    Interval interval;

    static constexpr auto fields() {
        return std::tuple{
            field("model", &ModelRecord::model, "The model."),
            field("mean_error", &ModelRecord::mean_error, "Its mean absolute error in the back-test.",
                  "place"),
            field("interval", &ModelRecord::interval, "95 % interval of it, resampling cases.", "place"),
        };
    }
};

struct ForecastResult {
    CapabilitySource capability_from = CapabilitySource::stated;
    std::vector<ForecastIssue> issues;
    Named<std::string> settled;
    double error = 0;
    std::vector<ModelRecord> record;
    double record_error = 0;
    Interval record_interval;
    std::string record_of;

    static constexpr auto fields() {
        return std::tuple{
            field("capability_from", &ForecastResult::capability_from, "Where the capabilities came from."),
            field("issues", &ForecastResult::issues, "The open issues of the table."),
            field("settled", &ForecastResult::settled,
                  "Issues of the table that an event has settled, with their option."),
            field("error", &ForecastResult::error,
                  "The width of the distribution around each model's value that the likelihoods rest on.",
                  "place"),
            field("record", &ForecastResult::record, "How the models have done where the outcome is known."),
            field("record_error", &ForecastResult::record_error,
                  "There the median of the models was off by so much on average.", "place", {0, 100}),
            field("record_interval", &ForecastResult::record_interval, "95 % interval of that average.",
                  "place"),
            field("record_of", &ForecastResult::record_of, "What the record was taken on."),
        };
    }
};

/// Each model with its default options; `nash_bargaining` on the scale.  The likelihoods say what models of
/// this quality leave open, not how sure the case's numbers are: the `ensemble` analysis draws those.
/// Throws `Error`: unknown_name, missing_section (see `forecast_input`), cancelled.
ForecastResult forecast(const Case& subject, const ForecastOptions& options, const Context& context);

/// The record that the program comes with: the back-test described by `record_source`.
std::span<const ModelRecord> builtin_record();
std::string_view record_source();

}  // namespace steelyard::forecast
