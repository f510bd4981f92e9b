// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "brute_force.hpp"
#include "steelyard/core/random.hpp"
#include "steelyard/model/case.hpp"

#include <map>
#include <string>

namespace steelyard::test {

/// A conflict as a case, written as its author would, and as plain lists that were made beside it.
struct TwinConflict {
    Case subject;
    PlainModel plain;                           ///< states by rising code
    std::map<std::string, std::size_t> number;  ///< of each state, by its label
    std::size_t status_quo = 0;
};

/// 2-3 decision makers `d0`, `d1`, ..; 2-5 options of any direction; sometimes infeasible states,
/// sometimes states that d0 does not see; rankings with ties.
TwinConflict random_conflict(RandomStream& draw);

/// The states i moves to from s when it neither leaves nor enters a state that it does not see.
std::vector<std::size_t> seen_moves(const PlainModel& model, std::size_t i, std::size_t s);

}  // namespace steelyard::test
