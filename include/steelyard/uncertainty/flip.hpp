// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Where a conclusion breaks: the smallest change of each number, and of all together, that turns it.

#include "steelyard/uncertainty/model.hpp"

namespace steelyard::uncertainty {

struct FlipOptions {
    std::vector<std::string> targets;
    std::vector<std::string> factors;
    std::int64_t steps = 8;
    std::int64_t draws = 512;

    static constexpr auto fields() {
        return std::tuple{
            field("targets", &FlipOptions::targets,
                  "Conclusions, as for `ensemble`: texts, truth values, or numbers with a comparison."),
            field("factors", &FlipOptions::factors,
                  "Numbers to move: addresses, or beginnings of paths with *; empty means all uncertain "
                  "ones.  Exact "
                  "numbers that are named are moved over their bounds."),
            field(
                "steps", &FlipOptions::steps,
                "Places looked at on the way to each end; a conclusion that turns and turns back between two "
                "of them is missed.",
                "places", {1, 1000}),
            field("draws", &FlipOptions::draws,
                  "Draws from which the search for the smallest joint change starts; 0 leaves it out.",
                  "draws", {0, 1000000}),
        };
    }
};

/// The smallest change of one number in one direction.
struct FactorFlip {
    std::string factor;
    double best = 0;
    double at = 0;
    double change = 0;
    double reach = 0;
    std::optional<double> chance;
    Value becomes;

    static constexpr auto fields() {
        return std::tuple{
            field("factor", &FactorFlip::factor, "The number's path, or the choice of method."),
            field("best", &FactorFlip::best, "Where it stands."),
            field("at", &FactorFlip::at,
                  "Where the conclusion is another one, all other numbers at their best: the place nearest "
                  "to `best`."),
            field("change", &FactorFlip::change, "How far that is, with its sign, in the number's own unit."),
            field("reach", &FactorFlip::reach,
                  "The same as a part of the way to the end of the number's range on that side.", "", {0, 1}),
            field("chance", &FactorFlip::chance,
                  "How likely the number is at least so far off; absent for exact numbers.", "", {0, 1}),
            field("becomes", &FactorFlip::becomes, "The conclusion there; absent when there is none."),
        };
    }
};

struct FactorMove {
    std::string factor;
    double best = 0;
    double at = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("factor", &FactorMove::factor, "The number's path, or the choice of method."),
            field("best", &FactorMove::best, "Where it stands."),
            field("at", &FactorMove::at, "Where it is moved to."),
        };
    }
};

struct TargetFlips {
    std::string target;
    Value best;
    std::vector<FactorFlip> flips;
    std::int64_t firm = 0;
    std::optional<double> radius;
    std::vector<FactorMove> together;
    Value becomes;

    static constexpr auto fields() {
        return std::tuple{
            field("target", &TargetFlips::target, "The conclusion, as asked."),
            field("best", &TargetFlips::best, "What it is with every number at its best."),
            field("flips", &TargetFlips::flips, "The numbers that turn it alone, smallest reach first."),
            field("firm", &TargetFlips::firm, "How many numbers cannot turn it alone within their range."),
            field("radius", &TargetFlips::radius,
                  "The smallest joint change that was found: no number has to go further than this part of "
                  "the way to "
                  "its end.  There may be a smaller one; absent when none was found.",
                  "", {0, 1}),
            field("together", &TargetFlips::together, "That change: the numbers that have to move."),
            field("becomes", &TargetFlips::becomes, "The conclusion after it."),
        };
    }
};

struct FlipResult {
    std::vector<TargetFlips> targets;

    static constexpr auto fields() {
        return std::tuple{field("targets", &FlipResult::targets, "Each conclusion, in the order asked.")};
    }
};

/// About 2 x factors x steps runs, fourteen for each flip, and for the joint change `draws` and some multiples of the
/// factors.  Throws `Error`: invalid_option (a number without a comparison), unknown_name, missing_section,
/// cancelled.
FlipResult flip(const Case& subject, const FlipOptions& options, const Context& context,
                const Catalogue& catalogue, std::string_view study = {});

}  // namespace steelyard::uncertainty
