// SPDX-License-Identifier: Apache-2.0
#include "reference/space/enumeration.hpp"
#include "reference/space/random_case.hpp"
#include "reference/space/sample_spaces.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/space/talks.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <set>

namespace steelyard::test {

namespace {

using space::Strategy;

/// One issue of eleven options that two actors value 0..10 and 10..0.
Case tug_of_war() {
    Case subject;
    subject.id = "tug";
    subject.actors = {{"a", "", "", {}}, {"b", "", "", {}}};
    Issue issue;
    issue.id = "share";
    PointSheet a{{{}}};
    PointSheet b{{{}}};
    for (std::int64_t o = 0; o <= 10; ++o) {
        issue.options.push_back({"o" + std::to_string(o), "", "", Rational(10 * o)});
        a.points[0].emplace_back(Rational(o));
        b.points[0].emplace_back(Rational(10 - o));
    }
    subject.issues = {issue};
    subject.preferences = {{ActorId(0U), Number(Rational(0)), a, {}},
                           {ActorId(std::size_t{1}), Number(Rational(0)), b, {}}};
    return subject;
}

/// The protocol once more, over all deals, looking at every one of them at each turn.  Time-dependent tactics, and
/// micro among its own kind (where nobody ever has to repeat an offer at random).
class PlainTalks {
public:
    PlainTalks(const Enumeration& all, std::vector<Strategy> strategies, std::int64_t rounds)
        : all_(all), strategies_(std::move(strategies)), rounds_(rounds) {
        const std::size_t n = all.table.actors.size();
        for (std::size_t p = 0; p < n; ++p) {
            low_.push_back(all.feasible[0].points[p]);
            high_.push_back(low_[p]);
            for (const Scored& scored : all.feasible) {
                low_[p] = std::min(low_[p], scored.points[p]);
                high_[p] = std::max(high_[p], scored.points[p]);
            }
        }
        made_.resize(n);
    }

    /// Points agreed on and the round, or nothing.
    std::optional<std::pair<std::vector<Rational>, std::int64_t>> run() {
        std::optional<std::size_t> standing;
        std::size_t in_a_row = 0;
        const std::size_t n = low_.size();
        for (std::int64_t round = 1; round <= rounds_; ++round) {
            const double t =
                rounds_ > 1 ? static_cast<double>(round - 1) / static_cast<double>(rounds_ - 1) : 1;
            for (std::size_t p = 0; p < n; ++p) {
                if (standing && accepts(p, *standing, t)) {
                    if (++in_a_row == n - 1)
                        return std::pair{all_.feasible[*standing].points, round};
                    continue;
                }
                standing = offer(p, t);
                in_a_row = 0;
            }
        }
        return std::nullopt;
    }

    /// Whether micro had nothing new to offer and would have repeated an offer at random.
    bool repeats() const { return repeats_; }

private:
    double utility(std::size_t p, const Rational& points) const {
        return low_[p] == high_[p] ? 1 : ((points - low_[p]) / (high_[p] - low_[p])).to_double();
    }
    double utility(std::size_t p, std::size_t deal) const {
        return utility(p, all_.feasible[deal].points[p]);
    }
    double reserve(std::size_t p) const {
        const Rational no_deal = all_.feasible[0].points[p] - all_.feasible[0].gains[p];
        if (low_[p] == high_[p])
            return low_[p] >= no_deal ? 0 : 2;
        return ((no_deal - low_[p]) / (high_[p] - low_[p])).to_double();
    }
    double aspiration(std::size_t p, double t) const {
        const double e = strategies_[p] == Strategy::boulware ? 0.2
                         : strategies_[p] == Strategy::linear ? 1
                                                              : 5;
        const double floor = std::max(0.0, reserve(p));
        return floor + (1 - floor) * (1 - std::pow(t, 1 / e));
    }
    bool above_no_deal(std::size_t p, std::size_t deal) const {
        return all_.feasible[deal].gains[p] >= Rational(0);
    }

    /// Micro: own points of the k-th different point vector by falling own points.
    std::vector<std::vector<Rational>> ladder(std::size_t p) const {
        std::set<std::vector<Rational>> distinct;
        for (const Scored& scored : all_.feasible) {
            if (scored.gains[p] >= Rational(0))
                distinct.insert(scored.points);
        }
        // The engine's list order: by falling points of the first actor, then the next.
        std::vector<std::vector<Rational>> steps(distinct.rbegin(), distinct.rend());
        std::ranges::stable_sort(steps, [&](const auto& a, const auto& b) { return a[p] > b[p]; });
        return steps;
    }
    std::size_t fewest_of_others(std::size_t p) const {
        std::size_t fewest = 1'000'000;
        for (std::size_t q = 0; q < made_.size(); ++q) {
            if (q != p)
                fewest = std::min(fewest, made_[q].size());
        }
        return fewest;
    }

    bool accepts(std::size_t p, std::size_t deal, double t) const {
        if (!above_no_deal(p, deal))
            return false;
        if (strategies_[p] != Strategy::micro)
            return utility(p, deal) >= aspiration(p, t) - 1e-12;
        const auto steps = ladder(p);
        const std::size_t made = made_[p].size();
        const bool concede = made <= fewest_of_others(p) && made < steps.size();
        return all_.feasible[deal].points[p] >= steps[concede ? made : made - 1][p];
    }

    std::size_t find(const std::vector<Rational>& points) const {
        for (std::size_t i = 0; i < all_.feasible.size(); ++i) {
            if (all_.feasible[i].points == points)
                return i;
        }
        return 0;
    }

    std::size_t offer(std::size_t p, double t) {
        if (strategies_[p] == Strategy::micro) {
            const auto steps = ladder(p);
            repeats_ = repeats_ || made_[p].size() == steps.size() || made_[p].size() > fewest_of_others(p);
            if (repeats_)
                return 0;
            made_[p].insert(steps[made_[p].size()]);
            return find(*std::ranges::find(steps, steps[made_[p].size() - 1]));
        }
        const double target = aspiration(p, t);
        // Closest above the target; among equals the last in the list's order.
        std::optional<std::size_t> best;
        std::optional<std::size_t> highest;
        for (std::size_t i = 0; i < all_.feasible.size(); ++i) {
            const auto later = [&](std::size_t other) {
                return all_.feasible[i].points < all_.feasible[other].points;
            };
            const Rational& mine = all_.feasible[i].points[p];
            if (!highest || mine > all_.feasible[*highest].points[p] ||
                (mine == all_.feasible[*highest].points[p] && !later(*highest)))
                highest = i;
            if (utility(p, i) < target - 1e-12)
                continue;
            if (!best || mine < all_.feasible[*best].points[p] ||
                (mine == all_.feasible[*best].points[p] && later(*best)))
                best = i;
        }
        return best.value_or(*highest);
    }

    const Enumeration& all_;
    std::vector<Strategy> strategies_;
    std::int64_t rounds_;
    std::vector<Rational> low_, high_;
    std::vector<std::set<std::vector<Rational>>> made_;
    bool repeats_ = false;
};

space::TalksOptions with(const Case& subject, const std::vector<Strategy>& strategies, std::int64_t rounds) {
    space::TalksOptions options;
    options.rounds = rounds;
    const Table table = find_table(subject, "");
    for (std::size_t p = 0; p < strategies.size(); ++p)
        options.strategies.emplace_back(subject[table.actors[p]].id, strategies[p]);
    return options;
}

}  // namespace

// a asks for 10, 9, ... in rounds 1, 2, ...; b, whose turn is the second, is content once a's offer gives it what it
// would ask for itself: 5 of 10 in round 6.
TEST(Talks, TwoLinearActorsMeetInTheMiddle) {
    const Case subject = tug_of_war();
    const auto result = space::talks(subject, with(subject, {Strategy::linear, Strategy::linear}, 11), {});
    ASSERT_TRUE(result.agreement);
    EXPECT_EQ(result.round, 6);
    EXPECT_EQ(result.proposed_by, "a");
    EXPECT_EQ(result.points[0].second, Rational(5));
    EXPECT_EQ(result.points[1].second, Rational(5));
    EXPECT_TRUE(result.efficient);
    ASSERT_EQ(result.trace.size(), 12U);
    EXPECT_TRUE(result.trace.back().accepts);
    EXPECT_EQ(result.trace[0].points[0].second, Rational(10));
}

TEST(Talks, TheOneThatHoldsOutGetsMore) {
    const Case subject = tug_of_war();
    const auto result =
        space::talks(subject, with(subject, {Strategy::boulware, Strategy::conceder}, 100), {});
    ASSERT_TRUE(result.agreement);
    EXPECT_GT(result.points[0].second, Rational(7));
}

TEST(Talks, TitForTatNeverMovesFirstButFollows) {
    const Case subject = tug_of_war();
    EXPECT_FALSE(space::talks(subject, with(subject, {Strategy::tit_for_tat, Strategy::tit_for_tat}, 50), {})
                     .agreement);
    const auto followed =
        space::talks(subject, with(subject, {Strategy::linear, Strategy::tit_for_tat}, 101), {});
    ASSERT_TRUE(followed.agreement);
    EXPECT_EQ(followed.points[0].second, Rational(5));
}

// Each climbs down its own ladder by one offer a round, so they meet in the middle (de Jonge 2022, section 4).
TEST(Talks, TwoMicroActorsClimbDownTogether) {
    const Case subject = tug_of_war();
    const auto result = space::talks(subject, with(subject, {Strategy::micro, Strategy::micro}, 100), {});
    ASSERT_TRUE(result.agreement);
    EXPECT_EQ(result.points[0].second, Rational(5));
    EXPECT_EQ(result.round, 6);
}

TEST(Talks, NobodyAcceptsLessThanNoDeal) {
    Case subject = tug_of_war();
    for (Preference& preference : subject.preferences)
        preference.no_deal = Number(Rational(6));
    const auto result = space::talks(subject, with(subject, {Strategy::linear, Strategy::conceder}, 50), {});
    EXPECT_FALSE(result.agreement);
    EXPECT_EQ(result.round, 0);
    EXPECT_TRUE(result.deal.empty());
}

RC_GTEST_PROP(TalksReference, TimeDependentTalksAgreeWithThePlainProtocol, ()) {
    for (int repeat = 0; repeat < 5; ++repeat) {
        const Case subject = random_case({.most_actors = 4, .most_issues = 4, .most_options = 3});
        RC_LOG() << to_text(subject);
        const Enumeration all(subject, "");
        if (all.table.actors.size() < 2 || all.feasible.empty())
            continue;
        const bool micro = *rc::gen::arbitrary<bool>();
        std::vector<Strategy> strategies;
        for (std::size_t p = 0; p < all.table.actors.size(); ++p)
            strategies.push_back(
                micro ? Strategy::micro
                      : *rc::gen::element(Strategy::boulware, Strategy::linear, Strategy::conceder));
        bool everybody_can = true;  // otherwise micro has nothing to offer
        for (std::size_t p = 0; p < strategies.size(); ++p)
            everybody_can = everybody_can && std::ranges::any_of(all.feasible, [&](const Scored& scored) {
                                return scored.gains[p] >= Rational(0);
                            });
        if (micro && (!everybody_can || strategies.size() > 2))
            continue;
        const auto rounds = *rc::gen::inRange<std::int64_t>(1, 40);
        const auto result = space::talks(subject, with(subject, strategies, rounds), {});
        PlainTalks plain(all, strategies, rounds);
        const auto expected = plain.run();
        if (plain.repeats())
            continue;
        for (const Strategy strategy : strategies)
            RC_LOG() << "strategy " << static_cast<int>(strategy) << " rounds " << rounds << "\n";
        RC_ASSERT(result.agreement == expected.has_value());
        if (!expected)
            continue;
        RC_ASSERT(result.round == expected->second);
        for (std::size_t p = 0; p < strategies.size(); ++p) {
            const std::string& id = subject[all.table.actors[p]].id;
            for (const auto& [name, points] : result.points) {
                if (name == id)
                    RC_ASSERT(points == expected->first[p]);
            }
        }
    }
}

TEST(Talks, ATournamentPlaysEveryPairAndRepeatsItself) {
    const Case subject = sample_space({.issues = 4, .options = 4});
    space::TalksOptions options;
    options.rounds = 200;
    options.tournament = true;
    const auto result = space::talks(subject, options, {});
    EXPECT_EQ(result.games.size(), 25U);
    ASSERT_EQ(result.standings.size(), 5U);
    for (const auto& standing : result.standings) {
        EXPECT_EQ(standing.games, 10);
        EXPECT_GE(standing.agreements, 0);
        EXPECT_LE(standing.agreements, 100);
    }
    for (std::size_t k = 1; k < 5; ++k)
        EXPECT_GE(result.standings[k - 1].gain, result.standings[k].gain);
    EXPECT_EQ(to_value(space::talks(subject, options, {})), to_value(result));
}

TEST(Talks, SpacesTooLargeToListUseTheFrontier) {
    const Case subject = sample_space({.issues = 12});
    space::TalksOptions options;
    EXPECT_THROW((void)space::talks(subject, options, {}), Error);
    options.offered = space::OfferedDeals::efficient;
    const auto result = space::talks(subject, options, {});
    EXPECT_TRUE(result.agreement);
    EXPECT_TRUE(result.efficient);
}

TEST(Talks, RefusesStrategiesOfStrangers) {
    space::TalksOptions options;
    options.strategies = {{"c", Strategy::linear}};
    try {
        (void)space::talks(tug_of_war(), options, {});
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::unknown_name);
        EXPECT_EQ(error.problems()[0].found, "c");
    }
}

}  // namespace steelyard::test
