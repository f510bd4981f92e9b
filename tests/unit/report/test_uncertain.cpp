// SPDX-License-Identifier: Apache-2.0
#include "report/sheet.hpp"
#include "report/turning.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/model/numbers.hpp"
#include "steelyard/report/render.hpp"
#include "steelyard/space/frontier.hpp"
#include "support/harbour_lease.hpp"
#include "unit/report/quarry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace steelyard::report {

namespace {

using test::quarry;
using testing::HasSubstr;

/// One gain of 7 - x with x uniform on 0 to 10, and one that is always 1.
constexpr const char* kPlain = R"(
steelyard: 1
case: plain
actors: {a: {name: Ann}, b: {name: Bob}}
issues: {pay: {status_quo: old, options: [old, new]}}
preferences:
  a: {no_deal: 0..10, points: {pay: {old: 0, new: 7}}}
  b: {no_deal: 4, points: {pay: {old: 0, new: 5}}}
)";

TEST(Sheet, AddsUpLikeTheExactScores) {
    std::mt19937 random(7);  // NOLINT(cert-msc51-cpp,bugprone-random-generator-seed): the same in every run
    const Case subject = quarry();
    const Context context;
    const Study study(subject, context);
    Sheet sheet(study);
    for (int round = 0; round < 50; ++round) {
        Case variant = subject;
        std::vector<double> values;
        for_each_number(variant, [&](const std::string& /*pointer*/, Number& number) {
            const auto thirds = static_cast<std::int64_t>(random() % 300);
            number = Number(Rational::fraction(thirds, 3));
            values.push_back(number.best().to_double());
        });
        sheet.set(values);
        const Scores scores(variant);
        Deal deal;
        for (const Issue& issue : subject.issues) {
            deal.emplace_back(random() % issue.options.size());
        }
        const std::size_t place = sheet.add(deal);
        for (const ActorId actor : scores.actors()) {
            EXPECT_NEAR(sheet.gain(actor, place),
                        (scores.of(actor, deal) - scores.no_deal(actor)).to_double(), 1e-9)
                << subject[actor].id;
        }
    }
}

TEST(Uncertain, AShareIsTheProbability) {
    const Case subject = read_case(kPlain, "plain.yaml").value;
    const Brief brief = make_brief(subject, {.case_hash = "", .draws = 1024}, {});
    ASSERT_TRUE(brief.uncertain);
    const ConclusionFacts& exists = brief.uncertain->conclusions.front();
    EXPECT_NEAR(exists.share, 0.7, 0.01);
    ASSERT_EQ(exists.turns.size(), 1U);
    EXPECT_NEAR(exists.turns[0].at, 7, 0.001);
    EXPECT_NEAR(exists.turns[0].chance, 0.3, 0.001);
    EXPECT_THAT(exists.turns[0].sentence,
                HasSubstr("Ann has without agreement rises above 7 (now 5, stated range "
                          "0 to 10; chance 30%)"));
    const AnswerPart& part = brief.answers.front().parts.front();
    ASSERT_TRUE(part.likelihood);
    EXPECT_EQ(part.likelihood->band, LikelihoodBand::likely);
    const GainSpread& gain = brief.uncertain->gains.front();
    ASSERT_EQ(gain.numbers.size(), 1U);
    EXPECT_NEAR(*gain.numbers[0].total, 1, 0.1);
    EXPECT_NEAR(gain.numbers[0].at_low, 6, 0.01);   // 7 - 1
    EXPECT_NEAR(gain.numbers[0].at_high, 0, 0.01);  // no deal at 9
}

/// A gain of v - x with v uniform on 5 to 15 and x on 0 to 10: neither alone takes it below 0, both together do in one
/// draw of eight, from the triangle (5, 5), (5, 10), (10, 10).
constexpr const char* kTogether = R"(
steelyard: 1
case: together
actors: {a: {name: Ann}, b: {name: Bob}}
issues: {pay: {status_quo: old, options: [old, new]}}
preferences:
  a: {no_deal: 0..10, points: {pay: {old: -20, new: 5..15}}}
  b: {no_deal: 0..1, points: {pay: {old: 0, new: 5}}}
)";

TEST(Uncertain, NumbersThatTurnAConclusionTogetherAreNamed) {
    const Case subject = read_case(kTogether, "together.yaml").value;
    const Brief brief = make_brief(subject, {.case_hash = "", .draws = 4096}, {});
    ASSERT_TRUE(brief.uncertain);
    const ConclusionFacts& exists = brief.uncertain->conclusions.front();
    ASSERT_THAT(exists.claim, testing::StartsWith("a deal exists"));
    EXPECT_NEAR(exists.share, 0.875, 0.01);
    EXPECT_TRUE(exists.turns.empty());
    ASSERT_EQ(exists.tendencies.size(), 2U) << "what Bob has without agreement does not matter";
    const bool first = exists.tendencies[0].number.ends_with("no_deal");
    const Tendency& without = exists.tendencies[first ? 0 : 1];
    const Tendency& worth = exists.tendencies[first ? 1 : 0];
    EXPECT_NEAR(without.failing, 25.0 / 3, 0.1);
    EXPECT_NEAR(without.holding, (5 - 0.125 * 25 / 3) / 0.875, 0.1);
    EXPECT_NEAR(worth.failing, 20.0 / 3, 0.1);
    EXPECT_THAT(without.sentence,
                HasSubstr("Ann has without agreement is mostly higher: 8.3 on average, against"));
    const AnswerPart& part = brief.answers.front().parts.front();
    EXPECT_THAT(part.would_change, testing::Contains(without.sentence));
}

TEST(Uncertain, NumbersPutWhereTheyTurnAConclusionTurnIt) {
    int looked_at = 0;
    for (const Case& subject : {read_case(kPlain, "plain.yaml").value, quarry(), test::harbour_lease()}) {
        const Brief brief = make_brief(subject, {}, {});
        ASSERT_TRUE(brief.uncertain);
        for (const ConclusionFacts& conclusion : brief.uncertain->conclusions) {
            const bool exists = conclusion.claim.starts_with("a deal exists");
            if (!exists && !conclusion.claim.starts_with("no deal exists")) {
                continue;
            }
            for (const TurningPoint& turn : conclusion.turns) {
                Case moved = subject;
                for_each_number(moved, [&](const std::string& pointer, Number& number) {
                    if (pointer == turn.number) {
                        number = Number(Rational::nearest(turn.at, 9));
                    }
                });
                const auto found = space::frontier(moved, {}, {});
                EXPECT_EQ(found.acceptable == "0", exists) << turn.sentence;
                ++looked_at;
            }
        }
    }
    EXPECT_GT(looked_at, 0);
}

TEST(Uncertain, TheSameSeedGivesTheSameBytesAndAnotherOthers) {
    Context seeded;
    seeded.seed = 5;
    const std::string one = to_json(to_value(make_brief(quarry(), {}, seeded)));
    EXPECT_EQ(one, to_json(to_value(make_brief(quarry(), {}, seeded))));
    seeded.seed = 6;
    EXPECT_NE(one, to_json(to_value(make_brief(quarry(), {}, seeded))));
}

TEST(Uncertain, NoDrawsLeaveItOut) {
    const Brief brief = make_brief(quarry(), {.case_hash = "", .draws = 0}, {});
    EXPECT_FALSE(brief.uncertain);
    EXPECT_EQ(to_html(brief).find("id=\"uncertain\""), std::string::npos);
    EXPECT_NE(to_html(make_brief(quarry(), {}, {})).find("id=\"uncertain\""), std::string::npos);
}

TEST(Uncertain, ThresholdsReadWellAlsoOnTies) {
    const auto beyond = [](double edge, bool up) {
        return [edge, up](double value) { return up ? value > edge : value < edge; };
    };
    EXPECT_EQ(crossing_words(50, 39.9999, beyond(40, false)), "falls below 40");
    EXPECT_EQ(crossing_words(50, 40, [](double value) { return value <= 40; }), "falls to 40");
    EXPECT_EQ(crossing_words(4.5, 5.2001, beyond(5.2, true)), "rises above 5.2");
    EXPECT_EQ(crossing_words(40, 39.999999, beyond(40, false)), "falls at all");
    EXPECT_EQ(crossing_words(40, 40.000001, beyond(40, true)), "rises at all");
}

}  // namespace

}  // namespace steelyard::report
