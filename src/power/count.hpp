// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Coalitions counted by size: what every power index is made of.

#include "exact.hpp"
#include "steelyard/core/context.hpp"
#include "steelyard/power/voting_game.hpp"

#include <optional>
#include <vector>

namespace steelyard::power {

/// tally[i][k]: how many coalitions of the kind in question hold member i and k others that count.
using Tally = std::vector<std::vector<Integer>>;

/// Winning coalitions.
struct Winning {
    Integer count;
    Tally swings;  ///< those that lose without i, by the number of other members
};

/// What Johnston, Deegan and Packel, and Holler divide among members.
struct Vulnerable {
    Tally critical;  ///< winning coalitions in which i is critical, by the number of other critical members
    Tally minimal;   ///< minimal winning coalitions with i, by the number of other members
};

/// By the layered diagram.  Throws `Error`: limit, cancelled.
Winning count_winning(const VotingGame& game, const Context& context);

/// By layered diagrams: one for every distinct weight.  For games of one threshold.  Throws `Error`: limit,
/// cancelled.
Vulnerable count_vulnerable(const VotingGame& game, const Context& context);

/// The same for any game, over all ways to take members of each kind; nothing where these are more than
/// `most`.  Throws `Error`: cancelled.
std::optional<Vulnerable> enumerate_vulnerable(const VotingGame& game, double most, const Context& context);

}  // namespace steelyard::power
