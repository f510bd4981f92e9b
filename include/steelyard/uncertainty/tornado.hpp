// SPDX-License-Identifier: Apache-2.0
#pragma once
/// One number moved at a time: how far each can swing an answer, and an answer swept over one or two of them.

#include "steelyard/uncertainty/model.hpp"

namespace steelyard::uncertainty {

struct TornadoOptions {
    std::vector<std::string> targets;
    std::vector<std::string> factors;
    double low = 0.1;
    double high = 0.9;

    static constexpr auto fields() {
        return std::tuple{
            field("targets", &TornadoOptions::targets, "What to look at, as for `ensemble`."),
            field(
                "factors", &TornadoOptions::factors,
                "Numbers to move: addresses, or beginnings of paths with *; empty means all uncertain ones."),
            field("low", &TornadoOptions::low, "The lower quantile that each is moved to.", "",
                  {0.000001, 0.5}),
            field("high", &TornadoOptions::high, "The upper one.", "", {0.5, 0.999999}),
        };
    }
};

/// Which way the target goes when the number grows.
enum class Swing { rises, falls, changes };

constexpr auto choices_of(Swing) {
    return std::array{
        Choice<Swing>{Swing::rises, "rises", "higher at the upper end than at the lower"},
        Choice<Swing>{Swing::falls, "falls", "lower at the upper end than at the lower"},
        Choice<Swing>{Swing::changes, "changes",
                      "another text at an end, no value at an end, or both ends on the same side"},
    };
}

struct TornadoBar {
    std::string factor;
    double from = 0;
    double upto = 0;
    Value low, high;
    std::optional<double> swing;
    Swing direction = Swing::changes;

    static constexpr auto fields() {
        return std::tuple{
            field("factor", &TornadoBar::factor, "The number's path, or the choice of method."),
            field("from", &TornadoBar::from, "The number at its lower quantile."),
            field("upto", &TornadoBar::upto, "The number at its upper quantile."),
            field("low", &TornadoBar::low, "The target with the number there, all others at their best."),
            field("high", &TornadoBar::high, "The target with the number at the upper quantile."),
            field("swing", &TornadoBar::swing,
                  "The distance between the extremes of the two and the baseline; absent for texts, and "
                  "where one is "
                  "missing."),
            field("direction", &TornadoBar::direction, "Which way it goes."),
        };
    }
};

struct TargetTornado {
    std::string target;
    std::string unit;
    Value best;
    std::vector<TornadoBar> bars;
    std::int64_t unmoved = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("target", &TargetTornado::target, "The target, as asked."),
            field("unit", &TargetTornado::unit, "The unit of its numbers, where it has one."),
            field("best", &TargetTornado::best, "The baseline: every number at its best."),
            field(
                "bars", &TargetTornado::bars,
                "The numbers that move it: those that take its value away or change its text first, then the "
                "longest."),
            field("unmoved", &TargetTornado::unmoved, "How many numbers do not move it at all."),
        };
    }
};

struct TornadoResult {
    std::vector<TargetTornado> targets;

    static constexpr auto fields() {
        return std::tuple{field("targets", &TornadoResult::targets, "Each target, in the order asked.")};
    }
};

/// 2 x factors + 1 runs.  Throws `Error`: invalid_option, unknown_name, missing_section, cancelled.
TornadoResult tornado(const Case& subject, const TornadoOptions& options, const Context& context,
                      const Catalogue& catalogue, std::string_view study = {});

struct ExploreOptions {
    std::vector<std::string> targets;
    std::vector<std::string> factors;
    std::int64_t steps = 11;
    std::vector<double> low;
    std::vector<double> high;

    static constexpr auto fields() {
        return std::tuple{
            field("targets", &ExploreOptions::targets, "What to look at, as for `ensemble`."),
            field("factors", &ExploreOptions::factors,
                  "One or two numbers to sweep; exact ones too, between bounds that the case format or `low` "
                  "and `high` "
                  "set."),
            field("steps", &ExploreOptions::steps, "Places on each of them.", "places", {2, 1001}),
            field("low", &ExploreOptions::low,
                  "Where to begin, one for each; left out, the lowest value that the case thinks possible."),
            field("high", &ExploreOptions::high, "Where to end, one for each."),
        };
    }
};

struct ExploreAxis {
    std::string factor;
    double best = 0;
    std::vector<double> values;

    static constexpr auto fields() {
        return std::tuple{
            field("factor", &ExploreAxis::factor, "The number's path."),
            field("best", &ExploreAxis::best, "Its best value."),
            field("values", &ExploreAxis::values, "The places of the sweep."),
        };
    }
};

struct TargetSweep {
    std::string target;
    std::string unit;
    Value best;
    std::vector<Value> values;

    static constexpr auto fields() {
        return std::tuple{
            field("target", &TargetSweep::target, "The target, as asked."),
            field("unit", &TargetSweep::unit, "The unit of its numbers, where it has one."),
            field("best", &TargetSweep::best, "Its value with every number at its best."),
            field("values", &TargetSweep::values,
                  "Its value at each place; with two axes row by row, the second axis along the row."),
        };
    }
};

struct ExploreResult {
    std::vector<ExploreAxis> axes;
    std::vector<TargetSweep> targets;

    static constexpr auto fields() {
        return std::tuple{
            field("axes", &ExploreResult::axes, "What was swept."),
            field("targets", &ExploreResult::targets, "Each target, in the order asked."),
        };
    }
};

/// steps ^ factors + 1 runs.  Throws `Error`: invalid_option, unknown_name, missing_section, cancelled.
ExploreResult explore(const Case& subject, const ExploreOptions& options, const Context& context,
                      const Catalogue& catalogue, std::string_view study = {});

}  // namespace steelyard::uncertainty
