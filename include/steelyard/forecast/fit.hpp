// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Fitting the stacked ensemble: how to mix the models, learnt from cases whose outcome is known.

#include "steelyard/forecast/backtest.hpp"
#include "steelyard/forecast/stacked.hpp"

namespace steelyard::forecast {

struct FitOptions {
    double fit_share = 0.7;
    int resamples = 2000;

    static constexpr auto fields() {
        return std::tuple{
            field("fit_share", &FitOptions::fit_share,
                  "Share of the cases that the mixture is fitted on; the rest is for scoring only.", "",
                  {0.05, 0.95}),
            field("resamples", &FitOptions::resamples, "Bootstrap resamples of the scoring cases.",
                  "resamples", {100, 1000000}),
        };
    }
};

struct FitResult {
    StackedWeights weights;
    double shrinkage = 0;
    int fit_issues = 0;
    double cross_error = 0;
    double fit_compromise_error = 0;
    int score_issues = 0;
    double mean_error = 0;
    double compromise_error = 0;
    double difference = 0;
    Interval difference_interval;
    bool better = false;
    Calibration calibration;

    static constexpr auto fields() {
        return std::tuple{
            field("weights", &FitResult::weights, "The mixture."),
            field("shrinkage", &FitResult::shrinkage,
                  "The price of leaving the compromise that cross-validation chose; -1: not at all.",
                  "place"),
            field("fit_issues", &FitResult::fit_issues, "Issues that the mixture was fitted on."),
            field("cross_error", &FitResult::cross_error,
                  "Mean absolute error on them, each case forecast by a mixture fitted on the others.",
                  "place"),
            field("fit_compromise_error", &FitResult::fit_compromise_error, "The compromise's on the same.",
                  "place"),
            field("score_issues", &FitResult::score_issues, "Issues that had no part in the fit."),
            field("mean_error", &FitResult::mean_error, "The mixture's mean absolute error on those.",
                  "place"),
            field("compromise_error", &FitResult::compromise_error, "The compromise's on the same.", "place"),
            field("difference", &FitResult::difference, "The first less the second; below 0 is better.",
                  "place"),
            field("difference_interval", &FitResult::difference_interval,
                  "95 % interval of the difference, resampling the scoring cases.", "place"),
            field("better", &FitResult::better,
                  "Whether that interval lies below 0: only then say it is better."),
            field("calibration", &FitResult::calibration,
                  "Likelihoods on the scoring issues against what came about."),
        };
    }
};

/// Fits and scores on disjoint cases; which case serves for what follows from the SHA-256 of its id and from
/// nothing else.  Weights are not negative, sum to 1 and minimise the mean absolute error plus a price on their
/// squared distance from the compromise alone.  Which models take part, and the price, are chosen by
/// leaving out one case after the other, one model at a time, beginning with the compromise, and only as long
/// as the gain exceeds its standard error: without evidence, the mixture is the compromise.
/// Throws `Error`: usage (too few cases with outcomes to leave some for each purpose), cancelled.
FitResult fit(std::span<const Case> cases, const FitOptions& options, const Context& context);

/// The share in [0, 1) that decides what a case serves for.
double split_of(std::string_view case_id);

}  // namespace steelyard::forecast
