// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/static_models.hpp"

#include "in_place.hpp"
#include "scale_bargain.hpp"

namespace steelyard::forecast {

struct StaticModels::Space {
    Values compromise, median, procedural;
    Ballot ballot;
    ScaleSearch search;
};

StaticModels::StaticModels() : space_(std::make_unique<Space>()) {}
StaticModels::~StaticModels() = default;

const StaticModels::Values& StaticModels::compromise(const ForecastInput& input, Weighting weights) {
    space_->compromise.resize(input.issue_count());
    weighted_means(input, weights, space_->compromise);
    return space_->compromise;
}

const StaticModels::Values& StaticModels::median(const ForecastInput& input, Weighting weights,
                                                 MedianTie tie) {
    space_->median.resize(input.issue_count());
    median_values(input, weights, tie, space_->ballot, space_->median);
    return space_->median;
}

const ScaleBargain& StaticModels::nash_bargaining(const ForecastInput& input, Disagreement no_deal) {
    return space_->search.solve(input, no_deal);
}

const StaticModels::Values& StaticModels::procedural(const ForecastInput& input, const ProceduralRule& rule) {
    space_->procedural.resize(input.issue_count());
    procedural_values(input, rule, space_->ballot, space_->procedural);
    return space_->procedural;
}

}  // namespace steelyard::forecast
