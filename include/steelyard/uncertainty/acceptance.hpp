// SPDX-License-Identifier: Apache-2.0
#pragma once
/// How likely a deal is to be acceptable, when the numbers are uncertain, and who would refuse it.

#include "steelyard/uncertainty/ensemble.hpp"

namespace steelyard::uncertainty {

struct AcceptanceOptions {
    std::string table;
    Named<std::string> deal;
    std::int64_t draws = 1024;
    Design design = Design::sobol;
    std::vector<std::string> factors;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &AcceptanceOptions::table, "Table to analyse; empty means the first one."),
            field("deal", &AcceptanceOptions::deal,
                  "The deal to look at: issue and option; empty means the Nash deal with every number at its "
                  "best."),
            field("draws", &AcceptanceOptions::draws, "How many; rounded up to a multiple of 16.", "draws",
                  {16, 10000000}),
            field("design", &AcceptanceOptions::design, "Where the draws fall."),
            field(
                "factors", &AcceptanceOptions::factors,
                "Numbers to draw: addresses, or beginnings of paths with *; empty means all uncertain ones."),
        };
    }
};

struct Chance {
    double share = 0;
    std::optional<double> error;
    LikelihoodBand band = LikelihoodBand::almost_no_chance;

    static constexpr auto fields() {
        return std::tuple{
            field("share", &Chance::share, "The share of draws.", "", {0, 1}),
            field("error", &Chance::error, "Its Monte Carlo standard error."),
            field("band", &Chance::band, "The ICD 203 word for it."),
        };
    }
};

struct Refusal {
    std::string actor;
    Chance chance;
    double mean_gain = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("actor", &Refusal::actor, "The actor."),
            field("chance", &Refusal::chance, "How likely it would have less with the deal than without."),
            field("mean_gain", &Refusal::mean_gain,
                  "What the deal gives it above its no-deal value, in the mean.", "points"),
        };
    }
};

/// How often an option is part of the Nash deal.
struct OptionAcceptability {
    std::string issue;
    std::vector<ShareResult> options;

    static constexpr auto fields() {
        return std::tuple{
            field("issue", &OptionAcceptability::issue, "The issue."),
            field(
                "options", &OptionAcceptability::options,
                "Its options, most often chosen first; shares of all draws, those without a deal included."),
        };
    }
};

struct AcceptanceResult {
    std::string table;
    std::int64_t draws = 0;
    Stopped stopped = Stopped::all_drawn;
    Chance any;
    Named<std::string> deal;
    std::optional<Chance> acceptable;
    std::vector<Refusal> refusals;
    std::vector<OptionAcceptability> options;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &AcceptanceResult::table, "The table that was analysed."),
            field("draws", &AcceptanceResult::draws, "How many draws the answer rests on.", "draws"),
            field("stopped", &AcceptanceResult::stopped, "Why it ended."),
            field("any", &AcceptanceResult::any, "How likely there is any deal that the table would accept."),
            field(
                "deal", &AcceptanceResult::deal,
                "The deal looked at; empty when none was named and none is acceptable at the best numbers."),
            field("acceptable", &AcceptanceResult::acceptable,
                  "How likely this deal is feasible and accepted."),
            field("refusals", &AcceptanceResult::refusals,
                  "Who would refuse it how likely, likeliest first."),
            field("options", &AcceptanceResult::options,
                  "How often each option is part of the Nash deal of the draw: what stays the same whatever "
                  "the "
                  "numbers turn out to be (acceptability indices; Lahdelma & Salminen 2001)."),
        };
    }
};

/// O(draws x one run of `solutions` and one of `score`).  Throws `Error`: as `ensemble`.
AcceptanceResult acceptance(const Case& subject, const AcceptanceOptions& options, const Context& context,
                            const Catalogue& catalogue, std::string_view study = {});

}  // namespace steelyard::uncertainty
