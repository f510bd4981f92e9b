// SPDX-License-Identifier: Apache-2.0
// Evolution by listing all legal sequences, length by length.
#include "random_conflict.hpp"
#include "steelyard/stability/evolution.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace steelyard::test {
namespace {

using namespace stability;

/// For each state: the fewest moves that lead to it, and who can make the last of them.
struct PlainArrivals {
    std::vector<int> round;
    std::vector<std::set<std::size_t>> by;
};

PlainArrivals plain_arrivals(const PlainModel& model, std::size_t start, const std::vector<bool>& free) {
    PlainArrivals result{std::vector<int>(model.states(), -1),
                         std::vector<std::set<std::size_t>>(model.states())};
    result.round[start] = 0;
    std::set<std::pair<std::size_t, std::size_t>> ends = {
        {start, model.makers()}};  // of the sequences of this length
    for (int length = 1; length <= 2 * static_cast<int>(model.states() * model.makers()); ++length) {
        std::set<std::pair<std::size_t, std::size_t>> longer;
        for (const auto& [s, last] : ends) {
            for (std::size_t i = 0; i < model.makers(); ++i) {
                for (const std::size_t t : seen_moves(model, i, s)) {
                    if (i == last || (!free[i] && model.payoff[i][t] <= model.payoff[i][s])) {
                        continue;
                    }
                    longer.emplace(t, i);
                    if (result.round[t] < 0) {
                        result.round[t] = length;
                    }
                    if (result.round[t] == length) {
                        result.by[t].insert(i);
                    }
                }
            }
        }
        ends = std::move(longer);
    }
    return result;
}

TEST(Evolution, IsThatOfAllLegalSequences) {
    std::size_t routes = 0;
    for (std::uint64_t k = 0; k < 300; ++k) {
        SCOPED_TRACE(k);
        RandomStream draw(91, k, 0);
        const TwinConflict twin = random_conflict(draw);
        const PlainModel& model = twin.plain;
        EvolutionOptions options;
        options.allowed = draw.below(2) == 0 ? Allowed::moves : Allowed::improvements;
        std::vector<bool> free(model.makers(), options.allowed == Allowed::moves);
        if (draw.below(3) == 0) {
            options.disimproving = {"d1"};
            free[1] = true;
        }
        const PlainArrivals plain = plain_arrivals(model, twin.status_quo, free);
        const EvolutionResult result = evolution(twin.subject, options, {});
        std::size_t reached = 0;
        for (const int round : plain.round) {
            reached += round >= 0 ? 1U : 0U;
        }
        ASSERT_EQ(result.states.size(), reached);
        EXPECT_TRUE(result.complete);
        EXPECT_EQ(result.rounds, std::ranges::max(plain.round));
        for (const Arrival& arrival : result.states) {
            const std::size_t s = twin.number.at(arrival.label);
            ASSERT_EQ(arrival.round, plain.round[s]) << arrival.label;
            std::set<std::size_t> by;
            for (const std::string& id : arrival.by) {
                by.insert(static_cast<std::size_t>(id[1] - '0'));
            }
            ASSERT_EQ(by, plain.by[s]) << arrival.label;
            bool equilibrium = true;
            for (std::size_t i = 0; i < model.makers(); ++i) {
                equilibrium = equilibrium && plain_stable(model, i, s, "seq");
            }
            ASSERT_EQ(arrival.equilibrium, equilibrium);
        }
        std::size_t equilibria = 0;
        for (std::size_t s = 0; s < model.states(); ++s) {
            bool all = true;
            for (std::size_t i = 0; i < model.makers(); ++i) {
                all = all && plain_stable(model, i, s, "seq");
            }
            equilibria += all ? 1U : 0U;
        }
        ASSERT_EQ(result.routes.size(), equilibria);
        for (const Route& route : result.routes) {
            const std::size_t goal = twin.number.at(route.to);
            ASSERT_EQ(route.reachable, plain.round[goal] >= 0);
            if (!route.reachable) {
                continue;
            }
            // As short as can be, and every step legal.
            ASSERT_EQ(static_cast<int>(route.sequence.size()), plain.round[goal]);
            std::size_t at = twin.status_quo;
            std::size_t last = model.makers();
            for (const ChainStep& step : route.sequence) {
                const auto i = static_cast<std::size_t>(step.by[1] - '0');
                const std::size_t t = twin.number.at(step.to);
                ASSERT_NE(i, last);
                ASSERT_THAT(seen_moves(model, i, at), testing::Contains(t));
                ASSERT_TRUE(free[i] || model.payoff[i][t] > model.payoff[i][at]);
                at = t;
                last = i;
            }
            ASSERT_EQ(at, goal);
            routes += route.sequence.empty() ? 0U : 1U;
        }
    }
    EXPECT_GT(routes, 200U);
}

}  // namespace
}  // namespace steelyard::test
