// SPDX-License-Identifier: Apache-2.0
// Coalitions by the letter of the definitions.
#include "random_models.hpp"
#include "steelyard/stability/coalitions.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace steelyard::test {
namespace {

using namespace stability;

constexpr std::array kCoalitionConcepts = {CoalitionConcept::cr, CoalitionConcept::cgmr,
                                           CoalitionConcept::csmr, CoalitionConcept::cseq};

bool better_for_all(const PlainModel& model, const std::set<std::size_t>& members, std::size_t a,
                    std::size_t b) {
    return std::ranges::all_of(members,
                               [&](std::size_t i) { return model.payoff[i][a] > model.payoff[i][b]; });
}

bool plain_coalition_stable(const PlainModel& given, CoalitionConcept which,
                            const std::set<std::size_t>& members, std::size_t s) {
    PlainModel model = given;
    std::set<std::size_t> others;
    for (std::size_t i = 0; i < model.makers(); ++i) {
        if (!members.contains(i)) {
            others.insert(i);
            continue;
        }
        if (given.unseen[i].contains(s)) {
            return true;
        }
        model = as_seen_by(model, i);
    }
    for (const std::size_t s1 : plain_reach(model, s, members, false)) {
        if (!better_for_all(model, members, s1, s)) {
            continue;
        }
        bool answered = false;
        if (which != CoalitionConcept::cr) {
            for (const std::size_t s2 : plain_reach(model, s1, others, which == CoalitionConcept::cseq)) {
                bool sanction = !better_for_all(model, members, s2, s);
                if (which == CoalitionConcept::csmr) {
                    for (const std::size_t s3 : plain_reach(model, s2, members, false)) {
                        sanction = sanction && !better_for_all(model, members, s3, s);
                    }
                }
                answered = answered || sanction;
            }
        }
        if (!answered) {
            return false;
        }
    }
    return true;
}

TEST(Coalitions, AreThoseOfTheDefinitions) {
    std::size_t upset = 0;
    for (std::uint64_t k = 0; k < 300; ++k) {
        SCOPED_TRACE(k);
        RandomStream draw(95, k, 0);
        const TwinModel twin = k % 2 == 0 ? random_option_model(draw, true) : random_arc_model(draw);
        for (unsigned bits = 1; bits < 1U << twin.plain.makers(); ++bits) {
            std::set<std::size_t> members;
            for (std::size_t i = 0; i < twin.plain.makers(); ++i) {
                if ((bits >> i & 1U) != 0) {
                    members.insert(i);
                }
            }
            for (const CoalitionConcept which : kCoalitionConcepts) {
                const auto s = static_cast<StateIndex>(draw.below(twin.plain.states()));
                const auto to = coalition_upset(twin.graph, which, bits, s);
                ASSERT_EQ(!to.has_value(), plain_coalition_stable(twin.plain, which, members, s));
                if (to) {
                    ++upset;
                    ASSERT_TRUE(better_for_all(twin.plain, members, *to, s));
                }
            }
        }
    }
    EXPECT_GT(upset, 500U);
}

TEST(Coalitions, OfOneAreSingleDecisionMakers) {
    constexpr std::array kSingle = {"nash", "gmr", "smr", "seq"};
    for (std::uint64_t k = 0; k < 150; ++k) {
        SCOPED_TRACE(k);
        RandomStream draw(96, k, 0);
        const TwinModel twin = k % 2 == 0 ? random_option_model(draw, true) : random_arc_model(draw);
        for (std::size_t i = 0; i < twin.plain.makers(); ++i) {
            for (std::size_t c = 0; c < kCoalitionConcepts.size(); ++c) {
                const std::size_t s = draw.below(twin.plain.states());
                ASSERT_EQ(
                    !coalition_upset(twin.graph, kCoalitionConcepts[c], 1U << i, static_cast<StateIndex>(s))
                         .has_value(),
                    plain_stable(twin.plain, i, s, kSingle[c]));
            }
        }
    }
}

}  // namespace
}  // namespace steelyard::test
