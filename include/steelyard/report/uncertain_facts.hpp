// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What the numbers' ranges do to the answers of a brief: the data behind its words of likelihood and its pictures.

#include "steelyard/core/described.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::report {

/// Where one number, moved alone, turns a conclusion.
struct TurningPoint {
    std::string number;
    double now = 0;
    double at = 0;
    double chance = 0;
    std::string sentence;

    static constexpr auto fields() {
        return std::tuple{
            field("number", &TurningPoint::number, "JSON Pointer of the number."),
            field("now", &TurningPoint::now, "Where it stands."),
            field("at", &TurningPoint::at, "The nearest value at which the conclusion no longer holds."),
            field("chance", &TurningPoint::chance, "How likely the number lies there or beyond.", "", {0, 1}),
            field("sentence", &TurningPoint::sentence, "The same in words."),
        };
    }
};

/// A number that stands elsewhere in the draws in which a conclusion does not hold than in the others.
struct Tendency {
    std::string number;
    double failing = 0;
    double holding = 0;
    std::string sentence;

    static constexpr auto fields() {
        return std::tuple{
            field("number", &Tendency::number, "JSON Pointer of the number."),
            field("failing", &Tendency::failing,
                  "Its mean over the draws in which the conclusion does not hold."),
            field("holding", &Tendency::holding, "Its mean over the other draws."),
            field("sentence", &Tendency::sentence, "The same in words."),
        };
    }
};

/// How one conclusion fares when the numbers vary.
struct ConclusionFacts {
    std::string question;
    std::string claim;
    double share = 0;
    double error = 0;
    std::vector<TurningPoint> turns;
    std::int64_t turning = 0;
    std::vector<Tendency> tendencies;

    static constexpr auto fields() {
        return std::tuple{
            field("question", &ConclusionFacts::question, "The first question that draws it."),
            field("claim", &ConclusionFacts::claim, "The conclusion, to be read after `that`."),
            field("share", &ConclusionFacts::share, "The share of draws in which it holds.", "", {0, 1}),
            field("error", &ConclusionFacts::error, "Monte Carlo standard error of the share."),
            field("turns", &ConclusionFacts::turns,
                  "Single numbers that turn it within their stated ranges, the likeliest first; three at "
                  "most."),
            field("turning", &ConclusionFacts::turning, "How many single numbers turn it at all."),
            field("tendencies", &ConclusionFacts::tendencies,
                  "Where fewer than three do: numbers that together with others turn it, the clearest first; "
                  "those that "
                  "chance would rarely show."),
        };
    }
};

/// One number's part in the spread of a gain.
struct NumberEffect {
    std::string number;
    std::string name;
    double low = 0;
    double high = 0;
    double at_low = 0;
    double at_high = 0;
    double first = 0;
    std::optional<double> total;
    std::optional<double> total_low;
    std::optional<double> total_high;

    static constexpr auto fields() {
        return std::tuple{
            field("number", &NumberEffect::number, "JSON Pointer of the number."),
            field("name", &NumberEffect::name, "The number in words."),
            field("low", &NumberEffect::low, "Its 10th percentile."),
            field("high", &NumberEffect::high, "Its 90th percentile."),
            field("at_low", &NumberEffect::at_low, "The gain with the number there, all others at best.",
                  "points"),
            field("at_high", &NumberEffect::at_high, "The gain at the 90th percentile.", "points"),
            field("first", &NumberEffect::first,
                  "The share of the variance that goes if only this number is known (first-order Sobol "
                  "index, by "
                  "regression on the draws)."),
            field("total", &NumberEffect::total,
                  "The share that stays if all numbers but this one are known (total Sobol index); only for "
                  "the numbers that matter most."),
            field("total_low", &NumberEffect::total_low, "Lower end of its 95 % bootstrap interval."),
            field("total_high", &NumberEffect::total_high, "Upper end."),
        };
    }
};

/// The gain of one actor in whichever deal is the balanced one.
struct GainSpread {
    std::string actor;
    std::string name;
    double best = 0;
    double mean = 0;
    double low = 0;
    double high = 0;
    std::optional<double> without_assumptions;
    std::vector<NumberEffect> numbers;

    static constexpr auto fields() {
        return std::tuple{
            field("actor", &GainSpread::actor, "Whose gain."),
            field("name", &GainSpread::name, "The actor as it is called within a sentence."),
            field("best", &GainSpread::best, "With every number at its best.", "points"),
            field("mean", &GainSpread::mean, "Mean over the draws with an acceptable deal.", "points"),
            field("low", &GainSpread::low, "5 % of the draws lie below.", "points"),
            field("high", &GainSpread::high, "5 % of the draws lie above.", "points"),
            field("without_assumptions", &GainSpread::without_assumptions,
                  "The part of the standard deviation that is left with every assumption at its best; absent "
                  "when nothing varies.",
                  "", {0, 1}),
            field("numbers", &GainSpread::numbers, "The numbers that move it most, the widest swing first."),
        };
    }
};

/// A claim worth reading next.
struct ReadNext {
    std::string claim;
    double worth = 0;
    std::string question;
    std::string sentence;

    static constexpr auto fields() {
        return std::tuple{
            field("claim", &ReadNext::claim, "The claim's id."),
            field("worth", &ReadNext::worth,
                  "What settling the numbers that rest on it is worth (EVPPI): the gain in the chance of "
                  "calling "
                  "conclusions right, added over the conclusions.",
                  "", {0, {}}),
            field("question", &ReadNext::question,
                  "The question whose conclusion gains most; empty when only the spread of a gain shrinks."),
            field("sentence", &ReadNext::sentence, "Why, in words."),
        };
    }
};

struct UncertainFacts {
    std::int64_t draws = 0;
    std::int64_t numbers = 0;
    std::int64_t runs = 0;
    std::vector<std::string> summary;
    std::vector<ConclusionFacts> conclusions;
    std::vector<GainSpread> gains;
    std::vector<ReadNext> read_next;

    static constexpr auto fields() {
        return std::tuple{
            field("draws", &UncertainFacts::draws, "How often all numbers were drawn together.", "draws"),
            field("numbers", &UncertainFacts::numbers, "Uncertain numbers that varied."),
            field("runs", &UncertainFacts::runs, "How often the conclusions were computed in all.", "runs"),
            field("summary", &UncertainFacts::summary,
                  "What it means for the brief as a whole, in sentences."),
            field("conclusions", &UncertainFacts::conclusions, "Every conclusion of the answers, once."),
            field("gains", &UncertainFacts::gains, "The gains of those at the first table."),
            field("read_next", &UncertainFacts::read_next, "Claims most worth checking, the best first."),
        };
    }
};

}  // namespace steelyard::report
