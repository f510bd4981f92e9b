// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/error.hpp"
#include "steelyard/evidence/forecast_scores.hpp"
#include "steelyard/evidence/judgements.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

using namespace steelyard;
using namespace steelyard::evidence;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

ForecastScoresResult score(std::vector<std::string> forecasts, Named<std::string> outcomes, int bins = 10) {
    ForecastScoresOptions options;
    options.forecasts = std::move(forecasts);
    options.outcomes = std::move(outcomes);
    options.bins = bins;
    return forecast_scores({}, options, {});
}

}  // namespace

TEST(ForecastScores, ByHand) {
    const auto result = score(
        {
            "deal expert:ann yes=0.8 no=0.2",
            "rent expert:ann low=0.2 middle=0.5 high=0.3",
            "jobs expert:ann yes=0.9 no=0.1",
            "deal model:median yes=0 no=1",
            "later model:median yes=0.5 no=0.5",
        },
        {{"deal", "yes"}, {"rent", "middle"}, {"jobs", "no"}});
    EXPECT_EQ(result.events, 3);
    EXPECT_THAT(result.open, ElementsAre("later"));
    ASSERT_EQ(result.scores.size(), 2U);
    const ForecasterScore& ann = result.scores[0];
    EXPECT_EQ(ann.by, "expert:ann");
    EXPECT_EQ(ann.events, 3);
    EXPECT_NEAR(ann.brier, (0.04 + (0.04 + 0.25 + 0.09) / 2 + 0.81) / 3, 1e-12);
    EXPECT_NEAR(*ann.log, -(std::log(0.8) + std::log(0.5) + std::log(0.1)) / 3, 1e-12);
    EXPECT_EQ(ann.statements, 5) << "one, three and one";
    EXPECT_NEAR(ann.statement_brier, (0.04 + 0.04 + 0.25 + 0.09 + 0.81) / 5, 1e-12);
    const ForecasterScore& median = result.scores[1];
    EXPECT_EQ(median.brier, 1);
    EXPECT_EQ(median.log, std::nullopt);
    EXPECT_EQ(median.impossible, 1);
}

TEST(ForecastScores, TheLastForecastCounts) {
    const auto result = score({"deal a yes=0.1 no=0.9", "deal a yes=0.7 no=0.3"}, {{"deal", "yes"}});
    EXPECT_EQ(result.scores.at(0).events, 1);
    EXPECT_NEAR(result.scores.at(0).brier, 0.09, 1e-12);
}

TEST(ForecastScores, EveryBadLineIsNamed) {
    try {
        score({"deal a yes=0.7 no=0.7", "deal", "deal a yes no", "deal b yes=0.5 no=0.5",
               "deal c up=0.5 down=0.5", "deal d yes=0.5 yes=0.5"},
              {{"deal", "yes"}});
        FAIL() << "nothing was refused";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::invalid_option);
        ASSERT_EQ(error.problems().size(), 5U);
        EXPECT_EQ(error.problems()[0].place.pointer, "/forecasts/0");
        EXPECT_THAT(error.problems()[3].message, HasSubstr("does not know the outcome 'yes'"));
    }
}

TEST(Murphy, KnownDecomposition) {
    // Two bins: 0.25 comes true 1 of 4 times, 0.75 comes true 4 of 4 times.
    std::vector<Statement> statements;
    for (int i = 0; i < 4; ++i) {
        statements.push_back({0.25, i == 0});
        statements.push_back({0.75, true});
    }
    const Decomposition parts = decompose(statements, 10);
    EXPECT_NEAR(parts.reliability, (0 + 4 * 0.0625) / 8, 1e-15);
    EXPECT_NEAR(parts.uncertainty, 5.0 / 8 * 3 / 8, 1e-15);
    EXPECT_NEAR(parts.resolution, (4 * 0.375 * 0.375 + 4 * 0.375 * 0.375) / 8, 1e-15);
    EXPECT_NEAR(parts.within, 0, 1e-15);
    EXPECT_NEAR(parts.brier, parts.reliability - parts.resolution + parts.uncertainty, 1e-15);
}

/// With one value to a bin nothing is left over, and a forecaster that is right on average in every bin has
/// reliability 0.
RC_GTEST_PROP(MurphyProperty, TheThreePartsAddUpToTheScore, ()) {
    const auto draws = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::pair<int, bool>>>(
        rc::gen::pair(rc::gen::inRange(0, 10), rc::gen::arbitrary<bool>())));
    std::vector<Statement> statements;
    double plain = 0;
    for (const auto& [tenth, happened] : draws) {
        statements.push_back({tenth / 10.0 + 0.05, happened});
        plain += std::pow(tenth / 10.0 + 0.05 - (happened ? 1 : 0), 2) / static_cast<double>(draws.size());
    }
    const Decomposition parts = decompose(statements, 10);
    RC_ASSERT(std::abs(parts.brier - plain) < 1e-12);
    RC_ASSERT(std::abs(parts.within) < 1e-12);
    RC_ASSERT(parts.reliability >= 0 && parts.resolution >= 0 && parts.uncertainty <= 0.25 + 1e-12);
    const Decomposition coarse = decompose(statements, 3);
    RC_ASSERT(std::abs(coarse.reliability - coarse.resolution + coarse.uncertainty + coarse.within - plain) <
              1e-12);
}

TEST(Calibration, CountsWhatCameTrue) {
    std::vector<std::string> lines;
    Named<std::string> outcomes;
    for (int i = 0; i < 10; ++i) {
        lines.push_back("e" + std::to_string(i) + " a yes=0.72 no=0.28");
        outcomes.emplace_back("e" + std::to_string(i), i < 7 ? "yes" : "no");
    }
    const auto result = score(lines, outcomes);
    ASSERT_EQ(result.calibration.size(), 1U);
    const CalibrationPoint& point = result.calibration[0];
    EXPECT_EQ(point.statements, 10);
    EXPECT_NEAR(point.from, 0.7, 1e-12);
    EXPECT_NEAR(point.forecast, 0.72, 1e-12);
    EXPECT_NEAR(point.observed, 0.7, 1e-12);
    EXPECT_NEAR(point.low, wilson(7, 3).low, 1e-12);
}
