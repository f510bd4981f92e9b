// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The slow way: every deal of a table written out.

#include "steelyard/model/scores.hpp"
#include "steelyard/model/tables.hpp"

#include <algorithm>
#include <vector>

namespace steelyard::test {

/// Every feasible deal of the table, settled and other issues as they are.
inline std::vector<Deal> every_deal(const Case& subject, const Table& table) {
    const auto fixed = fixed_options(subject, table);
    std::vector<Deal> deals(1);
    for (std::size_t i = 0; i < subject.issues.size(); ++i) {
        std::vector<Deal> longer;
        for (const Deal& deal : deals) {
            for (std::size_t o = 0; o < subject.issues[i].options.size(); ++o) {
                if (!fixed[i] || *fixed[i] == OptionId(o)) {
                    longer.push_back(deal);
                    longer.back().emplace_back(o);
                }
            }
        }
        deals = std::move(longer);
    }
    std::erase_if(deals, [&](const Deal& deal) { return !feasible(subject, deal); });
    return deals;
}

inline bool everybody_accepts(const Scores& scores, const Table& table, const Deal& deal) {
    return std::ranges::all_of(
        table.actors, [&](ActorId actor) { return scores.of(actor, deal) >= scores.no_deal(actor); });
}

}  // namespace steelyard::test
