// SPDX-License-Identifier: Apache-2.0
#include "steelyard/evidence/judgements.hpp"

#include "steelyard/core/normal.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace steelyard::evidence {

double beta_mean(int up, int down, double prior_up, double prior_down) {
    return (prior_up + up) / (prior_up + prior_down + up + down);
}

double disagreement(int up, int down) {
    const int all = up + down;
    return all == 0 ? 0 : 1 - static_cast<double>(std::abs(up - down)) / all;
}

Interval wilson(int up, int down, double level) {
    const double n = up + down;
    if (n == 0)
        return {0, 1};
    const double z = normal_quantile((1 + level) / 2);
    const double share = up / n;
    const double middle = share + z * z / (2 * n);
    const double half = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    const double scale = 1 + z * z / n;
    return {std::max(0.0, (middle - half) / scale), std::min(1.0, (middle + half) / scale)};
}

namespace {

double weighted_mean(std::span<const double> values, std::span<const double> weights) {
    double sum = 0;
    double total = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double weight = weights.empty() ? 1 : weights[i];
        sum += weight * values[i];
        total += weight;
    }
    return sum / total;
}

double log_odds(double chance) {
    const double kept = std::clamp(chance, kCertainty, 1 - kCertainty);
    return std::log(kept / (1 - kept));
}

}  // namespace

double linear_pool(std::span<const double> chances, std::span<const double> weights) {
    return weighted_mean(chances, weights);
}

double log_odds_pool(std::span<const double> chances, double factor, double prior,
                     std::span<const double> weights) {
    std::vector<double> odds;
    odds.reserve(chances.size());
    for (const double chance : chances)
        odds.push_back(log_odds(chance));
    const double start = log_odds(prior);
    return 1 / (1 + std::exp(-(start + factor * (weighted_mean(odds, weights) - start))));
}

double neyman_roughgarden_factor(int experts) {
    const double n = experts;
    return n * (std::sqrt(3 * n * n - 3 * n + 1) - 2) / (n * n - n - 1);
}

}  // namespace steelyard::evidence
