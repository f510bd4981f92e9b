// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Draws of everything that is uncertain, and how the answers spread.

#include "steelyard/core/likelihood.hpp"
#include "steelyard/uncertainty/design.hpp"
#include "steelyard/uncertainty/model.hpp"

namespace steelyard::uncertainty {

/// Why an ensemble ended.
enum class Stopped { all_drawn, precise, out_of_time, interrupted };

constexpr auto choices_of(Stopped) {
    return std::array{
        Choice<Stopped>{Stopped::all_drawn, "all_drawn", "all draws that were asked for are made"},
        Choice<Stopped>{Stopped::precise, "precise", "every target is as precise as was asked for"},
        Choice<Stopped>{Stopped::out_of_time, "out_of_time", "the time allowed is used up: a partial result"},
        Choice<Stopped>{Stopped::interrupted, "interrupted", "stopped on request: a partial result"},
    };
}

struct EnsembleOptions {
    std::vector<std::string> targets;
    std::vector<std::string> factors;
    std::int64_t draws = 4096;
    Design design = Design::sobol;
    Named<double> correlations;
    std::vector<double> quantiles{0.05, 0.25, 0.5, 0.75, 0.95};
    double share_error = 0;
    double number_error = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("targets", &EnsembleOptions::targets,
                  "What to look at: analysis(option=value;...):path into its result, perhaps with a "
                  "comparison; "
                  "alternatives with | are drawn too."),
            field(
                "factors", &EnsembleOptions::factors,
                "Numbers to draw: addresses, or beginnings of paths with *; empty means all uncertain ones."),
            field("draws", &EnsembleOptions::draws, "How many, at most; rounded up to a multiple of 16.",
                  "draws", {16, 68719476736}),
            field("design", &EnsembleOptions::design, "Where the draws fall."),
            field("correlations", &EnsembleOptions::correlations,
                  "Rank correlations of two numbers, written ADDRESS~ADDRESS=0.5.", "", {-1, 1}),
            field("quantiles", &EnsembleOptions::quantiles, "Quantiles to give for numbers.", "", {0, 1}),
            field("share_error", &EnsembleOptions::share_error,
                  "Stop early when the standard error of every share is at most this; 0 means do not.", "",
                  {0, 1}),
            field("number_error", &EnsembleOptions::number_error,
                  "Stop early when the standard error of every mean is at most this, in the target's own "
                  "unit; 0 "
                  "means do not.",
                  "", {0, std::nullopt}),
        };
    }
};

struct QuantileResult {
    double at = 0;
    double value = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("at", &QuantileResult::at, "The share of draws that stay below.", "", {0, 1}),
            field("value", &QuantileResult::value, "The value."),
        };
    }
};

struct ShareResult {
    std::string text;
    double share = 0;
    std::optional<double> error;
    LikelihoodBand band = LikelihoodBand::almost_no_chance;

    static constexpr auto fields() {
        return std::tuple{
            field("text", &ShareResult::text, "The answer."),
            field("share", &ShareResult::share, "The share of draws that give it.", "", {0, 1}),
            field("error", &ShareResult::error, "Its Monte Carlo standard error."),
            field("band", &ShareResult::band, "The ICD 203 word for it."),
        };
    }
};

/// How one target spreads.
struct TargetSpread {
    std::string target;
    std::string unit;
    Value best;
    double present = 1;
    std::optional<double> mean, error, deviation, low, high;
    std::vector<QuantileResult> quantiles;
    std::vector<ShareResult> shares;

    static constexpr auto fields() {
        return std::tuple{
            field("target", &TargetSpread::target, "The target, as asked."),
            field("unit", &TargetSpread::unit, "The unit of its numbers, where it has one."),
            field("best", &TargetSpread::best,
                  "Its value with every number at its best; absent when there is none."),
            field("present", &TargetSpread::present,
                  "The share of draws in which it has a value at all (a deal is there, say).", "", {0, 1}),
            field("mean", &TargetSpread::mean, "Numbers: the mean of the draws that have a value."),
            field("error", &TargetSpread::error, "Numbers: the Monte Carlo standard error of the mean."),
            field("deviation", &TargetSpread::deviation, "Numbers: the standard deviation."),
            field("low", &TargetSpread::low, "Numbers: the lowest draw."),
            field("high", &TargetSpread::high, "Numbers: the highest draw."),
            field("quantiles", &TargetSpread::quantiles, "Numbers: the quantiles."),
            field("shares", &TargetSpread::shares,
                  "Texts and truth values: each answer that occurred, likeliest first; shares of all draws."),
        };
    }
};

struct EnsembleResult {
    std::int64_t draws = 0;
    std::int64_t planned = 0;
    Stopped stopped = Stopped::all_drawn;
    std::vector<std::string> factors;
    std::int64_t beyond_design = 0;
    double quantile_error = 0;
    std::vector<TargetSpread> targets;

    static constexpr auto fields() {
        return std::tuple{
            field("draws", &EnsembleResult::draws, "How many draws the answer rests on.", "draws"),
            field("planned", &EnsembleResult::planned, "How many were asked for at most.", "draws"),
            field("stopped", &EnsembleResult::stopped, "Why it ended."),
            field("factors", &EnsembleResult::factors, "What was drawn: numbers by path, choices of method."),
            field("beyond_design", &EnsembleResult::beyond_design,
                  "Factors for which the Sobol points have no dimension: drawn as by a Latin hypercube."),
            field("quantile_error", &EnsembleResult::quantile_error,
                  "Quantiles are off by at most this part of their value; 0 when every draw was kept."),
            field("targets", &EnsembleResult::targets, "How each target spreads, in the order asked."),
        };
    }
};

/// `study`: a fingerprint of all that the run depends on, for the runner's checkpoint.
/// O(draws x one run of the analyses); memory does not grow with the draws beyond 10,000.
/// Throws `Error`: invalid_option, unknown_name, missing_section; cancelled before the first sixteen draws.
EnsembleResult ensemble(const Case& subject, const EnsembleOptions& options, const Context& context,
                        const Catalogue& catalogue, std::string_view study = {});

/// The correlation matrix of the factors from `ADDRESS~ADDRESS` entries; empty without any.
std::vector<double> correlation_matrix(const Case& subject, std::span<const Factor> factors,
                                       const Named<double>& entries);

}  // namespace steelyard::uncertainty
