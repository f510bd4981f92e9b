// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The stacked ensemble: base models mixed with weights that were fitted on cases whose outcome is known.

#include "steelyard/forecast/models.hpp"

namespace steelyard::forecast {

/// A mixture: weights of base models and of the status quo, not negative, summing to 1; and the error of the
/// likelihoods.  `fit` (fit.hpp) makes one.
struct StackedWeights {
    std::string version;           ///< what it was fitted on, and when it changed
    Named<double> weights;         ///< by base model, and `status_quo`
    double likelihood_error = 25;  ///< for `option_likelihoods`

    static constexpr auto fields() {
        return std::tuple{
            field("version", &StackedWeights::version, "What the weights were fitted on."),
            field("weights", &StackedWeights::weights,
                  "By base model, and status_quo; not negative, with sum 1.", "", {0, 1}),
            field("likelihood_error", &StackedWeights::likelihood_error,
                  "The error that makes the likelihoods of options fit best.", "place", {0.1, 1000}),
        };
    }
};

/// The weights that the program comes with (src/forecast/stacked_weights.cpp).
const StackedWeights& builtin_weights();

/// The mixture of the base models' values on each issue.  A model without a value, and a status quo that the
/// issue does not have, stand for the compromise; an issue without a compromise has no forecast.
std::vector<std::optional<double>> mix(const ForecastInput& input, const ModelValues& base,
                                       const StackedWeights& weights);

}  // namespace steelyard::forecast
