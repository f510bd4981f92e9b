// SPDX-License-Identifier: Apache-2.0
#include "plain_games.hpp"
#include "power/values.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/core/random.hpp"
#include "steelyard/power/cooperative.hpp"
#include "support/harbour_lease.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

namespace steelyard::test {
namespace {

using power::Coalition;
using power::CooperativeOptions;
using power::CooperativeResult;
using power::Source;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<Rational> nucleolus_of(const CooperativeResult& result) {
    std::vector<Rational> shares;
    for (const power::PlayerShare& share : result.players) {
        shares.push_back(share.nucleolus);
    }
    return shares;
}

CooperativeResult estate(std::int64_t value) {
    CooperativeOptions options;
    options.estate = value;
    options.claims = {{"first", 100}, {"second", 200}, {"third", 300}};
    return power::cooperative(Case{}, options, {});
}

// Mishnah Ketubot 93a, explained by Aumann and Maschler 1985: the nucleolus of O'Neill's game.
TEST(Cooperative, DividesTheEstatesOfTheTalmud) {
    const Rational third = Rational::fraction(100, 3);
    EXPECT_THAT(nucleolus_of(estate(100)), ElementsAre(third, third, third));
    EXPECT_THAT(nucleolus_of(estate(200)), ElementsAre(Rational(50), Rational(75), Rational(75)));
    EXPECT_THAT(nucleolus_of(estate(300)), ElementsAre(Rational(50), Rational(100), Rational(150)));
    const CooperativeResult result = estate(200);
    EXPECT_TRUE(result.convex);
    EXPECT_TRUE(result.core_exists);
    EXPECT_TRUE(result.against_shapley.empty());
    EXPECT_EQ(result.game, Source::estate);
}

// The glove game: one left glove, two right ones; the core gives everything to the left.
TEST(Cooperative, GivesThePairToTheScarceGlove) {
    CooperativeOptions options;
    options.worth = {{"left+right", 1}, {"left+other", 1}, {"left+right+other", 1}};
    const CooperativeResult result = power::cooperative(Case{}, options, {});
    EXPECT_TRUE(result.core_exists);
    EXPECT_THAT(nucleolus_of(result), ElementsAre(Rational(1), Rational(0), Rational(0)));
    EXPECT_EQ(result.players[0].shapley, Rational::fraction(2, 3));
    EXPECT_EQ(result.players[0].core_low, Rational(1));
    EXPECT_EQ(result.players[1].core_high, Rational(0));
    EXPECT_FALSE(result.convex);
    EXPECT_TRUE(result.superadditive);
    EXPECT_EQ(result.against_shapley.size(), 2U);
}

// Simple majority of three: no division satisfies every pair.
TEST(Cooperative, FindsNoCoreWhereAnyTwoCanTakeAll) {
    CooperativeOptions options;
    options.worth = {{"a+b", 1}, {"a+c", 1}, {"b+c", 1}, {"a+b+c", 1}};
    const CooperativeResult result = power::cooperative(Case{}, options, {});
    EXPECT_FALSE(result.core_exists);
    EXPECT_EQ(*result.least_core, Rational::fraction(1, 3));
    EXPECT_EQ(result.players[0].nucleolus, Rational::fraction(1, 3));
    EXPECT_FALSE(result.players[0].core_low);
    EXPECT_EQ(result.against_nucleolus.size(), 3U);
    EXPECT_THAT(result.text, HasSubstr("could do better"));
}

// Owen 1977: two of three who join take everything between them.
TEST(Cooperative, LetsUnionsJoinTogether) {
    CooperativeOptions options;
    options.worth = {{"a+b", 1}, {"a+c", 1}, {"b+c", 1}, {"a+b+c", 1}};
    options.unions = {"a+b"};
    const CooperativeResult result = power::cooperative(Case{}, options, {});
    EXPECT_EQ(*result.players[0].owen, Rational::fraction(1, 2));
    EXPECT_EQ(*result.players[2].owen, Rational(0));
    options.unions = {"a+b", "b+c"};
    EXPECT_THROW(power::cooperative(Case{}, options, {}), Error);
    options.unions = {"a+d"};
    EXPECT_THROW(power::cooperative(Case{}, options, {}), Error);
}

TEST(Cooperative, ReadsWorthsFromTheDealsOfACase) {
    const Case subject = harbour_lease();
    const CooperativeResult result = power::cooperative(subject, {}, {});
    EXPECT_EQ(result.game, Source::deals);
    ASSERT_EQ(result.players.size(), 3U);
    // One table under unanimity: only all three can settle anything, so they share alike.
    for (const power::PlayerShare& share : result.players) {
        EXPECT_EQ(share.alone, Rational(0));
        EXPECT_EQ(share.shapley, result.total / Rational(3));
        EXPECT_EQ(share.nucleolus, result.total / Rational(3));
    }
    EXPECT_GT(result.total, Rational(0));
    EXPECT_THAT(result.notes, ElementsAre(HasSubstr("added up")));
}

TEST(Cooperative, SaysWhatIsWrongWithItsOptions) {
    CooperativeOptions options;
    options.game = Source::estate;
    EXPECT_THROW(power::cooperative(Case{}, options, {}), Error);
    options.claims = {{"a", -1}};
    options.estate = 0;
    EXPECT_THROW(power::cooperative(Case{}, options, {}), Error);
    options.claims = {{"a", 5}};
    options.estate = 6;
    EXPECT_THROW(power::cooperative(Case{}, options, {}), Error);
    options = {};
    options.worth = {{"a++b", 1}};
    EXPECT_THROW(power::cooperative(Case{}, options, {}), Error);
    EXPECT_THROW(power::cooperative(Case{}, {}, {}), Error);
}

power::Game random_game(RandomStream& draw, std::size_t players) {
    power::Game game;
    for (std::size_t i = 0; i < players; ++i) {
        game.players.push_back(std::string(1, static_cast<char>('a' + i)));
    }
    game.worth.resize(std::size_t{1} << players);
    const std::uint64_t range = 1 + draw.below(30);
    for (Coalition s = 1; s < game.worth.size(); ++s) {
        game.worth[s] = Rational::fraction(static_cast<std::int64_t>(draw.below(range)) - 3,
                                           1 + static_cast<std::int64_t>(draw.below(3)));
    }
    return game;
}

std::vector<double> doubles(const power::Vector& values) {
    std::vector<double> result;
    for (const power::Fraction& value : values) {
        result.push_back(value.convert_to<double>());
    }
    return result;
}

TEST(Cooperative, ValuesAreMeansOverAllOrders) {
    for (std::uint64_t k = 0; k < 60; ++k) {
        RandomStream draw(41, k, 0);
        const power::Game game = random_game(draw, 1 + draw.below(6));
        std::vector<Coalition> alone;
        std::vector<Coalition> unions = {0, 0, 0};
        for (std::size_t i = 0; i < game.size(); ++i) {
            alone.push_back(Coalition{1} << i);
            unions[draw.below(3)] |= Coalition{1} << i;
        }
        std::erase(unions, Coalition{0});
        const auto near = [](double a, double b) { return std::abs(a - b) < 1e-9; };
        EXPECT_THAT(doubles(power::shapley_value(game)),
                    testing::Pointwise(
                        testing::Truly([&](const auto& p) { return near(std::get<0>(p), std::get<1>(p)); }),
                        plain_values(game, alone)));
        EXPECT_THAT(doubles(power::owen_value(game, unions)),
                    testing::Pointwise(
                        testing::Truly([&](const auto& p) { return near(std::get<0>(p), std::get<1>(p)); }),
                        plain_values(game, unions)));
    }
}

TEST(Cooperative, NucleolusAndLeastCorePassKohlbergsTest) {
    int without = 0;
    for (std::uint64_t k = 0; k < 150; ++k) {
        SCOPED_TRACE(k);
        RandomStream draw(42, k, 0);
        power::Game game = random_game(draw, 2 + draw.below(3));
        EXPECT_NEAR(power::least_core(game, {})->convert_to<double>(), plain_least_core(game), 1e-9);
        const power::Nucleolus found = power::nucleolus(game, {});
        const power::Fraction sum =
            std::accumulate(found.payoff.begin(), found.payoff.end(), power::Fraction(0));
        EXPECT_EQ(sum, power::to_fraction(game.worth.back()));
        // Kohlberg's test in this form is for divisions that need not be individually rational.
        bool binds = false;
        for (std::size_t i = 0; i < game.size(); ++i) {
            const power::Fraction alone = power::to_fraction(game.worth[Coalition{1} << i]);
            binds = binds || (found.individual && found.payoff[i] == alone);
            EXPECT_TRUE(!found.individual || found.payoff[i] >= alone);
        }
        if (!binds) {
            EXPECT_TRUE(plain_prenucleolus(game, doubles(found.payoff)));
            ++without;
        }
    }
    EXPECT_GT(without, 50);
}

TEST(Cooperative, CoreRangesAreReachedAndKeepEveryCoalition) {
    for (std::uint64_t k = 0; k < 40; ++k) {
        RandomStream draw(43, k, 0);
        power::Game game = random_game(draw, 2 + draw.below(3));
        game.worth.back() = 60;  // large enough for a core
        const auto ranges = power::core_ranges(game, {});
        for (std::size_t i = 0; i < game.size(); ++i) {
            // With i held at its bound the rest of the players still satisfy every coalition: as a game of
            // their own, where S gets the better of v(S) and v(S + i) less the bound.
            for (const power::Fraction& bound : {ranges[i].first, ranges[i].second}) {
                if (game.size() < 3) {
                    continue;
                }
                power::Game reduced;
                const Rational held = power::to_rational(bound);
                std::vector<std::size_t> others;
                for (std::size_t j = 0; j < game.size(); ++j) {
                    if (j != i) {
                        others.push_back(j);
                        reduced.players.push_back(game.players[j]);
                    }
                }
                reduced.worth.resize(game.worth.size() / 2);
                for (Coalition s = 1; s < reduced.worth.size(); ++s) {
                    Coalition full = 0;
                    for (std::size_t k2 = 0; k2 < others.size(); ++k2) {
                        full |= (s >> k2 & 1U) != 0 ? Coalition{1} << others[k2] : 0;
                    }
                    const Rational with = game.worth[full | Coalition{1} << i] - held;
                    reduced.worth[s] =
                        s + 1 == reduced.worth.size() ? with : std::max(game.worth[full], with);
                }
                EXPECT_LE(plain_least_core(reduced), 1e-9);
            }
        }
    }
}

RC_GTEST_PROP(Cooperative, RelabellingPlayersRelabelsShares, (std::uint64_t seed)) {
    RandomStream draw(seed, 0, 0);
    const power::Game game = random_game(draw, 3);
    power::Game turned = game;
    for (Coalition s = 0; s < 8; ++s) {
        turned.worth[(s << 1 | s >> 2) & 7U] = game.worth[s];
    }
    const power::Vector a = power::nucleolus(game, {}).payoff;
    const power::Vector b = power::nucleolus(turned, {}).payoff;
    RC_ASSERT(a[0] == b[1] && a[1] == b[2] && a[2] == b[0]);
}

TEST(Cooperative, FifteenPlayersTakeSeconds) {
    CooperativeOptions options;
    options.estate = 777;
    for (std::int64_t i = 0; i < 15; ++i) {
        options.claims.emplace_back(std::string(1, static_cast<char>('a' + i)), 20 + 13 * i);
    }
    const CooperativeResult result = power::cooperative(Case{}, options, {});
    // Aumann and Maschler: with less than half of the claims, nobody gets more than half of its own, and
    // those below that half get the same.
    Rational sum;
    Rational most;
    for (const power::PlayerShare& share : result.players) {
        sum += share.nucleolus;
        most = std::max(most, share.nucleolus);
    }
    EXPECT_EQ(sum, Rational(777));
    for (std::size_t i = 0; i < 15; ++i) {
        EXPECT_EQ(result.players[i].nucleolus, std::min(most, options.claims[i].second / Rational(2)));
    }
}

}  // namespace
}  // namespace steelyard::test
