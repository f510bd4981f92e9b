// SPDX-License-Identifier: Apache-2.0
#include "reference/space/enumeration.hpp"
#include "reference/space/random_case.hpp"
#include "reference/space/sample_spaces.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/core/random.hpp"
#include "steelyard/space/talks.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>
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

/// The protocol once more, over all deals, looking at every one of them at each turn, and at everything that was
/// ever said.
class PlainTalks {
public:
    PlainTalks(const Enumeration& all, std::vector<Strategy> strategies, std::int64_t rounds,
               std::uint64_t game = 0)
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
        said_.resize(n);
        made_.resize(n);
        heard_until_.resize(n);
        target_.assign(n, 1);
        for (std::size_t p = 0; p < n; ++p)
            random_.emplace_back(1, game, static_cast<std::uint32_t>(p));
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
                said_[p].push_back(*standing);
                ++offers_;
                in_a_row = 0;
            }
        }
        return std::nullopt;
    }

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
    /// The fewest different point vectors that any other actor has offered.
    std::size_t fewest_of_others(std::size_t p) const {
        std::size_t fewest = 1'000'000;
        for (std::size_t q = 0; q < said_.size(); ++q) {
            std::set<std::vector<Rational>> different;
            for (const std::size_t deal : said_[q])
                different.insert(all_.feasible[deal].points);
            if (q != p)
                fewest = std::min(fewest, different.size());
        }
        return fewest;
    }
    bool may_concede(std::size_t p) const {
        return made_[p] <= fewest_of_others(p) && made_[p] < ladder(p).size();
    }

    /// Tit-for-tat: takes over the mean of the others' last changes, if anybody spoke since the last time.
    void follow(std::size_t p) {
        if (heard_until_[p] == offers_ - said_[p].size())
            return;
        heard_until_[p] = offers_ - said_[p].size();
        double sum = 0;
        int known = 0;
        for (std::size_t q = 0; q < said_.size(); ++q) {
            if (q == p || said_[q].size() < 2)
                continue;
            sum += utility(p, said_[q].back()) - utility(p, said_[q][said_[q].size() - 2]);
            ++known;
        }
        if (known > 0)
            target_[p] =
                std::min(1.0, std::max(target_[p] - sum / known, std::min(1.0, std::max(0.0, reserve(p)))));
    }

    /// What a deal must be worth to be accepted or offered.
    double wanted(std::size_t p, double t) const {
        return strategies_[p] == Strategy::tit_for_tat ? target_[p] : aspiration(p, t);
    }

    bool accepts(std::size_t p, std::size_t deal, double t) {
        if (strategies_[p] == Strategy::tit_for_tat)
            follow(p);
        if (!above_no_deal(p, deal))
            return false;
        if (strategies_[p] != Strategy::micro)
            return utility(p, deal) >= wanted(p, t) - 1e-12;
        const auto steps = ladder(p);
        if (steps.empty())
            return false;
        return all_.feasible[deal].points[p] >= steps[may_concede(p) ? made_[p] : made_[p] - 1][p];
    }

    std::size_t find(const std::vector<Rational>& points) const {
        for (std::size_t i = 0; i < all_.feasible.size(); ++i) {
            if (all_.feasible[i].points == points)
                return i;
        }
        return 0;
    }

    std::size_t offer(std::size_t p, double t) {
        const auto steps = ladder(p);
        if (strategies_[p] == Strategy::micro && !steps.empty())
            return find(
                steps[may_concede(p) ? made_[p]++ : static_cast<std::size_t>(random_[p].below(made_[p]))]);
        // Micro that can live with no deal at all asks for its best.
        const double target = strategies_[p] == Strategy::micro ? 2 : wanted(p, t);
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
    std::vector<std::vector<std::size_t>> said_;  // by actor: its offers, as places in the list of deals
    std::size_t offers_ = 0;                      // in all
    std::vector<std::size_t> made_;               // micro: new offers
    std::vector<std::size_t> heard_until_;        // tit-for-tat: offers of others taken into account
    std::vector<double> target_;                  // tit-for-tat
    std::vector<RandomStream> random_;
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

namespace {

using Agreed = std::optional<std::pair<std::vector<Rational>, std::int64_t>>;

void same_outcome(const Case& subject, const Enumeration& all, bool agreement, std::int64_t round,
                  const Named<Rational>& gains, const Agreed& expected) {
    RC_ASSERT(agreement == expected.has_value());
    if (!expected)
        return;
    RC_ASSERT(round == expected->second);
    const auto deal = std::ranges::find(all.feasible, expected->first, &Scored::points);
    for (std::size_t p = 0; p < all.table.actors.size(); ++p) {
        const std::string& id = subject[all.table.actors[p]].id;
        for (const auto& [name, gain] : gains)
            RC_ASSERT(name != id || gain == deal->gains[p]);
    }
}

}  // namespace

RC_GTEST_PROP(TalksReference, AllStrategiesAgreeWithThePlainProtocol, ()) {
    for (int repeat = 0; repeat < 5; ++repeat) {
        const Case subject = random_case({.most_actors = 4, .most_issues = 3, .most_options = 3});
        RC_LOG() << to_text(subject);
        const Enumeration all(subject, "");
        if (all.table.actors.size() < 2 || all.feasible.empty())
            continue;
        const auto choices = choices_of(Strategy{});
        const bool alike = *rc::gen::arbitrary<bool>();
        const auto some = [&] { return choices[*rc::gen::inRange<std::size_t>(0, choices.size())].value; };
        std::vector<Strategy> strategies(all.table.actors.size(), some());
        for (Strategy& strategy : strategies) {
            strategy = alike ? strategy : some();
            RC_LOG() << "strategy " << static_cast<int>(strategy) << "\n";
        }
        const auto rounds = *rc::gen::inRange<std::int64_t>(1, 30);
        const auto result = space::talks(subject, with(subject, strategies, rounds), {});
        same_outcome(subject, all, result.agreement, result.round, result.gains,
                     PlainTalks(all, strategies, rounds).run());
    }
}

RC_GTEST_PROP(TalksReference, EveryGameOfATournamentAgreesWithThePlainProtocol, ()) {
    const Case subject = random_case({.most_actors = 3, .most_issues = 2, .most_options = 3});
    RC_LOG() << to_text(subject);
    const Enumeration all(subject, "");
    if (all.table.actors.size() < 2 || all.feasible.empty())
        return;
    space::TalksOptions options;
    options.rounds = *rc::gen::inRange<std::int64_t>(1, 12);
    options.tournament = true;
    const auto result = space::talks(subject, options, {});
    RC_ASSERT(result.games.size() == (all.table.actors.size() == 2 ? 25U : 125U));
    std::map<Strategy, std::pair<std::int64_t, std::int64_t>> seats;  // taken, and with an agreement
    for (std::size_t g = 0; g < result.games.size(); ++g) {
        const auto& game = result.games[g];
        std::vector<Strategy> strategies;
        for (const auto& [name, strategy] : game.strategies) {
            strategies.push_back(strategy);
            ++seats[strategy].first;
            seats[strategy].second += static_cast<std::int64_t>(game.agreement);
        }
        same_outcome(subject, all, game.agreement, game.round, game.gains,
                     PlainTalks(all, strategies, options.rounds, g + 1).run());
    }
    for (const auto& standing : result.standings) {
        const auto& [taken, agreed] = seats[standing.strategy];
        RC_ASSERT(standing.games == taken);
        RC_ASSERT(std::abs(standing.agreements -
                           100.0 * static_cast<double>(agreed) / static_cast<double>(taken)) < 1e-9);
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
