// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/forecast.hpp"

#include "steelyard/forecast/stacked.hpp"
#include "steelyard/model/tables.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::forecast {

namespace {

ForecastIssue look_at(const ForecastInput& input, std::size_t k, const ModelValues& all, double error) {
    ForecastIssue issue;
    issue.issue = input.issues[k];
    const auto& options = input.options[k];
    std::vector<double> given;
    std::vector<int> nearest(options.size(), 0);
    for (std::size_t m = 0; m < all.models.size(); ++m) {
        ModelForecast one{all.models[m], all.values[m][k], ""};
        if (one.value) {
            const std::size_t o = nearest_option(options, *one.value);
            one.option = options[o].id;
            ++nearest[o];
            given.push_back(*one.value);
        }
        issue.models.push_back(std::move(one));
    }
    if (given.empty()) {
        return issue;
    }
    const auto [low, high] = std::ranges::minmax(given);
    issue.low = low;
    issue.high = high;
    double mean = 0;
    for (const double x : given) {
        mean += x / static_cast<double>(given.size());
    }
    double square = 0;
    for (const double x : given) {
        square += (x - mean) * (x - mean);
    }
    issue.spread = given.size() > 1 ? std::sqrt(square / static_cast<double>(given.size() - 1)) : 0;
    issue.value = median_of(given);
    const std::size_t chosen = nearest_option(options, *issue.value);
    issue.option = options[chosen].id;
    const std::vector<double> likelihood = option_likelihoods(options, given, error);
    for (std::size_t o = 0; o < options.size(); ++o) {
        issue.options.push_back(
            {options[o].id, options[o].place, likelihood[o], likelihood_band(likelihood[o]), nearest[o]});
    }
    issue.likelihood = likelihood[chosen];
    issue.band = likelihood_band(issue.likelihood);
    const auto best = std::ranges::max_element(likelihood) - likelihood.begin();
    issue.likeliest = options[static_cast<std::size_t>(best)].id;
    return issue;
}

}  // namespace

ForecastResult forecast(const Case& subject, const ForecastOptions& options, const Context& context) {
    const ForecastInput input = forecast_input(subject, options.table);
    const std::span<const Model> models =
        options.models.empty() ? base_models() : std::span<const Model>(options.models);
    const ModelValues all = run_models(input, models, context);
    ForecastResult result;
    result.capability_from = input.capability_from;
    result.error = options.error.value_or(builtin_weights().likelihood_error);
    for (std::size_t k = 0; k < input.issue_count(); ++k) {
        result.issues.push_back(look_at(input, k, all, result.error));
    }
    for (const IssueId id : find_table(subject, options.table).issues) {
        if (const auto option = settled_option(subject, id)) {
            result.settled.emplace_back(subject[id].id, subject.option(id, *option).id);
        }
    }
    for (const ModelRecord& record : builtin_record()) {
        if (std::ranges::find(models, record.model) != models.end()) {
            result.record.push_back(record);
        }
        if (record.model == Model::model_median) {
            result.record_error = record.mean_error;
            result.record_interval = record.interval;
        }
    }
    result.record_of = record_source();
    return result;
}

}  // namespace steelyard::forecast
