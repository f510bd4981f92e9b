// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The asymmetric Nash bargaining solution: what maximises the sum of weight times log of gain (J. Nash, "The
/// bargaining problem", Econometrica 18, 1950; E. Kalai, "Nonsymmetric Nash solutions", IJGT 6, 1977).

#include "steelyard/core/context.hpp"
#include "steelyard/forecast/input.hpp"

namespace steelyard::forecast {

/// Which agreements compete.
enum class BargainOver { automatic, deals, scale };

constexpr auto choices_of(BargainOver) {
    return std::array{
        Choice<BargainOver>{BargainOver::automatic, "automatic",
                            "deals when an actor of the table has a score sheet, the scale otherwise"},
        Choice<BargainOver>{BargainOver::deals, "deals",
                            "the case's deals with their points and no-deal values; searched exactly"},
        Choice<BargainOver>{BargainOver::scale, "scale",
                            "any place on each issue's scale; utility falls with the square of the distance"},
    };
}

/// What the actors have without agreement, on the scale.
enum class Disagreement { impasse, status_quo };

constexpr auto choices_of(Disagreement) {
    return std::array{
        Choice<Disagreement>{Disagreement::impasse, "impasse",
                             "as bad for everybody as every issue going 100 places the wrong way"},
        Choice<Disagreement>{
            Disagreement::status_quo, "status_quo",
            "the status quo of every issue; an issue without one is worth nothing to its actors "
            "and counts as 100 places away"},
    };
}

struct NashBargainingOptions {
    std::string table;
    BargainOver over = BargainOver::automatic;
    Disagreement disagreement = Disagreement::impasse;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &NashBargainingOptions::table, "Table to analyse; empty means the first one."),
            field("over", &NashBargainingOptions::over, "Which agreements compete."),
            field("disagreement", &NashBargainingOptions::disagreement,
                  "On the scale: what the actors have without agreement (deals use the case's no-deal "
                  "values)."),
        };
    }
};

/// What the agreement is worth to one actor.
struct NashGain {
    std::string actor;
    double weight = 0;
    double value = 0;
    double no_deal = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("actor", &NashGain::actor, "The actor."),
            field("weight", &NashGain::weight, "Its share of all capability.", "", {0, 1}),
            field(
                "value", &NashGain::value,
                "What it has with the agreement: points, or on the scale 1 at its ideal and 0 at the worst."),
            field("no_deal", &NashGain::no_deal, "What it has without, on the same measure."),
        };
    }
};

struct NashBargainingResult {
    CapabilitySource capability_from = CapabilitySource::stated;
    BargainOver over = BargainOver::scale;
    bool agreement = false;
    std::vector<IssueForecast> issues;
    std::vector<NashGain> gains;
    std::optional<double> gap;
    int iterations = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("capability_from", &NashBargainingResult::capability_from,
                  "Where the capabilities came from."),
            field("over", &NashBargainingResult::over, "Which agreements competed."),
            field("agreement", &NashBargainingResult::agreement,
                  "Whether there is an agreement that everybody prefers to none."),
            field("issues", &NashBargainingResult::issues,
                  "The agreement; without values when there is none."),
            field("gains", &NashBargainingResult::gains, "What it is worth to each actor."),
            field(
                "gap", &NashBargainingResult::gap,
                "The true maximum of the weighted mean log gain is at most this much higher; 0 when exact."),
            field("iterations", &NashBargainingResult::iterations, "Steps of the search on the scale."),
        };
    }
};

/// On the scale: a concave problem, solved by repeated weighted means with Newton steps in reserve, see
/// docs/methods/forecast.md.  O(steps x (actors x issues^2 + issues^3)) at worst.
/// Throws `Error`: unknown_name, missing_section, cancelled.
NashBargainingResult nash_bargaining(const Case& subject, const NashBargainingOptions& options,
                                     const Context& context);

/// The solution on the scale; the search stops at a gap of 1e-9.
struct ScaleBargain {
    std::vector<std::optional<double>> values;  ///< by issue; empty options when there is no agreement
    bool agreement = false;
    double gap = 0;
    int iterations = 0;
};

ScaleBargain bargain_on_scale(const ForecastInput& input, Disagreement no_deal = Disagreement::impasse);

}  // namespace steelyard::forecast
