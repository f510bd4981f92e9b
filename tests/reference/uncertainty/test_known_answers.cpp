// SPDX-License-Identifier: Apache-2.0
// The estimators on functions whose answers are known in closed form.
#include "steelyard/core/normal.hpp"
#include "steelyard/uncertainty/design.hpp"
#include "steelyard/uncertainty/distribution.hpp"
#include "steelyard/uncertainty/estimators.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>

using namespace steelyard::uncertainty;

namespace {

using Function = std::function<double(std::span<const double>)>;

/// Saltelli's design on the unit cube.
SobolIndices indices(const Function& f, std::size_t k, std::uint64_t rows, Design design,
                     int resamples = 100) {
    const Sampler sampler(design, 7, rows, 2 * k);
    std::vector<double> a;
    std::vector<double> b;
    std::vector<std::vector<double>> mixed(k);
    std::vector<double> u(2 * k);
    for (std::uint64_t r = 0; r < rows; ++r) {
        sampler.point(r, u);
        const std::span<double> first(u.data(), k);
        const std::span<double> second(u.data() + k, k);
        a.push_back(f(first));
        b.push_back(f(second));
        for (std::size_t i = 0; i < k; ++i) {
            std::swap(first[i], second[i]);
            mixed[i].push_back(f(first));
            std::swap(first[i], second[i]);
        }
    }
    return sobol_indices(a, b, mixed, resamples, 3);
}

double ishigami(std::span<const double> u) {
    const auto x = [&](std::size_t i) { return std::numbers::pi * (2 * u[i] - 1); };
    return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

// Ishigami & Homma 1990 with a = 7, b = 0.1; the values follow from the integrals.
TEST(KnownAnswers, Ishigami) {
    const SobolIndices found = indices(&ishigami, 3, 65536, Design::sobol);
    EXPECT_NEAR(found.variance, 13.844588, 0.02);
    EXPECT_NEAR(found.mean, 3.5, 0.005);
    const std::array first{.313905, .442411, 0.0};
    const std::array total{.557589, .442411, .243684};
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR(found.factors[i].first.value, first[i], 0.005) << i;
        EXPECT_NEAR(found.factors[i].total.value, total[i], 0.005) << i;
        EXPECT_LE(found.factors[i].first.low, found.factors[i].first.value);
        EXPECT_GE(found.factors[i].first.high, found.factors[i].first.value);
        EXPECT_LT(found.factors[i].total.high - found.factors[i].total.low, 0.05);
    }
}

TEST(KnownAnswers, IntervalsOfIndependentDrawsReachTheTruth) {
    const SobolIndices found = indices(&ishigami, 3, 4096, Design::plain, 400);
    const std::array total{.557589, .442411, .243684};
    for (std::size_t i = 0; i < 3; ++i) {
        const Interval& t = found.factors[i].total;
        const double half = (t.high - t.low) / 2;
        EXPECT_NEAR(t.value, total[i], 2 * half) << i;  // four standard errors
        EXPECT_GT(half, 0.003) << i;
    }
}

// Sobol's G function, a = (0, 1, 4.5, 9, 99, 99, 99, 99): V_i = 1 / (3 (1 + a_i)^2), V = product of (1 + V_i) - 1.
TEST(KnownAnswers, SobolG) {
    const std::vector<double> a{0, 1, 4.5, 9, 99, 99, 99, 99};
    const Function g = [&](std::span<const double> u) {
        double product = 1;
        for (std::size_t i = 0; i < a.size(); ++i) {
            product *= (std::abs(4 * u[i] - 2) + a[i]) / (1 + a[i]);
        }
        return product;
    };
    const SobolIndices found = indices(g, a.size(), 65536, Design::sobol);
    const std::array first{.716192, .179048, .023676, .007162, .0000716};
    const std::array total{.787144, .242198, .034317, .010460, .000105};
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_NEAR(found.factors[i].first.value, first[i], 0.006) << i;
        EXPECT_NEAR(found.factors[i].total.value, total[i], 0.006) << i;
    }
    EXPECT_NEAR(found.factors[4].total.value, total[4], 0.00002);
}

TEST(KnownAnswers, MorrisOnAStraightLine) {
    const std::vector<double> slope{3, -2, 0.5, 0};
    std::vector<MorrisPath> paths;
    std::vector<std::vector<double>> values;
    for (std::uint64_t p = 0; p < 10; ++p) {
        paths.push_back(morris_path(1, p, slope.size()));
        values.emplace_back();
        for (const std::vector<double>& point : paths.back().points) {
            double sum = 1;
            for (std::size_t i = 0; i < slope.size(); ++i) {
                EXPECT_TRUE(point[i] > 0 && point[i] < 1);
                sum += slope[i] * point[i];
            }
            values.back().push_back(sum);
        }
    }
    const std::vector<MorrisEffect> effects = morris_effects(paths, values, slope.size());
    for (std::size_t i = 0; i < slope.size(); ++i) {
        EXPECT_NEAR(effects[i].mu_star, std::abs(slope[i]), 1e-12);
        EXPECT_NEAR(effects[i].mu, slope[i], 1e-12);
        EXPECT_NEAR(effects[i].sigma, 0, 1e-12);
    }
}

TEST(KnownAnswers, MorrisSeesAnInteraction) {
    std::vector<MorrisPath> paths;
    std::vector<std::vector<double>> values;
    for (std::uint64_t p = 0; p < 100; ++p) {
        paths.push_back(morris_path(1, p, 2));
        values.emplace_back();
        for (const std::vector<double>& point : paths.back().points) {
            values.back().push_back(point[0] * point[1]);
        }
    }
    const std::vector<MorrisEffect> effects = morris_effects(paths, values, 2);
    EXPECT_NEAR(effects[0].mu_star, 0.5, 0.1);                // the mean of the other factor
    EXPECT_NEAR(effects[0].sigma, std::sqrt(5.0) / 8, 0.05);  // of its levels 1/8, 3/8, 5/8, 7/8
}

/// Two acts: 0, and p1 + p2 with p1 ~ N(0, 1), p2 ~ N(0, sd 2).
struct TwoActs {
    std::vector<double> z1, z2;
    std::vector<std::vector<double>> payoffs{{}, {}};

    explicit TwoActs(std::uint64_t draws) {
        const Sampler sampler(Design::sobol, 5, draws, 2);
        std::vector<double> u(2);
        for (std::uint64_t d = 0; d < draws; ++d) {
            sampler.point(d, u);
            z1.push_back(steelyard::normal_quantile(u[0]));
            z2.push_back(steelyard::normal_quantile(u[1]));
            payoffs[0].push_back(0);
            payoffs[1].push_back(z1.back() + 2 * z2.back());
        }
    }
};

TEST(KnownAnswers, ValueOfInformationInClosedForm) {
    const TwoActs acts(16384);
    // sd / sqrt(2 pi) of what is learnt: sqrt 5, 1 and 2
    EXPECT_NEAR(evpi(acts.payoffs).value, 0.892062, 0.01);
    EXPECT_NEAR(evppi(acts.payoffs, {acts.z1}).value, 0.398942, 0.01);
    EXPECT_NEAR(evppi(acts.payoffs, {acts.z2}).value, 0.797885, 0.01);
    EXPECT_NEAR(evppi(acts.payoffs, {acts.z1, acts.z2}).value, 0.892062, 0.01);
    EXPECT_GT(evpi(acts.payoffs).error, 0);
}

TEST(KnownAnswers, NoiseIsWorthNothing) {
    const TwoActs acts(4096);
    const Sampler sampler(Design::plain, 99, 4096, 1);
    std::vector<double> noise(4096);
    std::vector<double> u(1);
    for (std::uint64_t d = 0; d < 4096; ++d) {
        sampler.point(d, u);
        noise[d] = steelyard::normal_quantile(u[0]);
    }
    std::vector<std::vector<double>> payoffs = acts.payoffs;
    for (double& payoff : payoffs[1]) {
        payoff -= 1;  // the first act is clearly better
    }
    EXPECT_NEAR(evppi(payoffs, {noise}).value, 0, 0.002);
}

TEST(KnownAnswers, AStepIsFittedByParts) {
    // y = 1 where z > 0: polynomials blur it, parts do not.
    const TwoActs acts(4096);
    std::vector<double> y;
    for (const double z : acts.z1) {
        y.push_back(z > 0 ? 1 : 0);
    }
    const std::vector<double> fitted = conditional_mean({acts.z1}, y);
    double squares = 0;
    for (std::size_t j = 0; j < y.size(); ++j) {
        squares += (fitted[j] - y[j]) * (fitted[j] - y[j]) / static_cast<double>(y.size());
    }
    EXPECT_LT(squares, 0.01);
}

}  // namespace
