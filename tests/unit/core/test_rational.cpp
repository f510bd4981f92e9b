// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/error.hpp"
#include "steelyard/core/rational.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace steelyard {
namespace {

Rational read(std::string_view text) {
    const auto value = Rational::parse(text);
    EXPECT_TRUE(value.has_value()) << text;
    return value.value_or(Rational{});
}

TEST(Rational, ReadsWhatPeopleTypeExactly) {
    EXPECT_EQ(read("0.1"), Rational::fraction(1, 10));
    EXPECT_EQ(read("0.1") + read("0.2"), read("0.3"));
    EXPECT_EQ(read("-3.50"), Rational::fraction(-7, 2));
    EXPECT_EQ(read("1e3"), Rational(1000));
    EXPECT_EQ(read("2.5E-3"), Rational::fraction(1, 400));
    EXPECT_EQ(read("1/3"), Rational::fraction(1, 3));
    EXPECT_EQ(read("1200/35"), Rational::fraction(240, 7));
    EXPECT_EQ(read("007"), Rational(7));
    EXPECT_EQ(read(".5"), Rational::fraction(1, 2));
    EXPECT_EQ(read("-0"), Rational(0));
    EXPECT_EQ(read("0.00000000000000000000000"), Rational(0));
}

TEST(Rational, RefusesWhatIsNoExactNumber) {
    for (const char* text : {"",      "-",     ".",     "1,5",
                             "12 kg", " 1",    "1 ",    "nan",
                             "inf",   "1e999", "1e",    "e3",
                             "0x10",  "1/0",   "1/2/3", "1234567890123456789",
                             "1..2",  "--1",   "1e-30", "99999999999e17"}) {
        EXPECT_FALSE(Rational::parse(text).has_value()) << text;
    }
}

TEST(Rational, PrintsDecimalsWhereTheyEndAndFractionsWhereNot) {
    EXPECT_EQ(Rational::fraction(1, 10).text(), "0.1");
    EXPECT_EQ(Rational::fraction(-7, 2).text(), "-3.5");
    EXPECT_EQ(Rational::fraction(1, 400).text(), "0.0025");
    EXPECT_EQ(Rational::fraction(1, 3).text(), "1/3");
    EXPECT_EQ(Rational(-12).text(), "-12");
    EXPECT_EQ(Rational(0).text(), "0");
}

TEST(Rational, SaysWhenANumberDoesNotStayExact) {
    const Rational large(std::numeric_limits<std::int64_t>::max());
    try {
        (void)(large * large);
        FAIL() << "the product cannot fit";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::limit);
    }
    EXPECT_THROW((void)(Rational(1) / Rational(0)), Error);
    EXPECT_THROW((void)Rational::fraction(1, 0), Error);
}

TEST(Rational, NearestKeepsTheStatedDigits) {
    EXPECT_EQ(Rational::nearest(0.1), Rational::fraction(1, 10));
    EXPECT_EQ(Rational::nearest(-123.456), Rational::fraction(-123456, 1000));
    EXPECT_EQ(Rational::nearest(1e-300), Rational(0));
    EXPECT_THROW((void)Rational::nearest(1e300), Error);
}

/// Fractions small enough that sums and products of three stay in range.
Rational small(std::int64_t a, std::int64_t b) {
    return Rational::fraction(a % 1000, 1 + std::abs(b % 1000));
}

RC_GTEST_PROP(Rational, IsAFieldInMiniature,
              (std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d)) {
    const Rational x = small(a, b);
    const Rational y = small(c, d);
    RC_ASSERT(x + y == y + x);
    RC_ASSERT(x * y == y * x);
    RC_ASSERT((x + y) - y == x);
    RC_ASSERT(x * (y + Rational(1)) == x * y + x);
    if (y != Rational(0)) {
        RC_ASSERT(x / y * y == x);
    }
}

RC_GTEST_PROP(Rational, OrderAgreesWithSubtractionAndTextReadsBack,
              (std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d)) {
    const Rational x = small(a, b);
    const Rational y = small(c, d);
    RC_ASSERT((x < y) == ((x - y).numerator() < 0));
    RC_ASSERT(Rational::parse(x.text()) == std::optional(x));
}

RC_GTEST_PROP(Rational, SumsUpToTheLargestWholeNumbersAreExactOrRefused, (std::int64_t a, std::int64_t b)) {
    __extension__ using Wide = __int128;
    constexpr Wide most = std::numeric_limits<std::int64_t>::max();
    a = std::max(a, -std::numeric_limits<std::int64_t>::max());
    b = std::max(b, -std::numeric_limits<std::int64_t>::max());
    // Small numbers are drawn more often than those at the edge.
    if (*rc::gen::arbitrary<bool>()) {
        a = std::numeric_limits<std::int64_t>::max() - std::abs(a % 1000);
        b %= 1000;
    }
    for (const bool minus : {false, true}) {
        const Wide exact = minus ? Wide{a} - b : Wide{a} + b;
        if (exact <= most && exact >= -most) {
            RC_ASSERT((minus ? Rational(a) - b : Rational(a) + b) ==
                      Rational(static_cast<std::int64_t>(exact)));
        } else {
            RC_ASSERT_THROWS_AS((minus ? Rational(a) - b : Rational(a) + b), Error);
        }
    }
    RC_ASSERT((Rational(a) < Rational(b)) == (a < b));
}

}  // namespace
}  // namespace steelyard
