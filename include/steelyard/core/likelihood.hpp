// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Words of likelihood as US intelligence analysts use them (Office of the Director of National Intelligence,
/// Intelligence Community Directive 203: Analytic Standards, 2015, section D.6.e.2.a).

#include "steelyard/core/described.hpp"

#include <array>

namespace steelyard {

enum class LikelihoodBand {
    almost_no_chance,
    very_unlikely,
    unlikely,
    roughly_even_chance,
    likely,
    very_likely,
    almost_certain
};

constexpr auto choices_of(LikelihoodBand) {
    using enum LikelihoodBand;
    return std::array{
        Choice<LikelihoodBand>{almost_no_chance, "almost no chance", "below 5 %"},
        Choice<LikelihoodBand>{very_unlikely, "very unlikely", "5 to 20 %"},
        Choice<LikelihoodBand>{unlikely, "unlikely", "20 to 45 %"},
        Choice<LikelihoodBand>{roughly_even_chance, "roughly even chance", "45 to 55 %"},
        Choice<LikelihoodBand>{likely, "likely", "55 to 80 %"},
        Choice<LikelihoodBand>{very_likely, "very likely", "80 to 95 %"},
        Choice<LikelihoodBand>{almost_certain, "almost certain", "above 95 %"},
    };
}

/// The band of a probability in [0, 1]; a probability on a border belongs to the band nearer to even.
constexpr LikelihoodBand likelihood_band(double probability) {
    using enum LikelihoodBand;
    if (probability < 0.05) {
        return almost_no_chance;
    }
    if (probability < 0.2) {
        return very_unlikely;
    }
    if (probability < 0.45) {
        return unlikely;
    }
    if (probability <= 0.55) {
        return roughly_even_chance;
    }
    if (probability <= 0.8) {
        return likely;
    }
    return probability <= 0.95 ? very_likely : almost_certain;
}

}  // namespace steelyard
