// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Legal sequences: nobody moves twice in a row.

#include "steelyard/stability/cells.hpp"

#include <vector>

namespace steelyard::stability {

/// The decision makers of a bit mask.
using Members = unsigned;

/// States that `movers` reach from `s` by one or more moves (or improvements, judged by each mover at the
/// state it leaves), in increasing order, as `judges` see the graph: nobody moves to a state that one of them
/// does not see.  O(moves of the pairs (state, last mover) reached).
std::vector<StateIndex> reach(const Graph& graph, Members movers, Members judges, StateIndex s,
                              bool improvements);

/// The shortest legal sequence of `members` from `from` to `to` as they see the graph; empty when there is none.
std::vector<Step> path(const Graph& graph, Members members, StateIndex from, StateIndex to,
                       bool improvements);

/// Whether every one of `judges` sees the state.
bool seen_by_all(const Graph& graph, Members judges, StateIndex s);

}  // namespace steelyard::stability
