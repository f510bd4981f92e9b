// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "brute_force.hpp"
#include "steelyard/core/random.hpp"
#include "steelyard/stability/cells.hpp"
#include "steelyard/stability/graph.hpp"

#include <string>

namespace steelyard::test {

/// The concept as plain programs and results call it.
std::string name_of(stability::Concept which);

/// The same model twice: as the library has it and as plain lists.
struct TwinModel {
    stability::Graph graph;
    PlainModel plain;
};

/// 2-5 decision makers, up to 6 options of any direction, some infeasible states, ties, some unseen states.
TwinModel random_option_model(RandomStream& draw, bool misperceptions);

/// 2-5 decision makers, up to 12 states with arbitrary arcs, ties.
TwinModel random_arc_model(RandomStream& draw);

/// From codes, owners and directions (0 both, 1 forward, 2 back) of options, and payoffs.
TwinModel option_model(std::vector<std::uint64_t> codes, const std::vector<std::size_t>& owner,
                       const std::vector<int>& direction,
                       const std::vector<std::vector<std::int64_t>>& payoff,
                       const std::vector<std::set<std::size_t>>& unseen = {});

/// From arcs and payoffs.
TwinModel arc_model(const std::vector<std::vector<std::vector<std::size_t>>>& arcs,
                    const std::vector<std::vector<std::int64_t>>& payoff);

}  // namespace steelyard::test
