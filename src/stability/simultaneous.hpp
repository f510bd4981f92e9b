// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "steelyard/stability/cells.hpp"

#include <vector>

namespace steelyard::stability {

/// Own improvements of every decision maker at `s`, as `focal` sees the graph (none to states it does not
/// see); for focal itself too.
std::vector<std::vector<StateIndex>> improvements_at(const Graph& graph, std::size_t focal, StateIndex s);

/// How others' simultaneous improvements (or staying) turn the improvement `to` of `focal` at `s` into a
/// state it does not prefer to `s`; nothing when they cannot.
std::optional<Answer> simultaneous_sanction(const Graph& graph, std::size_t focal, StateIndex s,
                                            StateIndex to,
                                            const std::vector<std::vector<StateIndex>>& improvements);

/// Fills the `sim` cells.
void mark_simultaneous(const Graph& graph, Cells& cells, const Context& context);

}  // namespace steelyard::stability
