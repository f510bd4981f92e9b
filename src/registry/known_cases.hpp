// SPDX-License-Identifier: Apache-2.0
#pragma once
/// `backtest` and `fit` at the doors: both learn from several cases, which come as texts beside the first one.
/// The analyses themselves take cases and know no format (src/forecast), so the reading stands here.

#include "steelyard/forecast/backtest.hpp"
#include "steelyard/forecast/fit.hpp"
#include "steelyard/format/stance_tables.hpp"

namespace steelyard::registry {

struct BacktestRequest {
    Named<Document> cases;
    Document deu;
    Document eu15;
    Document eu27;
    std::vector<forecast::Model> models;
    forecast::Model against = forecast::BacktestOptions{}.against;
    int resamples = forecast::BacktestOptions{}.resamples;
    std::optional<double> error;
    int least_actors = forecast::BacktestOptions{}.least_actors;
    int least_places = forecast::BacktestOptions{}.least_places;
    CouncilPower deu_power = DeuOptions{}.council;
    double deu_commission = DeuOptions{}.commission;
    double deu_parliament = DeuOptions{}.parliament;
    UncodedSalience deu_uncoded_salience = DeuOptions{}.uncoded_salience;
    DeuWave deu_wave = DeuOptions{}.wave;

    static constexpr auto fields() {
        using forecast::BacktestOptions;
        return std::tuple{
            field("cases", &BacktestRequest::cases, "Further cases with outcomes: case files."),
            field("deu", &BacktestRequest::deu,
                  "A table of issues of the study Decision-making in the European Union (DEU III, CSV)."),
            field("eu15", &BacktestRequest::eu15, "Its table of the Council of fifteen."),
            field("eu27", &BacktestRequest::eu27, "Its table of the Council of twenty-seven."),
            field("models", &BacktestRequest::models, "The models to score; empty means all."),
            field("against", &BacktestRequest::against, "The model that all others are compared with."),
            field("resamples", &BacktestRequest::resamples,
                  "Bootstrap resamples of the cases for the intervals.", "resamples", {100, 1000000}),
            field("error", &BacktestRequest::error,
                  "How far models are off, for the likelihoods; left out, what the program comes with.",
                  "place", {0.1, 1000}),
            field("least_actors", &BacktestRequest::least_actors,
                  "Issues with fewer actors that have a stance are left out.", "actors", {1, 1000}),
            field("least_places", &BacktestRequest::least_places,
                  "Issues on which actors take fewer different places are left out; 3 leaves out those with "
                  "two camps.",
                  "places", {1, 1000}),
            field("deu_power", &BacktestRequest::deu_power, "How much a member state counts in the study."),
            field("deu_commission", &BacktestRequest::deu_commission,
                  "How much the Commission counts there, in units of the mean member.", "members", {0, 1000}),
            field("deu_parliament", &BacktestRequest::deu_parliament,
                  "How much the Parliament counts there, in the same unit.", "members", {0, 1000}),
            field("deu_uncoded_salience", &BacktestRequest::deu_uncoded_salience,
                  "What becomes of positions there whose salience is not coded."),
            field("deu_wave", &BacktestRequest::deu_wave, "Which of its proposals take part."),
        };
    }
};

struct FitRequest {
    Named<Document> cases;
    Document deu;
    Document eu15;
    Document eu27;
    double fit_share = forecast::FitOptions{}.fit_share;
    int resamples = forecast::FitOptions{}.resamples;

    static constexpr auto fields() {
        return std::tuple{
            field("cases", &FitRequest::cases, "Further cases with outcomes: case files."),
            field("deu", &FitRequest::deu,
                  "A table of issues of the study Decision-making in the European Union (DEU III, CSV)."),
            field("eu15", &FitRequest::eu15, "Its table of the Council of fifteen."),
            field("eu27", &FitRequest::eu27, "Its table of the Council of twenty-seven."),
            field("fit_share", &FitRequest::fit_share,
                  "Share of the cases that the mixture is fitted on; the rest is for scoring only.", "",
                  {0.05, 0.95}),
            field("resamples", &FitRequest::resamples, "Bootstrap resamples of the scoring cases.",
                  "resamples", {100, 1000000}),
        };
    }
};

/// The case itself where it states an outcome, the further cases and the proposals of the table.
/// Throws `Error`: invalid_case (a text that is no case), invalid_option (a table of issues without its
/// Councils), and what the analyses throw.
forecast::BacktestResult backtest(const Case& subject, const BacktestRequest& request,
                                  const Context& context);
forecast::FitResult fit(const Case& subject, const FitRequest& request, const Context& context);

}  // namespace steelyard::registry
