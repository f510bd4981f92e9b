// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/models.hpp"

#include "steelyard/forecast/challenge.hpp"
#include "steelyard/forecast/compromise.hpp"
#include "steelyard/forecast/election.hpp"
#include "steelyard/forecast/exchange.hpp"
#include "steelyard/forecast/median.hpp"
#include "steelyard/forecast/nash_bargaining.hpp"
#include "steelyard/forecast/procedural.hpp"
#include "steelyard/forecast/spatial.hpp"
#include "steelyard/forecast/stacked.hpp"

#include <algorithm>

namespace steelyard::forecast {

namespace {

constexpr std::array kBase{Model::compromise, Model::median,    Model::nash_bargaining, Model::procedural,
                           Model::election,   Model::challenge, Model::exchange,        Model::spatial};

using Values = std::vector<std::optional<double>>;

Values run_one(Model model, const ForecastInput& input, const Context& context) {
    switch (model) {
        case Model::compromise:
            return compromise_values(input);
        case Model::median:
            return median_values(input);
        case Model::nash_bargaining:
            return bargain_on_scale(input).values;
        case Model::procedural:
            return procedural_values(input, {});
        case Model::election:
            return election_values(input, Weighting::both, {});
        case Model::challenge:
            return challenge_values(input, {}, context);
        case Model::exchange:
            return exchange_values(input, {}, context);
        case Model::spatial:
            return spatial_values(input, {}, context);
        case Model::mean:
            return compromise_values(input, Weighting::equal);
        case Model::middle:
            return Values(input.issue_count(), 50.0);
        case Model::model_median:
        case Model::stacked:
            break;
    }
    return Values(input.issue_count());
}

Values medians(const ModelValues& base, std::size_t issues) {
    Values values(issues);
    for (std::size_t k = 0; k < issues; ++k) {
        std::vector<double> given;
        for (const Values& one : base.values) {
            if (one[k]) {
                given.push_back(*one[k]);
            }
        }
        values[k] = median_of(std::move(given));
    }
    return values;
}

}  // namespace

std::span<const Model> base_models() {
    return kBase;
}

std::string_view name_of(Model model) {
    return detail::choice_name(model);
}

std::optional<double> median_of(std::vector<double> values) {
    if (values.empty()) {
        return std::nullopt;
    }
    std::ranges::sort(values);
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : values[half - 1] + (values[half] - values[half - 1]) / 2;
}

ModelValues run_models(const ForecastInput& input, std::span<const Model> models, const Context& context) {
    const bool all = std::ranges::any_of(
        models, [](Model model) { return model == Model::model_median || model == Model::stacked; });
    ModelValues base;
    for (const Model model : kBase) {
        if (all || std::ranges::find(models, model) != models.end()) {
            context.check();
            base.models.push_back(model);
            base.values.push_back(run_one(model, input, context));
        }
    }
    ModelValues result;
    for (const Model model : models) {
        result.models.push_back(model);
        const auto known = std::ranges::find(base.models, model);
        if (known != base.models.end()) {
            result.values.push_back(base.values[static_cast<std::size_t>(known - base.models.begin())]);
        } else if (model == Model::model_median) {
            result.values.push_back(medians(base, input.issue_count()));
        } else if (model == Model::stacked) {
            result.values.push_back(mix(input, base, builtin_weights()));
        } else {
            result.values.push_back(run_one(model, input, context));
        }
    }
    return result;
}

}  // namespace steelyard::forecast
