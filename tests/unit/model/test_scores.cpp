// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/error.hpp"
#include "steelyard/model/scores.hpp"
#include "steelyard/model/tables.hpp"
#include "support/harbour_lease.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>

namespace steelyard {
namespace {

const ActorId kPort(0);
const ActorId kCarrier(1);
const ActorId kUnion(2);
const IssueId kRent(0);
const IssueId kJobs(1);

Deal deal(std::size_t rent, std::size_t jobs) {
    return {OptionId(rent), OptionId(jobs)};
}

TEST(Scores, EveryFormOfPreferenceGivesPoints) {
    const Scores scores(test::harbour_lease());
    EXPECT_EQ(scores.of(kPort, deal(2, 1)), Rational(50));                    // 40 + best of {5, 10, 20}
    EXPECT_EQ(scores.of(kCarrier, deal(1, 1)), Rational(36 + 28));            // 60 x 60 / 100 + 40 x 70 / 100
    EXPECT_EQ(scores.of(kUnion, deal(2, 2)), Rational::fraction(5, 2) + 90);  // 5 x (100 - 50) / 100 + 90
    EXPECT_EQ(scores.no_deal(kCarrier), Rational(30));
}

TEST(Scores, BundlesAndBrokenObligationsAreAddedOnce) {
    Case subject = test::harbour_lease();
    const Condition high_rent{{{kRent, {OptionId(2)}}}};
    const Condition no_jobs{{{kJobs, {OptionId(0)}}}};
    subject.bundles = {{Condition{{{kRent, {OptionId(1), OptionId(2)}}, {kJobs, {OptionId(2)}}}},
                        {{kCarrier, Number(-10)}},
                        {}}};
    subject.obligations = {
        {"pact", kPort, kUnion, "", {high_rent, no_jobs}, false, {{kPort, Number(8)}}, {}}};
    const Scores scores(subject);
    const Scores plain(test::harbour_lease());
    EXPECT_EQ(scores.of(kCarrier, deal(2, 2)), plain.of(kCarrier, deal(2, 2)) - 10);
    EXPECT_EQ(scores.of(kCarrier, deal(0, 2)), plain.of(kCarrier, deal(0, 2)));
    EXPECT_EQ(scores.of(kPort, deal(2, 0)), plain.of(kPort, deal(2, 0)) - 8)
        << "both conditions hold, the price is paid once";
    EXPECT_EQ(scores.of(kPort, deal(2, 1)), plain.of(kPort, deal(2, 1)) - 8);
    EXPECT_EQ(scores.of(kPort, deal(1, 1)), plain.of(kPort, deal(1, 1)));
}

TEST(Scores, OfOneActorAreThoseOfTheWholeCase) {
    Case subject = test::harbour_lease();
    subject.preferences[0].no_deal.reset();
    subject.issues[1].status_quo = OptionId(2);
    subject.bundles = {
        {Condition{{{kJobs, {OptionId(2)}}}}, {{kCarrier, Number(-10)}, {kPort, Number(3)}}, {}}};
    subject.obligations = {{"pact",
                            kPort,
                            kUnion,
                            "",
                            {Condition{{{kRent, {OptionId(2)}}}}},
                            false,
                            {{kPort, Number(8)}, {kUnion, Number(1)}},
                            {}}};
    const Scores all(subject);
    for (const ActorId actor : all.actors()) {
        const Scores own(subject, actor);
        EXPECT_EQ(own.actors(), std::vector{actor});
        EXPECT_EQ(own.no_deal(actor), all.no_deal(actor));
        for (std::size_t rent = 0; rent < 3; ++rent) {
            for (std::size_t jobs = 0; jobs < 3; ++jobs)
                EXPECT_EQ(own.of(actor, deal(rent, jobs)), all.of(actor, deal(rent, jobs)));
        }
    }
}

RC_GTEST_PROP(Scores, APricedObligationCostsOnceHoweverItsConditionsOverlap, ()) {
    Case subject;
    subject.actors = {{"a", "", "", {}}};
    const auto sizes = *rc::gen::container<std::vector<int>>(3, rc::gen::inRange(1, 4));
    Preference preference{ActorId(0), Number(0), PointSheet{}, {}};
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        Issue issue{"i" + std::to_string(i), "", "", {}, {}, false, {}};
        for (int o = 0; o < sizes[i]; ++o) {
            issue.options.push_back({"o" + std::to_string(o), "", "", 0});
        }
        std::get<PointSheet>(preference.form).points.emplace_back();
        subject.issues.push_back(issue);
    }
    subject.preferences = {preference};
    Obligation obligation{"x", ActorId(0), ActorId(0), "", {}, false, {{ActorId(0), Number(7)}}, {}};
    for (int c = *rc::gen::inRange(1, 5); c > 0; --c) {
        Condition condition;
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            std::vector<OptionId> options;
            for (int o = 0; o < sizes[i]; ++o) {
                if (*rc::gen::arbitrary<bool>()) {
                    options.emplace_back(static_cast<std::size_t>(o));
                }
            }
            if (!options.empty()) {
                condition.terms.emplace_back(IssueId(i), options);
            }
        }
        obligation.broken_when.push_back(condition);
    }
    subject.obligations = {obligation};
    const Scores scores(subject);
    Deal each;
    const std::function<void()> all = [&] {
        if (each.size() == sizes.size()) {
            RC_ASSERT(scores.of(ActorId(0), each) == Rational(obligation.broken_by(each) ? -7 : 0));
            return;
        }
        for (int o = 0; o < sizes[each.size()]; ++o) {
            each.emplace_back(static_cast<std::size_t>(o));
            all();
            each.pop_back();
        }
    };
    all();
}

TEST(Scores, WithoutANoDealValueTheStatusQuoCounts) {
    Case subject = test::harbour_lease();
    subject.preferences[0].no_deal.reset();
    EXPECT_EQ(Scores(subject).no_deal(kPort), Rational(0)) << "jobs has no status quo";
    subject.issues[1].status_quo = OptionId(2);
    EXPECT_EQ(Scores(subject).no_deal(kPort), Rational(15));
}

TEST(Scores, StancesFollowFromPointsByTheStatedRule) {
    const Case subject = test::harbour_lease();
    const Scores scores(subject);
    const auto rent = stance_of(subject, scores, kPort, kRent);
    ASSERT_TRUE(rent);
    EXPECT_EQ(rent->position, Rational(100));
    EXPECT_EQ(rent->salience, Rational(100));
    EXPECT_TRUE(rent->derived);
    const auto jobs = stance_of(subject, scores, kPort, kJobs);
    EXPECT_EQ(jobs->salience, Rational::fraction(1500, 40));
    const auto stated = stance_of(subject, scores, kUnion, kJobs);
    EXPECT_EQ(stated->salience, Rational(90));
    EXPECT_FALSE(stated->derived);
}

TEST(Feasible, RulesHardObligationsAndSettledIssuesForbid) {
    Case subject = test::harbour_lease();
    subject.rules = {
        {Condition{{{kJobs, {OptionId(2)}}}}, Condition{{{kRent, {OptionId(1), OptionId(2)}}}}, "", {}}};
    subject.obligations = {{"x", kPort, kUnion, "", {Condition{{{kJobs, {OptionId(0)}}}}}, true, {}, {}}};
    EXPECT_FALSE(feasible(subject, deal(0, 2)));
    EXPECT_TRUE(feasible(subject, deal(1, 2)));
    EXPECT_FALSE(feasible(subject, deal(1, 0)));
    subject.events = {{"2026", "", {{kRent, OptionId(2)}}, {}}};
    EXPECT_FALSE(feasible(subject, deal(1, 2)));
    EXPECT_TRUE(feasible(subject, deal(2, 2)));
}

TEST(Tables, NoneMeansOneTableOfEverybodyUnderUnanimity) {
    const Case subject = test::harbour_lease();
    const Table table = find_table(subject, "");
    EXPECT_EQ(table.id, "main");
    EXPECT_EQ(table.actors.size(), 3U);
    EXPECT_TRUE(accepts(table, {true, true, true}));
    EXPECT_FALSE(accepts(table, {true, true, false}));
    EXPECT_THROW((void)find_table(subject, "mian"), Error);
}

TEST(Tables, AcceptanceJoinsVetoesCountsAndGroups) {
    Case subject = test::harbour_lease();
    subject.tables = {
        {"main", "", {kPort, kCarrier, kUnion}, {kRent}, {{kPort}, 2, {{{kCarrier, kUnion}, 1}}}, {}}};
    const Table table = find_table(subject, "main");
    EXPECT_TRUE(accepts(table, {true, true, false}));
    EXPECT_TRUE(accepts(table, {true, false, true}));
    EXPECT_FALSE(accepts(table, {false, true, true})) << "the port has a veto";
    EXPECT_FALSE(accepts(table, {true, false, false}));
    EXPECT_THROW((void)fixed_options(subject, table), Error) << "jobs is at no table and has no status quo";
    subject.issues[1].status_quo = OptionId(1);
    const auto fixed = fixed_options(subject, table);
    EXPECT_FALSE(fixed[0]);
    EXPECT_EQ(fixed[1], OptionId(1));
}

TEST(Case, NamesLeadToDealsAndBack) {
    const Case subject = test::harbour_lease();
    const Deal named = deal_from_names(subject, {{"jobs", "some"}});
    EXPECT_EQ(named, deal(0, 1));
    EXPECT_EQ(name_deal(subject, named), (Named<std::string>{{"rent", "low"}, {"jobs", "some"}}));
    EXPECT_THROW((void)deal_from_names(subject, {{"rent", "high"}}), Error) << "jobs has no status quo";
    try {
        (void)deal_from_names(subject, {{"rnt", "high"}, {"jobs", "sme"}});
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.problems().size(), 2U);
        EXPECT_EQ(error.problems()[1].nearest, "some");
    }
}

}  // namespace
}  // namespace steelyard
