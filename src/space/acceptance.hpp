// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The table's acceptance rule over the actors of a problem.

#include "problem.hpp"
#include "steelyard/model/tables.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace steelyard::space {

/// Which actors accept, by place in the problem, as bits.
using Willing = std::uint64_t;

/// Monotone: whoever accepts besides, an accepted deal stays accepted.
class AcceptanceRule {
public:
    /// The problem's actors must include every actor that the rule names; at most 64 actors.
    AcceptanceRule(const Table& table, const Problem& problem, std::size_t actors_in_case);
    [[nodiscard]] bool accepts(Willing willing) const;
    /// Whether every actor of the problem must accept.
    [[nodiscard]] bool unanimous() const { return unanimous_; }
    /// Whether no deal is accepted without the actor.
    [[nodiscard]] bool needs(std::size_t actor) const;

private:
    [[nodiscard]] bool ask(Willing willing) const;

    const Table& table_;
    std::vector<ActorId> actors_;
    std::size_t actors_in_case_;
    std::vector<char> known_;  // by willing, for few actors
    bool unanimous_ = false;
};

}  // namespace steelyard::space
