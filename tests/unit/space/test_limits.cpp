// SPDX-License-Identifier: Apache-2.0
// Where exactness ends: large tangled cases, used budgets, and stopping in the middle of the work.
#include "reference/space/sample_spaces.hpp"
#include "space/census.hpp"
#include "space/reach.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/space/improve.hpp"
#include "steelyard/space/score.hpp"
#include "steelyard/space/talks.hpp"

#include <gtest/gtest.h>

namespace steelyard::test {

namespace {

/// 30 issues that 60 bundles of up to four tie together: no exact diagram of 20,000 nodes.
Case tangled() {
    return sample_space({.issues = 30, .options = 6, .bundles = 60, .bundle_issues = 4});
}

constexpr space::Reach kNear{.most_nodes = 20'000, .relaxed = 60, .some = 60, .all = 2'000};

Named<std::string> first_deal(const Case& subject) {
    return name_deal(subject, Deal(subject.issues.size(), OptionId(0U)));
}

/// How often each analysis reports progress, and that it can be cancelled after any number of reports.
void can_be_cancelled(const std::function<void(const Context&)>& work) {
    std::size_t reports = 0;
    Context counting;
    counting.progress = [&](const Progress& progress) {
        ++reports;
        EXPECT_TRUE(progress.total == 0 || progress.done <= progress.total);
    };
    work(counting);
    EXPECT_GT(reports, 0U);
    for (const std::size_t after : {std::size_t{1}, reports / 3, 2 * reports / 3}) {
        if (after == 0)
            continue;
        Context context;
        std::size_t seen = 0;
        context.progress = [&](const Progress&) {
            if (++seen == after)
                context.cancel.request();
        };
        try {
            work(context);
            ADD_FAILURE() << "not stopped after " << after << " of " << reports << " reports";
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::cancelled);
        }
        EXPECT_LE(seen, after + 2) << "goes on for long";
    }
}

}  // namespace

TEST(Limits, ATangledCaseIsAnsweredBetweenRealDealsAndABound) {
    const Case subject = tangled();
    const auto front = space::frontier_within(subject, {}, {}, kNear);
    EXPECT_FALSE(front.exact);
    EXPECT_GT(front.epsilon, 0);
    ASSERT_GT(front.size, 0);
    EXPECT_TRUE(front.feasible_exact) << "there are no rules";
    EXPECT_EQ(front.feasible, front.deals);
    EXPECT_FALSE(front.acceptable_exact);
    EXPECT_NE(front.acceptable_high, "0");
    space::SolutionsOptions options;
    options.concepts = {space::Concept::utilitarian, space::Concept::nash, space::Concept::egalitarian};
    const auto found = space::solutions_within(subject, options, {}, kNear);
    ASSERT_EQ(found.solutions.size(), 3U);
    // No deal on the list may beat a bound, and no upper bound may lie below a deal found.
    for (const auto& solution : found.solutions) {
        if (solution.proven)
            continue;
        ASSERT_TRUE(solution.bound.has_value());
        EXPECT_GE(*solution.bound, solution.value);
    }
    const auto& sum = found.solutions[0];
    for (const auto& point : front.points) {
        const double gains = (point.points[0].second - subject.preferences[0].no_deal->best() +
                              point.points[1].second - subject.preferences[1].no_deal->best())
                                 .to_double();
        EXPECT_LE(gains, (sum.proven ? sum.value : *sum.bound) + 1e-9);
    }
}

TEST(Limits, AFurtherReachClaimsNoLessThanANearOne) {
    const Case subject = sample_space({.issues = 12, .options = 4, .bundles = 24});
    const auto exact = space::frontier(subject, {}, {});
    ASSERT_TRUE(exact.exact);
    for (const std::size_t width : {4U, 30U, 200U}) {
        const auto bounded = space::frontier_within(
            subject, {}, {}, {.most_nodes = 10, .relaxed = width, .some = width, .all = 10});
        EXPECT_FALSE(bounded.exact);
        for (const auto& point : exact.points) {
            double nearest = 1e300;
            for (const auto& listed : bounded.points) {
                double most = 0;
                for (std::size_t p = 0; p < 2; ++p)
                    most = std::max(most, (point.points[p].second - listed.points[p].second).to_double());
                nearest = std::min(nearest, most);
            }
            EXPECT_LE(nearest, bounded.epsilon + 1e-9);
        }
    }
}

TEST(Limits, FeasibleDealsAreCountedByTheRulesAlone) {
    Case subject = tangled();
    Rule rule;
    rule.when.terms = {{IssueId(0U), {OptionId(0U)}}, {IssueId(std::size_t{1}), {OptionId(0U)}}};
    subject.rules.push_back(rule);
    const auto front = space::frontier_within(subject, {}, {}, kNear);
    EXPECT_TRUE(front.feasible_exact);
    const space::BigInt deals(front.deals);
    EXPECT_EQ(space::BigInt(front.feasible), deals / 36 * 35);
}

TEST(Limits, RulesTooTangledForCountingGiveAnInterval) {
    Case subject = sample_space({.issues = 8, .options = 4});
    RandomStream random(7, 0, 0);
    for (int k = 0; k < 20; ++k) {
        Rule rule;
        const auto a = static_cast<std::size_t>(random.below(8));
        const auto b = (a + 1 + static_cast<std::size_t>(random.below(7))) % 8;
        for (const std::size_t issue : {std::min(a, b), std::max(a, b)})
            rule.when.terms.emplace_back(IssueId(issue),
                                         std::vector{OptionId(static_cast<std::size_t>(random.below(4)))});
        subject.rules.push_back(rule);
    }
    const space::Setup setup(subject, "");
    const space::BigInt exact = space::count_paths(setup.diagram);
    int inside = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Context context;
        context.seed = seed;
        const space::Tally tally = space::Census(setup.problem, context, 2, 8).feasible();
        EXPECT_FALSE(tally.exact);
        inside += static_cast<int>(tally.low <= exact && exact <= tally.high);
    }
    EXPECT_GE(inside, 18) << "of 20 intervals of 99 %";
}

TEST(Limits, ABudgetUsedUpInTheMiddleStillGivesProvenAnswers) {
    const Case subject = sample_space({.issues = 12, .options = 6, .actors = 3, .bundles = 10});
    const auto patient = space::frontier(subject, {}, {});
    space::SolutionsOptions options;
    options.concepts = {space::Concept::nash};
    const double best = space::solutions(subject, options, {}).solutions[0].value;
    for (const std::size_t after : {1U, 4U, 9U}) {
        Context context;
        std::size_t seen = 0;
        context.progress = [&](const Progress&) {
            if (++seen == after)
                context.budget.request();
        };
        const auto hurried = space::frontier(subject, {}, context);
        ASSERT_GT(hurried.size, 0);
        EXPECT_LE(hurried.size, patient.size);
        seen = 0;
        const auto solved = space::solutions(subject, options, context);
        ASSERT_EQ(solved.solutions.size(), 1U);
        EXPECT_LE(solved.solutions[0].value, best * (1 + 1e-9));
        EXPECT_GE(solved.solutions[0].bound.value_or(best), best * (1 - 1e-9));
    }
}

TEST(Limits, LongSearchesReportAndCanBeCancelled) {
    const Case subject = sample_space({.issues = 8, .options = 5, .actors = 3, .bundles = 6});
    can_be_cancelled([&](const Context& context) { (void)space::frontier(subject, {}, context); });
    can_be_cancelled([&](const Context& context) { (void)space::solutions(subject, {}, context); });
    can_be_cancelled([&](const Context& context) {
        space::ScoreOptions in_hand;
        in_hand.deal = first_deal(subject);
        (void)space::score(subject, in_hand, context);
    });
    can_be_cancelled([&](const Context& context) {
        space::ImproveOptions in_hand;
        in_hand.deal = first_deal(subject);
        (void)space::improve(subject, in_hand, context);
    });
    space::TalksOptions options;
    options.offered = space::OfferedDeals::efficient;
    options.rounds = 20'000;
    options.tournament = true;
    can_be_cancelled(
        [&](const Context& context) { (void)space::talks(sample_space({.issues = 5}), options, context); });
    const Case knot = tangled();
    can_be_cancelled([&](const Context& context) { (void)space::frontier_within(knot, {}, context, kNear); });
}

}  // namespace steelyard::test
