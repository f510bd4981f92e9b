// SPDX-License-Identifier: Apache-2.0
#include "steelyard/model/scores.hpp"
#include "unit/format/foreign_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace steelyard::test {
namespace {

using testing::HasSubstr;

TextFile negmas_domain() {
    return {"domain7.yml", R"(name: d7
type: DiscreteCartesianOutcomeSpace
issues:
- name: colour
  type: CategoricalIssue
  values: [red, "no"]
- name: size
  type: negmas.outcomes.ContiguousIssue
  values: [2, 4]
)"};
}

TextFile negmas_profile() {
    return {"p.yml", R"(name: p
type: LinearAdditiveUtilityFunction
reserved_value: 0.125
values:
- {type: TableFun, mapping: {red: 0.5, "no": -1}}
- {type: negmas.AffineFun, slope: 0.25, bias: -0.5}
weights: [0.75, 2]
)"};
}

Rational points(const TextFile& file, std::size_t issue, std::size_t option) {
    return Scores(import("negmas", {negmas_domain(), file}).value)
        .points(ActorId(0), IssueId(issue), OptionId(option));
}

TEST(Negmas, ReadsDomainAndProfile) {
    const Imported result = import("negmas", {negmas_domain(), negmas_profile()});
    EXPECT_EQ(result.value.id, "domain7");
    EXPECT_EQ(result.value.title, "d7");
    EXPECT_EQ(result.value.issues[0].options[1].name, "no");
    ASSERT_EQ(result.value.issues[1].options.size(), 3U);
    EXPECT_EQ(result.value.issues[1].options[2].name, "4");
    const Scores scores(result.value);
    EXPECT_EQ(scores.points(ActorId(0), IssueId(0), OptionId(1)), Rational::fraction(-3, 4));
    EXPECT_EQ(scores.points(ActorId(0), IssueId(1), OptionId(2)), Rational(1));
    EXPECT_EQ(scores.no_deal(ActorId(0)), Rational::fraction(1, 8));
}

TEST(Negmas, KnowsTheOtherFunctions) {
    const std::string affine = "{type: negmas.AffineFun, slope: 0.25, bias: -0.5}";
    EXPECT_EQ(points(with(negmas_profile(), affine, "{type: IdentityFun}"), 1, 2), Rational(8));
    EXPECT_EQ(points(with(negmas_profile(), affine, "{type: LinearFun, slope: 0.5}"), 1, 2), Rational(4));
    EXPECT_EQ(points(with(negmas_profile(), affine, "{type: ConstFun, bias: 3}"), 1, 2), Rational(6));
    EXPECT_EQ(points(with(negmas_profile(), "weights: [0.75, 2]", ""), 1, 2), Rational::fraction(1, 2));
    EXPECT_EQ(points(with(negmas_profile(), "weights: [0.75, 2]", "weights: {size: 4, colour: 1}"), 1, 2),
              Rational(2));
    const TextFile counted = with(negmas_domain(), "[2, 4]", "3");
    EXPECT_EQ(import("negmas", {counted, negmas_profile()}).value.issues[1].options[2].name, "2");
}

TEST(Negmas, NoReservedValueMeansThatEveryDealIsBetter) {
    for (const char* none : {"-.inf", "null", ""}) {
        const Imported result = import("negmas", {negmas_domain(), with(negmas_profile(), "0.125", none)});
        EXPECT_EQ(Scores(result.value).no_deal(ActorId(0)), Rational::fraction(-3, 4));  // -0.75 + 0
        EXPECT_THAT(joined(result.notes), HasSubstr("'p' has no reserved value"));
    }
}

TEST(Negmas, SmallNumbersOfManyDigitsKeepTheirValue) {
    const TextFile file = with(with(negmas_profile(), "red: 0.5", "red: 0.0065811361557015745"), "0.75", "1");
    EXPECT_NEAR(points(file, 0, 0).to_double(), 0.0065811361557015745, 1e-15);
    EXPECT_THAT(joined(import("negmas", {negmas_domain(), file}).notes),
                HasSubstr("p.yml:5: 0.0065811361557015745 has more digits"));
}

TEST(Negmas, MistakesAreNamedWithTheirLine) {
    struct Row {
        TextFile domain, profile;
        std::string_view says;
    };
    const Row rows[] = {
        {negmas_domain(), with(negmas_profile(), "red: 0.5", "red: half"),
         "p.yml:5:35: a value is not a number; found 'half'"},
        {negmas_domain(), with(negmas_profile(), "red: 0.5", "blue: 0.5"), "needs 'red'"},
        {negmas_domain(), with(negmas_profile(), "[0.75, 2]", "[0.75]"),
         "weights must have one entry for each issue; found '1'; allowed: 2"},
        {negmas_domain(), with(negmas_profile(), "slope: 0.25, ", ""), "AffineFun needs 'slope'"},
        {negmas_domain(),
         with(negmas_profile(), "{type: TableFun, mapping: {red: 0.5, \"no\": -1}}", "{type: IdentityFun}"),
         "a value function of numbers for an option that is none; found 'red'"},
        {with(negmas_domain(), "[2, 4]", "[4, 2]"), negmas_profile(), "values of a ContiguousIssue"},
        {with(negmas_domain(), "[2, 4]", "[0, 99999999999999]"), negmas_profile(), "too many options"},
        {with(negmas_domain(), "[red, \"no\"]", "[red, red]"), negmas_profile(),
         "a value stands twice in issue 'colour'; found 'red'"},
        {with(negmas_domain(), "values: [red, \"no\"]", "value: red"), negmas_profile(),
         "an issue needs 'values'"},
        {with(negmas_domain(), "- name: size", "- &anchor\n  name: size"), negmas_profile(),
         "domain7.yml:7:3: anchors are not allowed"},
    };
    for (const Row& row : rows) {
        const Error error = import_error("negmas", {row.domain, row.profile});
        EXPECT_EQ(error.kind(), ErrorKind::invalid_case) << error.what();
        EXPECT_THAT(error.what(), HasSubstr(std::string(row.says)));
    }
    EXPECT_THAT(import_error("negmas", {negmas_domain()}).what(), HasSubstr("no profile"));
    EXPECT_THAT(import_error("negmas", {negmas_profile()}).what(), HasSubstr("no domain"));
}

TEST(Negmas, WhatACaseCannotSayIsNamed) {
    struct Row {
        TextFile domain, profile;
        std::string_view says;
    };
    const Row rows[] = {
        {negmas_domain(), with(negmas_profile(), "LinearAdditive", "HyperRectangle"),
         "found 'HyperRectangleUtilityFunction'"},
        {negmas_domain(), with(negmas_profile(), "TableFun", "LambdaFun"),
         "a value function of this type for issue 'colour'; found 'LambdaFun'"},
        {negmas_domain(), with(negmas_profile(), "weights:", "bias: 3\nweights:"),
         "a constant added to every deal; found '3'"},
        {with(negmas_domain(), "ContiguousIssue", "ContinuousIssue"), negmas_profile(),
         "issue 'size' is not a list of options; found 'ContinuousIssue'"},
        {with(negmas_domain(), "DiscreteCartesianOutcomeSpace", "Sphere"), negmas_profile(),
         "an outcome space of this type; found 'Sphere'"},
    };
    for (const Row& row : rows) {
        const Error error = import_error("negmas", {row.domain, row.profile});
        EXPECT_EQ(error.kind(), ErrorKind::unsupported) << error.what();
        EXPECT_THAT(error.what(), HasSubstr(std::string(row.says)));
    }
}

}  // namespace
}  // namespace steelyard::test
