// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Legal sequences: nobody moves twice in a row.

#include "steelyard/stability/cells.hpp"

#include <vector>

namespace steelyard::stability {

/// The decision makers of a bit mask.
using Members = unsigned;

/// States that `members` reach from `s` by one or more moves (or improvements, judged by each mover at the
/// state it leaves), in increasing order.  O(moves of the pairs (state, last mover) reached).
std::vector<StateIndex> reach(const Graph& graph, Members members, StateIndex s, bool improvements);

/// The shortest legal sequence of `members` from `from` to `to`; empty when there is none.
std::vector<Step> path(const Graph& graph, Members members, StateIndex from, StateIndex to,
                       bool improvements);

}  // namespace steelyard::stability
