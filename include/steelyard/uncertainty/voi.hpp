// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What knowing more would be worth: which number, and which claim, to look into next.

#include "steelyard/uncertainty/design.hpp"
#include "steelyard/uncertainty/model.hpp"

namespace steelyard::uncertainty {

struct VoiOptions {
    std::vector<std::string> targets;
    std::vector<std::string> acts;
    std::vector<std::string> factors;
    std::int64_t draws = 4096;
    Named<double> correlations;

    static constexpr auto fields() {
        return std::tuple{
            field("targets", &VoiOptions::targets,
                  "What one wants to tell, as for `ensemble`: a conclusion, or a number to be estimated."),
            field("acts", &VoiOptions::acts,
                  "Acts to choose from, each named by the target that holds its payoff: "
                  "score(deal=...):gains.port; at least two, all in the same unit."),
            field("factors", &VoiOptions::factors,
                  "Numbers that are uncertain: addresses, or beginnings of paths with *; empty means all of "
                  "them."),
            field("draws", &VoiOptions::draws, "How many; rounded up to a multiple of 16.", "draws",
                  {64, 1000000}),
            field("correlations", &VoiOptions::correlations,
                  "Rank correlations of two numbers, written ADDRESS~ADDRESS=0.5.", "", {-1, 1}),
        };
    }
};

/// What the values of information are measured in.
enum class Worth { chance, error, payoff };

constexpr auto choices_of(Worth) {
    return std::array{
        Choice<Worth>{Worth::chance, "chance", "by how much likelier the conclusion is called right, 0 to 1"},
        Choice<Worth>{Worth::error, "error",
                      "by how much the typical error of the estimate (its standard deviation) shrinks"},
        Choice<Worth>{Worth::payoff, "payoff", "by how much the expected payoff of the best act grows"},
    };
}

struct FactorWorth {
    std::string factor;
    double worth = 0;
    double error = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("factor", &FactorWorth::factor, "The number's path, or the choice of method."),
            field("worth", &FactorWorth::worth, "What it would be worth to know it exactly (EVPPI)."),
            field("error", &FactorWorth::error, "Monte Carlo standard error, the regression taken as given."),
        };
    }
};

struct ClaimWorth {
    std::string claim;
    std::int64_t numbers = 0;
    double worth = 0;
    double error = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("claim", &ClaimWorth::claim, "The claim."),
            field("numbers", &ClaimWorth::numbers, "How many of the drawn numbers rest on it."),
            field("worth", &ClaimWorth::worth, "What it would be worth to settle all of them."),
            field("error", &ClaimWorth::error, "Monte Carlo standard error, the regression taken as given."),
        };
    }
};

struct TargetWorth {
    std::string target;
    std::string unit;
    Worth measure = Worth::chance;
    Value choice;
    double now = 0;
    double everything = 0;
    std::vector<FactorWorth> factors;
    std::vector<ClaimWorth> claims;

    static constexpr auto fields() {
        return std::tuple{
            field("target", &TargetWorth::target, "The target; for the choice among `acts`, `acts`."),
            field("unit", &TargetWorth::unit, "The unit of its numbers, where it has one."),
            field("measure", &TargetWorth::measure, "What the values below are."),
            field("choice", &TargetWorth::choice,
                  "The best answer or act as things stand: the likeliest text, the mean, or the best act's "
                  "target."),
            field("now", &TargetWorth::now,
                  "How good that is: the chance that it is right, the standard deviation around it, its mean "
                  "payoff."),
            field("everything", &TargetWorth::everything,
                  "What it would be worth to know every number exactly (EVPI)."),
            field("factors", &TargetWorth::factors, "Every number and choice, most worth knowing first."),
            field("claims", &TargetWorth::claims,
                  "Claims that drawn numbers rest on: read these next, in this order."),
        };
    }
};

struct VoiResult {
    std::int64_t draws = 0;
    std::vector<TargetWorth> targets;

    static constexpr auto fields() {
        return std::tuple{
            field("draws", &VoiResult::draws, "How many draws the answer rests on.", "draws"),
            field("targets", &VoiResult::targets,
                  "Each target in the order asked, then the choice among the acts."),
        };
    }
};

/// Throws `Error`: invalid_option (one act alone, an act that is no number), unknown_name, missing_section, cancelled.
VoiResult voi(const Case& subject, const VoiOptions& options, const Context& context,
              const Catalogue& catalogue, std::string_view study = {});

}  // namespace steelyard::uncertainty
