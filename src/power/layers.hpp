// SPDX-License-Identifier: Apache-2.0
#pragma once
/// A voting rule as a layered decision diagram (compare Bolus, "Power indices of simple games and
/// vector-weighted majority games by means of binary decision diagrams", European Journal of Operational
/// Research 210(2), 2011).  Level k decides about the k-th voter; partial coalitions that need the same of
/// everybody who is left are one node.

#include "steelyard/core/context.hpp"
#include "steelyard/power/voting_game.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace steelyard::power {

/// What makes a coalition count.
enum class Counts {
    reaching_all,       ///< it reaches every threshold
    first_but_no_more,  ///< it reaches the first threshold and not the second
};

struct Layers {
    static constexpr std::uint32_t kOut = 0xffffffff;  ///< no continuation counts
    static constexpr std::uint32_t kIn = 0xfffffffe;   ///< every continuation counts

    struct Node {
        std::uint32_t without = kOut, with = kOut;  ///< place in the next level, or one of the two above
    };
    std::vector<std::vector<Node>> levels;  ///< one a voter; nodes that are decided are not listed
    std::uint32_t root = kOut;              ///< 0 unless the rule is decided from the start
};

/// Voters in the order of the thresholds' weights.  `most`: how many nodes at most.
/// Throws `Error`: limit, cancelled.
Layers make_layers(std::span<const Threshold> thresholds, Counts counts, std::size_t most,
                   const Context& context);

}  // namespace steelyard::power
