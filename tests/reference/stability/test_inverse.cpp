// SPDX-License-Identifier: Apache-2.0
#include "random_models.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/stability/inverse.hpp"
#include "support/read_file.hpp"
#include "support/reference_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

namespace steelyard::test {
namespace {

using namespace stability;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::array kFive = {Concept::nash, Concept::gmr, Concept::smr, Concept::seq, Concept::sseq};

/// The present ranking from best to worst as `ConditionMeasure` says it breaks ties around s.
std::vector<std::size_t> strict_order(const PlainModel& model, std::size_t i, std::size_t s) {
    std::vector<std::size_t> order(model.states());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto& payoff = model.payoff[i];
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        if (payoff[a] != payoff[b]) {
            return payoff[a] > payoff[b];
        }
        if (a == s || b == s) {
            return a == s;
        }
        // Above s the smaller code stands nearer to it, so lower; below s nearer means higher.
        return payoff[a] > payoff[s] ? a > b : a < b;
    });
    return order;
}

std::size_t distance(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b) {
    std::size_t pairs = 0;
    const auto place = [](const auto& order, std::size_t s) {
        return std::ranges::find(order, s) - order.begin();
    };
    for (std::size_t s = 0; s < a.size(); ++s) {
        for (std::size_t t = 0; t < s; ++t) {
            pairs += (place(a, s) < place(a, t)) != (place(b, s) < place(b, t)) ? 1U : 0U;
        }
    }
    return pairs;
}

void expect_as_all_rankings(const TwinModel& twin, Concept which, std::size_t i, std::size_t s) {
    const auto state = static_cast<StateIndex>(s);
    const StabilityCondition condition = stability_condition(twin.graph, which, i, state);
    const auto found = measure(twin.graph, condition, i, state);
    ASSERT_TRUE(found);
    const bool now = plain_stable(twin.plain, i, s, name_of(which));
    const std::vector<std::size_t> present = strict_order(twin.plain, i, s);
    std::vector<std::size_t> order(twin.plain.states());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::size_t holding = 0;
    std::size_t all = 0;
    std::optional<std::size_t> radius;
    PlainModel model = twin.plain;
    do {
        for (std::size_t k = 0; k < order.size(); ++k) {
            model.payoff[i][order[k]] = -static_cast<std::int64_t>(k);
        }
        const bool stable = plain_stable(model, i, s, name_of(which));
        ++all;
        holding += stable ? 1U : 0U;
        if (stable != now) {
            const std::size_t swaps = distance(present, order);
            radius = radius ? std::min(*radius, swaps) : swaps;
        }
    } while (std::next_permutation(order.begin(), order.end()));
    ASSERT_EQ(found->rankings, std::to_string(holding)) << name_of(which);
    ASSERT_NEAR(found->share, static_cast<double>(holding) / static_cast<double>(all), 1e-12);
    ASSERT_EQ(found->radius.has_value(), radius.has_value()) << name_of(which);
    if (radius) {
        ASSERT_EQ(static_cast<std::size_t>(*found->radius), *radius) << name_of(which);
    }
}

TEST(Inverse, CountsAndDistancesAreThoseOfAllRankings) {
    int compared = 0;
    for (std::uint64_t k = 0; compared < 150; ++k) {
        SCOPED_TRACE(k);
        RandomStream draw(71, k, 0);
        const TwinModel twin = k % 2 == 0 ? random_option_model(draw, true) : random_arc_model(draw);
        if (twin.plain.states() > 5 || twin.plain.states() < 2) {
            continue;
        }
        ++compared;
        for (const Concept which : kFive) {
            for (std::size_t i = 0; i < twin.plain.makers(); ++i) {
                expect_as_all_rankings(twin, which, i, draw.below(twin.plain.states()));
            }
        }
    }
}

RC_GTEST_PROP(Inverse, TheConditionHoldsExactlyWhereTheStateIsStable, (std::uint64_t seed)) {
    RandomStream draw(seed, 0, 0);
    const TwinModel twin = draw.below(2) == 0 ? random_option_model(draw, true) : random_arc_model(draw);
    for (const Concept which : kFive) {
        for (std::size_t i = 0; i < twin.plain.makers(); ++i) {
            for (StateIndex s = 0; s < twin.plain.states(); ++s) {
                bool holds = true;
                const auto below = [&](StateIndex t) { return !twin.graph.makers[i].prefers(t, s); };
                for (const auto& clause : stability_condition(twin.graph, which, i, s).clauses) {
                    holds = holds &&
                            (below(clause.move) || std::ranges::any_of(clause.groups, [&](const auto& group) {
                                 return std::ranges::all_of(group, below);
                             }));
                }
                RC_ASSERT(holds == plain_stable(twin.plain, i, s, name_of(which)));
            }
        }
    }
}

Case catalogue(const std::string& name) {
    const auto path = source_path("cases/conflict/" + name + ".yaml");
    return read_case(read_file(path), name).value;
}

// Cooperation in the prisoner's dilemma: each would leave it, and only the fear of the other's answer holds it.
TEST(Inverse, OfCooperationInThePrisonersDilemma) {
    const Case subject = catalogue("prisoners-dilemma");
    const InverseResult dilemma = inverse(subject, {}, {});
    ASSERT_EQ(dilemma.concepts.size(), 5U);
    EXPECT_EQ(dilemma.states, 4);
    for (const InverseConcept& answer : dilemma.concepts) {
        EXPECT_THAT(answer.text, HasSubstr(answer.equilibrium ? "is an equilibrium" : "is no equilibrium"));
        for (const Demand& demand : answer.demands) {
            EXPECT_FALSE(demand.condition.empty());
        }
    }
    const InverseConcept& nash = dilemma.concepts.front();
    // Half of all rankings put the one state that a player can move to below: a quarter of the profiles.
    EXPECT_DOUBLE_EQ(*nash.share, 25);
    EXPECT_EQ(nash.demands[0].rankings, "12");
}

TEST(Inverse, RefusesSimultaneousStability) {
    const Case subject = catalogue("chicken");
    EXPECT_THROW(inverse(subject, {"", {Concept::sim}}, {}), Error);
    EXPECT_THROW(inverse(subject, {"row_swurves", {}}, {}), Error);
}

}  // namespace
}  // namespace steelyard::test
