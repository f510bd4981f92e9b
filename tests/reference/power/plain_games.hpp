// SPDX-License-Identifier: Apache-2.0
// Divisions of games by the letter: all orders, all partitions, and the test of Kohlberg for the nucleolus.
#pragma once

#include "steelyard/power/game.hpp"

#include <cstdint>
#include <vector>

namespace steelyard::test {

/// Mean of what each player adds over all orders in which the members of each union stand together.
std::vector<double> plain_values(const power::Game& game, const std::vector<power::Coalition>& unions);

/// Whether a division is the nucleolus among all efficient divisions (Kohlberg 1971): at every level, the
/// coalitions that complain at least so much are balanced.  Up to 4 players.
bool plain_prenucleolus(const power::Game& game, const std::vector<double>& payoff);

/// The least largest complaint, by trying every balanced collection: the largest over minimal balanced
/// collections of their weighted worth less the total, spread over the weights.  Up to 4 players.
double plain_least_core(const power::Game& game);

}  // namespace steelyard::test
