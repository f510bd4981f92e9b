// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Whether likelihoods keep what they say: those given to options against what came about, and the width that
/// makes them modest enough.

#include "steelyard/core/context.hpp"
#include "steelyard/core/likelihood.hpp"
#include "steelyard/forecast/models.hpp"

#include <span>

namespace steelyard::forecast {

/// An interval that covers 95 % of the bootstrap resamples of cases.
struct Interval {
    double low = 0;
    double high = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("low", &Interval::low, "The lower end."),
            field("high", &Interval::high, "The upper end."),
        };
    }
};

/// The middle 95 % of at least one value.
Interval middle_interval(std::vector<double> values);

/// Options with a likelihood in one band, and how many of them came about.
struct CalibrationRow {
    LikelihoodBand band = LikelihoodBand::almost_no_chance;
    int options = 0;
    double likelihood = 0;
    double frequency = 0;
    std::optional<Interval> expected;

    static constexpr auto fields() {
        return std::tuple{
            field("band", &CalibrationRow::band, "The ICD 203 word."),
            field("options", &CalibrationRow::options, "How many options were given a likelihood in it."),
            field("likelihood", &CalibrationRow::likelihood, "Their mean likelihood.", "", {0, 1}),
            field("frequency", &CalibrationRow::frequency, "The share of them that came about.", "", {0, 1}),
            field("expected", &CalibrationRow::expected,
                  "Where that share lies in 95 of 100 draws of the outcomes by the likelihoods themselves; a "
                  "share outside says that the likelihoods are wrong. Absent without options."),
        };
    }
};

struct Calibration {
    std::vector<CalibrationRow> rows;
    std::optional<double> log_score;
    std::optional<double> log_score_of_chance;

    static constexpr auto fields() {
        return std::tuple{
            field("rows", &Calibration::rows, "Likelihoods of options against what came about, by band."),
            field("log_score", &Calibration::log_score,
                  "Mean natural logarithm of the likelihood given to the option that came about; absent "
                  "without an issue that has two options."),
            field("log_score_of_chance", &Calibration::log_score_of_chance,
                  "The same with all options of an issue equally likely."),
        };
    }
};

/// One issue whose outcome is known, with what the models say.
struct JudgedIssue {
    std::size_t case_index = 0;
    double outcome = 0;                                  ///< 0-100
    const std::vector<PlacedOption>* options = nullptr;  ///< outlives this
    std::vector<double> values;                          ///< by model
};

/// Likelihoods with this error, in all seven bands.  The option that came about is the one nearest to the
/// outcome.  `expected` draws every outcome anew `draws` times, issues independent of each other: those of one
/// case seldom are, so it is rather too narrow, and a share inside is inside all the more.
/// O(issues x options x (models + draws)).  Deterministic for a seed.  Throws `Error`: cancelled.
Calibration calibrate(std::span<const JudgedIssue> issues, double error, int draws, const Context& context);

/// The error for `option_likelihoods` that rather says too little than too much.  The best error is the one
/// under which what came about was likeliest; fitted on few cases it is itself uncertain, and one that is too
/// small makes every likelihood overconfident.  So cases are drawn anew `resamples` times, the best error is
/// found in each draw, and the upper end of the middle 95 % is taken.  At least one issue.
/// Deterministic for a seed.  Throws `Error`: cancelled.
double cautious_error(std::span<const JudgedIssue> issues, int resamples, const Context& context);

}  // namespace steelyard::forecast
