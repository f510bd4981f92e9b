// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The case of the ensembles' bars.

#include "steelyard/core/random.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace steelyard::bench {

/// 30 actors, 20 issues, 100 uncertain (PERT) positions; the text of a case file.
inline std::string pert_case() {
    RandomStream stream(1, 0, 0);
    const auto whole = [&](std::uint64_t low, std::uint64_t high) {
        return std::to_string(low + stream.below(high - low + 1));
    };
    std::string text = "steelyard: 1\ncase: bench\ntitle: Bench\nactors:\n";
    for (int a = 0; a < 30; ++a) {
        text += "  a" + std::to_string(a) + ": {capability: " + whole(5, 100) + "}\n";
    }
    text += "issues:\n";
    for (int k = 0; k < 20; ++k) {
        text += "  i" + std::to_string(k) + ": {options: {low: 0, middle: 50, high: 100}}\n";
    }
    text += "preferences:\n";
    int uncertain = 0;
    for (int a = 0; a < 30; ++a) {
        text += "  a" + std::to_string(a) + ": {positions: {";
        for (int k = 0; k < 20; ++k) {
            const bool drawn = (a * 20 + k) % 6 == 0 && uncertain < 100;
            uncertain += drawn ? 1 : 0;
            text += (k > 0 ? ", i" : "i") + std::to_string(k) + ": {position: " +
                    (drawn ? "{low: " + whole(0, 30) + ", best: " + whole(31, 60) +
                                 ", high: " + whole(61, 100) + "}"
                           : whole(0, 100)) +
                    ", salience: " + whole(5, 100) + "}";
        }
        text += "}}\n";
    }
    return text;
}

/// The place of every issue by both models: 40 numbers a draw.
inline std::vector<std::string> pert_targets() {
    std::vector<std::string> targets;
    for (int k = 0; k < 20; ++k) {
        for (const char* model : {"compromise", "nash_bargaining"}) {
            targets.push_back(std::string(model) + ":issues[" + std::to_string(k) + "].value");
        }
    }
    return targets;
}

}  // namespace steelyard::bench
