// SPDX-License-Identifier: Apache-2.0
// Stability by the letter of the definitions: sets of states, nothing clever, nothing shared with src.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace steelyard::test {

/// A graph model as lists: arcs[i][s] are the states i can move to from s.
struct PlainModel {
    std::vector<std::uint64_t> codes;  // of each state; empty in graph form
    std::vector<std::vector<std::vector<std::size_t>>> arcs;
    std::vector<std::vector<std::int64_t>> payoff;  // payoff[i][s]: more is better
    std::vector<std::set<std::size_t>> unseen;      // by decision maker; empty: sees all

    [[nodiscard]] std::size_t makers() const { return arcs.size(); }
    [[nodiscard]] std::size_t states() const { return payoff.front().size(); }
};

/// States that legal sequences of `movers` reach from s: nobody moves twice in a row.
std::set<std::size_t> plain_reach(const PlainModel& model, std::size_t s, const std::set<std::size_t>& movers,
                                  bool improvements);

/// stable[s] of decision maker i.  `which`: nash, gmr, smr, seq, sseq or sim.
bool plain_stable(const PlainModel& model, std::size_t i, std::size_t s, const std::string& which);

/// The model as decision maker i sees it: no arcs to states it does not see.
PlainModel as_seen_by(const PlainModel& model, std::size_t i);

}  // namespace steelyard::test
