// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "steelyard/stability/graph.hpp"

namespace steelyard::stability {

/// The payoffs of each decision maker of `graph.actors` over the states of `graph`, from whichever form the
/// case gives: statements, ranking, points or weights of moves, or the points of the deals that states stand
/// for.  Adds to `graph.notes`.  Throws as `make_graph` says.
std::vector<std::vector<Payoff>> conflict_payoffs(const Case& subject, ConflictGraph& graph,
                                                  const Context& context);

}  // namespace steelyard::stability
