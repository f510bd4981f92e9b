// SPDX-License-Identifier: Apache-2.0
#include "plain_voting.hpp"
#include "power/count.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/core/random.hpp"
#include "steelyard/power/power.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

namespace steelyard::test {
namespace {

using power::MemberPower;
using power::PowerResult;

Case body_case(std::int64_t quota, const std::vector<std::int64_t>& weights) {
    Case subject;
    VotingBody body;
    body.id = "body";
    body.majority.quota = quota;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        body.majority.members.emplace_back("m" + std::to_string(i), weights[i]);
    }
    subject.voting.push_back(std::move(body));
    return subject;
}

PowerResult analyse(const Case& subject) {
    return power::power(subject, {}, {});
}

Rational share(std::int64_t up, std::int64_t down) {
    return Rational::fraction(up, down);
}

// The Charter's rule since 1965: 9 of 15 votes with no permanent member against.
TEST(Power, OfTheSecurityCouncil) {
    const PowerResult result = analyse(body_case(39, {7, 7, 7, 7, 7, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}));
    EXPECT_EQ(result.members[0].shapley_shubik, share(421, 2145));
    EXPECT_EQ(result.members[5].shapley_shubik, share(4, 2145));
    EXPECT_EQ(result.members[0].swings, "848");
    EXPECT_EQ(result.members[5].swings, "84");
    EXPECT_EQ(result.members[0].banzhaf, share(848, 5080));
    EXPECT_TRUE(result.members[0].veto);
    EXPECT_FALSE(result.members[5].veto);
    EXPECT_EQ(result.winning, "848");
    EXPECT_EQ(*result.minimal, "210");  // four of the ten
    EXPECT_TRUE(result.exact);

    // The same rule told as a majority of nine with vetoes.
    Case told = body_case(9, std::vector<std::int64_t>(15, 1));
    told.voting[0].vetoes = {"m0", "m1", "m2", "m3", "m4"};
    const PowerResult same = analyse(told);
    for (std::size_t i = 0; i < 15; ++i) {
        EXPECT_EQ(same.members[i].shapley_shubik, result.members[i].shapley_shubik);
        EXPECT_EQ(same.members[i].johnston, result.members[i].johnston);
        EXPECT_EQ(same.members[i].deegan_packel, result.members[i].deegan_packel);
        EXPECT_EQ(same.members[i].holler, result.members[i].holler);
    }
}

// Brams and Affuso 1976; Luxembourg's vote never mattered.
TEST(Power, OfTheSixFoundersOfTheCommunity) {
    const PowerResult result = analyse(body_case(12, {4, 4, 4, 2, 2, 1}));
    EXPECT_EQ(result.members[0].shapley_shubik, share(7, 30));
    EXPECT_EQ(result.members[3].shapley_shubik, share(3, 20));
    EXPECT_EQ(result.members[5].shapley_shubik, Rational(0));
    EXPECT_TRUE(result.members[5].powerless);
    EXPECT_EQ(result.members[0].banzhaf, share(5, 21));
    EXPECT_EQ(result.members[3].banzhaf, share(1, 7));
}

// Qualified majority of the fifteen, 1995 to 2004: 62 of 87 votes.
TEST(Power, OfTheUnionOfFifteen) {
    const PowerResult result = analyse(body_case(62, {10, 10, 10, 10, 8, 5, 5, 5, 5, 4, 4, 3, 3, 3, 2}));
    const std::vector<std::pair<std::size_t, double>> published = {{0, .11667}, {4, .09546},  {5, .05518},
                                                                   {9, .04536}, {11, .03525}, {14, .02069}};
    for (const auto& [member, value] : published) {
        EXPECT_NEAR(result.members[member].shapley_shubik.to_double(), value, 0.000005);
    }
}

void expect_as_plain(const Case& subject) {
    const power::VotingGame game = power::make_voting_game(subject.voting[0]);
    const PowerResult result = analyse(subject);
    for (const auto& [name, values] : plain_power(game)) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            const MemberPower& m = result.members[i];
            const std::map<std::string, Rational> found = {{"swings", *Rational::parse(m.swings)},
                                                           {"banzhaf", m.banzhaf},
                                                           {"shapley_shubik", m.shapley_shubik},
                                                           {"johnston", m.johnston.value()},
                                                           {"deegan_packel", m.deegan_packel.value()},
                                                           {"holler", m.holler.value()},
                                                           {"prevent", m.prevent},
                                                           {"initiate", m.initiate},
                                                           {"banzhaf_absolute", m.banzhaf_absolute}};
            ASSERT_NEAR(found.at(name).to_double(), values[i], 1e-9) << name << " of " << i;
        }
    }
}

Case random_body(RandomStream& draw, std::size_t further) {
    const std::size_t members = 1 + draw.below(9);
    const std::uint64_t heaviest = 1 + draw.below(20);
    const auto majority = [&](std::size_t first) {
        VotingMajority result;
        std::int64_t total = 0;
        for (std::size_t i = first; i < members; ++i) {
            const auto weight = static_cast<std::int64_t>(draw.below(heaviest + 1));
            result.members.emplace_back("m" + std::to_string(i), weight);
            total += weight;
        }
        if (total == 0) {
            result.members.front().second = 1;
            total = 1;
        }
        result.quota = share(2 * total, 2) -
                       Rational(static_cast<std::int64_t>(draw.below(static_cast<std::uint64_t>(total)))) -
                       share(draw.below(2) == 0 ? 1 : 0, 2);
        return result;
    };
    Case subject;
    VotingBody body;
    body.id = "body";
    body.majority = majority(0);
    for (std::size_t k = 0; k < further; ++k) {
        body.also.push_back(majority(draw.below(members)));
    }
    if (further > 0 && draw.below(2) == 0) {
        body.vetoes = {"m" + std::to_string(draw.below(members))};
    }
    subject.voting.push_back(std::move(body));
    return subject;
}

TEST(Power, IsThatOfTheDefinitionsForOneMajority) {
    for (std::uint64_t k = 0; k < 400; ++k) {
        SCOPED_TRACE(k);
        RandomStream draw(31, k, 0);
        expect_as_plain(random_body(draw, 0));
    }
}

TEST(Power, IsThatOfTheDefinitionsForSeveralMajoritiesAndVetoes) {
    for (std::uint64_t k = 0; k < 400; ++k) {
        SCOPED_TRACE(k);
        RandomStream draw(32, k, 0);
        expect_as_plain(random_body(draw, 1 + draw.below(2)));
    }
}

TEST(Power, OfFiftyOneElectorsByTwoMethods) {
    // Votes of the states and the District in the electoral college, 2024 to 2028: 270 of 538.
    const std::vector<std::int64_t> votes = {
        54, 40, 30, 28, 19, 19, 17, 16, 16, 15, 14, 13, 12, 11, 11, 11, 11, 10, 10, 10, 10, 10, 9, 9, 8, 8,
        8,  7,  7,  6,  6,  6,  6,  6,  6,  5,  5,  4,  4,  4,  4,  4,  4,  4,  3,  3,  3,  3,  3, 3, 3};
    ASSERT_EQ(std::accumulate(votes.begin(), votes.end(), std::int64_t{0}), 538);
    const Case subject = body_case(270, votes);
    const PowerResult result = analyse(subject);
    double orders = 0;
    double johnston = 0;
    for (const MemberPower& member : result.members) {
        orders += member.shapley_shubik.to_double();
        johnston += member.johnston->to_double();
    }
    EXPECT_NEAR(orders, 1, 1e-9);
    EXPECT_NEAR(johnston, 1, 1e-9);
    // A majority of votes that is even: ties lose, so fewer than half of all coalitions win.
    EXPECT_LT(result.act, share(1, 2));
    EXPECT_GT(result.members[0].banzhaf, result.members[1].banzhaf);
}

TEST(Power, MinimalCoalitionsOfALargeBodyByTwoMethods) {
    // Four kinds of members, forty in all: few ways to take members of each kind.
    std::vector<std::int64_t> weights;
    for (const std::int64_t weight : {7, 5, 3, 2}) {
        weights.insert(weights.end(), 10, weight);
    }
    const power::VotingGame game = power::make_voting_game(body_case(101, weights).voting[0]);
    const power::Vulnerable layers = power::count_vulnerable(game, {});
    const auto kinds = power::enumerate_vulnerable(game, 1e6, {});
    ASSERT_TRUE(kinds);
    const auto without_zeros = [](power::Tally tally) {
        for (auto& row : tally) {
            row.resize(40, 0);
        }
        return tally;
    };
    EXPECT_EQ(without_zeros(layers.critical), without_zeros(kinds->critical));
    EXPECT_EQ(without_zeros(layers.minimal), without_zeros(kinds->minimal));
}

TEST(Power, OfABodyBeyondSixtyFourMembers) {
    // One vote each: everybody has the same share, by symmetry.
    const PowerResult result = analyse(body_case(51, std::vector<std::int64_t>(100, 1)));
    EXPECT_EQ(result.members[42].shapley_shubik, share(1, 100));
    EXPECT_EQ(*result.members[42].deegan_packel, share(1, 100));
    EXPECT_EQ(result.members[0].swings, "50445672272782096667406248628");  // C(99, 50)
    EXPECT_FALSE(result.exact);                                            // two to the hundred does not fit
    EXPECT_NEAR(result.members[0].banzhaf_absolute.to_double(), 0.0795892373871788, 1e-12);
}

TEST(Power, SaysWhatItLeavesOut) {
    Case subject = body_case(40, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13});
    VotingBody& body = subject.voting[0];
    for (std::size_t i = 13; i < 26; ++i) {
        body.majority.members.emplace_back("m" + std::to_string(i),
                                           Rational(static_cast<std::int64_t>(i + 1)));
    }
    body.also.push_back({body.majority.members, Rational(50)});
    const PowerResult result = analyse(subject);
    EXPECT_FALSE(result.members[0].johnston);
    EXPECT_FALSE(result.minimal);
    EXPECT_THAT(result.notes, testing::ElementsAre(testing::HasSubstr("left out")));
}

TEST(Power, NeedsABody) {
    try {
        analyse(Case{});
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::missing_section);
    }
    try {
        power::power(body_case(1, {1}), {"bodi"}, {});
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.problems()[0].nearest, "body");
    }
}

}  // namespace
}  // namespace steelyard::test
