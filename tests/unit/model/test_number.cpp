// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/error.hpp"
#include "steelyard/model/number.hpp"
#include "steelyard/model/numbers.hpp"
#include "steelyard/model/validate.hpp"
#include "support/harbour_lease.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace steelyard {
namespace {

Number of(Distribution distribution) {
    return Number(std::move(distribution));
}

TEST(Number, TheOneNumberOfEveryForm) {
    EXPECT_EQ(Number(70).best(), Rational(70));
    EXPECT_EQ(of(Uniform{55, 85}).best(), Rational(70));
    EXPECT_EQ(of(Elicited{55, 60, 85}).best(), Rational(60));
    EXPECT_EQ(of(Normal{70, 8}).best(), Rational(70));
    EXPECT_EQ(of(Triangular{0, 10, 50}).best(), Rational(10));
    EXPECT_EQ(of(Beta{2, 3, 0, 100}).best(), Rational(40));
    EXPECT_EQ(of(Discrete{{{10, Rational::fraction(1, 4)}, {20, Rational::fraction(3, 4)}}}).best(),
              Rational::fraction(35, 2));
    EXPECT_EQ(of(Spread{70, 10}).best(), Rational(70));
    EXPECT_NEAR(of(Lognormal{1, Rational::fraction(1, 2)}).best().to_double(), std::exp(1.125), 1e-11);
}

TEST(Number, RangesFollowTheScalingToFullRange) {
    const auto [low, high] = of(Elicited{55, 70, 85, Rational::fraction(3, 4)}).range();
    EXPECT_DOUBLE_EQ(low, 50);
    EXPECT_DOUBLE_EQ(high, 90);
    EXPECT_EQ(of(Spread{70, 10}).range(), std::pair(60.0, 80.0));
    EXPECT_NEAR(of(Normal{0, 1}).range().second, 3.0902, 1e-4);
}

TEST(Number, ShortFormsRead) {
    EXPECT_EQ(parse_number("70"), Number(70));
    EXPECT_EQ(parse_number("55..85"), of(Uniform{55, 85}));
    EXPECT_EQ(parse_number("-1.5..1/2"), of(Uniform{Rational::fraction(-3, 2), Rational::fraction(1, 2)}));
    for (const char* text : {"", "no", "1...2", "..", "5..", "..5", "1,5", "70 %"}) {
        EXPECT_FALSE(parse_number(text)) << text;
    }
}

TEST(Number, DefectsAreNamed) {
    EXPECT_EQ(defect(of(Elicited{3, 2, 5})), "low is above best");
    EXPECT_EQ(defect(of(Elicited{1, 6, 5})), "best is above high");
    EXPECT_THAT(defect(of(Elicited{1, 2, 5, 0})), testing::HasSubstr("confidence"));
    EXPECT_NE(defect(of(Uniform{2, 1})), "");
    EXPECT_NE(defect(of(Normal{2, -1})), "");
    EXPECT_NE(defect(of(Triangular{2, 1, 3})), "");
    EXPECT_NE(defect(of(Beta{0, 1})), "");
    EXPECT_NE(defect(of(Lognormal{100, 1})), "");
    EXPECT_NE(defect(of(Discrete{})), "");
    EXPECT_NE(defect(of(Discrete{{{1, Rational::fraction(1, 2)}}})), "");
    EXPECT_NE(defect(of(Spread{1, -1})), "");
    EXPECT_EQ(defect(of(Elicited{1, 1, 1})), "");
}

TEST(Numbers, EveryNumberHasItsAddress) {
    const Case subject = test::harbour_lease();
    std::vector<std::string> pointers;
    for_each_number(subject, [&](const std::string& pointer, const Number&) { pointers.push_back(pointer); });
    EXPECT_THAT(pointers, testing::IsSupersetOf({"/actors/union/capability", "/preferences/port/no_deal",
                                                 "/preferences/port/points/jobs/some",
                                                 "/preferences/carrier/weights/rent",
                                                 "/preferences/carrier/values/jobs/every",
                                                 "/preferences/union/positions/jobs/salience"}));
    EXPECT_EQ(pointers.size(), 3U + 3U + 6U + 8U + 4U);
    EXPECT_EQ(resolve_number(subject, "jobs.some.port"), "/preferences/port/points/jobs/some");
    EXPECT_EQ(resolve_number(subject, "jobs.some.carrier"), "/preferences/carrier/values/jobs/some");
    EXPECT_EQ(resolve_number(subject, "jobs.weight.carrier"), "/preferences/carrier/weights/jobs");
    EXPECT_EQ(resolve_number(subject, "jobs.salience.union"), "/preferences/union/positions/jobs/salience");
    EXPECT_EQ(resolve_number(subject, "no_deal.port"), "/preferences/port/no_deal");
    EXPECT_EQ(resolve_number(subject, "capability.union"), "/actors/union/capability");
    EXPECT_EQ(resolve_number(subject, "preferences.port.no_deal"), "/preferences/port/no_deal");
    EXPECT_EQ(resolve_number(subject, "/preferences/port/no_deal"), "/preferences/port/no_deal");
    try {
        (void)resolve_number(subject, "jobs.smoe.port");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.problems().front().nearest, "/preferences/port/points/jobs/some");
    }
}

TEST(Numbers, OverridesKeepTheSheetsBasisAndRefuseDefects) {
    Case subject = test::harbour_lease();
    subject.claims = {{"c1", "", ClaimKind::judgement, "", {}, {}, {}, "", {}, {}, ""}};
    subject.preferences[0].basis = {{IssueId(0), Basis{{ClaimId(0)}, true, ""}, Rational(6)}};
    apply_sheet_basis(subject);
    const auto& rent = std::get<PointSheet>(subject.preferences[0].form).points[0];
    EXPECT_EQ(rent[2].distribution, Distribution(Spread{40, 6}));
    EXPECT_TRUE(rent[2].inherited);
    EXPECT_TRUE(rent[2].basis.assumption);
    EXPECT_FALSE(subject.preferences[0].no_deal->inherited);

    set_number(subject, "rent.high.port", Number(44));
    EXPECT_EQ(rent[2].distribution, Distribution(Spread{44, 6}));
    EXPECT_THROW(set_number(subject, "jobs.salience.union", Number(120)), Error);
}

TEST(Defects, ASoundCaseHasNoneAndEachFaultIsFoundAtItsPlace) {
    EXPECT_TRUE(defects(test::harbour_lease()).empty());
    const auto first_pointer = [](const std::function<void(Case&)>& break_it) {
        Case subject = test::harbour_lease();
        break_it(subject);
        const auto problems = defects(subject);
        return problems.empty() ? std::string("none") : problems.front().place.pointer;
    };
    EXPECT_EQ(first_pointer([](Case& c) { c.issues[0].options[1].place = 101; }),
              "/issues/rent/options/middle");
    EXPECT_EQ(
        first_pointer([](Case& c) { std::get<PointSheet>(c.preferences[0].form).points[0].pop_back(); }),
        "/preferences/port/points/rent");
    EXPECT_EQ(first_pointer([](Case& c) {
                  std::get<Stances>(c.preferences[2].form).stances[0]->position = Number(-1);
              }),
              "/preferences/union/positions/rent/position");
    EXPECT_EQ(first_pointer(
                  [](Case& c) { std::get<WeightedValues>(c.preferences[1].form).weights[0] = Number(-5); }),
              "/preferences/carrier/weights/rent");
    EXPECT_EQ(first_pointer([](Case& c) { c.actors[0].capability = Number(-5); }), "/actors/port/capability");
    EXPECT_EQ(first_pointer([](Case& c) {
                  c.actors.push_back({"guest", "", "", {}});
                  c.tables = {{"t", "", {ActorId(3)}, {}, {}, {}}};
              }),
              "/tables/t/actors/0");
    EXPECT_EQ(first_pointer([](Case& c) {
                  c.tables = {{"t", "", {ActorId(0)}, {IssueId(0)}, {}, {}},
                              {"u", "", {ActorId(1)}, {IssueId(0)}, {}, {}}};
              }),
              "/tables/u/issues/0");
    EXPECT_EQ(
        first_pointer([](Case& c) { c.tables = {{"t", "", {ActorId(0)}, {IssueId(0)}, {{}, 2, {}}, {}}}; }),
        "/tables/t/accept/at_least");
    EXPECT_EQ(first_pointer([](Case& c) { c.events = {{"", "", {{IssueId(0), OptionId(2)}}, {}}}; }),
              "/issues/rent/status_quo");
    EXPECT_EQ(first_pointer([](Case& c) {
                  c.claims = {{"a", "", {}, "", {}, {}, {}, "", ClaimId(1), {}, ""},
                              {"b", "", {}, "", {}, {}, {}, "", ClaimId(0), {}, ""}};
              }),
              "/claims/a/superseded_by");
    EXPECT_EQ(first_pointer([](Case& c) { c.voting = {{"v", "", {{{"x", 1}}, 2}, {}, {}, {}}}; }),
              "/voting/v/quota");
    EXPECT_EQ(first_pointer([](Case& c) { c.conflict.emplace(); }), "/conflict/options");
}

}  // namespace
}  // namespace steelyard
