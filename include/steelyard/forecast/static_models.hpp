// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The static models for many inputs, one after another.

#include "steelyard/forecast/median.hpp"
#include "steelyard/forecast/nash_bargaining.hpp"
#include "steelyard/forecast/procedural.hpp"

#include <memory>

namespace steelyard::forecast {

/// Gives what `compromise_values`, `median_values`, `bargain_on_scale` and `procedural_values` give, to the bit.  Keeps its
/// working space, so that inputs of a size it has seen cost no allocation (but for the search of a zone that the status
/// quo touches).  Not to be shared among threads.
class StaticModels {
public:
    using Values = std::vector<std::optional<double>>;

    StaticModels();
    StaticModels(const StaticModels&) = delete;
    StaticModels& operator=(const StaticModels&) = delete;
    ~StaticModels();

    // Each result is valid until the next call of the same model.
    const Values& compromise(const ForecastInput& input, Weighting weights = Weighting::both);
    const Values& median(const ForecastInput& input, Weighting weights = Weighting::both,
                         MedianTie tie = MedianTie::middle);
    const ScaleBargain& nash_bargaining(const ForecastInput& input,
                                        Disagreement no_deal = Disagreement::impasse);
    const Values& procedural(const ForecastInput& input, const ProceduralRule& rule);

private:
    struct Space;
    std::unique_ptr<Space> space_;
};

}  // namespace steelyard::forecast
