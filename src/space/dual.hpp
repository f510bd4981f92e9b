// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Good actor weights for a measure: the directions in which bounds are tight and good deals are found.
///
/// For any weights, the deal with the largest weighted gain bounds the measure from above.  The weights with
/// the smallest bound solve the Lagrangian dual; they are approached by Frank-Wolfe steps (products),
/// multiplicative weights (least gains) or subgradient steps (sums under no-deal requirements).  A poor result
/// costs time, never exactness.

#include "bounds.hpp"
#include "measure.hpp"

#include <vector>

namespace steelyard::space {

/// What the dual needs to know of a problem, in doubles.
struct DualProblem {
    const Bounds& bounds;
    const Measure& measure;
    std::vector<double> offset;  ///< by actor: gain = row + offset
    std::vector<char> needed;    ///< by actor: gains are never negative
    std::vector<char> in_play;   ///< by actor: product and least: counts, and can gain
};

struct Directions {
    std::vector<Weighed> weighed;                 ///< best first
    std::vector<std::vector<std::size_t>> deals;  ///< option numbers met on the way, to start from
};

Directions find_directions(const DualProblem& problem, std::size_t most = 5);

}  // namespace steelyard::space
