// SPDX-License-Identifier: Apache-2.0
// The page of a back-test, from results written by hand.
#include "report/pictures/backtest.hpp"
#include "steelyard/report/backtest_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace steelyard::report {
namespace {

using testing::HasSubstr;
using testing::Not;

Value interval(double low, double high) {
    return Value(Value::Map{{"low", Value(low)}, {"high", Value(high)}});
}

Value score(std::string model, double error, double low, double high, bool better) {
    return Value(Value::Map{{"model", Value(std::move(model))},
                            {"mean_error", Value(error)},
                            {"interval", interval(low, high)},
                            {"difference", Value(-0.01)},
                            {"difference_interval", interval(-1, 1)},
                            {"better", Value(better)}});
}

Value result(bool better) {
    const Value band(Value::Map{{"band", Value("likely")},
                                {"options", Value(std::int64_t{40})},
                                {"likelihood", Value(0.66)},
                                {"frequency", Value(0.6)},
                                {"expected", interval(0.5, 0.75)}});
    return Value(Value::Map{
        {"issues", Value(std::int64_t{12})},
        {"cases", Value(std::int64_t{1})},
        {"scores", Value(Value::List{score("nash_bargaining", 20.25, 15, 25, better),
                                     score("compromise", 21, 16, 26, false)})},
        {"calibration", Value(Value::List{band})},
        {"log_score", Value(-1.25)},
        {"log_score_of_chance", Value(-1.5)},
        {"skipped",
         Value(Value::List{Value(Value::Map{{"case", Value("<b>")}, {"why", Value("none & none")}})})},
    });
}

TEST(BacktestPage, SaysWhatTheScoresAllow) {
    const std::string page = backtest_page(result(false), "compromise", "Made by hand.");
    EXPECT_THAT(page, HasSubstr("12 issues of one case"));
    EXPECT_THAT(page, HasSubstr("No model beats compromise with confidence"));
    EXPECT_THAT(page, HasSubstr("nash bargaining 20.2 (15 to 25)"));
    EXPECT_THAT(page, HasSubstr("likely: 40 options, said 66%, came about 60%"));
    EXPECT_THAT(page, HasSubstr("50% to 75%")) << "where 60 % would lie were the likelihoods right";
    EXPECT_THAT(page, HasSubstr("&lt;b&gt;: none &amp; none"));
    EXPECT_THAT(page, Not(HasSubstr("-0.0"))) << "a difference of nothing has no sign";
    EXPECT_THAT(page, HasSubstr("Made by hand."));
    EXPECT_THAT(backtest_page(result(true), "compromise", ""),
                HasSubstr("With confidence better than compromise: nash bargaining."));
}

TEST(BacktestPage, IsAPageWithoutScoresToo) {
    const std::string page = backtest_page(Value(Value::Map{}), "compromise", "");
    EXPECT_THAT(page, HasSubstr("</html>"));
    EXPECT_THAT(page, Not(HasSubstr("<svg")));
    EXPECT_EQ(errors_picture({}, "compromise", "id"), "");
    EXPECT_EQ(calibration_picture({{"likely", 0, 0, 0}}, "id"), "");
}

}  // namespace
}  // namespace steelyard::report
