// SPDX-License-Identifier: Apache-2.0
// The back-test on the shared half of the DEU data, and on a case whose scores can be worked out by hand.
#include "steelyard/core/error.hpp"
#include "steelyard/forecast/backtest.hpp"
#include "steelyard/forecast/compromise.hpp"
#include "steelyard/forecast/fit.hpp"
#include "steelyard/forecast/forecast.hpp"
#include "steelyard/format/stance_tables.hpp"
#include "support/read_file.hpp"
#include "support/reference_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace steelyard::forecast {
namespace {

using test::read_file;

std::vector<Case> deu(const std::filesystem::path& folder) {
    const std::string issues = read_file(folder / "deu3_even_proposals.csv");
    const std::string eu15 = read_file(folder / "EU15.csv");
    const std::string eu27 = read_file(folder / "EU27.csv");
    return read_deu({issues, "issues", eu15, "EU15", eu27, "EU27"});
}

const ModelScore& score_of(const BacktestResult& result, Model model) {
    return *std::ranges::find(result.scores, model, &ModelScore::model);
}

TEST(Backtest, TheRecordThatTheProgramComesWithIsTrue) {
    STEELYARD_REFERENCE_OR_SKIP(folder, "forecast/deu");
    const BacktestResult result = backtest(deu(folder), {}, {});
    EXPECT_EQ(result.issues, 173);
    EXPECT_EQ(result.cases, 69);
    ASSERT_EQ(result.rows.size(), 173U);
    ASSERT_EQ(builtin_record().size(),
              result.scores.size() - 1);  // all but the stacked one, which was fitted here
    for (const ModelRecord& record : builtin_record()) {
        EXPECT_NEAR(score_of(result, record.model).mean_error, record.mean_error, 0.005)
            << name_of(record.model);
    }
    // What is known of these data: nothing beats a mean of positions with confidence, medians do worse than 50.
    for (const ModelScore& score : result.scores) {
        EXPECT_FALSE(score.better) << name_of(score.model);
        EXPECT_LE(score.interval.low, score.mean_error);
        EXPECT_GE(score.interval.high, score.mean_error);
    }
    EXPECT_GT(score_of(result, Model::median).difference_interval.low, 0);
    EXPECT_GT(*result.log_score, *result.log_score_of_chance);
}

TEST(Backtest, TheWeightsThatTheProgramComesWithAreFittedAgain) {
    STEELYARD_REFERENCE_OR_SKIP(folder, "forecast/deu");
    const std::vector<Case> cases = deu(folder);
    const FitResult result = fit(cases, {}, {});
    const StackedWeights& builtin = builtin_weights();
    EXPECT_EQ(result.weights.version, builtin.version);
    EXPECT_DOUBLE_EQ(result.weights.likelihood_error, builtin.likelihood_error);
    ASSERT_EQ(result.weights.weights.size(), builtin.weights.size());
    for (std::size_t w = 0; w < builtin.weights.size(); ++w) {
        EXPECT_EQ(result.weights.weights[w].first, builtin.weights[w].first);
        EXPECT_NEAR(result.weights.weights[w].second, builtin.weights[w].second, 0.0015);
    }
    EXPECT_EQ(result.fit_issues + result.tune_issues + result.score_issues, 173);
    EXPECT_FALSE(result.better) << "docs/methods/forecast.md says that it is not";
}

/// Two actors of equal weight on one issue.
Case duel(std::string id, Rational low, Rational high, Rational outcome) {
    Case subject;
    subject.id = std::move(id);
    subject.actors = {{"a", "A", "", Number(1)}, {"b", "B", "", Number(1)}};
    subject.issues = {
        {"x", "X", "", {}, {{"none", "", "", 0}, {"all_of_it", "", "", 100}}, false, std::nullopt}};
    subject.preferences = {{ActorId(0), std::nullopt, Stances{{Stance{Number(low), Number(50)}}}, {}},
                           {ActorId(1), std::nullopt, Stances{{Stance{Number(high), Number(50)}}}, {}}};
    subject.outcome = {{IssueId(0), outcome}};
    return subject;
}

TEST(Backtest, ScoresWorkedOutByHand) {
    // The compromise says 30, 50 and 60; the middle always 50.
    const std::vector<Case> cases = {duel("one", 20, 40, 30), duel("two", 0, 100, 100),
                                     duel("three", 50, 70, 70)};
    BacktestOptions options;
    options.models = {Model::compromise, Model::middle};
    const BacktestResult result = backtest(cases, options, {});
    ASSERT_EQ(result.scores.size(), 2U);
    const ModelScore& compromise = score_of(result, Model::compromise);
    EXPECT_NEAR(compromise.mean_error, (0 + 50 + 10) / 3.0, 1e-12);
    EXPECT_NEAR(compromise.root_mean_square, std::sqrt((0 + 2500 + 100) / 3.0), 1e-12);
    EXPECT_NEAR(compromise.median_error, 10, 1e-12);
    EXPECT_NEAR(compromise.exact, 1 / 3.0, 1e-12);
    // 30 is nearest to none, as it was; 50 goes to the first option, wrong; 60 and 70 both to all_of_it.
    EXPECT_NEAR(compromise.right_option, 2 / 3.0, 1e-12);
    const ModelScore& middle = score_of(result, Model::middle);
    EXPECT_NEAR(middle.mean_error, (20 + 50 + 20) / 3.0, 1e-12);
    EXPECT_NEAR(middle.difference, 10, 1e-12);
    EXPECT_FALSE(middle.better);
    // Resampled differences lie between the smallest and the largest of 20, 0 and 10.
    EXPECT_GE(middle.difference_interval.low, 0);
    EXPECT_LE(middle.difference_interval.high, 20);
    EXPECT_LT(middle.difference_interval.low, middle.difference_interval.high);
    int counted = 0;
    for (const CalibrationRow& row : result.calibration) {
        counted += row.options;
    }
    EXPECT_EQ(counted, 6);
}

TEST(Backtest, SkipsWhatCannotBeScoredAndSaysWhy) {
    Case without = duel("without", 0, 100, 50);
    without.outcome.clear();
    Case uncared = duel("uncared", 0, 100, 50);
    for (Preference& preference : uncared.preferences) {
        std::get<Stances>(preference.form).stances[0]->salience = Number(0);
    }
    Case empty = duel("empty", 0, 100, 50);
    empty.preferences.clear();
    const BacktestResult result = backtest(std::vector{without, uncared, empty}, {}, {});
    EXPECT_EQ(result.issues, 0);
    EXPECT_TRUE(result.scores.empty());
    ASSERT_EQ(result.skipped.size(), 3U);
    EXPECT_EQ(result.skipped[0].in_case, "without");
}

TEST(Fit, SplitsByTheIdAloneAndNeedsCasesForEachPurpose) {
    EXPECT_DOUBLE_EQ(split_of("deu-2"), split_of("deu-2"));
    EXPECT_NE(split_of("deu-2"), split_of("deu-4"));
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        const double split = split_of("case-" + std::to_string(i));
        ASSERT_GE(split, 0);
        ASSERT_LT(split, 1);
        sum += split;
    }
    EXPECT_NEAR(sum / 1000, 0.5, 0.05);
    EXPECT_THROW((void)fit(std::vector{duel("one", 0, 100, 50)}, {}, {}), Error);
}

TEST(Fit, FindsTheModelThatIsAlwaysRight) {
    // The outcome is where the status quo is, and the compromise far away.
    std::vector<Case> cases;
    for (int i = 0; i < 30; ++i) {
        Case subject = duel("case-" + std::to_string(i), 60, 100, i % 2 == 0 ? 0 : 100);
        subject.issues[0].status_quo = OptionId(i % 2 == 0 ? 0U : 1U);
        cases.push_back(std::move(subject));
    }
    const FitResult result = fit(cases, {}, {});
    for (const auto& [name, weight] : result.weights.weights) {
        if (name == "status_quo") {
            EXPECT_GT(weight, 0.9);
        }
    }
    EXPECT_TRUE(result.better);
}

TEST(Forecast, ShowsEveryModelWithItsSpreadAndLikelihoods) {
    STEELYARD_REFERENCE_OR_SKIP(folder, "forecast/exchange");
    const Case subject = read_decide(read_file(folder / "copenhagen.csv"), "x").subject;
    const ForecastResult result = forecast(subject, {}, {});
    ASSERT_EQ(result.issues.size(), 7U);
    const auto compromise = compromise_values(forecast_input(subject));
    for (std::size_t k = 0; k < result.issues.size(); ++k) {
        const ForecastIssue& issue = result.issues[k];
        ASSERT_EQ(issue.models.size(), base_models().size());
        EXPECT_EQ(issue.models[0].value, compromise[k]);
        std::vector<double> values;
        int nearest = 0;
        double likelihood = 0;
        for (const ModelForecast& one : issue.models) {
            values.push_back(*one.value);
        }
        for (const OptionForecast& option : issue.options) {
            nearest += option.models;
            likelihood += option.likelihood;
        }
        EXPECT_EQ(nearest, static_cast<int>(values.size()));
        EXPECT_NEAR(likelihood, 1, 1e-12);
        std::ranges::sort(values);
        EXPECT_DOUBLE_EQ(*issue.low, values.front());
        EXPECT_DOUBLE_EQ(*issue.high, values.back());
        EXPECT_DOUBLE_EQ(*issue.value, (values[3] + values[4]) / 2);
        EXPECT_EQ(issue.band, likelihood_band(issue.likelihood));
    }
    EXPECT_EQ(result.record.size(), base_models().size());
}

TEST(Forecast, LikelihoodsAreEvenWhenModelsKnowNothingAndSharpWhenTheyKnowAll) {
    const std::vector<PlacedOption> options = {{"a", 0}, {"b", 50}, {"c", 100}};
    const std::vector<double> says = {48, 52};
    const auto vague = option_likelihoods(options, says, 1e6);
    const auto sharp = option_likelihoods(options, says, 0.1);
    EXPECT_NEAR(vague[0], 1 / 3.0, 1e-4);
    EXPECT_NEAR(sharp[1], 1, 1e-9);
    const auto lost = option_likelihoods(options, std::vector<double>{}, 1);
    EXPECT_NEAR(lost[2], 1 / 3.0, 1e-12);
    // exp(-0) / (exp(-0) + 2 exp(-2)) for one model that says 50 with error 25.
    const auto plain = option_likelihoods(options, std::vector<double>{50}, 25);
    EXPECT_NEAR(plain[1], 1 / (1 + 2 * std::exp(-2)), 1e-12);
}

}  // namespace
}  // namespace steelyard::forecast
