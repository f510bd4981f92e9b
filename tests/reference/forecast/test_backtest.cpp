// SPDX-License-Identifier: Apache-2.0
// The back-test on the shared half of the DEU data, and on a case whose scores can be worked out by hand.
#include "steelyard/core/error.hpp"
#include "steelyard/core/random.hpp"
#include "steelyard/forecast/backtest.hpp"
#include "steelyard/forecast/compromise.hpp"
#include "steelyard/forecast/fit.hpp"
#include "steelyard/forecast/forecast.hpp"
#include "steelyard/format/stance_tables.hpp"
#include "support/read_file.hpp"
#include "support/reference_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace steelyard::forecast {
namespace {

using test::read_file;

std::vector<Case> deu(const std::filesystem::path& folder, const DeuOptions& options = {}) {
    const std::string issues = read_file(folder / "deu3_even_proposals.csv");
    const std::string eu15 = read_file(folder / "EU15.csv");
    const std::string eu27 = read_file(folder / "EU27.csv");
    return read_deu({issues, "issues", eu15, "EU15", eu27, "EU27"}, options);
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
        const ModelScore& score = score_of(result, record.model);
        EXPECT_NEAR(score.mean_error, record.mean_error, 0.005) << name_of(record.model);
        EXPECT_NEAR(score.interval.low, record.interval.low, 0.005) << name_of(record.model);
        EXPECT_NEAR(score.interval.high, record.interval.high, 0.005) << name_of(record.model);
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

/// The study's table under other choices, as a plain script over the same file scores it (means and medians of
/// positions, nothing else); figures: mean absolute error.
TEST(Backtest, EveryChoiceOfTheReaderGivesTheFiguresOfAPlainScript) {
    STEELYARD_REFERENCE_OR_SKIP(folder, "forecast/deu");
    struct Expected {
        const char* name;
        DeuOptions reader;
        int least_actors, least_places, issues;
        double compromise, median, mean, middle;
    };
    using Power = CouncilPower;
    using Salience = UncodedSalience;
    const std::vector<Expected> table = {
        {"votes", {}, 1, 1, 173, 25.674, 31.428, 27.056, 28.335},
        {"equal members",
         {Power::equal, 1, 1, Salience::zero, DeuWave::all},
         1,
         1,
         173,
         26.067,
         30.448,
         27.056,
         28.335},
        {"positions with salience, three actors",
         {Power::equal, 1, 1, Salience::omit, DeuWave::all},
         3,
         1,
         171,
         26.013,
         30.365,
         26.958,
         28.228},
        {"Shapley-Shubik",
         {Power::shapley_shubik, 1, 1, Salience::omit, DeuWave::all},
         3,
         1,
         171,
         25.737,
         31.474,
         26.958,
         28.228},
        {"Banzhaf",
         {Power::banzhaf, 1, 1, Salience::omit, DeuWave::all},
         3,
         1,
         171,
         25.600,
         31.181,
         26.958,
         28.228},
        {"salience 50",
         {Power::votes, 1, 1, Salience::middle, DeuWave::all},
         1,
         1,
         173,
         25.526,
         31.254,
         27.056,
         28.335},
        {"institutions count twice",
         {Power::votes, 2, 2, Salience::zero, DeuWave::all},
         1,
         1,
         173,
         25.515,
         30.925,
         27.056,
         28.335},
        {"no institutions",
         {Power::votes, 0, 0, Salience::zero, DeuWave::all},
         1,
         1,
         173,
         26.325,
         32.254,
         27.056,
         28.335},
        {"more than two camps", {}, 1, 3, 116, 21.781, 27.224, 22.102, 23.241},
        {"fifteen",
         {Power::votes, 1, 1, Salience::zero, DeuWave::fifteen},
         1,
         1,
         79,
         27.499,
         32.759,
         28.035,
         28.709},
        {"enlarged",
         {Power::votes, 1, 1, Salience::zero, DeuWave::enlarged},
         1,
         1,
         94,
         24.139,
         30.309,
         26.233,
         28.021},
    };
    for (const Expected& row : table) {
        BacktestOptions options;
        options.models = {Model::compromise, Model::median, Model::mean, Model::middle};
        options.resamples = 100;
        options.least_actors = row.least_actors;
        options.least_places = row.least_places;
        const BacktestResult result = backtest(deu(folder, row.reader), options, {});
        EXPECT_EQ(result.issues, row.issues) << row.name;
        EXPECT_NEAR(score_of(result, Model::compromise).mean_error, row.compromise, 0.0006) << row.name;
        EXPECT_NEAR(score_of(result, Model::median).mean_error, row.median, 0.0006) << row.name;
        EXPECT_NEAR(score_of(result, Model::mean).mean_error, row.mean, 0.0006) << row.name;
        EXPECT_NEAR(score_of(result, Model::middle).mean_error, row.middle, 0.0006) << row.name;
    }
}

/// What others report for the whole data set lies within what the shared half allows, model by model.
TEST(Backtest, TheKnownBaselinesLieWithinTheIntervalsOfThisHalf) {
    STEELYARD_REFERENCE_OR_SKIP(folder, "forecast/deu");
    BacktestOptions options;
    options.least_actors = 3;
    const BacktestResult result =
        backtest(deu(folder, {CouncilPower::equal, 1, 1, UncodedSalience::omit, DeuWave::all}), options, {});
    const std::vector<std::pair<Model, double>> known = {
        {Model::compromise, 23.6}, {Model::median, 28.4},   {Model::middle, 28.0},
        {Model::election, 23.5},   {Model::exchange, 25.1}, {Model::model_median, 23.1},
    };
    for (const auto& [model, error] : known) {
        const ModelScore& score = score_of(result, model);
        EXPECT_LE(score.interval.low, error) << name_of(model);
        EXPECT_GE(score.interval.high, error) << name_of(model);
    }
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
    EXPECT_EQ(result.fit_issues + result.score_issues, 173);
    EXPECT_EQ(result.calibration.rows.size(), 7U);
    // Where they had no part in the fit, likelihoods are better than none, and "likely" is no boast.
    EXPECT_GT(*result.calibration.log_score, *result.calibration.log_score_of_chance);
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

TEST(Forecast, LikelihoodsAreSharesOfTheScaleWhenModelsKnowNothingAndSharpWhenTheyKnowAll) {
    const std::vector<PlacedOption> options = {{"c", 100}, {"a", 0}, {"b", 40}};
    const std::vector<double> says = {38, 42};
    const auto vague = option_likelihoods(options, says, 1e6);
    const auto sharp = option_likelihoods(options, says, 0.1);
    EXPECT_NEAR(vague[0], 0.3, 1e-4);
    EXPECT_NEAR(vague[1], 0.2, 1e-4);
    EXPECT_NEAR(vague[2], 0.5, 1e-4);
    EXPECT_NEAR(sharp[2], 1, 1e-9);
    EXPECT_NEAR(option_likelihoods(options, std::vector<double>{}, 1)[2], 0.5, 1e-12);
    // One model that says 40 with error 20: below 20, 20 to 70, and above, cut off at 0 and 100.
    const auto plain = option_likelihoods(options, std::vector<double>{40}, 20);
    const double whole = 1 - (std::exp(-2) + std::exp(-3)) / 2;
    EXPECT_NEAR(plain[0], (std::exp(-1.5) - std::exp(-3)) / 2 / whole, 1e-12);
    EXPECT_NEAR(plain[1], (std::exp(-1) - std::exp(-2)) / 2 / whole, 1e-12);
    EXPECT_NEAR(plain[0] + plain[1] + plain[2], 1, 1e-12);
    // Two options at one place share it.
    const std::vector<PlacedOption> twins = {{"a", 0}, {"b", 100}, {"c", 100}};
    const auto shared = option_likelihoods(twins, std::vector<double>{100}, 10);
    EXPECT_DOUBLE_EQ(shared[1], shared[2]);
    EXPECT_NEAR(shared[0] + shared[1] + shared[2], 1, 1e-12);
}

/// The integral of the models' densities over the places nearest to each option, by small steps.
std::vector<double> likelihoods_by_steps(const std::vector<PlacedOption>& options,
                                         const std::vector<double>& values, double error) {
    constexpr int steps = 40000;
    std::vector<double> likelihood(options.size(), 0.0);
    for (const double x : values) {
        std::vector<double> of_model(options.size(), 0.0);
        double total = 0;
        for (int i = 0; i < steps; ++i) {
            const double place = 100 * (i + 0.5) / steps;
            const double density = std::exp(-std::abs(place - x) / error);
            double nearest = 1000;
            for (const PlacedOption& option : options) {
                nearest = std::min(nearest, std::abs(option.place - place));
            }
            double sharing = 0;
            for (const PlacedOption& option : options) {
                sharing += std::abs(option.place - place) <= nearest + 1e-9 ? 1 : 0;
            }
            for (std::size_t o = 0; o < options.size(); ++o) {
                if (std::abs(options[o].place - place) <= nearest + 1e-9) {
                    of_model[o] += density / sharing;
                }
            }
            total += density;
        }
        for (std::size_t o = 0; o < options.size(); ++o) {
            likelihood[o] += of_model[o] / total / static_cast<double>(values.size());
        }
    }
    return likelihood;
}

RC_GTEST_PROP(Forecast, LikelihoodsAreTheIntegralOverTheNearestPlaces, (std::uint32_t seed)) {
    RandomStream draw(seed, 0, 0);
    std::vector<PlacedOption> options;
    std::vector<double> values;
    const std::size_t count = 1 + draw.below(5);
    for (std::size_t o = 0; o < count; ++o) {
        options.push_back(
            {"o", draw.below(2) == 0 ? 25.0 * static_cast<double>(draw.below(5)) : 100 * draw.uniform()});
    }
    const std::size_t models = 1 + draw.below(3);
    for (std::size_t m = 0; m < models; ++m) {
        values.push_back(100 * draw.uniform());
    }
    const double error = 2 + 60 * draw.uniform();
    const auto exact = option_likelihoods(options, values, error);
    const auto steps = likelihoods_by_steps(options, values, error);
    double sum = 0;
    for (std::size_t o = 0; o < count; ++o) {
        RC_ASSERT(std::abs(exact[o] - steps[o]) < 2e-3);
        sum += exact[o];
    }
    RC_ASSERT(std::abs(sum - 1) < 1e-9);
}

TEST(Calibration, TheCautiousErrorIsTheUpperEndOverResampledCases) {
    // Two options; in one case the only model is always right, in the other always wrong.
    const std::vector<PlacedOption> options = {{"a", 0}, {"b", 100}};
    std::vector<JudgedIssue> right(4, {0, 0, &options, {0}});
    EXPECT_EQ(cautious_error(right, 200, {}), 5) << "never wrong: the smallest error that is tried";
    std::vector<JudgedIssue> both = right;
    for (int i = 0; i < 4; ++i) {
        both.push_back({1, 100, &options, {0}});
    }
    EXPECT_EQ(cautious_error(both, 200, {}), 100) << "a resample may hold the second case only";
    const Calibration calibration = calibrate(both, 1e6, 400, {});
    EXPECT_EQ(calibration.rows[3].options, 16);  // all roughly even
    EXPECT_NEAR(calibration.rows[3].frequency, 0.5, 1e-12);
    EXPECT_NEAR(*calibration.log_score, *calibration.log_score_of_chance, 1e-4);
    // One option of each issue comes about, and both stand in the one band: its share cannot vary.
    ASSERT_TRUE(calibration.rows[3].expected.has_value());
    EXPECT_DOUBLE_EQ(calibration.rows[3].expected->low, 0.5);
    EXPECT_DOUBLE_EQ(calibration.rows[3].expected->high, 0.5);
    EXPECT_FALSE(calibration.rows[0].expected.has_value());
}

TEST(Calibration, WhatIsExpectedIsTheBinomialOfTheLikelihoods) {
    // Fifty issues about which the models know nothing: an option is as likely as its share of the scale.
    const std::vector<PlacedOption> options = {{"a", 0}, {"b", 50}, {"c", 100}};
    const std::vector<JudgedIssue> issues(50, {0, 0, &options, {50}});
    const Calibration calibration = calibrate(issues, 1e6, 20000, {});
    const CalibrationRow& ends = calibration.rows[2];  // a and c with a quarter each
    const CalibrationRow& middle = calibration.rows[3];
    ASSERT_EQ(ends.options, 100);
    ASSERT_EQ(middle.options, 50);
    EXPECT_NEAR(middle.likelihood, 0.5, 1e-4);
    EXPECT_DOUBLE_EQ(ends.frequency, 0.5);
    EXPECT_DOUBLE_EQ(middle.frequency, 0);
    // 18 to 32 of 50 tosses of a coin hold 95 %.
    EXPECT_NEAR(middle.expected->low, 18 / 50.0, 1e-12);
    EXPECT_NEAR(middle.expected->high, 32 / 50.0, 1e-12);
    EXPECT_NEAR(ends.expected->low, 18 / 100.0, 1e-12);
    EXPECT_NEAR(ends.expected->high, 32 / 100.0, 1e-12);
}

}  // namespace
}  // namespace steelyard::forecast
