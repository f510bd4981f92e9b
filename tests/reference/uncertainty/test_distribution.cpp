// SPDX-License-Identifier: Apache-2.0
// Inverse distribution functions against Boost's distributions and against moments in closed form.
#include "steelyard/core/normal.hpp"
#include "steelyard/core/random.hpp"
#include "steelyard/uncertainty/distribution.hpp"

#include <boost/math/distributions/beta.hpp>
#include <gtest/gtest.h>

#include <cmath>

using namespace steelyard;
using namespace steelyard::uncertainty;

namespace {

Quantile quantile_of(const Distribution& distribution, Bounds bounds = {}) {
    const Number number(distribution);
    const std::pair<const Number*, Bounds> one{&number, bounds};
    return quantiles({&one, 1}).front();
}

struct Moments {
    double mean = 0;
    double deviation = 0;
};

/// Of the distribution behind a quantile function: midpoint rule over u.
Moments moments(const Quantile& quantile) {
    constexpr int cells = 100000;
    Moments m;
    double squares = 0;
    for (int i = 0; i < cells; ++i) {
        const double x = quantile((i + 0.5) / cells);
        m.mean += x / cells;
        squares += x * x / cells;
    }
    m.deviation = std::sqrt(std::max(0.0, squares - m.mean * m.mean));
    return m;
}

TEST(BetaTable, IsWithinItsStatedError) {
    for (const auto& [alpha, beta] : std::vector<std::pair<double, double>>{
             {3, 3}, {1, 5}, {5, 1}, {1.5, 4.5}, {4.9, 1.1}, {2, 4}, {1, 1}, {40, 60}}) {
        const BetaTable table(alpha, beta);
        const boost::math::beta_distribution<double> exact(alpha, beta);
        RandomStream stream(4, 0, 0);
        double worst = 0;
        for (int i = 0; i < 2000; ++i) {
            // Evenly in u, and evenly in the logarithm of the distance to either end.
            const double v = stream.uniform();
            const double small = std::exp(-25 * v) / 2;
            for (const double u : {std::max(v, 1e-12), small, 1 - small}) {
                worst = std::max(worst, std::abs(table(u) - quantile(exact, u)));
            }
        }
        EXPECT_LT(worst, 1e-7) << alpha << ' ' << beta;
        EXPECT_NEAR(table(0.5), quantile(exact, 0.5), 1e-9);
    }
}

TEST(Quantile, OfEveryFormHasItsMeanAndDeviation) {
    const auto check = [](const Distribution& distribution, double mean, double deviation, double within) {
        const Moments m = moments(quantile_of(distribution));
        EXPECT_NEAR(m.mean, mean, within);
        EXPECT_NEAR(m.deviation, deviation, within);
    };
    check(Exact{7}, 7, 0, 1e-4);
    check(Uniform{55, 85}, 70, 30 / std::sqrt(12), 1e-4);
    check(Normal{70, 8}, 70, 8, 2e-3);
    check(Triangular{10, 20, 60}, 30, std::sqrt((100 + 400 + 3600 - 200 - 600 - 1200) / 18.0), 1e-3);
    check(Beta{2, 6, 0, 10}, 2.5, 10 * std::sqrt(12.0 / (64 * 9)), 1e-4);
    check(Beta{Rational::fraction(1, 2), Rational::fraction(1, 2), 0, 1}, 0.5, std::sqrt(0.125), 1e-4);
    check(Lognormal{1, Rational::fraction(1, 2)}, std::exp(1.125),
          std::exp(1.125) * std::sqrt(std::exp(0.25) - 1), 1e-2);
    check(Discrete{{{1, Rational::fraction(1, 4)}, {5, Rational::fraction(3, 4)}}}, 4, std::sqrt(3), 1e-4);
    // PERT: mean (low + 4 best + high) / 6, variance (mean - low) (high - mean) / 7
    check(Spread{50, 12}, 50, std::sqrt(144 / 7.0), 1e-3);
    check(Elicited{40, 70, 80, 1}, 400 / 6.0, std::sqrt((400 / 6.0 - 40) * (80 - 400 / 6.0) / 7), 1e-3);
}

TEST(Quantile, ElicitedEstimatesAreScaledToFullRange) {
    // IDEA: 70 - (70 - 55) / 0.8 and 70 + (85 - 70) / 0.8
    const Quantile q = quantile_of(Elicited{55, 70, 85, Rational::fraction(4, 5)});
    EXPECT_NEAR(q.range().first, 51.25, 1e-12);
    EXPECT_NEAR(q.range().second, 88.75, 1e-12);
    const Quantile cut = quantile_of(Elicited{10, 70, 95, Rational::fraction(1, 2)}, {0, 100});
    EXPECT_DOUBLE_EQ(cut.range().first, 0);
    EXPECT_DOUBLE_EQ(cut.range().second, 100);
    EXPECT_GT(cut(1e-9), 0);
    EXPECT_LT(cut(1 - 1e-9), 100);
}

TEST(Quantile, BoundsCutANormalAndScaleUpTheRest) {
    const Quantile q = quantile_of(Normal{95, 10}, {0, 100});
    // A normal cut at half a deviation above its mean (the other end is too far to matter).
    const double density = std::exp(-0.125) / std::sqrt(2 * 3.14159265358979);
    EXPECT_NEAR(moments(q).mean, 95 - 10 * density / steelyard::normal_probability(0.5), 1e-3);
    EXPECT_LE(q.range().second, 100 + 1e-9);
    const Quantile s = quantile_of(Spread{98, 10}, {0, 100});
    EXPECT_DOUBLE_EQ(s.range().second, 100);
    EXPECT_DOUBLE_EQ(s.range().first, 88);
}

TEST(Quantile, DegenerateFormsNeverMove) {
    for (const Distribution& d : {Distribution(Uniform{3, 3}), Distribution(Normal{3, 0}),
                                  Distribution(Spread{3, 0}), Distribution(Triangular{3, 3, 3}),
                                  Distribution(Beta{2, 2, 3, 3}), Distribution(Elicited{3, 3, 3, 1})}) {
        EXPECT_TRUE(quantile_of(d).constant());
        EXPECT_DOUBLE_EQ(quantile_of(d)(0.3), 3);
    }
}

TEST(Quantile, RisesWithProbability) {
    for (const Distribution& d :
         {Distribution(Uniform{0, 9}), Distribution(Normal{3, 2}), Distribution(Spread{3, 5}),
          Distribution(Triangular{1, 1, 8}), Distribution(Beta{1, 5, 0, 1}), Distribution(Lognormal{0, 1}),
          Distribution(Elicited{1, 2, 9, Rational::fraction(7, 10)})}) {
        const Quantile q = quantile_of(d);
        double before = q(1e-6);
        for (int i = 1; i < 2000; ++i) {
            const double at = q(i / 2000.0);
            EXPECT_GE(at, before);
            before = at;
        }
    }
}

}  // namespace
