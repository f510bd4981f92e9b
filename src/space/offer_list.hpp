// SPDX-License-Identifier: Apache-2.0
#pragma once
/// All offers that talks can turn around, as numbers.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace steelyard::space {

/// Utilities are on each actor's own scale from its worst (0) to its best (1) feasible deal.
struct OfferList {
    std::size_t actors = 0;
    std::vector<std::vector<double>> utility;  ///< by actor, then offer
    std::vector<std::vector<std::uint32_t>>
        order;                                ///< by actor: offers by falling utility, ties in list order
    std::vector<std::vector<double>> sorted;  ///< by actor: utilities in that order
    std::vector<double> reserve;              ///< by actor: the no-deal value on the same scale

    [[nodiscard]] std::size_t size() const { return utility.empty() ? 0 : utility[0].size(); }
    /// Fills `order` and `sorted`.
    void sort();
};

}  // namespace steelyard::space
