// SPDX-License-Identifier: Apache-2.0
// Power indices by the letter of their definitions: all coalitions, all orders.
#pragma once

#include "steelyard/power/voting_game.hpp"

#include <map>
#include <string>
#include <vector>

namespace steelyard::test {

/// Index name to the members' values.  Up to 16 members; Shapley-Shubik by all orders up to 7, otherwise by
/// coalitions.
std::map<std::string, std::vector<double>> plain_power(const power::VotingGame& game);

}  // namespace steelyard::test
