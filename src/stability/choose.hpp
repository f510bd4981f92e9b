// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What options name: states and decision makers.

#include "steelyard/stability/graph.hpp"

#include <string>

namespace steelyard::stability {

/// The state that an option names, or the status quo for an empty text.  Throws `Error`: unknown_name,
/// invalid_option (infeasible), missing_section (neither a text nor a status quo).
StateIndex chosen_state(const Case& subject, const ConflictGraph& conflict, const std::string& label);

/// The decision maker of that id.  Throws `Error` (unknown_name) with a near match.
std::size_t find_maker(const Graph& graph, const std::string& id);

}  // namespace steelyard::stability
