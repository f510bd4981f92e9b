// SPDX-License-Identifier: Apache-2.0
#pragma once
/// In which order the issues are eliminated, and whether the exact diagram is within reach.

#include "diagram.hpp"

#include <cstddef>
#include <vector>

namespace steelyard::space {

constexpr std::size_t kMostNodes = 2'000'000;

struct Plan {
    std::vector<std::size_t> order;  ///< all issues
    bool exact = true;  ///< the order's diagram has at most the allowed number of nodes (and one per issue)
};

/// Each connected group of coupled issues in the best of several orders (min-fill and its reverse, fewest open
/// conditions, case order), groups one after the other, uncoupled issues last.  Where no order of a group stays
/// within `most_nodes`, or the budget is used up before one is known, the order that has to forget least when
/// relaxed.  Throws `Error` (cancelled).
Plan plan_order(const Problem& problem, const Context& context = {}, std::size_t most_nodes = kMostNodes);

/// The exact diagram of an exact plan.  Throws `Error` (cancelled).
Diagram make_diagram(const Problem& problem, const Plan& plan, const Context& context);

/// Plan and diagram in one.  Throws `TooWide` where the plan is not exact.
Diagram make_diagram(const Problem& problem, const Context& context = {},
                     std::size_t most_nodes = kMostNodes);

}  // namespace steelyard::space
