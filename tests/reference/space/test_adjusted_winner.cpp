// SPDX-License-Identifier: Apache-2.0
#include "reference/space/random_case.hpp"
#include "reference/space/sample_spaces.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/space/adjusted_winner.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace steelyard::test {

namespace {

/// Issues with the two options `a` and `b`, worth `worth[i].first` to a if it wins and so on.
Case contest(const std::vector<std::pair<std::int64_t, std::int64_t>>& worth) {
    Case subject;
    subject.id = "contest";
    subject.actors = {{"a", "", "", {}}, {"b", "", "", {}}};
    PointSheet first;
    PointSheet second;
    for (std::size_t i = 0; i < worth.size(); ++i) {
        Issue issue;
        issue.id = "i" + std::to_string(i);
        issue.options = {{"a", "", "", Rational(0)}, {"b", "", "", Rational(100)}};
        subject.issues.push_back(issue);
        first.points.push_back({Number(Rational(worth[i].first)), Number(Rational(0))});
        second.points.push_back({Number(Rational(0)), Number(Rational(worth[i].second))});
    }
    subject.preferences = {{ActorId(0U), {}, first, {}}, {ActorId(std::size_t{1}), {}, second, {}}};
    return subject;
}

/// The best equal division of all: every set of issues for the first actor, every single issue split.
Rational best_equal_division(const std::vector<Rational>& a, const std::vector<Rational>& b) {
    Rational best(-1);
    for (std::size_t set = 0; set < (std::size_t{1} << a.size()); ++set) {
        for (std::size_t split = 0; split < a.size(); ++split) {
            Rational mine;
            Rational theirs;
            for (std::size_t i = 0; i < a.size(); ++i) {
                if (i == split)
                    continue;
                if ((set >> i & 1U) != 0) {
                    mine += a[i];
                } else {
                    theirs += b[i];
                }
            }
            // mine + x a = theirs + (1 - x) b
            const Rational x = (theirs + b[split] - mine) / (a[split] + b[split]);
            if (x >= Rational(0) && x <= Rational(1))
                best = std::max(best, mine + x * a[split]);
        }
    }
    return best;
}

}  // namespace

// Brams & Taylor (1996), chapter 5, after Raiffa (1982): 66 points for each side, land and water divided.
TEST(AdjustedWinner, PanamaCanal) {
    const Case subject =
        contest({{22, 9}, {22, 15}, {15, 15}, {14, 3}, {11, 15}, {6, 5}, {4, 11}, {2, 7}, {2, 7}, {2, 13}});
    const auto result = space::adjusted_winner(subject, {}, {});
    EXPECT_EQ(result.points[0].second, Rational(66));
    EXPECT_EQ(result.points[1].second, Rational(66));
    EXPECT_EQ(result.divided, "i2");
    EXPECT_EQ(result.issues[2].shares[0].second, Rational::fraction(2, 15));
    EXPECT_EQ(result.issues[0].option, "a");
    EXPECT_EQ(result.issues[9].option, "b");
}

RC_GTEST_PROP(AdjustedWinnerReference, IsTheBestEqualDivision, ()) {
    const auto issues = *rc::gen::inRange<std::size_t>(1, 7);
    std::vector<std::pair<std::int64_t, std::int64_t>> worth;
    std::int64_t total_a = 0;
    std::int64_t total_b = 0;
    for (std::size_t i = 0; i < issues; ++i) {
        worth.emplace_back(*rc::gen::inRange(1, 20), *rc::gen::inRange(1, 20));
        total_a += worth.back().first;
        total_b += worth.back().second;
    }
    std::vector<Rational> a;
    std::vector<Rational> b;
    for (const auto& [first, second] : worth) {
        a.push_back(Rational::fraction(100 * first, total_a));
        b.push_back(Rational::fraction(100 * second, total_b));
    }
    const auto result = space::adjusted_winner(contest(worth), {}, {});
    RC_ASSERT(result.points[0].second == result.points[1].second);
    RC_ASSERT(result.points[0].second == best_equal_division(a, b));
    RC_ASSERT(result.points[0].second >= Rational(50));
    Rational sum_a;
    Rational sum_b;
    for (std::size_t i = 0; i < issues; ++i) {
        RC_ASSERT(result.issues[i].worth[0].second == a[i]);
        RC_ASSERT(result.issues[i].shares[0].second + result.issues[i].shares[1].second == Rational(1));
        sum_a += a[i] * result.issues[i].shares[0].second;
        sum_b += b[i] * result.issues[i].shares[1].second;
    }
    RC_ASSERT(sum_a == result.points[0].second);
    RC_ASSERT(sum_b == result.points[1].second);
}

TEST(AdjustedWinner, IssuesThatBothWantAlikeAreAgreed) {
    Case subject = contest({{10, 10}, {5, 5}});
    std::get<PointSheet>(subject.preferences[1].form).points[1] = {Number(Rational(5)), Number(Rational(0))};
    const auto result = space::adjusted_winner(subject, {}, {});
    ASSERT_EQ(result.agreed.size(), 1U);
    EXPECT_EQ(result.agreed[0], (std::pair<std::string, std::string>{"i1", "a"}));
    EXPECT_EQ(result.points[0].second, Rational(50));
    EXPECT_EQ(result.divided, "i0");
}

TEST(AdjustedWinner, AnActorThatContestsNothingLeavesAllToTheOther) {
    Case subject = contest({{10, 0}, {5, 0}});
    const auto result = space::adjusted_winner(subject, {}, {});
    // The second actor is content with any option, so every issue has one that is best for both.
    EXPECT_EQ(result.agreed.size(), 2U);
    EXPECT_TRUE(result.issues.empty());
}

TEST(AdjustedWinner, RefusesWhatItCannotDivide) {
    const auto kind_of = [](const Case& subject, const space::AdjustedWinnerOptions& options) {
        try {
            (void)space::adjusted_winner(subject, options, {});
        } catch (const Error& error) {
            return error.kind();
        }
        return ErrorKind::usage;
    };
    EXPECT_EQ(kind_of(sample_space({.issues = 3, .options = 2, .actors = 3}), {}), ErrorKind::unsupported);
    EXPECT_EQ(kind_of(sample_space({.issues = 5, .options = 2, .bundles = 2}), {}), ErrorKind::unsupported);
    space::AdjustedWinnerOptions options;
    options.actors = {"a1", "nobody"};
    EXPECT_EQ(kind_of(sample_space({.issues = 3, .options = 2}), options), ErrorKind::unknown_name);
    options.actors = {"a1", "a3"};
    EXPECT_EQ(space::adjusted_winner(sample_space({.issues = 3, .options = 2, .actors = 3}), options, {})
                  .points.size(),
              2U);
}

}  // namespace steelyard::test
