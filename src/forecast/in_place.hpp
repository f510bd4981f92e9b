// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The static models in space that the caller keeps: no allocation for inputs of a size that it has seen.

#include "ballot.hpp"
#include "steelyard/forecast/median.hpp"
#include "steelyard/forecast/procedural.hpp"

#include <span>

namespace steelyard::forecast {

std::optional<MedianInterval> weighted_median(const ForecastInput& input, std::size_t issue,
                                              Weighting weights, Ballot& ballot);

void median_values(const ForecastInput& input, Weighting weights, MedianTie tie, Ballot& ballot,
                   std::span<std::optional<double>> values);

void procedural_values(const ForecastInput& input, const ProceduralRule& rule, Ballot& ballot,
                       std::span<std::optional<double>> values);

}  // namespace steelyard::forecast
