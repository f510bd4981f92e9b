// SPDX-License-Identifier: Apache-2.0
#include "reference/space/enumeration.hpp"
#include "reference/space/fast_enumeration.hpp"
#include "reference/space/sample_spaces.hpp"
#include "space/count.hpp"
#include "space/dominance.hpp"
#include "space/setup.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/space/frontier.hpp"
#include "steelyard/space/solutions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace steelyard::test {

namespace {

using space::Width;

/// Two actors, `issues` issues, each option with a denominator of its own.
Case with_denominators(std::size_t issues, const std::vector<std::int64_t>& primes) {
    Case subject;
    subject.id = "primes";
    subject.actors = {{"a", "", "", {}}, {"b", "", "", {}}};
    std::vector<PointSheet> sheets(2);
    std::size_t next = 0;
    for (std::size_t i = 0; i < issues; ++i) {
        Issue issue;
        issue.id = "i" + std::to_string(i);
        std::vector<std::vector<Number>> rows(2);
        for (std::size_t o = 0; next < (i + 1) * primes.size() / issues; ++next, ++o) {
            issue.options.push_back({"o" + std::to_string(o), "", "", Rational(0)});
            const auto k = static_cast<std::int64_t>(o);
            rows[0].emplace_back(Rational(5 * k) + Rational::fraction(1, primes[next]));
            rows[1].emplace_back(Rational(20 - 5 * k) - Rational::fraction(1, primes[next]));
        }
        subject.issues.push_back(std::move(issue));
        sheets[0].points.push_back(rows[0]);
        sheets[1].points.push_back(rows[1]);
    }
    for (std::size_t a = 0; a < 2; ++a)
        subject.preferences.push_back({ActorId(a), Number(Rational(0)), sheets[a], {}});
    return subject;
}

void expect_frontier_as_enumerated(const Case& subject) {
    const Enumeration all(subject, "");
    const auto expected = plain_frontier(all, [](const Scored&) { return true; });
    const space::FrontierResult found = space::frontier(subject, {}, {});
    ASSERT_EQ(found.points.size(), expected.size());
    auto place = expected.rbegin();
    for (const auto& point : found.points) {
        EXPECT_EQ(point.points[0].second, place->first[0]);
        EXPECT_EQ(point.points[1].second, place->first[1]);
        EXPECT_EQ(point.deals, std::to_string(place->second.deals));
        ++place;
    }
    EXPECT_EQ(found.acceptable, std::to_string(all.acceptable));
}

}  // namespace

TEST(Widths, FollowFromThePointsAndGiveTheSameAnswers) {
    const Case narrow = with_denominators(2, {2, 3, 5, 7, 11, 13});
    const Case wide = with_denominators(2, {10007, 10009, 10037, 10039, 10061, 10067});
    const Case big = with_denominators(
        2, {10007, 10009, 10037, 10039, 10061, 10067, 10069, 10079, 10091, 10093, 10099, 10103});
    EXPECT_EQ(space::Setup(narrow, "").problem.width, Width::narrow);
    EXPECT_EQ(space::Setup(wide, "").problem.width, Width::wide);
    EXPECT_EQ(space::Setup(big, "").problem.width, Width::big);
    for (const Case& subject : {narrow, wide, big}) {
        expect_frontier_as_enumerated(subject);
        EXPECT_EQ(space::solutions(subject, {}, {}).solutions.size(), 7U);
    }
}

TEST(Widths, CountsGrowBeyond64And128Bits) {
    for (const std::size_t issues : {40U, 100U, 200U}) {
        Case subject = sample_space({.issues = issues, .options = 2});
        for (Preference& preference : subject.preferences) {
            for (auto& row : std::get<PointSheet>(preference.form).points)
                row = {Number(Rational(1)), Number(Rational(1))};
            preference.no_deal = Number(Rational(0));
        }
        const auto found = space::frontier(subject, {}, {});
        ASSERT_EQ(found.points.size(), 1U);
        const std::string all = space::BigInt(space::BigInt(1) << static_cast<unsigned>(issues)).str();
        EXPECT_EQ(found.points[0].deals, all);
        EXPECT_EQ(found.acceptable, all);
        EXPECT_TRUE(found.acceptable_exact);
        EXPECT_EQ(found.deals, all);
        space::SolutionsOptions options;
        options.concepts = {space::Concept::egalitarian};
        EXPECT_EQ(space::solutions(subject, options, {}).solutions[0].ties, all);
    }
}

TEST(LargeFrontiers, AgreeWithListingAMillionDeals) {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        const Case subject = sample_space({.issues = 6, .seed = seed});
        FastEnumeration enumeration(millionths(subject));
        const auto expected = enumeration.frontier();
        const auto found = space::frontier(subject, {}, {});
        EXPECT_EQ(found.deals, std::to_string(enumeration.deals()));
        ASSERT_EQ(found.points.size(), expected.size());
        auto place = expected.begin();
        for (const auto& point : found.points) {
            EXPECT_EQ(point.points[0].second * 1'000'000, Rational(place->first));
            EXPECT_EQ(point.points[1].second * 1'000'000, Rational(place->second));
            ++place;
        }
    }
}

TEST(LargeFrontiers, AreListedEvenlyUpToTheLimit) {
    const Case subject = sample_space({.issues = 6});
    const auto all = space::frontier(subject, {}, {});
    space::FrontierOptions options;
    options.limit = 10;
    const auto some = space::frontier(subject, options, {});
    EXPECT_EQ(some.size, all.size);
    ASSERT_EQ(some.points.size(), 10U);
    EXPECT_EQ(some.points.front().points, all.points.front().points);
    EXPECT_EQ(some.points.back().points, all.points.back().points);
    EXPECT_TRUE(some.exact);
}

RC_GTEST_PROP(DominanceTest, AgreesWithComparingAllPairs, ()) {
    const auto actors = *rc::gen::inRange<std::size_t>(1, 7);
    const auto rows = *rc::gen::inRange<std::size_t>(0, 400);
    const auto range = *rc::gen::element<std::uint64_t>(2, 4, 30, 1'000'000);
    RandomStream random(*rc::gen::arbitrary<std::uint64_t>(), 0, 0);
    std::vector<std::vector<std::int64_t>> all(rows, std::vector<std::int64_t>(actors));
    for (auto& row : all) {
        for (auto& value : row)
            value = static_cast<std::int64_t>(random.below(range));
    }
    std::ranges::sort(all, std::greater{});
    all.erase(std::unique(all.begin(), all.end()), all.end());
    std::vector<std::int64_t> flat;
    for (const auto& row : all)
        flat.insert(flat.end(), row.begin(), row.end());
    const auto found = space::Dominance<std::int64_t>(flat.data(), actors, all.size()).find();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool expected = std::ranges::any_of(all, [&](const auto& other) {
            for (std::size_t p = 0; p < actors; ++p) {
                if (other[p] < all[i][p])
                    return false;
            }
            return other != all[i];
        });
        RC_ASSERT((found[i] != 0) == expected);
    }
}

namespace {

/// Exact and estimated count of the acceptable deals.
std::pair<space::Tally, space::Tally> both_counts(const Case& subject, std::uint64_t seed) {
    const space::Setup setup(subject, "");
    const space::Engine<space::Narrow> engine(setup.problem, setup.diagram);
    const auto demand = space::acceptance_demand(engine, setup.rule);
    Context context;
    context.seed = seed;
    return {space::count_deals(engine, demand, context), space::count_deals(engine, demand, context, 2)};
}

}  // namespace

TEST(Counting, AnEstimateSaysHowFarOffItMayBe) {
    int inside = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Case subject =
            sample_space({.issues = 6, .options = 5, .actors = 3, .bundles = 3, .seed = seed});
        const auto [exact, estimate] = both_counts(subject, seed);
        ASSERT_TRUE(exact.exact);
        ASSERT_FALSE(estimate.exact);
        EXPECT_LE(estimate.low, estimate.count);
        EXPECT_LE(estimate.count, estimate.high);
        EXPECT_LT(estimate.high - estimate.low, 15625 / 20);
        inside += static_cast<int>(estimate.low <= exact.count && exact.count <= estimate.high);
        const auto [again, repeated] = both_counts(subject, seed);
        EXPECT_EQ(repeated.count, estimate.count) << "same seed, same estimate";
    }
    EXPECT_GE(inside, 18) << "of 20 intervals of 99 %";
}

TEST(Counting, AHopelessCountIsEstimatedAtOnce) {
    const auto found = space::frontier(sample_space({.issues = 30}), {}, {});
    EXPECT_EQ(found.deals, "1" + std::string(30, '0'));
    EXPECT_FALSE(found.acceptable_exact);
    EXPECT_LE(found.acceptable_low.size(), found.acceptable.size());
    EXPECT_TRUE(found.exact);
}

TEST(Diagram, AChainOfBundlesStaysNarrow) {
    Case subject = sample_space({.issues = 40, .options = 3});
    for (std::size_t i = 0; i + 1 < 40; ++i) {
        Bundle bundle;
        bundle.when.terms = {{IssueId(i), {OptionId(0U)}}, {IssueId(i + 1), {OptionId(std::size_t{1})}}};
        bundle.points = {{ActorId(0U), Number(Rational(1))}};
        subject.bundles.push_back(bundle);
    }
    const space::Setup setup(subject, "");
    EXPECT_EQ(setup.diagram.layers.size(), 40U);
    EXPECT_LE(setup.diagram.width(), 2U);
    EXPECT_EQ(space::count_paths(setup.diagram), setup.problem.deals);
}

TEST(Diagram, RulesThatContradictEachOtherLeaveNoDeal) {
    Case subject = sample_space({.issues = 3, .options = 2});
    Rule rule;
    rule.when.terms = {{IssueId(0U), {OptionId(0U)}}};
    rule.then = Condition{{{IssueId(std::size_t{1}), {OptionId(0U)}}}};
    subject.rules.push_back(rule);
    rule.then = Condition{{{IssueId(std::size_t{1}), {OptionId(std::size_t{1})}}}};
    subject.rules.push_back(rule);
    rule.when.terms = {{IssueId(0U), {OptionId(std::size_t{1})}}};
    rule.then.reset();
    subject.rules.push_back(rule);
    const auto found = space::frontier(subject, {}, {});
    EXPECT_EQ(found.feasible, "0");
    EXPECT_EQ(found.size, 0);
    const auto solved = space::solutions(subject, {}, {});
    EXPECT_FALSE(solved.acceptable_exists);
    EXPECT_TRUE(solved.decided);
}

namespace {

/// How far the exact point lies above the nearest of the listed ones, in points of the worst-off actor.
Rational shortfall(const space::FrontierPoint& exact, const std::vector<space::FrontierPoint>& listed) {
    Rational nearest(1'000'000);
    for (const auto& point : listed) {
        Rational most;
        for (std::size_t p = 0; p < exact.points.size(); ++p)
            most = std::max(most, exact.points[p].second - point.points[p].second);
        nearest = std::min(nearest, most);
    }
    return nearest;
}

}  // namespace

TEST(Epsilon, NoPointIsFurtherAwayThanSaid) {
    for (const std::size_t actors : {2U, 3U, 4U}) {
        const Case subject = sample_space({.issues = 7, .options = 4, .actors = actors, .bundles = 4});
        const auto exact = space::frontier(subject, {}, {});
        EXPECT_TRUE(exact.exact);
        for (const Rational& epsilon : {Rational::fraction(1, 100), Rational::fraction(1, 5)}) {
            space::FrontierOptions options;
            options.epsilon = epsilon;
            const auto thin = space::frontier(subject, options, {});
            EXPECT_LE(thin.epsilon, epsilon.to_double() + 1e-12);
            EXPECT_LE(thin.size, exact.size);
            for (const auto& point : exact.points)
                EXPECT_LE(shortfall(point, thin.points).to_double(), thin.epsilon + 1e-12);
        }
    }
}

TEST(Epsilon, AUsedBudgetGivesAThinnerFrontierAndItsError) {
    const Case subject = sample_space({.issues = 12, .options = 6, .actors = 4});
    Context context;
    context.budget.request();
    const auto hurried = space::frontier(subject, {}, context);
    EXPECT_FALSE(hurried.exact);
    EXPECT_GT(hurried.epsilon, 0);
    EXPECT_LE(hurried.size, 2000);
    const auto exact = space::frontier(subject, {}, {});
    EXPECT_TRUE(exact.exact);
    EXPECT_GT(exact.size, hurried.size);
    for (std::size_t k = 0; k < exact.points.size(); k += 50)
        EXPECT_LE(shortfall(exact.points[k], hurried.points).to_double(), hurried.epsilon + 1e-12);
}

TEST(Epsilon, ABudgetUsedUpWhileRowsAreJoinedKeepsTheErrorSaid) {
    const Case subject = sample_space({.issues = 10, .options = 6, .actors = 4, .bundles = 3});
    const auto exact = space::frontier(subject, {}, {});
    ASSERT_TRUE(exact.exact);
    bool thinned = false;
    for (std::size_t after = 1; after <= 10; ++after) {
        Context context;
        std::size_t layers = 0;
        context.progress =
            [&](const Progress&) {  // told before a layer's first join, which then stops at once
                if (++layers == after)
                    context.budget.request();
            };
        const auto hurried = space::frontier(subject, {}, context);
        thinned = thinned || !hurried.exact;
        for (std::size_t k = 0; k < exact.points.size(); k += 20)
            EXPECT_LE(shortfall(exact.points[k], hurried.points).to_double(), hurried.epsilon + 1e-12)
                << after;
    }
    EXPECT_TRUE(thinned);
}

TEST(Context, ARaisedCancelTokenStopsTheWork) {
    Context context;
    context.cancel.request();
    const Case subject = sample_space({});
    EXPECT_THROW((void)space::frontier(subject, {}, context), Error);
    EXPECT_THROW((void)space::solutions(subject, {}, context), Error);
}

TEST(Context, AUsedBudgetGivesTheBestDealFoundAndABound) {
    Context context;
    context.budget.request();
    const Case subject = sample_space({.issues = 12, .options = 4, .actors = 4});
    space::SolutionsOptions options;
    options.concepts = {space::Concept::nash, space::Concept::utilitarian, space::Concept::egalitarian};
    const auto hurried = space::solutions(subject, options, context);
    const auto patient = space::solutions(subject, options, {});
    ASSERT_EQ(hurried.solutions.size(), 3U);
    for (std::size_t k = 0; k < 3; ++k) {
        EXPECT_FALSE(hurried.solutions[k].proven);
        ASSERT_TRUE(hurried.solutions[k].bound.has_value());
        EXPECT_TRUE(patient.solutions[k].proven);
        EXPECT_LE(hurried.solutions[k].value, patient.solutions[k].value + 1e-9);
        EXPECT_GE(*hurried.solutions[k].bound, patient.solutions[k].value - 1e-9);
    }
}

TEST(Context, ProgressIsReported) {
    Context context;
    std::size_t reports = 0;
    context.progress = [&](const Progress& progress) {
        ++reports;
        EXPECT_LE(progress.done, progress.total);
    };
    (void)space::frontier(sample_space({}), {}, context);
    EXPECT_GE(reports, 7U);
}

}  // namespace steelyard::test
