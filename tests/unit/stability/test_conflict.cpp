// SPDX-License-Identifier: Apache-2.0
// From case files to equilibria: published conflicts and every part of the `conflict` section.
#include "steelyard/core/error.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/stability/equilibria.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace steelyard::stability {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// A case with two actors a and b and the given `conflict` section.
Case conflict_case(const std::string& conflict) {
    return read_case(
               "steelyard: 1\ncase: test\nactors: {a: {}, b: {}}\n"
               "issues: {duty: {options: {low: 0, high: 100}, status_quo: low}}\n" +
                   conflict,
               "test.yaml")
        .value;
}

std::vector<StateCode> equilibrium_codes(const Case& subject, const std::string& which) {
    std::vector<StateCode> codes;
    for (const StateRow& row : equilibria(subject, {}, {}).states) {
        if (std::ranges::find(row.equilibrium, which) != row.equilibrium.end()) {
            codes.push_back(row.code);
        }
    }
    return codes;
}

constexpr const char* kDilemma = R"(
conflict:
  options: {defect_a: {by: a}, defect_b: {by: b}}
  status_quo: {}
  preferences:
    a: {ranking: [defect_a, none, defect_a+defect_b, defect_b]}
    b: {ranking: [defect_b, none, defect_a+defect_b, defect_a]}
)";

TEST(Conflict, InThePrisonersDilemmaForesightKeepsCooperation) {
    const Case subject = conflict_case(kDilemma);
    EXPECT_THAT(equilibrium_codes(subject, "nash"), ElementsAre(3));
    EXPECT_THAT(equilibrium_codes(subject, "gmr"), ElementsAre(0, 3));
    EXPECT_THAT(equilibrium_codes(subject, "smr"), ElementsAre(0, 3));
    EXPECT_THAT(equilibrium_codes(subject, "seq"), ElementsAre(0, 3));
}

TEST(Conflict, ReasonsTellTheChainInWords) {
    const EquilibriaResult result = equilibria(conflict_case(kDilemma), {}, {});
    const StateRow& both_cooperate = result.states.at(0);
    const auto reason = std::ranges::find_if(both_cooperate.reasons, [](const Reason& r) {
        return r.concept_name == "seq" && r.decision_maker == "a";
    });
    ASSERT_NE(reason, both_cooperate.reasons.end());
    EXPECT_TRUE(reason->stable);
    EXPECT_EQ(reason->text,
              "If a takes up 'defect_a', then b takes up 'defect_b': no better for a than before.");
    EXPECT_EQ(reason->deterred.at(0).sanction, "defect_a+defect_b");
    EXPECT_EQ(result.status_quo, "none");
}

constexpr const char* kCuba = R"(
conflict:
  options: {air_strike: {by: a, direction: DIRECTION}, blockade: {by: a}, withdraw: {by: b}, escalate: {by: b}}
  infeasible: [withdraw and escalate]
  preferences:
    a: {ranking: [withdraw, blockade+withdraw, air_strike+withdraw, air_strike+blockade+withdraw, blockade, air_strike,
                  air_strike+blockade, none, air_strike+blockade+escalate, air_strike+escalate, blockade+escalate, escalate]}
    b: {ranking: [none, withdraw, blockade+withdraw, blockade, air_strike+withdraw, air_strike, air_strike+blockade+withdraw,
                  air_strike+blockade, air_strike+blockade+escalate, air_strike+escalate, blockade+escalate, escalate]}
)";

Case cuba(const std::string& direction) {
    std::string text = kCuba;
    return conflict_case(text.replace(text.find("DIRECTION"), 9, direction));
}

TEST(Conflict, TheCubanMissileCrisisIsAsFraserAndHipelFoundIt) {
    EXPECT_THAT(equilibrium_codes(cuba("both"), "nash"), IsEmpty());
    EXPECT_THAT(equilibrium_codes(cuba("both"), "seq"), ElementsAre(4, 6));
    EXPECT_THAT(equilibrium_codes(cuba("forward"), "nash"), ElementsAre(5));
}

TEST(Conflict, StatementsCompareLexicographicallyBeyondSixtyFour) {
    // 80 statements, of which only the last tells the states apart; then one more at the front.
    std::string statements;
    for (int k = 0; k < 79; ++k) {
        statements += "p or not p, ";
    }
    const auto ranks = [&](const std::string& list) {
        const Case subject = conflict_case(
            "conflict: {options: {p: {by: a}, q: {by: b}}, preferences: {a: [" + list + "], b: [q]}}");
        return make_graph(subject).graph.makers[0].payoff;
    };
    EXPECT_THAT(ranks(statements + "p"), ElementsAre(0, 1, 0, 1));
    EXPECT_THAT(ranks("q, " + statements + "p"), ElementsAre(0, 1, 2, 3));
    EXPECT_THAT(ranks("p iff q, not p if q, q"), ElementsAre(3, 0, 1, 2)) << "states none, p, q, p+q";
}

TEST(Conflict, PatternsMakeStatesInfeasible) {
    const auto codes = [](const std::string& patterns) {
        const Case subject =
            conflict_case("conflict: {options: {p: {by: a}, q: {by: a}, r: {by: b}}, infeasible: [" +
                          patterns + "], preferences: {a: [p], b: [r]}}");
        const ConflictGraph graph = make_graph(subject);
        std::vector<StateCode> list;
        for (StateIndex s = 0; s < graph.graph.states.size(); ++s) {
            list.push_back(graph.graph.states.code(s));
        }
        return list;
    };
    EXPECT_THAT(codes("p and q"), ElementsAre(0, 1, 2, 4, 5, 6));
    EXPECT_THAT(codes("{mutually_exclusive: [p, q, r]}"), ElementsAre(0, 1, 2, 4));
    EXPECT_THAT(codes("{at_least_one: [p, r]}"), ElementsAre(1, 3, 4, 5, 6, 7));
    EXPECT_THAT(codes("{requires: {p: q}}"), ElementsAre(0, 2, 3, 4, 6, 7));
    EXPECT_THROW(codes("p or not p"), Error);
}

TEST(Conflict, MergedStatesAreOneStateWithTheMovesOfAll) {
    // Once b leaves (r), nothing else matters: 4, 5, 6, 7 are one state.
    const Case subject = conflict_case(R"(
conflict:
  options: {p: {by: a}, q: {by: a}, r: {by: b, direction: forward}}
  coalesce: [r]
  preferences: {a: [p, not r], b: {ranking: [r, [none, p, q, p+q]]}}
)");
    const ConflictGraph graph = make_graph(subject);
    EXPECT_EQ(graph.graph.states.size(), 5U);
    EXPECT_EQ(graph.find(6), graph.find(4));
    EXPECT_FALSE(graph.graph.option_form());
    std::vector<StateIndex> reached;
    graph.graph.makers[0].moves.for_each(*graph.find(4), [&](StateIndex t) { reached.push_back(t); });
    EXPECT_THAT(reached, IsEmpty()) << "a's moves among merged states lead nowhere";
    const EquilibriaResult result = equilibria(subject, {}, {});
    EXPECT_THAT(result.concepts, Not(Contains("sim")));
    EXPECT_THAT(equilibrium_codes(subject, "nash"), ElementsAre(4));
}

TEST(Conflict, ExplicitArcsReplaceTheMovesOfOptions) {
    const Case subject = conflict_case(R"(
conflict:
  options: {p: {by: a}, q: {by: b}}
  graph: {a: [[none, p]], b: [[p, p+q]]}
  preferences: {a: [p], b: [q]}
)");
    EXPECT_THAT(equilibrium_codes(subject, "nash"), ElementsAre(2, 3));
}

TEST(Conflict, PointsOfTheDealCount) {
    const std::string text = R"(
preferences:
  a: {points: {duty: {low: 0, high: 10}}, no_deal: 0}
  b: {points: {duty: {low: 5, high: 0}}, no_deal: 0}
conflict:
  options: {raise: {by: a}, strike: {by: b}}
  deal: [{when: raise and not strike, then: {duty: high}}]
  preferences:
    b: {points: {strike: -2}}
)";
    const ConflictGraph graph = make_graph(conflict_case(text));
    EXPECT_THAT(graph.graph.makers[0].payoff, ElementsAre(0, 1, 0, 0));
    EXPECT_THAT(graph.graph.makers[1].payoff, ElementsAre(2, 0, 1, 1)) << "5, 0, 3, 3";
    ASSERT_EQ(graph.notes.size(), 1U);
    EXPECT_THAT(graph.notes[0], HasSubstr("a: preferences follow from the points"));
    EXPECT_THAT(make_graph(conflict_case(text + "    a: [not duty.high]\n")).graph.makers[0].payoff,
                ElementsAre(1, 0, 1, 1));
}

TEST(Conflict, UnseenStatesDeterNobody) {
    const std::string text = std::string(kDilemma) + "  misperceptions: {a: [defect_a and defect_b]}\n";
    const Case subject = conflict_case(text);
    EXPECT_THAT(equilibrium_codes(subject, "seq"), ElementsAre(2, 3))
        << "a neither fears the answer nor sees the way out of 2";
}

TEST(Conflict, BadSectionsAreRefusedWithReasons) {
    const auto problem = [](const std::string& conflict) -> Problem {
        try {
            (void)make_graph(conflict_case(conflict));
        } catch (const Error& error) {
            return error.problems().front();
        }
        return {};
    };
    const std::string options = "conflict:\n  options: {p: {by: a}, q: {by: b}}\n";
    EXPECT_EQ(problem("").place.pointer, "/conflict");
    EXPECT_THAT(problem(options + "  preferences: {a: [p]}\n").message, HasSubstr("no preferences"));
    EXPECT_THAT(problem(options + "  preferences: {a: {ranking: [p]}, b: [q]}\n").found, "none, q, p+q");
    EXPECT_THAT(problem(options + "  preferences: {a: {ranking: [p, q, none, p+q, p]}, b: [q]}\n").message,
                HasSubstr("two places"));
    EXPECT_THAT(
        problem(options + "  infeasible: [p]\n  status_quo: {p: yes}\n  preferences: {a: [p], b: [q]}\n")
            .message,
        HasSubstr("status quo is an infeasible"));
    EXPECT_THAT(
        problem(options + "  infeasible: [p]\n  graph: {a: [[none, p]]}\n  preferences: {a: [p], b: [q]}\n")
            .found,
        "p");
}

TEST(Conflict, ListsWhatIsAskedFor) {
    const Case subject = cuba("both");
    EquilibriaOptions options;
    options.list = Listing::every;
    const EquilibriaResult every = equilibria(subject, options, {});
    ASSERT_EQ(every.states.size(), 16U);
    EXPECT_FALSE(every.states[12].feasible);
    EXPECT_THAT(every.states[12].stable, IsEmpty());
    EXPECT_EQ(every.feasible, 12);
    options.most = 5;
    EXPECT_EQ(equilibria(subject, options, {}).left_out, 11);
    options = {};
    options.list = Listing::equilibria;
    options.concepts = {Concept::seq};
    EXPECT_EQ(equilibria(subject, options, {}).states.size(), 2U);
}

TEST(Conflict, MovesAreToldInWords) {
    Case subject = conflict_case(kDilemma);
    subject.actors[0].name = "Ann";
    const auto told = [&](const std::string& name, StateCode from, StateCode to) {
        subject.conflict->moves[0].name = name;
        return describe_move(subject, ActorId(0), from, to);
    };
    EXPECT_EQ(told("tell", 0, 1), "Ann takes up 'tell'");
    EXPECT_EQ(told("Ann tells", 0, 1), "Ann tells");
    EXPECT_EQ(told("Ann tells", 1, 0), "Ann drops 'Ann tells'");
    EXPECT_EQ(told("", 1, 0), "Ann drops 'defect_a'");
    EXPECT_EQ(told("", 1, 1), "Ann stays");
    EXPECT_EQ(parse_state(subject, "defect_b + defect_a"), 3U);
    EXPECT_THROW(parse_state(subject, "defect_c"), Error);
}

}  // namespace
}  // namespace steelyard::stability
