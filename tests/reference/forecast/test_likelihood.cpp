// SPDX-License-Identifier: Apache-2.0
// Likelihoods of options: the integral they are, and whether they keep what they say.
#include "reference/forecast/deu_half.hpp"
#include "steelyard/core/random.hpp"
#include "steelyard/forecast/backtest.hpp"
#include "steelyard/forecast/forecast.hpp"
#include "steelyard/forecast/stacked.hpp"
#include "support/reference_data.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>

namespace steelyard::forecast {
namespace {

using test::deu;

TEST(Forecast, LikelihoodsAreSharesOfTheScaleWhenModelsKnowNothingAndSharpWhenTheyKnowAll) {
    const std::vector<PlacedOption> options = {{"c", 100}, {"a", 0}, {"b", 40}};
    const std::vector<double> says = {38, 42};
    const auto vague = option_likelihoods(options, says, 1e6);
    const auto sharp = option_likelihoods(options, says, 0.1);
    EXPECT_NEAR(vague[0], 0.3, 1e-4);
    EXPECT_NEAR(vague[1], 0.2, 1e-4);
    EXPECT_NEAR(vague[2], 0.5, 1e-4);
    EXPECT_NEAR(sharp[2], 1, 1e-9);
    EXPECT_NEAR(option_likelihoods(options, std::vector<double>{}, 1)[2], 0.5, 1e-12);
    // One model that says 40 with error 20: below 20, 20 to 70, and above, cut off at 0 and 100.
    const auto plain = option_likelihoods(options, std::vector<double>{40}, 20);
    const double whole = 1 - (std::exp(-2) + std::exp(-3)) / 2;
    EXPECT_NEAR(plain[0], (std::exp(-1.5) - std::exp(-3)) / 2 / whole, 1e-12);
    EXPECT_NEAR(plain[1], (std::exp(-1) - std::exp(-2)) / 2 / whole, 1e-12);
    EXPECT_NEAR(plain[0] + plain[1] + plain[2], 1, 1e-12);
    // Two options at one place share it.
    const std::vector<PlacedOption> twins = {{"a", 0}, {"b", 100}, {"c", 100}};
    const auto shared = option_likelihoods(twins, std::vector<double>{100}, 10);
    EXPECT_DOUBLE_EQ(shared[1], shared[2]);
    EXPECT_NEAR(shared[0] + shared[1] + shared[2], 1, 1e-12);
}

/// The integral of the models' densities over the places nearest to each option, by small steps.
std::vector<double> likelihoods_by_steps(const std::vector<PlacedOption>& options,
                                         const std::vector<double>& values, double error) {
    constexpr int steps = 40000;
    std::vector<double> likelihood(options.size(), 0.0);
    for (const double x : values) {
        std::vector<double> of_model(options.size(), 0.0);
        double total = 0;
        for (int i = 0; i < steps; ++i) {
            const double place = 100 * (i + 0.5) / steps;
            const double density = std::exp(-std::abs(place - x) / error);
            double nearest = 1000;
            for (const PlacedOption& option : options) {
                nearest = std::min(nearest, std::abs(option.place - place));
            }
            double sharing = 0;
            for (const PlacedOption& option : options) {
                sharing += std::abs(option.place - place) <= nearest + 1e-9 ? 1 : 0;
            }
            for (std::size_t o = 0; o < options.size(); ++o) {
                if (std::abs(options[o].place - place) <= nearest + 1e-9) {
                    of_model[o] += density / sharing;
                }
            }
            total += density;
        }
        for (std::size_t o = 0; o < options.size(); ++o) {
            likelihood[o] += of_model[o] / total / static_cast<double>(values.size());
        }
    }
    return likelihood;
}

RC_GTEST_PROP(Forecast, LikelihoodsAreTheIntegralOverTheNearestPlaces, (std::uint32_t seed)) {
    RandomStream draw(seed, 0, 0);
    std::vector<PlacedOption> options;
    std::vector<double> values;
    const std::size_t count = 1 + draw.below(5);
    for (std::size_t o = 0; o < count; ++o) {
        options.push_back(
            {"o", draw.below(2) == 0 ? 25.0 * static_cast<double>(draw.below(5)) : 100 * draw.uniform()});
    }
    const std::size_t models = 1 + draw.below(3);
    for (std::size_t m = 0; m < models; ++m) {
        values.push_back(100 * draw.uniform());
    }
    const double error = 2 + 60 * draw.uniform();
    const auto exact = option_likelihoods(options, values, error);
    const auto steps = likelihoods_by_steps(options, values, error);
    double sum = 0;
    for (std::size_t o = 0; o < count; ++o) {
        RC_ASSERT(std::abs(exact[o] - steps[o]) < 2e-3);
        sum += exact[o];
    }
    RC_ASSERT(std::abs(sum - 1) < 1e-9);
}

TEST(Calibration, TheCautiousErrorIsTheUpperEndOverResampledCases) {
    // Two options; in one case the only model is always right, in the other always wrong.
    const std::vector<PlacedOption> options = {{"a", 0}, {"b", 100}};
    std::vector<JudgedIssue> right(4, {0, 0, &options, {0}});
    EXPECT_EQ(cautious_error(right, 200, {}), 5) << "never wrong: the smallest error that is tried";
    std::vector<JudgedIssue> both = right;
    for (int i = 0; i < 4; ++i) {
        both.push_back({1, 100, &options, {0}});
    }
    EXPECT_EQ(cautious_error(both, 200, {}), 100) << "a resample may hold the second case only";
    const Calibration calibration = calibrate(both, 1e6, 400, {});
    EXPECT_EQ(calibration.rows[3].options, 16);  // all roughly even
    EXPECT_NEAR(calibration.rows[3].frequency, 0.5, 1e-12);
    EXPECT_NEAR(*calibration.log_score, *calibration.log_score_of_chance, 1e-4);
    // One option of each issue comes about, and both stand in the one band: its share cannot vary.
    ASSERT_TRUE(calibration.rows[3].expected.has_value());
    EXPECT_DOUBLE_EQ(calibration.rows[3].expected->low, 0.5);
    EXPECT_DOUBLE_EQ(calibration.rows[3].expected->high, 0.5);
    EXPECT_FALSE(calibration.rows[0].expected.has_value());
}

TEST(Calibration, WhatIsExpectedIsTheBinomialOfTheLikelihoods) {
    // Fifty issues about which the models know nothing: an option is as likely as its share of the scale.
    const std::vector<PlacedOption> options = {{"a", 0}, {"b", 50}, {"c", 100}};
    const std::vector<JudgedIssue> issues(50, {0, 0, &options, {50}});
    const Calibration calibration = calibrate(issues, 1e6, 20000, {});
    const CalibrationRow& ends = calibration.rows[2];  // a and c with a quarter each
    const CalibrationRow& middle = calibration.rows[3];
    ASSERT_EQ(ends.options, 100);
    ASSERT_EQ(middle.options, 50);
    EXPECT_NEAR(middle.likelihood, 0.5, 1e-4);
    EXPECT_DOUBLE_EQ(ends.frequency, 0.5);
    EXPECT_DOUBLE_EQ(middle.frequency, 0);
    // 18 to 32 of 50 tosses of a coin hold 95 %.
    EXPECT_NEAR(middle.expected->low, 18 / 50.0, 1e-12);
    EXPECT_NEAR(middle.expected->high, 32 / 50.0, 1e-12);
    EXPECT_NEAR(ends.expected->low, 18 / 100.0, 1e-12);
    EXPECT_NEAR(ends.expected->high, 32 / 100.0, 1e-12);
}

/// By resampled proposals: the share that came about less the likelihood, over the options called likely.
Interval likely_less_said(const std::vector<KnownIssue>& issues, std::size_t models, double error) {
    struct Sums {
        double came = 0, said = 0, options = 0;
    };
    std::map<std::size_t, Sums> by_case;
    for (const KnownIssue& issue : issues) {
        std::vector<double> values;
        for (std::size_t m = 0; m < models; ++m) {
            values.push_back(*issue.values[m]);
        }
        Sums& sums = by_case[issue.case_index];
        const auto likelihood = option_likelihoods(issue.options, values, error);
        const std::size_t came = nearest_option(issue.options, issue.outcome);
        for (std::size_t o = 0; issue.options.size() > 1 && o < likelihood.size(); ++o) {
            if (likelihood_band(likelihood[o]) == LikelihoodBand::likely) {
                sums.came += o == came ? 1 : 0;
                sums.said += likelihood[o];
                sums.options += 1;
            }
        }
    }
    std::vector<Sums> cases;
    for (const auto& [index, sums] : by_case) {
        cases.push_back(sums);
    }
    std::vector<double> differences;
    for (std::uint64_t r = 0; r < 4000; ++r) {
        RandomStream draw(1, r, 0);
        Sums drawn;
        for (std::size_t c = 0; c < cases.size(); ++c) {
            const Sums& one = cases[draw.below(cases.size())];
            drawn.came += one.came;
            drawn.said += one.said;
            drawn.options += one.options;
        }
        differences.push_back((drawn.came - drawn.said) / drawn.options);
    }
    return middle_interval(std::move(differences));
}

TEST(Calibration, LikelihoodsOnTheSharedHalfAreWithinSamplingError) {
    STEELYARD_REFERENCE_OR_SKIP(folder, "forecast/deu");
    const std::vector<Case> cases = deu(folder);
    const BacktestResult result = backtest(cases, {}, {});
    int filled = 0;
    for (const CalibrationRow& row : result.calibration) {
        if (row.options > 0) {
            ++filled;
            EXPECT_LE(row.expected->low, row.frequency) << static_cast<int>(row.band);
            EXPECT_GE(row.expected->high, row.frequency) << static_cast<int>(row.band);
        }
    }
    EXPECT_EQ(filled, 5);
    const CalibrationRow& likely = result.calibration[4];
    EXPECT_NEAR(likely.likelihood, 0.66, 0.005);
    EXPECT_NEAR(likely.frequency, 0.62, 0.005);
    std::vector<SkippedCase> skipped;
    const Interval difference = likely_less_said(known_issues(cases, base_models(), {}, skipped),
                                                 base_models().size(), builtin_weights().likelihood_error);
    EXPECT_NEAR(difference.low, -0.16, 0.01) << "docs/methods/forecast.md states it";
    EXPECT_NEAR(difference.high, 0.08, 0.01);
}

}  // namespace
}  // namespace steelyard::forecast
