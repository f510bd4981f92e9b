// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/normal.hpp"

#include <gtest/gtest.h>

namespace steelyard {

namespace {

TEST(Normal, QuantileAndProbabilityAgreeWithTables) {
    // Abramowitz & Stegun 1964, tables 26.1 and 26.5
    EXPECT_NEAR(normal_probability(1), 0.841344746, 1e-9);
    EXPECT_NEAR(normal_probability(-2), 0.0227501319, 1e-9);
    EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-12);
    EXPECT_NEAR(normal_quantile(0.995), 2.575829303548901, 1e-12);
    EXPECT_NEAR(normal_quantile(0.05), -1.644853626951473, 1e-12);
    EXPECT_NEAR(normal_quantile(0.001), -3.090232306, 1e-8);
    EXPECT_EQ(normal_quantile(0.5), 0);
}

TEST(Normal, EachIsTheOthersInverse) {
    for (double u = 0.0005; u < 1; u += 0.0005)
        EXPECT_NEAR(normal_probability(normal_quantile(u)), u, 1e-15 + 1e-14 * u) << u;
}

}  // namespace

}  // namespace steelyard
