// SPDX-License-Identifier: Apache-2.0
// Limited moves by playing the tree out, one branch after another.
#include "random_conflict.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/stability/limited_moves.hpp"

#include <gtest/gtest.h>

#include <map>
#include <tuple>

namespace steelyard::test {
namespace {

using namespace stability;

/// Where the play ends when `i` may move at `s` and `left` moves remain.  Staying ends it.
class Tree {
public:
    Tree(const PlainModel& model, bool remember) : model_(model), remember_(remember) {}

    std::size_t end(std::size_t i, std::size_t s, int left) {
        if (left == 0) {
            return s;
        }
        const auto key = std::tuple{i, s, left};
        if (remember_) {
            if (const auto known = known_.find(key); known != known_.end()) {
                return known->second;
            }
        }
        // All ends there are, the best of them, and the first state to go to for it.
        std::map<std::size_t, std::size_t> ends;  // by move
        for (const std::size_t t : seen_moves(model_, i, s)) {
            ends[t] = end((i + 1) % model_.makers(), t, left - 1);
        }
        std::int64_t most = model_.payoff[i][s];
        for (const auto& [t, e] : ends) {
            most = std::max(most, model_.payoff[i][e]);
        }
        std::size_t result = s;
        if (most > model_.payoff[i][s]) {
            for (const auto& [t, e] : ends) {
                if (model_.payoff[i][e] == most) {
                    result = e;
                    break;
                }
            }
        }
        if (remember_) {
            known_[key] = result;
        }
        return result;
    }

private:
    const PlainModel& model_;
    bool remember_;
    std::map<std::tuple<std::size_t, std::size_t, int>, std::size_t> known_;
};

LimitedMovesOptions in_turn(const TwinConflict& twin, int horizon) {
    LimitedMovesOptions options;
    options.horizon = horizon;
    for (std::size_t i = 0; i < twin.plain.makers(); ++i) {
        options.order.push_back("d" + std::to_string(i));
    }
    return options;
}

TEST(LimitedMoves, AreThoseOfTheWholeTree) {
    for (std::uint64_t k = 0; k < 120; ++k) {
        SCOPED_TRACE(k);
        RandomStream draw(92, k, 0);
        const TwinConflict twin = random_conflict(draw);
        constexpr int kHorizon = 4;
        const LimitedMovesResult result = limited_moves(twin.subject, in_turn(twin, kHorizon), {});
        ASSERT_EQ(result.states.size(), twin.plain.states());
        Tree tree(twin.plain, false);
        for (const LimitedState& state : result.states) {
            const std::size_t s = twin.number.at(state.label);
            std::string everybody(kHorizon, '1');
            for (std::size_t i = 0; i < twin.plain.makers(); ++i) {
                for (int h = 1; h <= kHorizon; ++h) {
                    const bool stays = tree.end(i, s, h) == s;
                    const auto at = static_cast<std::size_t>(h - 1);
                    ASSERT_EQ(state.strips[i].stable[at], stays ? '1' : '0')
                        << state.label << " look-ahead " << h;
                    everybody[at] = stays ? everybody[at] : '0';
                }
                ASSERT_EQ(twin.number.at(state.strips[i].anticipated), tree.end(i, s, kHorizon));
            }
            ASSERT_EQ(state.equilibrium, everybody);
        }
    }
}

TEST(LimitedMoves, WhatTheySettleIntoGoesOnLikeThat) {
    int alternating = 0;
    for (std::uint64_t k = 0; k < 120; ++k) {
        SCOPED_TRACE(k);
        RandomStream draw(93, k, 0);
        const TwinConflict twin = random_conflict(draw);
        const LimitedMovesResult result = limited_moves(twin.subject, in_turn(twin, 3), {});
        ASSERT_TRUE(result.settled_from && result.period);
        Tree tree(twin.plain, true);
        for (const LimitedState& state : result.states) {
            const std::size_t s = twin.number.at(state.label);
            bool all = true;
            for (std::size_t i = 0; i < twin.plain.makers(); ++i) {
                int stays = 0;
                const int looked = 3 * *result.period + 6;
                for (int h = 0; h < looked; ++h) {
                    const bool now = tree.end(i, s, *result.settled_from + h) == s;
                    stays += now ? 1 : 0;
                    ASSERT_EQ(now, tree.end(i, s, *result.settled_from + h + *result.period) == s);
                }
                const std::string& said = state.strips[i].non_myopic;
                ASSERT_EQ(said, stays == looked ? "always"
                                : stays == 0    ? "never"
                                                : "alternating")
                    << state.label;
                all = all && stays == looked;
                alternating += said == "alternating" ? 1 : 0;
            }
            ASSERT_EQ(state.non_myopic, all);
        }
    }
    EXPECT_GT(alternating, 0) << "some strips must not settle";
}

TEST(LimitedMoves, ThreeNeedAnOrder) {
    for (std::uint64_t k = 0;; ++k) {
        RandomStream draw(94, k, 0);
        const TwinConflict twin = random_conflict(draw);
        if (twin.plain.makers() == 3) {
            EXPECT_THROW(limited_moves(twin.subject, {}, {}), Error);
            return;
        }
    }
}

}  // namespace
}  // namespace steelyard::test
