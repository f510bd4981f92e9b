// SPDX-License-Identifier: Apache-2.0
#include "report/answers/forecasts.hpp"
#include "report/pictures/pictures.hpp"
#include "report/pictures/svg.hpp"
#include "report/study.hpp"
#include "steelyard/forecast/exchange.hpp"
#include "steelyard/forecast/forecast.hpp"
#include "support/harbour_lease.hpp"
#include "unit/report/quarry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace steelyard::report {
namespace {

using test::quarry;
using testing::HasSubstr;

AnswerPart models_of(const Case& subject) {
    const Context context;
    Study study(subject, context);
    return models_part(study, study.at(""));
}

TEST(Forecasts, ThePartSaysWhatTheAnalysisSays) {
    const Case subject = quarry();
    const AnswerPart part = models_of(subject);
    ASSERT_TRUE(part.forecast.has_value());
    const auto truth = forecast::forecast(subject, {}, {});
    ASSERT_EQ(part.forecast->issues.size(), truth.issues.size());
    double surest = 0;
    for (std::size_t k = 0; k < truth.issues.size(); ++k) {
        const IssueOutlook& row = part.forecast->issues[k];
        EXPECT_EQ(row.middle, truth.issues[k].value);
        EXPECT_EQ(row.likelihood, truth.issues[k].likelihood);
        EXPECT_EQ(row.band, likelihood_band(row.likelihood));
        EXPECT_EQ(row.options.size(), truth.issues[k].options.size());
        surest = std::max(surest, row.likelihood);
    }
    ASSERT_TRUE(part.likelihood.has_value());
    EXPECT_EQ(part.likelihood->value, surest);
    EXPECT_EQ(part.label, Label::descriptive);
}

TEST(Forecasts, LinesBeginAtTheStatedPositions) {
    const AnswerPart part = models_of(quarry());
    ASSERT_TRUE(part.forecast.has_value());
    ASSERT_FALSE(part.forecast->rounds.empty());
    for (const PositionLines& lines : part.forecast->rounds) {
        const auto issue = std::ranges::find(part.forecast->issues, lines.issue, &IssueOutlook::issue);
        ASSERT_NE(issue, part.forecast->issues.end());
        for (const auto& [actor, places] : lines.places) {
            const auto stated = std::ranges::find(issue->positions, actor, &Named<double>::value_type::first);
            if (stated != issue->positions.end()) {
                EXPECT_DOUBLE_EQ(places.front(), stated->second) << lines.model << ' ' << actor;
            }
        }
    }
}

TEST(Forecasts, ExchangesAreThoseOfTheModelMostGainFirst) {
    const Case subject = quarry();
    const AnswerPart part = models_of(subject);
    const auto truth = forecast::exchange(subject, {}, {});
    ASSERT_TRUE(part.forecast.has_value());
    std::size_t made = 0;
    for (const auto& round : truth.rounds) {
        made += round.exchanges.size();
    }
    EXPECT_LE(part.forecast->exchanges.size(), made);
    double before = std::numeric_limits<double>::infinity();
    for (const ExchangeArrows& arrow : part.forecast->exchanges) {
        EXPECT_LE(arrow.gain, before);
        before = arrow.gain;
    }
}

TEST(Forecasts, WithoutCapabilitiesTheModelsAreNotAsked) {
    Case subject = quarry();
    subject.actors[1].capability.reset();
    const AnswerPart part = models_of(subject);
    EXPECT_FALSE(part.forecast.has_value());
    EXPECT_THAT(part.sentence, HasSubstr("1 of the 2 actors"));
    EXPECT_FALSE(part.would_change.empty());
}

RC_GTEST_PROP(SpreadOut, KeepsTheOrderAndTheGapWhereThereIsRoom, ()) {
    auto wanted = *rc::gen::container<std::vector<double>>(
        rc::gen::map(rc::gen::inRange(0, 200), [](int x) { return static_cast<double>(x); }));
    std::ranges::sort(wanted);
    constexpr double gap = 10;
    const double room = 20 + gap * static_cast<double>(wanted.size());
    const auto placed = spread_out(wanted, gap, 0, room);
    for (std::size_t i = 0; i < placed.size(); ++i) {
        RC_ASSERT(placed[i] >= -1e-9 && placed[i] <= room + 1e-9);
        // The inner brackets keep the macro from reading both sides.
        RC_ASSERT((i == 0 || placed[i] - placed[i - 1] >= gap - 1e-9));
    }
}

}  // namespace
}  // namespace steelyard::report
