// SPDX-License-Identifier: Apache-2.0
#pragma once
/// How much of the spread of an answer each factor accounts for.

#include "steelyard/uncertainty/model.hpp"

namespace steelyard::uncertainty {

enum class SensitivityMethod { automatic, sobol, morris };

constexpr auto choices_of(SensitivityMethod) {
    return std::array{
        Choice<SensitivityMethod>{SensitivityMethod::automatic, "automatic",
                                  "Sobol indices with up to 40 factors, Morris screening with more"},
        Choice<SensitivityMethod>{SensitivityMethod::sobol, "sobol",
                                  "shares of the variance; samples x (factors + 2) runs"},
        Choice<SensitivityMethod>{SensitivityMethod::morris, "morris",
                                  "elementary effects on paths; paths x (factors + 1) runs"},
    };
}

struct SensitivityOptions {
    std::vector<std::string> targets;
    std::vector<std::string> factors;
    SensitivityMethod method = SensitivityMethod::automatic;
    std::int64_t samples = 1024;
    std::int64_t paths = 20;
    std::int64_t resamples = 200;

    static constexpr auto fields() {
        return std::tuple{
            field("targets", &SensitivityOptions::targets,
                  "What to look at, as for `ensemble`; of a text, whether it is the one found with every "
                  "number at its "
                  "best."),
            field(
                "factors", &SensitivityOptions::factors,
                "Numbers to vary: addresses, or beginnings of paths with *; empty means all uncertain ones."),
            field("method", &SensitivityOptions::method, "Indices or screening."),
            field("samples", &SensitivityOptions::samples,
                  "Rows of the Sobol design; a power of two is best.", "rows", {16, 1048576}),
            field("paths", &SensitivityOptions::paths, "Paths of the screening.", "paths", {2, 100000}),
            field("resamples", &SensitivityOptions::resamples, "Bootstrap samples behind the intervals.",
                  "samples", {0, 10000}),
        };
    }
};

/// What one factor does to one target.
struct FactorSensitivity {
    std::string factor;
    std::optional<double> first, first_low, first_high, total, total_low, total_high;
    std::optional<double> mu_star, mu, sigma;

    static constexpr auto fields() {
        return std::tuple{
            field("factor", &FactorSensitivity::factor, "The number's path, or the choice of method."),
            field("first", &FactorSensitivity::first,
                  "The share of the variance that would go if only this factor were known."),
            field("first_low", &FactorSensitivity::first_low, "Lower end of its 95 % interval."),
            field("first_high", &FactorSensitivity::first_high, "Upper end."),
            field("total", &FactorSensitivity::total,
                  "The share that would stay if all but this factor were known; 0: it does not matter."),
            field("total_low", &FactorSensitivity::total_low, "Lower end of its 95 % interval."),
            field("total_high", &FactorSensitivity::total_high, "Upper end."),
            field("mu_star", &FactorSensitivity::mu_star,
                  "Screening: the mean size of what moving the factor over its range does to the target."),
            field("mu", &FactorSensitivity::mu, "Screening: the same with its sign."),
            field("sigma", &FactorSensitivity::sigma,
                  "Screening: how much that depends on the other factors; 0 for a straight line."),
        };
    }
};

struct TargetSensitivity {
    std::string target;
    std::string unit;
    Value best;
    std::optional<double> mean, variance;
    double present = 1;
    std::vector<FactorSensitivity> factors;

    static constexpr auto fields() {
        return std::tuple{
            field("target", &TargetSensitivity::target, "The target, as asked."),
            field("unit", &TargetSensitivity::unit, "The unit of its numbers, where it has one."),
            field("best", &TargetSensitivity::best, "Its value with every number at its best."),
            field("mean", &TargetSensitivity::mean,
                  "Its mean; of a text, the share of draws with the text found at the best numbers."),
            field("variance", &TargetSensitivity::variance, "Its variance (Sobol indices only)."),
            field("present", &TargetSensitivity::present,
                  "The share of rows or steps in which it has a value; the others are left out.", "", {0, 1}),
            field("factors", &TargetSensitivity::factors, "Every factor, most important first."),
        };
    }
};

struct SensitivityResult {
    SensitivityMethod method = SensitivityMethod::sobol;
    std::int64_t runs = 0;
    std::vector<TargetSensitivity> targets;

    static constexpr auto fields() {
        return std::tuple{
            field("method", &SensitivityResult::method, "The method that was used."),
            field("runs", &SensitivityResult::runs, "How many points were computed.", "runs"),
            field("targets", &SensitivityResult::targets, "Each target, in the order asked."),
        };
    }
};

/// Throws `Error`: invalid_option, unknown_name, missing_section, cancelled; limit beyond 50 million values.
SensitivityResult sensitivity(const Case& subject, const SensitivityOptions& options, const Context& context,
                              const Catalogue& catalogue, std::string_view study = {});

}  // namespace steelyard::uncertainty
