// SPDX-License-Identifier: Apache-2.0
#include "reference/space/enumeration.hpp"
#include "reference/space/random_case.hpp"
#include "steelyard/space/trades.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <set>

namespace steelyard::test {

namespace {

/// Price matters three times as much to the seller, delivery four times as much to the buyer.
Case two_issues() {
    Case subject;
    subject.id = "logroll";
    subject.actors = {{"seller", "", "", {}}, {"buyer", "", "", {}}};
    for (const char* id : {"price", "delivery"}) {
        Issue issue;
        issue.id = id;
        issue.options = {{"low", "", "", Rational(0)}, {"high", "", "", Rational(100)}};
        issue.status_quo = OptionId{};
        subject.issues.push_back(issue);
    }
    PointSheet seller{
        {{Number(Rational(0)), Number(Rational(30))}, {Number(Rational(5)), Number(Rational(0))}}};
    PointSheet buyer{
        {{Number(Rational(10)), Number(Rational(0))}, {Number(Rational(0)), Number(Rational(20))}}};
    subject.preferences = {{ActorId(0U), {}, seller, {}}, {ActorId(std::size_t{1}), {}, buyer, {}}};
    return subject;
}

std::vector<Rational> points_of(const Case& subject, const Table& table, const Deal& deal) {
    const Scores scores(subject);
    std::vector<Rational> points;
    for (const ActorId actor : table.actors)
        points.push_back(scores.of(actor, deal));
    return points;
}

bool nowhere_below(const std::vector<Rational>& a, const std::vector<Rational>& b) {
    return a == b || dominates(a, b);
}

}  // namespace

TEST(Trades, ShowWhatEachGivesCheaply) {
    const auto result = space::trades(two_issues(), {}, {});
    ASSERT_EQ(result.rates.size(), 4U);
    EXPECT_EQ(result.rates[0].issue, "delivery");
    EXPECT_EQ(result.rates[0].giver, "seller");
    EXPECT_EQ(result.rates[0].gives, Rational(5));
    EXPECT_EQ(result.rates[0].takes, Rational(20));
    EXPECT_DOUBLE_EQ(*result.rates[0].rate, 4.0);
    EXPECT_EQ(result.rates[1].issue, "price");
    EXPECT_EQ(result.rates[1].giver, "buyer");
    EXPECT_DOUBLE_EQ(*result.rates[1].rate, 3.0);
    ASSERT_EQ(result.exchanges.size(), 1U);
    EXPECT_DOUBLE_EQ(*result.exchanges[0].advantage, 12.0);
    // From low price and low delivery, raising both gives the seller 30 - 5 and the buyer 20 - 10.
    ASSERT_EQ(result.swaps.size(), 1U);
    EXPECT_EQ(result.swaps[0].gains[0].second, Rational(25));
    EXPECT_EQ(result.swaps[0].gains[1].second, Rational(10));
    EXPECT_NEAR(result.swaps[0].share, 100.0 * 10 / 30, 1e-9);
}

TEST(Trades, WithoutAStatusQuoThereAreRatesOnly) {
    Case subject = two_issues();
    for (Issue& issue : subject.issues)
        issue.status_quo.reset();
    const auto result = space::trades(subject, {}, {});
    EXPECT_EQ(result.rates.size(), 4U);
    EXPECT_TRUE(result.deal.empty());
    EXPECT_TRUE(result.swaps.empty());
}

RC_GTEST_PROP(TradesReference, FindsEverySwap, ()) {
    for (int repeat = 0; repeat < 10; ++repeat) {
        const Case subject = random_case();
        RC_LOG() << to_text(subject);
        Deal deal;
        for (const Issue& issue : subject.issues)
            deal.emplace_back(*rc::gen::inRange<std::size_t>(0, issue.options.size()));
        // A deal that an event forbids cannot be named as a start for changes of that issue alone.
        for (std::size_t i = 0; i < deal.size(); ++i)
            deal[i] = settled_option(subject, IssueId(i)).value_or(deal[i]);
        space::TradesOptions options;
        options.deal = name_deal(subject, deal);
        options.count = 10000;
        const auto result = space::trades(subject, options, {});
        const Table table = find_table(subject, "");
        const auto before = points_of(subject, table, deal);
        std::set<Named<std::string>> found;
        for (const auto& swap : result.swaps) {
            Named<std::string> changes;
            for (const auto& change : swap.changes)
                changes.emplace_back(change.issue, change.to);
            RC_ASSERT(found.insert(changes).second);
        }
        std::set<Named<std::string>> expected;
        for (const IssueId first : table.issues) {
            for (const IssueId second : table.issues) {
                if (first.index >= second.index)
                    continue;
                for (std::size_t a = 0; a < subject[first].options.size(); ++a) {
                    for (std::size_t b = 0; b < subject[second].options.size(); ++b) {
                        Deal one = deal;
                        Deal two = deal;
                        one[first.index] = OptionId(a);
                        two[second.index] = OptionId(b);
                        Deal both = one;
                        both[second.index] = OptionId(b);
                        const auto after = points_of(subject, table, both);
                        std::size_t gainers = 0;
                        for (std::size_t p = 0; p < after.size(); ++p)
                            gainers += static_cast<std::size_t>(after[p] > before[p]);
                        if (one != deal && two != deal && feasible(subject, both) &&
                            nowhere_below(after, before) && gainers >= 2 &&
                            !nowhere_below(points_of(subject, table, one), before) &&
                            !nowhere_below(points_of(subject, table, two), before))
                            expected.insert({{subject[first].id, subject.option(first, OptionId(a)).id},
                                             {subject[second].id, subject.option(second, OptionId(b)).id}});
                    }
                }
            }
        }
        RC_ASSERT(found == expected);
        RC_ASSERT(result.swaps_found == static_cast<std::int64_t>(expected.size()));
    }
}

}  // namespace steelyard::test
