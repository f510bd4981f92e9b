// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/calibration.hpp"

#include "steelyard/core/random.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace steelyard::forecast {

namespace {

double log_likelihood(const JudgedIssue& issue, double error) {
    const std::vector<double> likelihood = option_likelihoods(*issue.options, issue.values, error);
    return std::log(std::max(likelihood[nearest_option(*issue.options, issue.outcome)], 1e-300));
}

using Likelihoods = std::vector<std::vector<double>>;  // by issue and option

std::size_t band_of(double likelihood) {
    return static_cast<std::size_t>(likelihood_band(likelihood));
}

/// The option that a uniform number picks when each has its likelihood.
std::size_t picked(const std::vector<double>& likelihood, double uniform) {
    for (std::size_t o = 0; o + 1 < likelihood.size(); ++o) {
        uniform -= likelihood[o];
        if (uniform < 0) {
            return o;
        }
    }
    return likelihood.size() - 1;
}

void add_expected(std::vector<CalibrationRow>& rows, const Likelihoods& issues, int draws,
                  const Context& context) {
    std::vector<std::vector<double>> shares(rows.size());
    for (int d = 0; d < draws; ++d) {
        context.check();
        RandomStream draw(context.seed, static_cast<std::uint64_t>(d), 3);
        std::vector<double> came(rows.size(), 0.0);
        for (const std::vector<double>& likelihood : issues) {
            came[band_of(likelihood[picked(likelihood, draw.uniform())])] += 1;
        }
        for (std::size_t b = 0; b < rows.size(); ++b) {
            shares[b].push_back(came[b] / std::max(rows[b].options, 1));
        }
    }
    for (std::size_t b = 0; b < rows.size(); ++b) {
        if (rows[b].options > 0 && draws > 0) {
            rows[b].expected = middle_interval(std::move(shares[b]));
        }
    }
}

}  // namespace

Interval middle_interval(std::vector<double> values) {
    std::ranges::sort(values);
    const auto at = [&](double share) {
        const double place = share * static_cast<double>(values.size() - 1);
        const auto below = static_cast<std::size_t>(place);
        const std::size_t above = std::min(below + 1, values.size() - 1);
        return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
    };
    return {at(0.025), at(0.975)};
}

Calibration calibrate(std::span<const JudgedIssue> issues, double error, int draws, const Context& context) {
    Calibration result;
    for (const auto& choice : choices_of(LikelihoodBand{})) {
        result.rows.push_back({choice.value, 0, 0, 0, std::nullopt});
    }
    double log_sum = 0;
    double chance_sum = 0;
    Likelihoods said;
    for (const JudgedIssue& issue : issues) {
        if (issue.options->size() < 2) {
            continue;  // nothing to be likely or unlikely
        }
        std::vector<double> likelihood = option_likelihoods(*issue.options, issue.values, error);
        const std::size_t came = nearest_option(*issue.options, issue.outcome);
        for (std::size_t o = 0; o < likelihood.size(); ++o) {
            CalibrationRow& row = result.rows[band_of(likelihood[o])];
            ++row.options;
            row.likelihood += likelihood[o];
            row.frequency += o == came ? 1 : 0;
        }
        log_sum += std::log(std::max(likelihood[came], 1e-300));
        chance_sum -= std::log(static_cast<double>(issue.options->size()));
        said.push_back(std::move(likelihood));
    }
    for (CalibrationRow& row : result.rows) {
        if (row.options > 0) {
            row.likelihood /= row.options;
            row.frequency /= row.options;
        }
    }
    add_expected(result.rows, said, draws, context);
    if (!said.empty()) {
        result.log_score = log_sum / static_cast<double>(said.size());
        result.log_score_of_chance = chance_sum / static_cast<double>(said.size());
    }
    return result;
}

double cautious_error(std::span<const JudgedIssue> issues, int resamples, const Context& context) {
    constexpr int smallest = 5;
    constexpr std::size_t errors = 96;  // 5, 6, ..., 100 places: beyond that the scale alone decides
    using Curve = std::array<double, errors>;
    std::map<std::size_t, Curve> by_case;
    for (const JudgedIssue& issue : issues) {
        Curve& curve = by_case.try_emplace(issue.case_index, Curve{}).first->second;
        for (std::size_t e = 0; e < errors; ++e) {
            curve[e] += log_likelihood(issue, smallest + static_cast<double>(e));
        }
    }
    std::vector<const Curve*> curves;
    for (const auto& [index, curve] : by_case) {
        curves.push_back(&curve);
    }
    std::vector<std::size_t> best;
    for (int r = 0; r < resamples; ++r) {
        context.check();
        RandomStream draw(context.seed, static_cast<std::uint64_t>(r), 2);
        Curve sum{};
        for (std::size_t c = 0; c < curves.size(); ++c) {
            const Curve& drawn = *curves[draw.below(curves.size())];
            for (std::size_t e = 0; e < errors; ++e) {
                sum[e] += drawn[e];
            }
        }
        best.push_back(static_cast<std::size_t>(std::ranges::max_element(sum) - sum.begin()));
    }
    std::ranges::sort(best);
    const auto upper = static_cast<std::size_t>(0.975 * static_cast<double>(best.size() - 1));
    return smallest + static_cast<double>(best[upper]);
}

}  // namespace steelyard::forecast
