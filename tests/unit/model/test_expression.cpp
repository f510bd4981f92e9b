// SPDX-License-Identifier: Apache-2.0
#include "steelyard/model/expression.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace steelyard {
namespace {

std::string look_up(std::string_view name, Expression::Node& node) {
    if (name == "jobs.every") {
        node = {Expression::Kind::option, 1, 2};
        return {};
    }
    if (name.size() == 1 && name[0] >= 'a' && name[0] <= 'd') {
        node = {Expression::Kind::move, static_cast<std::uint32_t>(name[0] - 'a'), 0};
        return {};
    }
    return "unknown name '" + std::string(name) + "'";
}

/// The truth of `text` in the state whose bits are the moves a to d; the deal always has jobs.every.
bool holds(std::string_view text, unsigned state) {
    ExpressionError error;
    const Expression expression = parse_expression(text, look_up, error);
    EXPECT_EQ(error.message, "") << text;
    return expression.evaluate(
        [&](std::uint32_t move) { return (state >> move & 1U) != 0; },
        [](std::uint32_t issue, std::uint32_t option) { return issue == 1 && option == 2; });
}

TEST(Expression, MeansWhatItSays) {
    for (unsigned state = 0; state < 16; ++state) {
        const bool a = (state & 1U) != 0;
        const bool b = (state & 2U) != 0;
        const bool c = (state & 4U) != 0;
        EXPECT_EQ(holds("a", state), a);
        EXPECT_EQ(holds("not a", state), !a);
        EXPECT_EQ(holds("not not a", state), a);
        EXPECT_EQ(holds("a and b or c", state), (a && b) || c);
        EXPECT_EQ(holds("a and (b or c)", state), a && (b || c));
        EXPECT_EQ(holds("not a or b", state), !a || b) << "not binds tightest";
        EXPECT_EQ(holds("a if b", state), a || !b);
        EXPECT_EQ(holds("a iff b and c", state), a == (b && c));
        EXPECT_EQ(holds("(a iff b) if not c", state), a == b || c);
        EXPECT_EQ(holds("a and jobs.every", state), a);
    }
}

TEST(Expression, SaysWhereItStopsMakingSense) {
    const auto complaint = [](std::string_view text) {
        ExpressionError error;
        parse_expression(text, look_up, error);
        return std::to_string(error.at) + ": " + error.message;
    };
    EXPECT_EQ(complaint(""), "0: expected a name, not or '('");
    EXPECT_EQ(complaint("a and"), "5: expected a name, not or '('");
    EXPECT_EQ(complaint("a or e"), "5: unknown name 'e'");
    EXPECT_EQ(complaint("(a"), "2: expected ')'");
    EXPECT_THAT(complaint("a b"), testing::StartsWith("2: expected the end"));
    EXPECT_THAT(complaint("a if b if c"), testing::StartsWith("7: expected the end"));
    EXPECT_THAT(complaint("a & b"), testing::StartsWith("2: "));
    EXPECT_THAT(complaint(std::string(100000, '(')), testing::HasSubstr("nested more than 200 deep"));
    EXPECT_EQ(complaint("(a or (b and not (c)))"), "0: ");
}

}  // namespace
}  // namespace steelyard
