// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The deals of one table that can win whatever the other turns do.

#include "setup.hpp"

#include <vector>

namespace steelyard::linkage {

/// One deal of a table.
struct TableDeal {
    std::vector<int> options;          ///< of the table's open issues, in case order
    std::vector<std::int64_t> points;  ///< of the table's actors: its issues, and clauses on its issues alone
    int changes = 0;                   ///< open issues that leave their status quo
};

/// The deals that look alike from outside the table: every clause that reaches beyond the table is met or
/// failed by the same part, and issues that answers can change have the same option.
struct DealClass {
    std::vector<TableDeal>
        deals;  ///< efficient for the table's actors; of equal ones the first by changes, then order
    /// Neighbouring deals, to be passed over together where even the most of each actor would not do.
    struct Part {
        std::size_t begin = 0, end = 0;
        std::vector<std::int64_t> most;  ///< of each of the table's actors: its most points in one of them
    };
    std::vector<Part> parts;  ///< all deals, about as many parts as deals in each
};

/// All classes of a table's feasible deals, by elimination: issue after issue, keeping for every state of the
/// clauses only what is efficient.  Cost grows with the efficient deals and with how entangled the clauses
/// are, not with the number of deals.
std::vector<DealClass> deal_classes(const Setup& setup, std::size_t table, const Context& context);

}  // namespace steelyard::linkage
