// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Every forecasting model by name, with its default options: what `forecast` shows side by side and
/// `backtest` scores.

#include "steelyard/core/context.hpp"
#include "steelyard/forecast/input.hpp"

#include <span>

namespace steelyard::forecast {

enum class Model {
    compromise,
    median,
    nash_bargaining,
    procedural,
    election,
    challenge,
    exchange,
    spatial,
    model_median,
    stacked,
    mean,
    middle
};

constexpr auto choices_of(Model) {
    return std::array{
        Choice<Model>{Model::compromise, "compromise", "the mean weighted by capability times salience"},
        Choice<Model>{Model::median, "median", "the weighted median"},
        Choice<Model>{Model::nash_bargaining, "nash_bargaining", "the Nash bargaining solution"},
        Choice<Model>{Model::procedural, "procedural", "the pivotal actor under simple majority, open rule"},
        Choice<Model>{Model::election, "election", "the probabilistic Condorcet election, one turn"},
        Choice<Model>{Model::challenge, "challenge", "the expected-utility challenge model"},
        Choice<Model>{Model::exchange, "exchange", "the exchange of positions, equal gain, one round"},
        Choice<Model>{Model::spatial, "spatial", "the spatial model of politics"},
        Choice<Model>{Model::model_median, "model_median", "the median of the models above"},
        Choice<Model>{Model::stacked, "stacked", "the models above mixed with fitted weights"},
        Choice<Model>{Model::mean, "mean", "baseline: the mean with equal weights"},
        Choice<Model>{Model::middle, "middle", "baseline: 50, whatever the positions"},
    };
}

/// The models that rest on nothing but theory: `compromise` to `spatial`.
std::span<const Model> base_models();

/// The name of a model, as in options and results.
std::string_view name_of(Model model);

/// Forecasts of several models; `values[i][k]`: model i of `models` on issue k.
struct ModelValues {
    std::vector<Model> models;
    std::vector<std::vector<std::optional<double>>> values;
};

/// Runs each model once; `model_median` and `stacked` run the base models they need.  Deterministic for a
/// seed.  Throws `Error` (cancelled).
ModelValues run_models(const ForecastInput& input, std::span<const Model> models, const Context& context);

/// The median of the values that are there; nothing when none is.
std::optional<double> median_of(std::vector<double> values);

/// How likely each option of an issue is, given what several models say.
///
/// Around each model's value lies a Laplace distribution of width `error` (places; more than 0), cut off at the
/// ends of the scale; the models are averaged, and an option gets what lies nearer to it than to any other.
/// Options at the same place share alike.  With a large error an option gets its share of the scale, with a
/// small one the models' word is law.  Without values: its share of the scale.  O(options x models).
std::vector<double> option_likelihoods(const std::vector<PlacedOption>& options,
                                       std::span<const double> values, double error);

}  // namespace steelyard::forecast
