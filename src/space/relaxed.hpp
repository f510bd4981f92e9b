// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Diagrams of bounded width that promise too much: every feasible deal is a path of its own, on which each
/// actor has at least its points.
///
/// Where a layer would be too wide, nodes are joined that differ in one condition, the one with the least at
/// stake first: from then on it is forgotten whether the condition is alive.  A forgotten bundle counts for each
/// actor only if it adds points, a forgotten rule forbids nothing.  (A relaxed decision diagram: Andersen, Hadzic,
/// Hooker & Tiedemann 2007; Bergman, Cire, van Hoeve & Hooker 2016, chapter 4.)

#include "diagram.hpp"

#include <cstddef>
#include <vector>

namespace steelyard::space {

struct Relaxation {
    Diagram diagram;
    double forgotten = 0;  ///< how much was at stake in what was forgotten, for comparing orders; 0: exact
};

/// At most `width` nodes a layer (at least 1).  Throws `Error` (cancelled).
Relaxation make_relaxed(const Problem& problem, const std::vector<std::size_t>& order, const Context& context,
                        std::size_t width);

}  // namespace steelyard::space
