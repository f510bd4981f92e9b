// SPDX-License-Identifier: Apache-2.0
// Linked talks by trying everything: every deal of every table, every answer, whole deals compared in fractions.
#pragma once

#include "steelyard/linkage/play.hpp"

#include <optional>
#include <vector>

namespace steelyard::test {

struct PlainOutcome {
    std::vector<int> deal;  ///< -1: unset
    StateCode taken = 0;
    std::vector<Rational> points;  ///< of every actor
};

/// Plays the tables (places in `effective_tables`) in that order with Nash's product (powers 0, 1, 2, ... only).
PlainOutcome plain_talks(const Case& subject, const std::vector<std::size_t>& order, bool answers);

}  // namespace steelyard::test
