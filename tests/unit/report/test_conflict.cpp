// SPDX-License-Identifier: Apache-2.0
#include "report/answers/conflict.hpp"
#include "report/study.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/report/brief.hpp"
#include "steelyard/stability/graph.hpp"
#include "support/reference_data.hpp"
#include "unit/report/quarry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace steelyard::report {
namespace {

using test::quarry;

Case belarus() {
    const auto path = test::source_path("cases/belarus-us/2025-major-agreement.yaml");
    std::ifstream file(path);
    return read_case(std::string{std::istreambuf_iterator<char>(file), {}}, path).value;
}

/// States that no decision maker wants to leave, by trying every move.
std::vector<StateCode> nobody_gains(const Case& subject) {
    const auto conflict = stability::make_graph(subject);
    std::vector<StateCode> codes;
    for (stability::StateIndex s = 0; s < conflict.graph.states.size(); ++s) {
        bool stands = true;
        for (const auto& maker : conflict.graph.makers) {
            maker.moves.for_each(s,
                                 [&](stability::StateIndex t) { stands = stands && !maker.prefers(t, s); });
        }
        if (stands) {
            codes.push_back(conflict.graph.states.code(s));
        }
    }
    return codes;
}

TEST(Conflict, StandingStatesAreThoseThatNobodyWantsToLeave) {
    for (const Case& subject : {quarry(), belarus()}) {
        const Context context;
        Study study(subject, context);
        const ConflictStudy* conflict = study.conflict(study.at(""));
        ASSERT_NE(conflict, nullptr);
        std::vector<StateCode> codes;
        for (const StandingState& state : conflict->standing) {
            codes.push_back(state.code);
        }
        EXPECT_THAT(codes, testing::UnorderedElementsAreArray(nobody_gains(subject)));
    }
}

TEST(Conflict, ThePathIsMadeOfSingleMovesFromTodayToAStateThatStands) {
    const Case subject = belarus();
    const Context context;
    Study study(subject, context);
    const StateGraph& graph = study.conflict(study.at(""))->graph;
    ASSERT_FALSE(graph.states.empty());
    EXPECT_TRUE(graph.states[0].today);
    std::size_t here = 0;
    std::size_t steps = 0;
    for (const StateStep& step : graph.steps) {
        if (step.path) {
            EXPECT_EQ(static_cast<std::size_t>(step.from), here);
            here = static_cast<std::size_t>(step.to);
            ++steps;
        }
    }
    EXPECT_EQ(steps, 3U) << "an offer, a signature, an answer";
    EXPECT_EQ(graph.path.size(), steps);
    EXPECT_TRUE(graph.states[here].nash);
    EXPECT_TRUE(graph.states[here].deal);
    EXPECT_EQ(static_cast<std::size_t>(graph.left_out) + graph.states.size(),
              stability::make_graph(subject).graph.states.size());
}

TEST(Conflict, ACaseWithoutOneHasNoStudy) {
    Case subject = quarry();
    subject.conflict.reset();
    const Context context;
    Study study(subject, context);
    EXPECT_EQ(study.conflict(study.at("")), nullptr);
}

TEST(Linked, TheTreeKeepsOrdersThatBeginAlikeTogether) {
    const Brief brief = make_brief(belarus(), {}, {});
    std::size_t trees = 0;
    for (const Answer& answer : brief.answers) {
        for (const AnswerPart& part : answer.parts) {
            if (!part.order) {
                continue;
            }
            ++trees;
            ASSERT_EQ(part.order->orders.size(), 6U);
            for (std::size_t o = 0; o < 6; o += 2) {
                EXPECT_EQ(part.order->orders[o].tables[0], part.order->orders[o + 1].tables[0]);
            }
            EXPECT_EQ(part.order->orders[0].gains.size(), part.order->actors.size());
        }
    }
    EXPECT_EQ(trees, 1U);
}

}  // namespace
}  // namespace steelyard::report
