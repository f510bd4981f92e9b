// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What a coalition of actors can settle alone: the case cut down to the tables it commands.

#include "steelyard/core/context.hpp"
#include "steelyard/model/case.hpp"
#include "steelyard/model/scores.hpp"
#include "steelyard/power/voting_game.hpp"

#include <vector>

namespace steelyard::power {

/// A case as its coalitions see it.  Players are the actors with preferences, in case order.
class CoalitionDeals {
public:
    /// Throws `Error`: missing_section (no preferences), limit (more than `most` players).
    CoalitionDeals(const Case& subject, std::size_t most);

    [[nodiscard]] const std::vector<ActorId>& players() const { return players_; }

    /// The largest sum of the members' gains over the feasible deals they can settle alone; 0 where they can
    /// settle nothing or lose by everything.
    [[nodiscard]] Rational best_sum(Coalition coalition, const Context& context) const;

    /// Everybody's gain when exactly these settle what they can: the Nash solution among the members, the status
    /// quo where they agree on nothing.  Outsiders' gains count what the deal does to them.
    [[nodiscard]] std::vector<Rational> agreed_gains(Coalition coalition, const Context& context) const;

private:
    /// The case with one table that holds the issues the coalition commands; nothing when it commands none.
    [[nodiscard]] std::optional<Case> commanded(Coalition coalition) const;

    const Case& subject_;
    Scores scores_;
    std::vector<ActorId> players_;
};

}  // namespace steelyard::power
