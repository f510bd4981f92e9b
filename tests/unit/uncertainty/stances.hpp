// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Cases of stances, whose forecasts are compiled.

#include "steelyard/core/random.hpp"
#include "steelyard/format/case_file.hpp"

#include <string>

namespace steelyard::test {

/// Stances of six actors on four issues, most of them uncertain.
inline Case stance_case(std::uint64_t seed) {
    RandomStream stream(seed, 0, 0);
    const auto number = [&](int low, int high) {
        return std::to_string(low +
                              static_cast<int>(stream.below(static_cast<std::uint64_t>(high - low + 1))));
    };
    std::string text = "steelyard: 1\ncase: stances\ntitle: Stances\nactors:\n";
    for (int a = 0; a < 6; ++a) {
        text += "  a" + std::to_string(a) + ": {capability: {value: " + number(5, 100) + ", spread: 20}}\n";
    }
    text += "issues:\n";
    for (int k = 0; k < 4; ++k) {
        text +=
            "  i" + std::to_string(k) + ": {options: {low: 0, middle: 50, high: 100}, status_quo: middle}\n";
    }
    text += "preferences:\n";
    for (int a = 0; a < 6; ++a) {
        text += "  a" + std::to_string(a) + ": {positions: {";
        for (int k = 0; k < 4; ++k) {
            if (stream.below(6) == 0 && k > 0) {
                continue;
            }
            text += (k > 0 ? ", i" : "i") + std::to_string(k) + ": {position: {value: " + number(0, 100) +
                    ", spread: 15}, salience: " + number(10, 40) + ".." + number(41, 100) + "}";
        }
        text += "}}\n";
    }
    return read_case(text, "stances").value;
}

}  // namespace steelyard::test
