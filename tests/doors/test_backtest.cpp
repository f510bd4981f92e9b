// SPDX-License-Identifier: Apache-2.0
// `backtest` and `fit` on folders of cases.
#include "doors/program.hpp"
#include "steelyard/format/json.hpp"
#include "support/reference_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace steelyard;
using test::Outcome;
using testing::HasSubstr;

TEST(BacktestCommand, ScoresEveryCaseOfAFolderThatStatesAnOutcome) {
    const Outcome outcome = test::steelyard({"backtest", "cases", "--models", "compromise,middle", "--json"});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    const Value run = from_json(outcome.out);
    EXPECT_EQ(select(run, "analysis"), Value("backtest"));
    EXPECT_GE(*select(run, "result.cases").number(), 2);
    EXPECT_EQ(select(run, "result.scores.#"), Value(std::int64_t{2}));
    // The chocolate directive: 52.93, 55.44, 46.90 and 46.78 against 50, 60, 0 and 100.
    const Outcome one = test::steelyard(
        {"backtest", "cases/forecast/eu-chocolate-directive.yaml", "--models", "compromise", "--json"});
    ASSERT_EQ(one.exit_code, 0) << one.err;
    EXPECT_NEAR(*select(from_json(one.out), "result.scores[model=compromise].mean_error").number(),
                (2.92712 + 4.56421 + 46.90036 + 53.21588) / 4, 1e-4);
}

TEST(BacktestCommand, PrintsTheScoresAndWritesAPage) {
    const Outcome text = test::steelyard({"backtest", "cases", "--models", "compromise,middle"});
    ASSERT_EQ(text.exit_code, 0) << text.err;
    EXPECT_THAT(text.out, HasSubstr("model\terror\t95 %\tless compromise"));
    EXPECT_THAT(text.out, HasSubstr("compromise\t"));
    EXPECT_THAT(text.out, HasSubstr("roughly even chance\t"));
    EXPECT_THAT(text.out, HasSubstr("would be chance"));
    const Outcome page =
        test::steelyard({"backtest", "cases", "--models", "compromise,middle", "--html", "-"});
    ASSERT_EQ(page.exit_code, 0) << page.err;
    EXPECT_THAT(page.out, testing::StartsWith("<!DOCTYPE html>"));
    EXPECT_THAT(page.out, HasSubstr("<title id=\"errors-t\">"));
    EXPECT_THAT(page.out, HasSubstr("<title id=\"calibration-t\">"));
    EXPECT_THAT(page.out, testing::Not(HasSubstr("=== "))) << "the page alone";
}

TEST(BacktestCommand, ChoosesAmongTheIssues) {
    const Outcome all = test::steelyard({"backtest", "cases/forecast", "--models", "middle", "--json"});
    const Outcome some = test::steelyard(
        {"backtest", "cases/forecast", "--models", "middle", "--least-places", "4", "--json"});
    ASSERT_EQ(some.exit_code, 0) << some.err;
    EXPECT_LT(*select(from_json(some.out), "result.issues").number(),
              *select(from_json(all.out), "result.issues").number());
    EXPECT_EQ(test::steelyard({"backtest", "cases", "--deu-wave", "none"}).exit_code, 4);
}

TEST(BacktestCommand, SaysWhatItNeeds) {
    EXPECT_EQ(test::steelyard({"backtest"}).exit_code, 2);
    const Outcome without = test::steelyard({"backtest", "cases/textbook"});
    EXPECT_NE(without.exit_code, 0);
    EXPECT_THAT(without.err, HasSubstr("outcome"));
    EXPECT_EQ(test::steelyard({"backtest", "no/such/folder"}).exit_code, 9);
    const Outcome few = test::steelyard({"fit", "cases/forecast"});
    EXPECT_EQ(few.exit_code, 2);
    EXPECT_THAT(few.err, HasSubstr("too few cases"));
}

TEST(BacktestCommand, TakesTheTablesOfTheStudyAlone) {
    STEELYARD_REFERENCE_OR_SKIP(folder, "forecast/deu");
    const auto file = [&](const char* name) { return (folder / name).string(); };
    const Outcome outcome =
        test::steelyard({"backtest", "--deu", file("deu3_even_proposals.csv"), "--eu15", file("EU15.csv"),
                         "--eu27", file("EU27.csv"), "--models", "compromise", "--json"});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(select(from_json(outcome.out), "result.issues"), Value(std::int64_t{173}));
    EXPECT_THAT(outcome.out, testing::Not(HasSubstr("prnrnmc")))
        << "the table's text is not part of the record";
    EXPECT_EQ(test::steelyard({"backtest", "--deu", file("deu3_even_proposals.csv")}).exit_code, 4);
}
