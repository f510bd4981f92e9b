// SPDX-License-Identifier: Apache-2.0
#include "steelyard/model/scores.hpp"
#include "unit/format/foreign_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace steelyard::test {
namespace {

using testing::HasSubstr;

Rational points(const Case& subject, std::size_t actor, std::size_t issue, std::size_t option) {
    return Scores(subject).points(ActorId(actor), IssueId(issue), OptionId(option));
}
Rational of(const Case& subject, std::size_t actor, std::initializer_list<std::size_t> options) {
    Deal deal;
    for (const std::size_t option : options)
        deal.emplace_back(option);
    return Scores(subject).of(ActorId(actor), deal);
}
Rational over(std::int64_t a, std::int64_t b) {
    return Rational::fraction(a, b);
}

TEST(Genius, NamesAndOrderAreThoseOfTheDomain) {
    const Case subject = import("genius", {genius_domain(), genius_profile("seller.xml", "1", "3"),
                                           genius_profile("x/buyer.xml", "3", "1")})
                             .value;
    EXPECT_EQ(subject.id, "sale");
    EXPECT_EQ(subject.title, "Sale");
    ASSERT_EQ(subject.actors.size(), 2U);
    EXPECT_EQ(subject.actors[1].id, "buyer");
    ASSERT_EQ(subject.issues.size(), 2U);
    EXPECT_EQ(subject.issues[0].options[1].id, "high");
    EXPECT_EQ(subject.issues[1].options[0].id, "v3");
    EXPECT_EQ(subject.issues[1].options[0].name, "3");
    EXPECT_EQ(subject.issues[1].options[1].place, Rational(50));
}

TEST(Genius, PointsAreWeightTimesEvaluationOverTheLargest) {
    const Imported result = import("genius", {genius_domain(), genius_profile("a.xml", "12", "35")});
    EXPECT_EQ(points(result.value, 0, 0, 0), over(3, 4) * over(12, 35));
    EXPECT_EQ(points(result.value, 0, 0, 1), over(3, 4));
    EXPECT_EQ(points(result.value, 0, 1, 0), over(1, 20));  // 0.25 x 0.2
    EXPECT_EQ(points(result.value, 0, 1, 2), over(1, 4));   // 0.25 x (0.2 + 0.4 x 2)
    EXPECT_EQ(Scores(result.value).no_deal(ActorId(0)), over(3, 10));
    EXPECT_THAT(joined(result.notes), HasSubstr("genius reading"));
    EXPECT_THAT(result.value.about, HasSubstr("genius reading"));
    const auto& form = std::get<WeightedValues>(result.value.preferences[0].form);
    EXPECT_EQ(form.values[0][0].best(), over(1200, 35));
}

TEST(Genius, TheRawReadingScalesNothing) {
    const Imported result =
        import("genius", {genius_domain(), genius_profile("a.xml", "12", "35")}, Reading::raw);
    EXPECT_EQ(points(result.value, 0, 0, 0), Rational(9));
    EXPECT_EQ(points(result.value, 0, 1, 0), over(35, 100));  // 0.25 x (0.2 + 0.4 x 3)
    EXPECT_THAT(joined(result.notes), HasSubstr("raw reading"));
}

TEST(Genius, IntegerEvaluationsStayBetween0And1) {
    const Case subject =
        import("genius", {genius_domain(),
                          genius_profile("a.xml", "1", "2", R"(ftype="linear" offset="-0.5" slope="1")")})
            .value;
    EXPECT_EQ(points(subject, 0, 1, 0), Rational(0));
    EXPECT_EQ(points(subject, 0, 1, 1), over(1, 8));
    EXPECT_EQ(points(subject, 0, 1, 2), over(1, 4));
}

TEST(Genius, AnIssueWithoutPositiveEvaluationIsNoStake) {
    const Case subject = import("genius", {genius_domain(), genius_profile("a.xml", "0", "0.000009")}).value;
    EXPECT_TRUE(std::get<WeightedValues>(subject.preferences[0].form).values[0].empty());
}

TEST(Genius, DiscountFactorsAreNamed) {
    const auto with_rest = [](const std::string& rest) {
        return joined(import("genius", {genius_domain(),
                                        genius_profile("a.xml", "1", "2", "offset='0' slope='0.1'", rest)})
                          .notes);
    };
    EXPECT_THAT(with_rest(R"(<discount_factor value="0.75"/>)"),
                HasSubstr("discount factor 0.75 of 'a' left out"));
    EXPECT_THAT(with_rest(R"(<discount_factor value="1.0"/>)"), Not(HasSubstr("discount")));
    EXPECT_THAT(with_rest(R"(<discount_factor value="0"/>)"), Not(HasSubstr("discount")));
}

TEST(Genius, DealsAboveOneAreCutOff) {
    // Weights 0.75 + 0.5: high with 5 days would be worth 1.25, high with 4 days 1.05.
    const Imported result = import("genius", {genius_domain(), with(genius_profile("a.xml", "1", "2"),
                                                                    R"(value="0.25")", R"(value="0.5")")});
    EXPECT_EQ(of(result.value, 0, {1, 2}), Rational(1));
    EXPECT_EQ(of(result.value, 0, {1, 1}), Rational(1));
    EXPECT_EQ(of(result.value, 0, {1, 0}), over(17, 20));
    EXPECT_EQ(of(result.value, 0, {0, 2}), over(7, 8));
    EXPECT_EQ(result.value.bundles.size(), 2U);
    EXPECT_THAT(joined(result.notes), HasSubstr("'a' that would be worth more than 1: 2"));
}

/// GENIUS's own rule, min(1, sum), applied to every deal by plain arithmetic.
RC_GTEST_PROP(Genius, NoDealIsWorthMoreThanOne, ()) {
    const int low = *rc::gen::inRange(0, 40);
    const int weight = *rc::gen::inRange(0, 100);
    const int slope = *rc::gen::inRange(-50, 50);
    const int offset = *rc::gen::inRange(-20, 120);
    const auto hundredths = [](int value) { return over(value, 100).text(); };
    const TextFile profile =
        with(genius_profile("a.xml", std::to_string(low), "40",
                            "offset=\"" + hundredths(offset) + "\" slope=\"" + hundredths(slope) + '"'),
             R"(value="0.25")", "value=\"" + hundredths(weight) + '"');
    const Case subject = import("genius", {genius_domain(), profile}).value;
    for (int price = 0; price < 2; ++price) {
        for (int day = 0; day < 3; ++day) {
            const Rational integer = std::clamp(over(offset + slope * day, 100), Rational(0), Rational(1));
            const Rational sum =
                over(3, 4) * (price == 1 ? Rational(1) : over(low, 40)) + over(weight, 100) * integer;
            RC_ASSERT(of(subject, 0, {static_cast<std::size_t>(price), static_cast<std::size_t>(day)}) ==
                      std::min(sum, Rational(1)));
        }
    }
}

TEST(Genius, RoundedWeightsAreNotCutButNoted) {
    const Imported result = import(
        "genius", {genius_domain(),
                   with(genius_profile("a.xml", "1", "2"), R"(value="0.25")", R"(value="0.2500000001")")});
    EXPECT_TRUE(result.value.bundles.empty());
    EXPECT_THAT(joined(result.notes), HasSubstr("sum to a little over 1"));
}

TEST(Genius, TooManyDealsAboveOneAreRefused) {
    TextFile domain = with(genius_domain(), R"(upperbound="5")", R"(upperbound="900")");
    const Error error =
        import_error("genius", {domain, with(genius_profile("a.xml", "1", "2", R"(offset="1" slope="0")"),
                                             R"(value="0.25")", R"(value="0.5")")});
    EXPECT_EQ(error.kind(), ErrorKind::unsupported);
    EXPECT_THAT(error.what(), HasSubstr("GENIUS cuts utilities off at 1"));
    EXPECT_THAT(error.what(), HasSubstr("raw reading"));
}

TEST(Genius, NestedObjectivesComeFirst) {
    TextFile domain = with(genius_domain(), "</objective>",
                           R"(<objective index="7" name="inner"><issue index="9" name="Colour">
        <item value="red"/></issue></objective></objective>)");
    TextFile profile =
        with(genius_profile("a.xml", "1", "2"), "</objective>", R"(<objective index="7" name="inner">
        <weight index="9" value="0"/><issue index="9"><item value="red" evaluation="4"/></issue></objective></objective>)");
    const Case subject = import("genius", {domain, profile}).value;
    ASSERT_EQ(subject.issues.size(), 3U);
    EXPECT_EQ(subject.issues[0].id, "colour");
    EXPECT_EQ(points(subject, 0, 1, 1), over(3, 4));
}

TEST(Genius, WithoutADomainTheFirstProfileSays) {
    const Imported result =
        import("genius", {genius_profile("a.xml", "1", "2"), genius_profile("b.xml", "2", "1")});
    EXPECT_EQ(result.value.actors.size(), 2U);
    EXPECT_EQ(result.value.issues[0].options[0].id, "high");
    EXPECT_THAT(joined(result.notes), HasSubstr("no domain file"));
}

TEST(Genius, ListsOfFrontierPointsAreSkipped) {
    const Imported result = import(
        "genius",
        {genius_domain(), {"x/pareto.xml", "0.1, 0.2\n0.2, 0.1\n"}, genius_profile("a.xml", "1", "2")});
    EXPECT_THAT(joined(result.notes), HasSubstr("x/pareto.xml: a list of frontier points, not read"));
}

TEST(Genius, WhatACaseCannotSayIsNamed) {
    struct Row {
        TextFile domain, profile;
        std::string_view says;
    };
    const TextFile domain = genius_domain();
    const TextFile profile = genius_profile("a.xml", "1", "2");
    const Row rows[] = {
        {with(domain, R"(type="integer")", R"(type="real")"), profile,
         "folder/Sale_domain.xml:5:4: issue 'Days' is not a list of options; found 'real'; allowed: "
         "discrete, "
         "integer"},
        {domain, genius_profile("a.xml", "1", "2", R"(ftype="triangular" offset="1" slope="1")"),
         "a.xml:6:77: an evaluator of this type on integer issue 'Days'; found 'triangular'; allowed: "
         "linear"},
        {domain, with(profile, "<utility_space>", R"(<utility_space type="UNCERTAIN">)"),
         "a.xml:1:1: a utility space of this type; found 'UNCERTAIN'"},
        {domain, with(profile, "<utility_space>", R"(<utility_space type="constraint">)"),
         "found 'constraint'"},
    };
    for (const Row& row : rows) {
        const Error error = import_error("genius", {row.domain, row.profile});
        EXPECT_EQ(error.kind(), ErrorKind::unsupported) << error.what();
        EXPECT_THAT(error.what(), HasSubstr(std::string(row.says)));
    }
}

TEST(Genius, MistakesAreNamedWithTheirLine) {
    struct Row {
        TextFile domain, profile;
        std::string_view says;
    };
    const TextFile domain = genius_domain();
    const TextFile profile = genius_profile("a.xml", "1", "2");
    const Row rows[] = {
        {domain, genius_profile("a.xml", "one", "2"),
         "a.xml:5:84: evaluation is not a number; found 'one'; allowed: a decimal such as 0.25"},
        {domain, genius_profile("a.xml", "1", "1/2"), "evaluation is not a number; found '1/2'"},
        {domain, genius_profile("a.xml", "1", "NaN"), "evaluation is not a number; found 'NaN'"},
        {domain, genius_profile("a.xml", "1", "1e999"), "evaluation is not a number; found '1e999'"},
        {domain, with(profile, R"(value="low" )", R"(value="lower" )"),
         "issue 'Price' has no evaluation of 'low'"},
        {domain, with(profile, R"(<weight index="2" value="0.75"/>)", ""),
         "a.xml:1:1: the profile has no weight for issue 'Price', index 2"},
        {domain, with(profile, R"(index="2" value="0.75")", R"(index="3" value="0.75")"),
         "two weights of one index"},
        {domain, with(profile, R"(value="0.75")", R"(value="-0.75")"), "a weight is below 0; found '-0.75'"},
        {domain, with(profile, R"(ftype="linear" offset="0.2")", ""), "<evaluator> needs offset"},
        {domain, with(profile, "</utility_space>", R"(<reservation value="1"/></utility_space>)"),
         "a second reservation value"},
        {with(domain, R"(index="3")", R"(index="2")"), profile,
         "two issues of one index; the other is on line 4"},
        {with(domain, R"(index="3")", R"(index="three")"), profile,
         "index is not a whole number; found 'three'"},
        {with(domain, R"(upperbound="5")", R"(upperbound="2")"), profile,
         "the upper bound is below the lower one"},
        {with(domain, R"(upperbound="5")", R"(upperbound="9000000000000")"), profile, "too many options"},
        {with(domain, R"(lowerbound="3")", R"(lowerbound="-9223372036854775808")"), profile,
         "too many options"},
        {with(domain, R"(value="low")", ""), profile, "<item> needs value"},
        {with(domain, "<negotiation_template>", "<template>"), profile, "a closing tag that does not fit"},
    };
    for (const Row& row : rows) {
        const Error error = import_error("genius", {row.domain, row.profile});
        EXPECT_EQ(error.kind(), ErrorKind::invalid_case) << error.what();
        EXPECT_THAT(error.what(), HasSubstr(std::string(row.says)));
    }
    EXPECT_THAT(import_error("genius", {domain}).what(), HasSubstr("no profile"));
    EXPECT_THAT(import_error("genius", {domain, domain, profile}).what(), HasSubstr("a second domain"));
    EXPECT_THAT(import_error("genius", {{"a.xml", "<svg/>"}}).what(), HasSubstr("found '<svg>'"));
}

TEST(Genius, AllMistakesOfAFileAreReportedTogether) {
    const Error error = import_error("genius", {genius_domain(), genius_profile("a.xml", "one", "two")});
    EXPECT_GE(error.problems().size(), 2U);
}

// ---- sums of hyper-rectangles ---------------------------------------------------------------------

TextFile cube_domain() {
    return {"Cube_domain.xml", R"(<negotiation_template><utility_space><objective index="0" name="root">
<issue index="1" name="A" type="integer" lowerbound="0" upperbound="9"/>
<issue index="2" name="B" type="integer" lowerbound="0" upperbound="9"/>
</objective></utility_space></negotiation_template>)"};
}

TextFile cube_profile(const std::string& rectangles, const std::string& aggregation = "sum") {
    return {"p.xml", R"(<utility_space type="nonlinear"><objective index="0" name="root">
<issue index="1" name="A" type="integer" lowerbound="0" upperbound="9"/>
<issue index="2" name="B" type="integer" lowerbound="0" upperbound="9"/>
<utility maxutility="200"><ufun type="PlainUfun" weight="1" aggregation=")" +
                         aggregation + "\">\n" + rectangles +
                         "</ufun></utility></objective></utility_space>"};
}

/// A plain second reading of the rectangles: which of them pay for the bid (a, b).
TEST(Genius, HyperRectanglesPayWhereTheySay) {
    const Case subject = import("genius", {cube_domain(), cube_profile(R"(
<hyperRectangle utility="50"><INCLUDES index="1" min="2" max="4"/><INCLUDES index="2" min="5" max="9"/></hyperRectangle>
<hyperRectangle utility="30" weight="2"><EXCLUDES index="1" min="3" max="7"/><EXCLUDES index="2" min="0" max="5"/></hyperRectangle>
<hyperRectangle utility="10"/>
<hyperRectangle utility="7"><INCLUDES index="2" min="8" max="20"/></hyperRectangle>
<hyperRectangle utility="900"><INCLUDES index="2" min="8" max="7"/></hyperRectangle>
<ufun weight="0.5"><hyperRectangle utility="20"><INCLUDES index="1" min="-3" max="0"/><INCLUDES index="1" min="0" max="5"/></hyperRectangle></ufun>
)")})
                             .value;
    for (std::size_t a = 0; a < 10; ++a) {
        for (std::size_t b = 0; b < 10; ++b) {
            std::int64_t sum = 10;
            sum += a >= 2 && a <= 4 && b >= 5 ? 50 : 0;
            sum += !(a >= 3 && a <= 7) || b > 5 ? 60 : 0;
            sum += b >= 8 ? 7 : 0;
            sum += a == 0 ? 10 : 0;
            EXPECT_EQ(of(subject, 0, {a, b}), over(sum, 200)) << a << ' ' << b;
        }
    }
    EXPECT_EQ(subject.bundles.size(), 2U);  // rectangles of one issue are its points
}

TEST(Genius, OtherNonlinearSpacesAreNamed) {
    const auto says = [](const std::string& rectangles, const std::string& aggregation = "sum") {
        const Error error = import_error("genius", {cube_domain(), cube_profile(rectangles, aggregation)});
        EXPECT_EQ(error.kind(), ErrorKind::unsupported) << error.what();
        return std::string(error.what());
    };
    EXPECT_THAT(says("<hyperRectangle utility='1'/>", "max"),
                HasSubstr("p.xml:4:27: a utility function that is not a sum; found 'max'"));
    EXPECT_THAT(says("<cone/>"), HasSubstr("a utility function of this kind; found 'cone'"));
    EXPECT_THAT(
        says("<hyperRectangle utility='1'><INCLUDES index='1' min='0' max='1'/><EXCLUDES index='1' min='0' "
             "max='1'/></hyperRectangle>"),
        HasSubstr("both INCLUDES and EXCLUDES"));
}

TEST(Genius, RectangleMistakesAreNamed) {
    const auto says = [](const std::string& rectangles) {
        return std::string(import_error("genius", {cube_domain(), cube_profile(rectangles)}).what());
    };
    EXPECT_THAT(says("<hyperRectangle><INCLUDES index='1' min='0' max='1'/></hyperRectangle>"),
                HasSubstr("<hyperRectangle> needs utility"));
    EXPECT_THAT(says("<hyperRectangle utility='1'><INCLUDES index='7' min='0' max='1'/></hyperRectangle>"),
                HasSubstr("a bound needs an integer issue; found '7'"));
    EXPECT_THAT(says("<hyperRectangle utility='1'><INCLUDES index='1' min='a' max='1'/></hyperRectangle>"),
                HasSubstr("min is not a whole number; found 'a'"));
    EXPECT_THAT(import_error("genius", {cube_domain(),
                                        with(cube_profile(""), R"(maxutility="200")", R"(maxutility="0")")})
                    .what(),
                HasSubstr("maxutility must be above 0"));
}

}  // namespace
}  // namespace steelyard::test
