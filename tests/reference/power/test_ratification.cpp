// SPDX-License-Identifier: Apache-2.0
#include "random_talks.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/model/scores.hpp"
#include "steelyard/model/tables.hpp"
#include "steelyard/power/ratification.hpp"
#include "steelyard/power/voting_game.hpp"
#include "steelyard/space/solutions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace steelyard::test {
namespace {

using power::RatificationResult;
using testing::ElementsAre;
using testing::HasSubstr;

/// A government bargains with a neighbour over how a river is shared; its parliament has two parties.
Case river() {
    Case subject;
    subject.id = "river";
    subject.actors = {{"upper", "Upper country", "", {}},
                      {"lower", "Lower country", "", {}},
                      {"farmers", "Farmers' party", "", {}}};
    Issue share{"share", "Upper country's share", "", {}, {}, true, OptionId(0)};
    for (std::int64_t k = 0; k <= 10; ++k) {
        share.options.push_back({"s" + std::to_string(k), "s", "", 10 * k});
    }
    subject.issues = {share};
    PointSheet up, down, farmers;
    for (std::int64_t k = 0; k <= 10; ++k) {
        up.points.resize(1);
        up.points[0].emplace_back(k);
        down.points.resize(1);
        down.points[0].emplace_back(10 - k);
        farmers.points.resize(1);
        farmers.points[0].emplace_back(k);
    }
    subject.preferences = {{ActorId(0), Number(2), up, {}},
                           {ActorId(1), Number(2), down, {}},
                           {ActorId(2), Number(6), farmers, {}}};
    subject.tables = {{"river", "River", {ActorId(0), ActorId(1)}, {IssueId(0)}, {}, {}}};
    VotingBody parliament;
    parliament.id = "parliament";
    parliament.majority = {{{"farmers", 40}, {"others", 60}}, Rational(50)};
    parliament.vetoes = {"farmers"};
    parliament.ratifies = ActorId(0);
    subject.voting = {parliament};
    return subject;
}

// Schelling's conjecture: hands tied at home win at the table.
TEST(Ratification, ASmallerWinSetHelpsTheBargainer) {
    const RatificationResult result = power::ratification(river(), {}, {});
    EXPECT_EQ(result.deals, Rational(11));
    EXPECT_EQ(result.without.deals, Rational(7));  // shares 2 to 8
    ASSERT_EQ(result.ratifiers.size(), 1U);
    const power::Ratifier& parliament = result.ratifiers[0];
    EXPECT_EQ(parliament.with.deals, Rational(3));  // shares 6 to 8
    EXPECT_EQ(result.without.points[0].second, Rational(5));
    EXPECT_EQ(parliament.with.points[0].second, Rational(6));
    EXPECT_EQ(parliament.change[0].second, Rational(1));
    EXPECT_EQ(parliament.change[1].second, Rational(-1));
    EXPECT_THAT(parliament.blocks, ElementsAre("farmers", "others"));
    EXPECT_THAT(parliament.assumed, ElementsAre("others"));
    EXPECT_THAT(parliament.text, HasSubstr("helps Upper country"));
    EXPECT_EQ(result.all.deals, Rational(3));
}

TEST(Ratification, CanLeaveNothingToAgreeOn) {
    Case subject = river();
    subject.preferences[2].no_deal = Number(9);
    const RatificationResult result = power::ratification(subject, {}, {});
    EXPECT_EQ(result.all.deals, Rational(0));
    EXPECT_TRUE(result.all.agreed.empty());
    EXPECT_THAT(result.ratifiers[0].text, HasSubstr("Nothing is left"));
}

TEST(Ratification, UnknownMembersMayVoteAgainst) {
    EXPECT_EQ(power::ratification(river(), {"", "", power::Unknown::against, 100, 1000}, {}).all.deals,
              Rational(0));
}

TEST(Ratification, NeedsABodyThatGatesTheTable) {
    Case subject = river();
    subject.voting[0].ratifies = ActorId(2);
    EXPECT_THROW(power::ratification(subject, {}, {}), Error);
    subject.voting.clear();
    EXPECT_THROW(power::ratification(subject, {}, {}), Error);
}

TEST(Ratification, IsThatOfTheDefinitions) {
    int gated = 0;
    for (std::uint64_t k = 0; k < 200; ++k) {
        SCOPED_TRACE(k);
        RandomStream draw(61, k, 0);
        Case subject = random_talks(draw);
        const Table& table = subject.tables.front();
        for (std::size_t b = 0; b < 2; ++b) {
            VotingBody body;
            body.id = "body" + std::to_string(b);
            std::int64_t total = 0;
            for (const Actor& actor : subject.actors) {
                const auto weight = static_cast<std::int64_t>(1 + draw.below(4));
                body.majority.members.emplace_back(actor.id, weight);
                total += weight;
            }
            body.majority.quota =
                1 + static_cast<std::int64_t>(draw.below(static_cast<std::uint64_t>(total)));
            body.ratifies = table.actors[draw.below(table.actors.size())];
            subject.voting.push_back(body);
        }
        const Scores scores(subject);
        std::array<std::int64_t, 4> counts{};  // at the table, with each body, with both
        for_each_deal(subject, [&](const Deal& deal) {
            for (std::size_t i = 0; i < deal.size(); ++i) {
                const bool own = std::ranges::find(table.issues, IssueId(i)) != table.issues.end();
                if (!own && deal[i] != OptionId(0)) {
                    return;
                }
            }
            if (!feasible(subject, deal)) {
                return;
            }
            std::vector<bool> willing;
            for (std::size_t a = 0; a < subject.actors.size(); ++a) {
                willing.push_back(scores.of(ActorId(a), deal) >= scores.no_deal(ActorId(a)));
            }
            const auto gate = [&](std::vector<bool> votes, std::size_t b) {
                Rational yes;
                for (std::size_t a = 0; a < subject.actors.size(); ++a) {
                    yes += willing[a] ? subject.voting[b].majority.members[a].second : Rational(0);
                }
                if (yes < subject.voting[b].majority.quota) {
                    votes[subject.voting[b].ratifies->index] = false;
                }
                return votes;
            };
            counts[0] += accepts(table, willing) ? 1 : 0;
            counts[1] += accepts(table, gate(willing, 0)) ? 1 : 0;
            counts[2] += accepts(table, gate(willing, 1)) ? 1 : 0;
            counts[3] += accepts(table, gate(gate(willing, 0), 1)) ? 1 : 0;
        });
        const RatificationResult result = power::ratification(subject, {}, {});
        EXPECT_EQ(result.without.deals, Rational(counts[0]));
        EXPECT_EQ(result.ratifiers[0].with.deals, Rational(counts[1]));
        EXPECT_EQ(result.ratifiers[1].with.deals, Rational(counts[2]));
        EXPECT_EQ(result.all.deals, Rational(counts[3]));
        gated += counts[3] < counts[0] ? 1 : 0;
        // Without a body, the agreed deal under unanimity is the Nash solution.
        if (table.accept.unanimity()) {
            const auto nash = space::solutions(subject, {table.id, {space::Concept::nash}, false}, {});
            ASSERT_EQ(nash.solutions.empty(), result.without.agreed.empty());
            if (!nash.solutions.empty()) {
                EXPECT_EQ(nash.solutions[0].deal, result.without.agreed);
            }
        }
    }
    EXPECT_GT(gated, 20);
}

TEST(Ratification, EstimatesLargeSpaces) {
    Case subject = river();
    const power::RatificationOptions sampled{"", "", power::Unknown::follow, 1, 20000};
    const RatificationResult exact = power::ratification(subject, {}, {});
    const RatificationResult result = power::ratification(subject, sampled, {});
    EXPECT_FALSE(result.exact);
    EXPECT_LE(result.all.low, exact.all.share);
    EXPECT_GE(result.all.high, exact.all.share);
    EXPECT_LT(result.all.high - result.all.low, 2);
    EXPECT_EQ(result.all.agreed, exact.all.agreed);
    EXPECT_EQ(to_value(result), to_value(power::ratification(subject, sampled, {})));
}

}  // namespace
}  // namespace steelyard::test
