// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Which claims are most worth checking.

#include "report/draws.hpp"
#include "steelyard/report/brief.hpp"
#include "steelyard/report/uncertain_facts.hpp"

#include <vector>

namespace steelyard::report {

/// Claims that the answers lean on, by what settling the numbers that rest on them is worth: first how much likelier it
/// gets that conclusions are called right, then how much narrower the gains at the first table.
std::vector<ReadNext> worth_reading(const Study& study, const Draws& draws, const UncertainFacts& facts,
                                    const std::vector<Answer>& answers);

}  // namespace steelyard::report
