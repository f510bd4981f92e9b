// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Divisions of a game's worth, in exact fractions.

#include "exact.hpp"
#include "simplex.hpp"
#include "steelyard/core/context.hpp"
#include "steelyard/power/game.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace steelyard::power {

/// The mean of what each player adds over all orders (Shapley 1953).  O(2^n n).
Vector shapley_value(const Game& game);

/// The same over the orders in which the members of each union stand together (Owen 1977).  `unions` must
/// part the players.  O(2^n n).
Vector owen_value(const Game& game, const std::vector<Coalition>& unions);

/// The largest excess v(S) - x(S) over all coalitions but nobody and everybody, made as small as possible.
/// Nothing for a single player.
std::optional<Fraction> least_core(const Game& game, const Context& context);

/// What each player gets least and most in the core, which must not be empty.
std::vector<std::pair<Fraction, Fraction>> core_ranges(const Game& game, const Context& context);

/// The division whose excesses, from the largest down, are lexicographically smallest (Schmeidler 1969).
struct Nucleolus {
    Vector payoff;
    Vector levels;  ///< the largest excesses, one for each program solved
    bool individual =
        true;  ///< among divisions that give nobody less than it is worth alone; otherwise there
               ///< are none and all divisions compete
};

/// By a sequence of programs, each of which fixes the coalitions whose excess cannot change (Maschler, Peleg &
/// Shapley 1979; rows as they are violated).  At most n programs.
Nucleolus nucleolus(const Game& game, const Context& context);

}  // namespace steelyard::power
