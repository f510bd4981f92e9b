// SPDX-License-Identifier: Apache-2.0
// Pools and weights against published numbers and against slow, plain computations.
#include "steelyard/evidence/cooke.hpp"
#include "steelyard/evidence/judgements.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

using namespace steelyard::evidence;

namespace {

/// The chi-square density with three degrees of freedom, added up in small steps from x to far out.
double tail_by_steps(double x) {
    const double step = 1e-4;
    double sum = 0;
    for (double y = x + step / 2; y < x + 80; y += step)
        sum += std::sqrt(y / (2 * std::numbers::pi)) * std::exp(-y / 2) * step;
    return sum;
}

double calibration_by_steps(const std::vector<Quantiles>& answers, const std::vector<double>& truths) {
    std::array<double, 4> share{};
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const std::size_t bin = truths[i] <= answers[i][0]   ? 0
                                : truths[i] <= answers[i][1] ? 1
                                : truths[i] <= answers[i][2] ? 2
                                                             : 3;
        share[bin] += 1.0 / static_cast<double>(answers.size());
    }
    const std::array<double, 4> wanted{.05, .45, .45, .05};
    double sum = 0;
    for (std::size_t b = 0; b < 4; ++b)
        sum += share[b] == 0 ? 0 : share[b] * std::log(share[b] / wanted[b]);
    return tail_by_steps(2 * static_cast<double>(answers.size()) * sum);
}

/// The density of one expert at x.
double density(const Quantiles& answer, const IntrinsicRange& range, double x) {
    const std::array<double, 5> edges{range.low, answer[0], answer[1], answer[2], range.high};
    const std::array<double, 4> share{.05, .45, .45, .05};
    for (std::size_t b = 0; b < 4; ++b) {
        if (x < edges[b + 1])
            return share[b] / (edges[b + 1] - edges[b]);
    }
    return 0;
}

rc::Gen<Quantiles> any_quantiles() {
    return rc::gen::apply(
        [](int low, int up, int more) {
            const double l = low / 10.0;
            return Quantiles{l, l + up / 10.0, l + up / 10.0 + more / 10.0};
        },
        rc::gen::inRange(-200, 200), rc::gen::inRange(1, 100), rc::gen::inRange(1, 100));
}

}  // namespace

TEST(Votes, GiveThePublishedPools) {
    EXPECT_DOUBLE_EQ(beta_mean(7, 2), 8.0 / 11);
    const Interval wilson_seven = wilson(7, 2);
    EXPECT_NEAR(wilson_seven.low, 0.452589, 5e-7);
    EXPECT_NEAR(wilson_seven.high, 0.936775, 5e-7);
    EXPECT_EQ(wilson(0, 0).low, 0);
    EXPECT_EQ(wilson(0, 0).high, 1);
    EXPECT_EQ(disagreement(4, 4), 1);
    EXPECT_EQ(disagreement(5, 0), 0);
    EXPECT_EQ(disagreement(0, 0), 0);
}

/// Wilson's interval holds the shares that a score test at that level does not reject.
RC_GTEST_PROP(VotesProperty, WilsonHoldsWhatTheScoreTestKeeps, ()) {
    const int up = *rc::gen::inRange(0, 60);
    const int down = *rc::gen::inRange(0, 60);
    RC_PRE(up + down > 0);
    const Interval interval = wilson(up, down);
    const double n = up + down;
    for (int step = 1; step < 1000; ++step) {
        const double share = step / 1000.0;
        const double z = std::abs(up / n - share) / std::sqrt(share * (1 - share) / n);
        if (std::abs(z - 1.959963984540054) < 1e-6)
            continue;
        RC_ASSERT((z < 1.959963984540054) == (share >= interval.low && share <= interval.high));
    }
}

TEST(Chances, NeymanRoughgardenHasThePublishedFactors) {
    EXPECT_EQ(neyman_roughgarden_factor(1), 1);
    EXPECT_NEAR(neyman_roughgarden_factor(2), 1.291503, 5e-7);
    EXPECT_NEAR(neyman_roughgarden_factor(10), 1.624953, 5e-7);
    EXPECT_NEAR(neyman_roughgarden_factor(100000), std::numbers::sqrt3, 1e-4);
}

TEST(Chances, PoolsAreMeansOfWhatTheySay) {
    const std::vector<double> chances{0.9, 0.5};
    EXPECT_DOUBLE_EQ(linear_pool(chances), 0.7);
    EXPECT_NEAR(log_odds_pool(chances), 0.75, 1e-15) << "odds 9 and 1: their geometric mean is 3";
    EXPECT_NEAR(log_odds_pool(chances, 2), 0.9, 1e-15) << "odds 3, squared";
    EXPECT_NEAR(log_odds_pool(chances, 2, 0.75), 0.75, 1e-15) << "nothing moves away from itself";
    const std::vector<double> weights{3, 1};
    EXPECT_DOUBLE_EQ(linear_pool(chances, weights), 0.8);
    const std::vector<double> certain{1, 0};
    EXPECT_NEAR(log_odds_pool(certain), 0.5, 1e-12) << "certainty on both sides cancels and is no error";
}

RC_GTEST_PROP(ChancesProperty, APoolLiesBetweenItsMembersAndForgetsTheirOrder, ()) {
    auto chances = *rc::gen::nonEmpty(rc::gen::container<std::vector<double>>(
        rc::gen::map(rc::gen::inRange(2, 998), [](int p) { return p / 1000.0; })));
    const auto [low, high] = std::ranges::minmax(chances);
    const double linear = linear_pool(chances);
    const double odds = log_odds_pool(chances);
    RC_ASSERT(linear >= low - 1e-12 && linear <= high + 1e-12);
    RC_ASSERT(odds >= low - 1e-12 && odds <= high + 1e-12);
    std::ranges::reverse(chances);
    RC_ASSERT(std::abs(log_odds_pool(chances) - odds) < 1e-12);
    std::vector<double> opposite;
    for (const double chance : chances)
        opposite.push_back(1 - chance);
    RC_ASSERT(std::abs(log_odds_pool(opposite) + odds - 1) < 1e-12);
}

// ---- Cooke --------------------------------------------------------------------------------------

TEST(Cooke, PerfectAndHopelessExperts) {
    // Twenty items, the truth once below, nine times in each middle bin, once above.
    const std::vector<Quantiles> answers(20, Quantiles{10, 20, 30});
    std::vector<double> truths(20, 15);
    std::fill(truths.begin() + 9, truths.begin() + 18, 25);
    truths[18] = 5;
    truths[19] = 35;
    EXPECT_NEAR(calibration(answers, truths), 1, 1e-12);
    const std::vector<double> missed(20, 40);
    EXPECT_LT(calibration(answers, missed), 1e-20);
    // Quantiles spread like the range itself say nothing.
    EXPECT_NEAR(information({5, 50, 95}, {0, 100}), 0, 1e-12);
    // A tenth of the range for nine tenths of the chance.
    EXPECT_NEAR(information({45, 50, 55}, {0, 100}), 0.9 * std::log(0.9 / 0.1) + 0.1 * std::log(0.1 / 0.9),
                1e-12);
    EXPECT_EQ(standardise(40, 50, 70, 0.9), (Quantiles{40, 50, 70}));
    EXPECT_EQ(standardise(40, 50, 70, 0.45), (Quantiles{30, 50, 90}));
    const std::vector<Quantiles> one{{0, 5, 10}};
    EXPECT_NEAR(intrinsic_range(one, 20.0).high, 22, 1e-12);
    EXPECT_NEAR(intrinsic_range(one, 20.0).low, -2, 1e-12);
}

RC_GTEST_PROP(CookeProperty, CalibrationIsTheTailOfTheChiSquare, ()) {
    const auto answers = *rc::gen::container<std::vector<Quantiles>>(
        static_cast<std::size_t>(*rc::gen::inRange(1, 12)), any_quantiles());
    std::vector<double> truths;
    for (const Quantiles& answer : answers)
        truths.push_back(answer[0] + *rc::gen::inRange(-50, 250) / 10.0);
    RC_ASSERT(std::abs(calibration(answers, truths) - calibration_by_steps(answers, truths)) < 1e-5);
}

RC_GTEST_PROP(CookeProperty, InformationIsTheIntegralItStandsFor, ()) {
    const Quantiles answer = *any_quantiles();
    const std::vector<Quantiles> all{answer, *any_quantiles()};
    const IntrinsicRange range = intrinsic_range(all, {});
    const double width = range.high - range.low;
    double sum = 0;
    const int steps = 20000;
    for (int i = 0; i < steps; ++i) {
        const double f = density(answer, range, range.low + width * (i + 0.5) / steps);
        sum += f * std::log(f * width) * width / steps;
    }
    RC_ASSERT(std::abs(information(answer, range) - sum) < 0.02 * (1 + std::abs(sum)));
}

RC_GTEST_PROP(CookeProperty, TheMixtureHasTheQuantilesOfTheMixedDensity, ()) {
    const auto experts = *rc::gen::container<std::vector<Quantiles>>(
        static_cast<std::size_t>(*rc::gen::inRange(1, 5)), any_quantiles());
    std::vector<double> weights;
    for (std::size_t e = 0; e < experts.size(); ++e)
        weights.push_back(*rc::gen::inRange(1, 10));
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& weight : weights)
        weight /= sum;
    const IntrinsicRange range = intrinsic_range(experts, {});
    const Quantiles mixed = mixture(experts, weights, range);
    RC_ASSERT(mixed[0] <= mixed[1] && mixed[1] <= mixed[2]);
    const int steps = 20000;
    std::array<double, 3> below{};
    for (int i = 0; i < steps; ++i) {
        const double x = range.low + (range.high - range.low) * (i + 0.5) / steps;
        for (std::size_t e = 0; e < experts.size(); ++e) {
            const double mass = weights[e] * density(experts[e], range, x) * (range.high - range.low) / steps;
            for (std::size_t q = 0; q < 3; ++q)
                below[q] += x < mixed[q] ? mass : 0;
        }
    }
    RC_ASSERT(std::abs(below[0] - 0.05) < 0.01);
    RC_ASSERT(std::abs(below[1] - 0.5) < 0.01);
    RC_ASSERT(std::abs(below[2] - 0.95) < 0.01);
}

TEST(Cooke, WeighsTheCalibratedExpertAndBeatsEqualWeights) {
    // One expert's intervals hold the truth as often as they say, the other's hardly ever.
    Answers seeds;
    std::vector<double> truths;
    for (int i = 0; i < 10; ++i) {
        const double truth = 100 + 10.0 * i;
        truths.push_back(truth);
        const double miss = i % 2 == 0 ? 3 : -3;
        seeds.push_back(
            {{truth - 10 + miss, truth + miss, truth + 10 + miss}, {truth + 20, truth + 21, truth + 22}});
    }
    const CookeWeights weights = cooke_weights(seeds, truths);
    EXPECT_NEAR(weights.experts[0].weight, 1, 1e-9);
    EXPECT_NEAR(weights.experts[1].weight, 0, 1e-9);
    EXPECT_NEAR(weights.pool.calibration, weights.experts[0].calibration, 1e-12);
    EXPECT_GE(weights.pool.calibration * weights.pool.information,
              weights.equal_weights.calibration * weights.equal_weights.information);
    // Nobody reaches a cut-off of one: equal weights rather than none.
    const CookeWeights strict = cooke_weights(seeds, truths, 1.0);
    EXPECT_DOUBLE_EQ(strict.experts[0].weight, 0.5);
    EXPECT_DOUBLE_EQ(strict.experts[1].weight, 0.5);
}

/// The chosen cut-off is the best of all that make a difference, found by trying each.
RC_GTEST_PROP(CookeProperty, TheCutOffIsTheBestOne, ()) {
    const std::size_t experts = static_cast<std::size_t>(*rc::gen::inRange(2, 5));
    const std::size_t items = static_cast<std::size_t>(*rc::gen::inRange(2, 8));
    Answers seeds;
    std::vector<double> truths;
    for (std::size_t i = 0; i < items; ++i) {
        seeds.push_back(*rc::gen::container<std::vector<Quantiles>>(experts, any_quantiles()));
        truths.push_back(*rc::gen::inRange(-200, 300) / 10.0);
    }
    const CookeWeights chosen = cooke_weights(seeds, truths);
    double best = 0;
    for (const ExpertScore& expert : chosen.experts) {
        const CookeWeights tried = cooke_weights(seeds, truths, expert.calibration);
        best = std::max(best, tried.pool.calibration * tried.pool.information);
    }
    RC_ASSERT(std::abs(best - chosen.pool.calibration * chosen.pool.information) < 1e-12);
    double sum = 0;
    for (const ExpertScore& expert : chosen.experts)
        sum += expert.weight;
    RC_ASSERT(std::abs(sum - 1) < 1e-9);
}
