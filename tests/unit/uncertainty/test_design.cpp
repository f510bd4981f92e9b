// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/error.hpp"
#include "steelyard/uncertainty/design.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <string>

using namespace steelyard;
using namespace steelyard::uncertainty;

namespace {

std::vector<std::vector<double>> points(const Sampler& sampler, std::uint64_t draws) {
    std::vector<std::vector<double>> all;
    for (std::uint64_t d = 0; d < draws; ++d) {
        all.emplace_back(sampler.dimensions());
        sampler.point(d, all.back());
    }
    return all;
}

TEST(Sampler, APointDependsOnItsAddressOnly) {
    for (const Design design : {Design::plain, Design::latin_hypercube, Design::sobol}) {
        const Sampler once(design, 9, 1000, 5);
        const Sampler other(design, 10, 1000, 5);
        std::vector<double> a(5);
        std::vector<double> b(5);
        std::vector<double> c(5);
        once.point(617, a);
        for (const std::uint64_t draw : {3U, 999U, 617U}) {
            Sampler(design, 9, 1000, 5).point(draw, b);
        }
        other.point(617, c);
        EXPECT_EQ(a, b);
        EXPECT_NE(a, c);
    }
}

TEST(Sampler, StaysInsideAndFillsTheCubeEvenly) {
    for (const Design design : {Design::plain, Design::latin_hypercube, Design::sobol}) {
        const auto all = points(Sampler(design, 1, 8192, 3), 8192);
        for (std::size_t i = 0; i < 3; ++i) {
            double mean = 0;
            double square = 0;
            double cross = 0;
            for (const auto& u : all) {
                ASSERT_TRUE(u[i] > 0 && u[i] < 1);
                mean += u[i] / 8192;
                square += u[i] * u[i] / 8192;
                cross += (u[i] - 0.5) * (u[(i + 1) % 3] - 0.5) / 8192;
            }
            EXPECT_NEAR(mean, 0.5, 0.015);
            EXPECT_NEAR(square, 1.0 / 3, 0.015);
            EXPECT_NEAR(cross, 0, 0.004);  // four standard errors of independent draws: 1 / 12 / sqrt(8192)
        }
    }
}

TEST(Sampler, ALatinHypercubeHasOneDrawInEveryStratum) {
    for (const std::uint64_t draws : {16U, 160U, 1600U, 16U * 257U}) {
        const auto all = points(Sampler(Design::latin_hypercube, 3, draws, 4), draws);
        const std::uint64_t strata = draws / kRepetitions;
        for (std::size_t i = 0; i < 4; ++i) {
            for (std::size_t r = 0; r < kRepetitions; ++r) {
                std::set<std::uint64_t> seen;
                for (std::uint64_t d = r; d < draws; d += kRepetitions) {
                    seen.insert(static_cast<std::uint64_t>(all[d][i] * static_cast<double>(strata)));
                }
                EXPECT_EQ(seen.size(), strata);
            }
        }
    }
}

/// In each repetition every interval of length 1/256 holds one point of 256, in each dimension, and so does every
/// dyadic box of area 1/256 in the first two.
TEST(Sampler, ScrambledSobolPointsStayANet) {
    const std::uint64_t draws = 256 * kRepetitions;
    const auto all = points(Sampler(Design::sobol, 11, draws, 8), draws);
    for (std::size_t r = 0; r < kRepetitions; ++r) {
        for (std::size_t i = 0; i < 8; ++i) {
            std::set<int> cells;
            for (std::uint64_t d = r; d < draws; d += kRepetitions) {
                cells.insert(static_cast<int>(all[d][i] * 256));
            }
            EXPECT_EQ(cells.size(), 256U);
        }
        for (int split = 0; split <= 8; ++split) {
            std::set<std::pair<int, int>> boxes;
            for (std::uint64_t d = r; d < draws; d += kRepetitions) {
                boxes.emplace(static_cast<int>(std::ldexp(all[d][0], split)),
                              static_cast<int>(std::ldexp(all[d][1], 8 - split)));
            }
            EXPECT_EQ(boxes.size(), 256U) << split;
        }
    }
}

TEST(Sampler, RepetitionsDiffer) {
    const auto all = points(Sampler(Design::sobol, 1, 64, 2), 64);
    std::set<double> first;
    for (std::size_t r = 0; r < kRepetitions; ++r) {
        first.insert(all[r][0]);
    }
    EXPECT_EQ(first.size(), kRepetitions);
}

TEST(Sampler, EvenDesignsIntegrateBetter) {
    // The mean of a smooth function over 4,096 draws, eight seeds: the even designs are off by far less.
    const auto off = [](Design design) {
        double worst = 0;
        for (std::uint64_t seed = 0; seed < 8; ++seed) {
            double sum = 0;
            for (const auto& u : points(Sampler(design, seed, 4096, 3), 4096)) {
                sum += u[0] * u[0] + std::exp(u[1]) + u[2];
            }
            worst = std::max(worst, std::abs(sum / 4096 - (1.0 / 3 + std::exp(1.0) - 1 + 0.5)));
        }
        return worst;
    };
    EXPECT_LT(off(Design::latin_hypercube), off(Design::plain) / 10);
    EXPECT_LT(off(Design::sobol), off(Design::plain) / 10);
}

TEST(Sampler, ManyDimensionsAreCoveredAndSoIsTheRest) {
    const Sampler sampler(Design::sobol, 1, 32, kSobolDimensions + 10);
    EXPECT_EQ(sampler.covered(), kSobolDimensions);
    std::vector<double> u(kSobolDimensions + 10);
    sampler.point(31, u);
    EXPECT_TRUE(std::ranges::all_of(u, [](double x) { return x > 0 && x < 1; }));
}

/// Spearman's rank correlation, by the definition.
double spearman(const std::vector<std::vector<double>>& all, std::size_t i, std::size_t j) {
    const auto ranks = [&](std::size_t k) {
        std::vector<std::size_t> order(all.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::sort(order, {}, [&](std::size_t d) { return all[d][k]; });
        std::vector<double> rank(all.size());
        for (std::size_t r = 0; r < order.size(); ++r) {
            rank[order[r]] = static_cast<double>(r);
        }
        return rank;
    };
    const std::vector<double> a = ranks(i);
    const std::vector<double> b = ranks(j);
    double squares = 0;
    for (std::size_t d = 0; d < a.size(); ++d) {
        squares += (a[d] - b[d]) * (a[d] - b[d]);
    }
    const auto n = static_cast<double>(a.size());
    return 1 - 6 * squares / (n * (n * n - 1));
}

TEST(Sampler, CorrelationsAreMetInRanks) {
    const std::vector<double> matrix{1, 0.6, 0, 0, 0.6, 1, -0.4, 0, 0, -0.4, 1, 0, 0, 0, 0, 1};
    for (const Design design : {Design::plain, Design::latin_hypercube, Design::sobol}) {
        const auto all = points(Sampler(design, 2, 16384, 4, matrix), 16384);
        EXPECT_NEAR(spearman(all, 0, 1), 0.6, 0.02);
        EXPECT_NEAR(spearman(all, 1, 2), -0.4, 0.02);
        EXPECT_NEAR(spearman(all, 0, 2), 0, 0.03);
        EXPECT_NEAR(spearman(all, 0, 3), 0, 0.03);
        double mean = 0;
        for (const auto& u : all) {
            mean += u[1] / 16384;
        }
        EXPECT_NEAR(mean, 0.5, 0.01);  // each alone stays uniform
    }
}

TEST(Sampler, RefusesCorrelationsThatContradictEachOther) {
    const std::vector<double> matrix{1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1};
    try {
        const Sampler sampler(Design::plain, 1, 16, 3, matrix);
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::invalid_option);
        EXPECT_NE(std::string(error.what()).find("not positive definite"), std::string::npos) << error.what();
    }
}

}  // namespace
