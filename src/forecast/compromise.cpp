// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/compromise.hpp"

#include <algorithm>

namespace steelyard::forecast {

std::vector<std::optional<double>> compromise_values(const ForecastInput& input, Weighting weights) {
    std::vector<std::optional<double>> values(input.issue_count());
    weighted_means(input, weights, values);
    return values;
}

CompromiseResult compromise(const Case& subject, const CompromiseOptions& options, const Context& context) {
    context.check();
    const ForecastInput input = forecast_input(subject, options.table);
    CompromiseResult result{input.capability_from, {}};
    for (IssueForecast& one : name_forecasts(input, compromise_values(input, options.weights))) {
        const std::size_t k = result.issues.size();
        CompromiseIssue issue{std::move(one.issue), one.value, std::move(one.option), {}};
        double largest = 0;
        double total = 0;
        for (std::size_t a = 0; a < input.actor_count(); ++a) {
            largest = std::max(largest, weight_of(input, options.weights, a, k));
        }
        for (std::size_t a = 0; issue.value && a < input.actor_count(); ++a) {
            if (input.has(a, k)) {
                const double position = input.position[input.at(a, k)];
                const double share = weight_of(input, options.weights, a, k) / largest;
                issue.pulls.push_back({input.actors[a], position, share, 0});
                total += share;
            }
        }
        for (Pull& pull : issue.pulls) {
            pull.share /= total;
            pull.pull = pull.share * (pull.position - *issue.value);
        }
        result.issues.push_back(std::move(issue));
    }
    return result;
}

}  // namespace steelyard::forecast
