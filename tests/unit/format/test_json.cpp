// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/error.hpp"
#include "steelyard/format/json.hpp"
#include "support/precompiled.hpp"
#include "unit/format/random_case.hpp"

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>

namespace steelyard {
namespace {

using testing::HasSubstr;

std::string refusal(std::string_view text) {
    try {
        from_json(text);
    } catch (const Error& error) {
        return std::string(describe(error.kind()).name) + ": " + error.what();
    }
    return "reads";
}

TEST(JsonText, IsStable) {
    const Value value(Value::Map{{"b", Value(Value::List{Value(std::int64_t{1}), Value(true), Value()})},
                                 {"a", Value(Value::Map{})},
                                 {"list", Value(Value::List{})},
                                 {"text", Value("x")}});
    EXPECT_EQ(to_json(value, 0), R"({"b":[1,true,null],"a":{},"list":[],"text":"x"})");
    EXPECT_EQ(to_json(value, 2),
              "{\n  \"b\": [\n    1,\n    true,\n    null\n  ],\n  \"a\": {},\n  \"list\": [],\n  \"text\": "
              "\"x\"\n}");
}

TEST(JsonText, ExactNumbersStayExactWhereTheyCan) {
    const auto text = [](const Rational& value) { return to_json(Value(value), 0); };
    EXPECT_EQ(text(Rational::fraction(1, 10)), "0.1");
    EXPECT_EQ(text(Rational(-70)), "-70");
    EXPECT_EQ(text(*Rational::parse("0.000000000000000001")), "0.000000000000000001");
    EXPECT_EQ(text(*Rational::parse("12345678901234567")), "12345678901234567");
    EXPECT_EQ(text(*Rational::parse("123456789012345678")), "1.2345678901234568e+17");
    EXPECT_EQ(text(Rational::fraction(1, 3)), "0.3333333333333333");
    EXPECT_EQ(text(Rational::fraction(2, 3)), "0.6666666666666666");
}

TEST(JsonText, DoublesAreTheShortestThatReadBack) {
    EXPECT_EQ(to_json(Value(0.1), 0), "0.1");
    EXPECT_EQ(to_json(Value(1e300), 0), "1e+300");
    EXPECT_EQ(to_json(Value(100.0), 0), "100");
    EXPECT_EQ(to_json(Value(3e6), 0), "3000000");
    EXPECT_EQ(to_json(Value(-0.000001), 0), "-0.000001");
    EXPECT_EQ(to_json(Value(0.0000001), 0), "1e-07");
    EXPECT_EQ(to_json(Value(7e19), 0), "7e+19");
    EXPECT_EQ(to_json(Value(1.0 / 3), 0), "0.3333333333333333");
}

TEST(JsonText, TextsAreEscapedWhereJsonYamlOrScriptsNeedIt) {
    EXPECT_EQ(to_json(Value("a\"b\\c\n\t\r\x01\x7F"), 0), R"("a\"b\\c\n\t\r\u0001\u007f")");
    EXPECT_EQ(to_json(Value("\xC3\xA9 \xF0\x9F\x98\x80"), 0), "\"\xC3\xA9 \xF0\x9F\x98\x80\"");
    EXPECT_EQ(to_json(Value("\xE2\x80\xA8\xC2\x85\xEF\xBB\xBF"), 0), R"("\u2028\u0085\ufeff")");
    EXPECT_EQ(to_json(Value("a\xFFz"), 0), "\"a\xEF\xBF\xBDz\"");
}

RC_GTEST_PROP(JsonText, AnyTextReadsBack, ()) {
    const std::string text = *test::any_text();
    RC_ASSERT(from_json(to_json(Value(text), 0)) == Value(text));
}

RC_GTEST_PROP(JsonText, AnyFiniteDoubleReadsBack, ()) {
    const auto bits = *rc::gen::arbitrary<std::uint64_t>();
    double number = 0;
    std::memcpy(&number, &bits, sizeof number);
    RC_PRE(std::isfinite(number));
    const std::string text = to_json(Value(number), 0);
    RC_ASSERT(std::strtod(text.c_str(), nullptr) == number);
    const auto read = from_json(text);
    RC_ASSERT(read.number().has_value());
    RC_ASSERT(*read.number() == number);
}

RC_GTEST_PROP(JsonText, AnyExactNumberReadsBackAsItsNearestDouble, ()) {
    const auto above = *rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000);
    const auto below = *rc::gen::inRange<std::int64_t>(1, 100'000);
    const Rational exact = Rational::fraction(above, below);
    const std::string text = to_json(Value(exact), 0);
    RC_ASSERT(std::strtod(text.c_str(), nullptr) == exact.to_double());
}

TEST(JsonReader, KeepsTypes) {
    EXPECT_EQ(from_json("[1, -2, 1.50, 1e2, true, null, \"x\", {}, 0.1]"),
              Value(Value::List{Value(std::int64_t{1}), Value(std::int64_t{-2}),
                                Value(Rational::fraction(3, 2)), Value(Rational(100)), Value(true), Value(),
                                Value("x"), Value(Value::Map{}), Value(Rational::fraction(1, 10))}));
    EXPECT_EQ(from_json("9223372036854775807"), Value(std::numeric_limits<std::int64_t>::max()));
    EXPECT_EQ(from_json("1e-300"), Value(1e-300));
    EXPECT_EQ(from_json("0.1234567890123456789"), Value(0.1234567890123456789));
}

TEST(JsonReader, KeepsTheOrderOfMembers) {
    EXPECT_EQ(to_json(from_json(R"({"z":{"b":1,"a":[{"y":2,"x":3}]},"c":4})"), 0),
              R"({"z":{"b":1,"a":[{"y":2,"x":3}]},"c":4})");
}

TEST(JsonReader, SaysWhereItStumbled) {
    EXPECT_THAT(refusal("{\"a\": 1,\n \"\xC3\xA9\": x}"), HasSubstr("usage: 2:7: this is not JSON"));
    EXPECT_THAT(refusal("{\"a\": 1,}"), HasSubstr("1:9: this is not JSON"));
    EXPECT_THAT(refusal(""), HasSubstr("this is not JSON"));
    EXPECT_THAT(refusal("{} {}"), HasSubstr("1:4: this is not JSON"));
    EXPECT_THAT(refusal("[1, 2"), HasSubstr("this is not JSON"));
    EXPECT_THAT(refusal("\"a\xFF\""), HasSubstr("this is not JSON"));
    EXPECT_THAT(refusal("NaN"), HasSubstr("this is not JSON"));
    EXPECT_THAT(refusal("1e999"), HasSubstr("this is not JSON"));
}

TEST(JsonReader, RefusesANameThatStandsTwice) {
    EXPECT_THAT(refusal(R"({"a": 1, "b": {"a": 1}, "a": 2})"),
                HasSubstr("usage: the same name twice in one object; found 'a'"));
    EXPECT_EQ(refusal(R"({"a": 1, "b": {"a": 1}, "c": [{"a": 1}, {"a": 2}]})"), "reads");
}

TEST(JsonReader, RefusesWholeNumbersThatDoNotFit) {
    EXPECT_THAT(refusal("9223372036854775808"), HasSubstr("does not fit into 64 bits"));
    EXPECT_THAT(refusal("-9223372036854775809"), HasSubstr("does not fit into 64 bits"));
    EXPECT_THAT(refusal("123456789012345678901234567890"), HasSubstr("does not fit into 64 bits"));
}

TEST(JsonReader, HasLimits) {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_EQ(refusal(nested(JsonLimits::depth)), "reads");
    EXPECT_EQ(refusal(nested(JsonLimits::depth + 1)), "limit: JSON nested more than 64 deep");
    EXPECT_EQ(refusal(std::string(1'000'000, '[')), "limit: JSON nested more than 64 deep");
    EXPECT_EQ(refusal(std::string(JsonLimits::bytes + 1, ' ')), "limit: JSON of more than 64 MiB");
}

}  // namespace
}  // namespace steelyard
