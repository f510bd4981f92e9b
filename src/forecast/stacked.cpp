// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/stacked.hpp"

#include <algorithm>

namespace steelyard::forecast {

std::vector<std::optional<double>> mix(const ForecastInput& input, const ModelValues& base,
                                       const StackedWeights& weights) {
    std::vector<std::optional<double>> values(input.issue_count());
    const auto of = [&](std::string_view name, std::size_t k) -> std::optional<double> {
        for (std::size_t m = 0; m < base.models.size(); ++m) {
            if (name_of(base.models[m]) == name) {
                return base.values[m][k];
            }
        }
        return name == "status_quo" ? input.status_quo[k] : std::nullopt;
    };
    for (std::size_t k = 0; k < values.size(); ++k) {
        const auto compromise = of(name_of(Model::compromise), k);
        if (!compromise) {
            continue;
        }
        double sum = 0;
        double total = 0;
        for (const auto& [name, weight] : weights.weights) {
            sum += weight * of(name, k).value_or(*compromise);
            total += weight;
        }
        values[k] = total > 0 ? std::clamp(sum / total, 0.0, 100.0) : *compromise;
    }
    return values;
}

}  // namespace steelyard::forecast
