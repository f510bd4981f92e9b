// SPDX-License-Identifier: Apache-2.0
// Conflicts in the JSON of GMCR programs: read, refused, and written so that nothing changes.
#include "steelyard/core/random.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/model/validate.hpp"
#include "support/read_file.hpp"
#include "support/reference_data.hpp"
#include "unit/format/foreign_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

namespace steelyard::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kMissiles = R"({"program": "gmcr-py", "version": "0.3.6",
 "options": [{"name": "air strike", "permittedDirection": "both"}, {"name": "blockade"},
             {"name": "withdraw", "permittedDirection": "both"}, {"name": "escalate", "permittedDirection": "fwd"}],
 "decisionMakers": [
  {"name": "US", "options": [0, 1], "preferences": [], "preferenceRanking": [5, 6, 7, 8, 3, 2, 4, 1, 12, 10, 11, 9]},
  {"name": "USSR", "options": [2, 3], "preferences": [], "preferenceRanking": [1, 5, 7, 3, [6, 2], 8, 4, 12, 10, 11, 9],
   "payoffs": [1, 2]}],
 "infeasibles": [[[2, "Y"], [3, "Y"]]], "useManualPreferenceRanking": true, "coalitions": [0, 1], "coalitionsFull": []})";

TEST(Gmcr, ReadsRankingsByStateNumber) {
    const Imported imported = import("gmcr", {{"dir/missiles.gmcr", std::string(kMissiles)}});
    const Case& subject = imported.value;
    EXPECT_EQ(subject.id, "missiles");
    EXPECT_TRUE(imported.notes.empty()) << joined(imported.notes);
    const Conflict& conflict = *subject.conflict;
    EXPECT_EQ(conflict.moves[0].id, "air_strike");
    EXPECT_EQ(conflict.moves[1].direction, Direction::both);
    EXPECT_EQ(conflict.moves[3].direction, Direction::forward);
    EXPECT_EQ(conflict.moves[3].by, ActorId(1));
    const auto& us = std::get<StateRanking>(conflict.preferences[0].form).ranks;
    std::vector<StateCode> codes;
    for (const auto& rank : us) {
        codes.push_back(rank.front());
    }
    // The order of Fraser and Hipel, by code.
    EXPECT_THAT(codes, ElementsAre(4, 5, 6, 7, 2, 1, 3, 0, 11, 9, 10, 8));
    const auto& ussr = std::get<StateRanking>(conflict.preferences[1].form).ranks;
    EXPECT_EQ(ussr.size(), 11U);
    EXPECT_THAT(ussr[4], ElementsAre(5, 1));
    EXPECT_EQ(std::get<Expression>(conflict.infeasible[0]).text, "withdraw and escalate");
}

TEST(Gmcr, ReadsOldKeyNames) {
    std::string text(kMissiles);
    for (const auto& [now, old] : {std::pair{"useManualPreferenceRanking", "useManualPreferenceVectors"},
                                   std::pair{"preferenceRanking", "preferenceVector"},
                                   std::pair{"preferenceRanking", "preferenceVector"}}) {
        text.replace(text.find(now), std::string_view(now).size(), old);
    }
    EXPECT_EQ(import("gmcr", {{"missiles.gmcr", text}}).value,
              import("gmcr", {{"missiles.gmcr", std::string(kMissiles)}}).value);
}

TEST(Gmcr, ReadsStatementsMisperceptionsAndCoalitions) {
    const Imported imported = import("gmcr", {{"x.gmcr", R"({
      "options": [{"name": "A"}, {"name": "B", "permittedDirection": "back"}], "colour": "red",
      "decisionMakers": [
       {"name": "One", "options": [0], "misperceptions": [[[1, "Y"]]],
        "preferences": [{"compound": true, "members": [[[0, "Y"], [1, "Y"]], [[0, "N"], [1, "N"]]]}, [[0, "N"]]]},
       {"name": "Two", "options": [1], "preferences": []}],
      "infeasibles": [], "useManualPreferenceRanking": false, "coalitions": [[0, 1]]})"}});
    const Conflict& conflict = *imported.value.conflict;
    const auto& statements = std::get<Statements>(conflict.preferences[0].form).statements;
    ASSERT_EQ(statements.size(), 2U);
    EXPECT_EQ(statements[0].text, "a and b or not a and not b");
    EXPECT_EQ(conflict.misperceptions[0].unseen[0].text, "b");
    EXPECT_EQ(conflict.moves[1].direction, Direction::back);
    EXPECT_TRUE(defects(imported.value).empty());
    EXPECT_THAT(joined(imported.notes), HasSubstr("coalitions are left out"));
    EXPECT_THAT(joined(imported.notes), HasSubstr("'colour' is left out"));
    EXPECT_THAT(joined(imported.notes), HasSubstr("'two' states no preferences"));
}

TEST(Gmcr, SaysWhatIsWrongAndWhere) {
    const auto broken = [](std::string_view what, std::string_view with) {
        std::string text(kMissiles);
        text.replace(text.find(what), what.size(), with);
        return std::string(import_error("gmcr", {{"m.gmcr", text}}).what());
    };
    EXPECT_THAT(broken(R"("fwd")", R"("forth")"), HasSubstr("m.gmcr:3:"));
    EXPECT_THAT(broken(R"("fwd")", R"("forth")"), HasSubstr("both, fwd, back"));
    EXPECT_THAT(broken(R"("options": [2, 3])", R"("options": [1, 2, 3])"), HasSubstr("belongs to two"));
    EXPECT_THAT(broken(R"("options": [2, 3])", R"("options": [2])"),
                HasSubstr("belongs to no decision maker"));
    EXPECT_THAT(broken(R"("options": [2, 3])", R"("options": [2, 4])"), HasSubstr("0 to 3"));
    EXPECT_THAT(broken("[5, 6, 7", "[6, 6, 7"), HasSubstr("ranked twice"));
    EXPECT_THAT(broken("[5, 6, 7", "[13, 6, 7"), HasSubstr("1 to 12"));
    EXPECT_THAT(broken("[5, 6, 7", "[6, 7"), HasSubstr("leaves out a state"));
    EXPECT_THAT(broken(R"([2, "Y"], [3, "Y"])", R"([2, "Y"], [2, "N"])"), HasSubstr("taken and not taken"));
    EXPECT_THAT(broken(R"([2, "Y"], [3, "Y"])", R"([2, "yes"])"), HasSubstr("Y or N"));
    EXPECT_THAT(broken(R"([[2, "Y"], [3, "Y"]])", "[]"), HasSubstr("says nothing"));
    EXPECT_THAT(broken(R"("useManualPreferenceRanking")", R"("manual")"),
                HasSubstr("useManualPreferenceRanking"));
    EXPECT_THAT(broken(R"("decisionMakers")", R"("makers")"), HasSubstr("needs 'decisionMakers'"));
    EXPECT_THAT(broken("}", ""), HasSubstr("m.gmcr:"));
    EXPECT_THAT(import_error("gmcr", {{"a", std::string(kMissiles)}, {"b", "{}"}}).what(),
                HasSubstr("one file"));
    EXPECT_NE(std::string(import_error("gmcr", {{"a", "[]"}}).what()), "it was imported");
}

TEST(Gmcr, RefusesToWriteWhatItCannotHold) {
    const auto read = [](std::string_view conflict) {
        return read_case(
                   "steelyard: 1\ncase: c\nactors: {a: {}, b: {}}\nissues: {i: {options: [x, y], status_quo: "
                   "x}}\n"
                   "preferences: {a: {points: {i: {x: 0, y: 1}}}}\nconflict:\n  options: {m: {by: a}, n: "
                   "{by: b}}\n" +
                       std::string(conflict),
                   "c.yaml")
            .value;
    };
    const auto refused = [&](std::string_view conflict) {
        try {
            export_case("gmcr", read(conflict));
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::unsupported);
            return std::string(error.what());
        }
        return std::string("it was written");
    };
    EXPECT_THAT(refused("  preferences: {a: [m if i.y], b: [n]}\n"), HasSubstr("an expression on issues"));
    EXPECT_THAT(refused("  preferences: {a: {points: {m: 1}}, b: [n]}\n"), HasSubstr("points of deals"));
    EXPECT_THAT(refused("  preferences: {a: [m], b: [n]}\n  coalesce: [m and n]\n"),
                HasSubstr("merge states"));
    EXPECT_THAT(refused("  preferences: {a: [m], b: [n]}\n  graph: {a: [[none, m]]}\n"),
                HasSubstr("no moves but"));
    EXPECT_EQ(refused("  preferences: {a: {weights: {m: 1}}, b: [n iff m]}\n"), "it was written");
}

// ---- there and back: compared state by state ----------------------------------------------------------

bool holds(const Expression& expression, StateCode code) {
    return expression.evaluate([&](std::uint32_t k) { return (code >> k & 1U) != 0; },
                               [](std::uint32_t, std::uint32_t) { return false; });
}

bool possible(const Conflict& conflict, StateCode code) {
    const auto taken = [&](MoveId move) { return (code >> move.index & 1U) != 0; };
    return std::ranges::none_of(conflict.infeasible, [&](const Infeasible& each) {
        if (const auto* expression = std::get_if<Expression>(&each)) {
            return holds(*expression, code);
        }
        if (const auto* exclusive = std::get_if<MutuallyExclusive>(&each)) {
            return std::ranges::count_if(exclusive->moves, taken) > 1;
        }
        if (const auto* some = std::get_if<AtLeastOne>(&each)) {
            return std::ranges::none_of(some->moves, taken);
        }
        const auto& pairs = std::get<Requires>(each).pairs;
        return std::ranges::any_of(
            pairs, [&](const auto& pair) { return taken(pair.first) && !taken(pair.second); });
    });
}

/// 1: the actor prefers a, -1: b, 0: neither.
int compare(const Conflict& conflict, ActorId actor, StateCode a, StateCode b) {
    const auto& form = std::ranges::find(conflict.preferences, actor, &ConflictPreference::actor)->form;
    if (const auto* statements = std::get_if<Statements>(&form)) {
        for (const Expression& statement : statements->statements) {
            if (holds(statement, a) != holds(statement, b)) {
                return holds(statement, a) ? 1 : -1;
            }
        }
        return 0;
    }
    if (const auto* ranking = std::get_if<StateRanking>(&form)) {
        const auto place = [&](StateCode code) {
            return std::ranges::find_if(
                       ranking->ranks,
                       [&](const auto& rank) { return std::ranges::find(rank, code) != rank.end(); }) -
                   ranking->ranks.begin();
        };
        return place(a) < place(b) ? 1 : place(a) > place(b) ? -1 : 0;
    }
    Rational sum;
    for (const auto& [move, points] : std::get<MovePoints>(form).points) {
        sum += (a >> move.index & 1U) != 0 ? points.best() : Rational(0);
        sum -= (b >> move.index & 1U) != 0 ? points.best() : Rational(0);
    }
    return sum > Rational(0) ? 1 : sum < Rational(0) ? -1 : 0;
}

std::string random_expression(RandomStream& draw, std::size_t moves, int depth) {
    const std::string move = "m" + std::to_string(draw.below(moves));
    switch (depth == 0 ? 0 : draw.below(6)) {
        case 1:
            return "not (" + random_expression(draw, moves, depth - 1) + ")";
        case 2:
            return "(" + random_expression(draw, moves, depth - 1) + ") and (" +
                   random_expression(draw, moves, depth - 1) + ")";
        case 3:
            return "(" + random_expression(draw, moves, depth - 1) + ") or (" +
                   random_expression(draw, moves, depth - 1) + ")";
        case 4:
            return "(" + random_expression(draw, moves, depth - 1) + ") if (" +
                   random_expression(draw, moves, depth - 1) + ")";
        case 5:
            return "(" + random_expression(draw, moves, depth - 1) + ") iff (" +
                   random_expression(draw, moves, depth - 1) + ")";
        default:
            return draw.below(2) == 0 ? move : "not " + move;
    }
}

/// A conflict as text: 2-3 actors, 3-5 options of any direction, infeasible states of every form, preferences of every form.
std::string random_conflict(RandomStream& draw) {
    const std::size_t actors = 2 + draw.below(2);
    const std::size_t moves = 3 + draw.below(3);
    const auto move = [&] { return "m" + std::to_string(draw.below(moves)); };
    const auto expression = [&] { return '"' + random_expression(draw, moves, 3) + '"'; };
    std::string text =
        "steelyard: 1\ncase: made-up\nactors: {a0: {name: A}, a1: {name: B}, a2: {}}\n"
        "issues: {i: {options: [x, y], status_quo: x}}\nconflict:\n  options:\n";
    for (std::size_t k = 0; k < moves; ++k) {
        static constexpr std::array kDirections = {"both", "forward", "back"};
        text += "    m" + std::to_string(k) + ": {by: a" +
                std::to_string(k < actors ? k : draw.below(actors)) +
                ", direction: " + kDirections[draw.below(3)] + "}\n";
    }
    text += "  infeasible:\n  - m0 and not m0\n";
    if (draw.below(2) == 0) {
        text += "  - " + expression() + "\n";
    }
    if (draw.below(2) == 0) {
        text += "  - {mutually_exclusive: [m0, m1, m2]}\n";
    }
    if (draw.below(3) == 0) {
        text += "  - {at_least_one: [m1, m2]}\n";
    }
    if (draw.below(3) == 0) {
        text += "  - {requires: {m2: m0}}\n";
    }
    text += "  misperceptions: {a0: [" + expression() + "]}\n  preferences:\n";
    for (std::size_t a = 0; a < actors; ++a) {
        text += "    a" + std::to_string(a) + ": ";
        if (draw.below(3) == 0) {
            text += "{weights: {" + move() + ": 3}}\n";
        } else {
            text += "[" + expression() + ", " + expression() + ", " + expression() + "]\n";
        }
    }
    return text;
}

RC_GTEST_PROP(Gmcr, WhatIsWrittenReadsBackAsTheSameConflict, (std::uint64_t seed)) {
    RandomStream draw(seed, 0, 0);
    const Case subject = read_case(random_conflict(draw), "made-up").value;
    const Conflict& given = *subject.conflict;
    const Exported written = export_case("gmcr", subject);
    RC_ASSERT(written.files.size() == 1U);
    std::size_t feasible = 0;
    for (StateCode code = 0; code < StateCode{1} << given.moves.size(); ++code) {
        feasible += possible(given, code) ? 1U : 0U;
    }
    RC_PRE(feasible > 0);
    const Case back = import("gmcr", written.files).value;
    const Conflict& got = *back.conflict;
    // The options of each actor now stand side by side.
    const auto there = [&](StateCode code) {
        StateCode result = 0;
        for (std::size_t k = 0; k < given.moves.size(); ++k) {
            const auto at = std::ranges::find(got.moves, given.moves[k].id, &Move::id);
            result |= (code >> k & 1U) << (at - got.moves.begin());
        }
        return result;
    };
    for (const Move& move : given.moves) {
        const auto same = std::ranges::find(got.moves, move.id, &Move::id);
        RC_ASSERT(same->direction == move.direction);
        RC_ASSERT(same->by == move.by);
    }
    for (StateCode a = 0; a < StateCode{1} << given.moves.size(); ++a) {
        RC_ASSERT(possible(given, a) == possible(got, there(a)));
        const auto unseen = [](const Conflict& conflict, StateCode code) {
            return std::ranges::any_of(conflict.misperceptions, [&](const Misperception& each) {
                return std::ranges::any_of(each.unseen, [&](const Expression& e) { return holds(e, code); });
            });
        };
        RC_ASSERT(unseen(given, a) == unseen(got, there(a)));
        for (StateCode b = 0; b < a; ++b) {
            for (const ConflictPreference& preference : given.preferences) {
                if (possible(given, a) && possible(given, b)) {
                    RC_ASSERT(compare(given, preference.actor, a, b) ==
                              compare(got, preference.actor, there(a), there(b)));
                }
            }
        }
    }
    // Once in the format's own terms nothing changes any more.
    RC_ASSERT(export_case("gmcr", back).files[0].text == written.files[0].text);
}

TEST(Gmcr, CarriesTheCatalogue) {
    for (const char* name : {"chicken", "prisoners-dilemma", "cuban-missile-crisis-1962"}) {
        const Case subject =
            read_case(read_file(source_path("cases/conflict/" + std::string(name) + ".yaml")), name).value;
        const Case back = import("gmcr", export_case("gmcr", subject).files).value;
        EXPECT_EQ(back.conflict->moves.size(), subject.conflict->moves.size());
        const auto ranks = [](const Case& one, std::size_t k) {
            return std::get<StateRanking>(one.conflict->preferences[k].form).ranks;
        };
        for (std::size_t k = 0; k < subject.conflict->preferences.size(); ++k) {
            if (std::holds_alternative<StateRanking>(subject.conflict->preferences[k].form)) {
                EXPECT_EQ(ranks(back, k).size(), ranks(subject, k).size());
            }
        }
    }
}

}  // namespace
}  // namespace steelyard::test
