// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Inputs for property tests: ordinary ones, and ones with everything that breaks models of this kind.

#include "steelyard/core/random.hpp"
#include "steelyard/forecast/input.hpp"

#include <cstdint>
#include <string>

namespace steelyard::forecast {

/// Actors with positions, saliences and capabilities drawn from `seed`.  `degenerate`: full agreement, ties,
/// zero saliences and capabilities, missing positions, huge and tiny capabilities, one or two actors.
inline ForecastInput random_input(std::uint64_t seed, bool degenerate, std::size_t most_actors = 9,
                                  std::size_t most_issues = 4) {
    RandomStream draw(seed, 0, 0);
    ForecastInput input;
    const std::size_t n = degenerate ? 1 + draw.below(4) : 2 + draw.below(most_actors - 1);
    const std::size_t m = 1 + draw.below(most_issues);
    const bool agree = degenerate && draw.below(4) == 0;
    const bool coarse = draw.below(2) == 0;
    const double shared = 5.0 * static_cast<double>(draw.below(21));
    for (std::size_t k = 0; k < m; ++k) {
        input.issues.push_back("issue" + std::to_string(k));
        std::vector<PlacedOption> options;
        const std::size_t count = 1 + draw.below(4);
        for (std::size_t o = 0; o < count; ++o) {
            options.push_back({"option" + std::to_string(o), 100.0 * draw.uniform()});
        }
        input.status_quo.push_back(draw.below(3) == 0 ? std::nullopt
                                                      : std::optional(options[draw.below(count)].place));
        input.options.push_back(std::move(options));
    }
    for (std::size_t a = 0; a < n; ++a) {
        input.actors.push_back("actor" + std::to_string(a));
        double capability = coarse ? static_cast<double>(1 + draw.below(3)) : 0.01 + 100 * draw.uniform();
        if (degenerate) {
            const std::uint64_t kind = draw.below(6);
            capability = kind == 0 ? 0 : (kind == 1 ? 1e12 : (kind == 2 ? 1e-12 : capability));
        }
        input.capability.push_back(capability);
        for (std::size_t k = 0; k < m; ++k) {
            const bool missing = draw.below(degenerate ? 3 : 8) == 0;
            const double position = agree    ? shared
                                    : coarse ? 25.0 * static_cast<double>(draw.below(5))
                                             : 100 * draw.uniform();
            double salience =
                coarse ? static_cast<double>(1 + draw.below(4)) / 4 : 0.01 + 0.99 * draw.uniform();
            if (degenerate && draw.below(3) == 0) {
                salience = 0;
            }
            input.present.push_back(missing ? 0 : 1);
            input.position.push_back(missing ? 0 : position);
            input.salience.push_back(missing ? 0 : salience);
        }
    }
    return input;
}

/// Whether every given value is a number on the scale.
inline bool on_scale(const std::vector<std::optional<double>>& values) {
    for (const auto& value : values) {
        if (value && !(*value >= -1e-9 && *value <= 100 + 1e-9)) {
            return false;
        }
    }
    return true;
}

}  // namespace steelyard::forecast
