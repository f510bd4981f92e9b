// SPDX-License-Identifier: Apache-2.0
#include "power/coalition_deals.hpp"
#include "random_talks.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/model/scores.hpp"
#include "steelyard/model/tables.hpp"
#include "steelyard/power/alliances.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace steelyard::test {
namespace {

using power::AlliancesOptions;
using power::AlliancesResult;
using power::Coalition;
using power::Sharing;
using testing::ElementsAre;
using testing::IsEmpty;

/// Deals that a coalition can settle alone: tables whose rule its members meet, the rest at the status quo.
void for_each_own_deal(const Case& subject, const std::vector<bool>& member,
                       const std::function<void(const Deal&)>& visit) {
    std::vector<bool> open(subject.issues.size(), false);
    bool any = false;
    for (const Table& table : subject.tables) {
        for (const IssueId issue : table.issues) {
            open[issue.index] = accepts(table, member);
            any = any || open[issue.index];
        }
    }
    for_each_deal(subject, [&](const Deal& deal) {
        for (std::size_t k = 0; k < deal.size(); ++k) {
            if (!open[k] && deal[k] != OptionId(0)) {
                return;
            }
        }
        if (any && feasible(subject, deal)) {
            visit(deal);
        }
    });
}

TEST(Alliances, CoalitionsSettleWhatTheDefinitionsSay) {
    int settled = 0;
    for (std::uint64_t k = 0; k < 150; ++k) {
        SCOPED_TRACE(k);
        RandomStream draw(51, k, 0);
        const Case subject = random_talks(draw);
        const Scores scores(subject);
        const power::CoalitionDeals deals(subject, 15);
        const std::size_t n = subject.actors.size();
        for (Coalition s = 0; s < Coalition{1} << n; ++s) {
            std::vector<bool> member(n);
            for (std::size_t i = 0; i < n; ++i) {
                member[i] = (s >> i & 1U) != 0;
            }
            Rational best;
            using Merit = std::pair<int, Rational>;
            std::optional<Merit> agreed;
            std::set<std::vector<Rational>> agreed_gains;
            for_each_own_deal(subject, member, [&](const Deal& deal) {
                Rational sum;
                Merit merit{0, 1};
                bool loses = false;
                std::vector<Rational> gains;
                for (std::size_t i = 0; i < n; ++i) {
                    const Rational gain = scores.of(ActorId(i), deal) - scores.no_deal(ActorId(i));
                    gains.push_back(gain);
                    sum += member[i] ? gain : Rational(0);
                    loses = loses || (member[i] && gain < Rational(0));
                    if (member[i] && gain > Rational(0)) {
                        ++merit.first;
                        merit.second *= gain;
                    }
                }
                best = std::max(best, sum);
                if (!loses) {
                    if (!agreed || merit > *agreed) {
                        agreed = merit;
                        agreed_gains.clear();
                    }
                    if (merit == *agreed) {
                        agreed_gains.insert(gains);
                    }
                }
            });
            if (!agreed) {
                std::vector<Rational> gains;
                for (std::size_t i = 0; i < n; ++i) {
                    gains.push_back(scores.of(ActorId(i), Deal(subject.issues.size())) -
                                    scores.no_deal(ActorId(i)));
                }
                agreed_gains.insert(gains);
            } else {
                ++settled;
            }
            EXPECT_EQ(deals.best_sum(s, {}), best);
            EXPECT_TRUE(agreed_gains.contains(deals.agreed_gains(s, {})));
        }
    }
    EXPECT_GT(settled, 100);
}

AlliancesResult pairs_of_three(bool all) {
    AlliancesOptions options;
    options.worth = {{"a+b", 1}, {"a+c", 1}, {"b+c", 1}, {"a+b+c", 1}};
    options.sharing = Sharing::equal;
    options.all = all;
    return power::alliances(Case{}, options, {});
}

TEST(Alliances, OfThreeWhereAnyTwoTakeAll) {
    const AlliancesResult result = pairs_of_three(true);
    ASSERT_EQ(result.alliances.size(), 4U);
    const power::Alliance& pair = result.alliances.front();
    EXPECT_THAT(pair.members, ElementsAre("a", "b"));
    EXPECT_TRUE(pair.internal);
    EXPECT_THAT(pair.joiners, ElementsAre("c"));  // a third of one is more than nothing
    EXPECT_THAT(pair.welcome, IsEmpty());         // but costs the pair a sixth each
    const power::Alliance& all = result.alliances.back();
    EXPECT_THAT(all.leavers, IsEmpty());
    EXPECT_TRUE(all.external);
    EXPECT_EQ(result.stable_alliances, 1);
    ASSERT_EQ(result.partitions.size(), 5U);
    int core = 0;
    for (const power::Partition& partition : result.partitions) {
        core += partition.core ? 1 : 0;
        EXPECT_EQ(partition.core, partition.alliances.size() == 2);
        EXPECT_TRUE(partition.alliances.size() != 1 || partition.alliances[0] == "a+b+c");
        EXPECT_EQ(partition.nash, partition.alliances.size() == 1);
        EXPECT_EQ(partition.individual, partition.alliances.size() <= 2);
    }
    EXPECT_EQ(core, 3);
    EXPECT_EQ(result.core_partitions, 3);
    EXPECT_EQ(result.nash_partitions, 1);
}

TEST(Alliances, ListsOnlyWhatIsStableUnlessAsked) {
    const AlliancesResult result = pairs_of_three(false);
    EXPECT_EQ(result.alliances.size(), 1U);
    EXPECT_EQ(result.partitions.size(), 4U);
}

/// By the letter: every partition as a colouring, every deviation tried.
struct PlainCounts {
    int stable_alliances = 0, nash = 0, individual = 0, core = 0;
};
PlainCounts plain_counts(const std::map<std::set<int>, std::map<int, Rational>>& value, int n) {
    PlainCounts counts;
    for (const auto& [s, values] : value) {
        if (s.size() < 2) {
            continue;
        }
        bool stable = true;
        for (int i = 0; i < n; ++i) {
            std::set<int> other = s;
            if (s.contains(i)) {
                other.erase(i);
            } else {
                other.insert(i);
            }
            const Rational then = value.at(other).at(i);
            stable = stable && then <= values.at(i);
        }
        counts.stable_alliances += stable ? 1 : 0;
    }
    std::set<std::set<std::set<int>>> partitions;
    int colourings = 1;
    for (int i = 0; i < n; ++i) {
        colourings *= n;
    }
    for (int code = 0; code < colourings; ++code) {
        std::map<int, std::set<int>> blocks;
        for (int i = 0, rest = code; i < n; ++i, rest /= n) {
            blocks[rest % n].insert(i);
        }
        std::set<std::set<int>> partition;
        for (const auto& [colour, block] : blocks) {
            partition.insert(block);
        }
        partitions.insert(partition);
    }
    for (const auto& partition : partitions) {
        const auto own = [&](int i) {
            return *std::ranges::find_if(partition, [&](const auto& block) { return block.contains(i); });
        };
        const auto has = [&](int i) { return value.at(own(i)).at(i); };
        bool nash = true;
        bool individual = true;
        for (int i = 0; i < n; ++i) {
            auto targets = partition;
            targets.insert(std::set<int>{});
            for (const std::set<int>& target : targets) {
                std::set<int> joined = target;
                joined.insert(i);
                if (target.contains(i) || value.at(joined).at(i) <= has(i)) {
                    continue;
                }
                nash = false;
                bool welcome = true;
                for (const int j : target) {
                    welcome = welcome && value.at(joined).at(j) >= value.at(target).at(j);
                }
                individual = individual && !welcome;
            }
        }
        bool core = true;
        for (const auto& [s, values] : value) {
            bool better = !s.empty();
            for (const int i : s) {
                better = better && values.at(i) > has(i);
            }
            core = core && !better;
        }
        counts.nash += nash ? 1 : 0;
        counts.individual += individual ? 1 : 0;
        counts.core += core ? 1 : 0;
    }
    return counts;
}

TEST(Alliances, AreThoseOfTheDefinitions) {
    for (std::uint64_t k = 0; k < 120; ++k) {
        SCOPED_TRACE(k);
        RandomStream draw(52, k, 0);
        const int n = 2 + static_cast<int>(draw.below(3));
        AlliancesOptions options;
        options.sharing = Sharing::equal;
        std::map<std::set<int>, std::map<int, Rational>> value;
        for (unsigned s = 0; s < 1U << n; ++s) {
            std::set<int> members;
            std::string name;
            for (int i = 0; i < n; ++i) {
                if ((s >> i & 1U) != 0) {
                    members.insert(i);
                    name += (name.empty() ? "p" : "+p") + std::to_string(i);
                }
            }
            const auto worth = static_cast<std::int64_t>(draw.below(6) * members.size());
            for (const int i : members) {
                value[members][i] = worth / static_cast<std::int64_t>(members.size());
            }
            if (s == 0) {
                value[members] = {};
            } else {
                options.worth.emplace_back(name, worth);
            }
        }
        // In order of players, so that names and numbers agree.
        std::ranges::stable_sort(options.worth, {}, [](const auto& entry) { return entry.first.size(); });
        for (auto& [members, values] : value) {
            for (int i = 0; i < n; ++i) {
                if (!members.contains(i)) {
                    values[i] = value.at({i}).at(i);  // outsiders are alone
                }
            }
        }
        const AlliancesResult result = power::alliances(Case{}, options, {});
        const PlainCounts plain = plain_counts(value, n);
        EXPECT_EQ(result.stable_alliances, plain.stable_alliances);
        EXPECT_EQ(result.nash_partitions, plain.nash);
        EXPECT_EQ(result.core_partitions, plain.core);
        EXPECT_EQ(std::ranges::count_if(result.partitions, &power::Partition::individual), plain.individual);
    }
}

TEST(Alliances, OfActorsUseTheDealsTheyReach) {
    RandomStream draw(53, 4, 0);
    const Case subject = random_talks(draw);
    const AlliancesResult result = power::alliances(subject, {}, {});
    EXPECT_EQ(result.sharing, Sharing::agreed);
    EXPECT_EQ(result.players.size(), subject.actors.size());
    ASSERT_FALSE(result.alliances.empty());
    const auto gains =
        power::CoalitionDeals(subject, 10).agreed_gains((Coalition{1} << subject.actors.size()) - 1, {});
    for (std::size_t i = 0; i < gains.size(); ++i) {
        EXPECT_EQ(result.alliances.back().values[i].second, gains[i]);
    }
}

TEST(Alliances, CannotAgreeOnWorths) {
    AlliancesOptions options;
    options.worth = {{"a+b", 1}};
    options.sharing = Sharing::agreed;
    EXPECT_THROW(power::alliances(Case{}, options, {}), Error);
}

TEST(Alliances, OfTenTakeSeconds) {
    AlliancesOptions options;
    options.estate = 300;
    for (std::int64_t i = 0; i < 10; ++i) {
        options.claims.emplace_back(std::string(1, static_cast<char>('a' + i)), 20 + 11 * i);
    }
    const AlliancesResult result = power::alliances(Case{}, options, {});
    // The game is convex and Shapley's value grows with the alliance: all stand together.
    EXPECT_GE(result.core_partitions, 1);
    EXPECT_TRUE(result.alliances.back().internal);
}

}  // namespace
}  // namespace steelyard::test
