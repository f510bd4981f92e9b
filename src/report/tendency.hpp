// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Which numbers work towards turning a conclusion together with others.

#include "report/draws.hpp"
#include "steelyard/report/uncertain_facts.hpp"

#include <cstddef>
#include <vector>

namespace steelyard::report {

/// Numbers whose mean over the draws in which the conclusion does not hold lies further from that over all draws than
/// chance would put any of them, and that mend the conclusion in some such draw when put back; the furthest first, at most
/// `most`; without those in `known`.  None with fewer than ten
/// draws on either side.
std::vector<Tendency> tendencies(const Study& study, Draws& draws, std::size_t conclusion,
                                 const std::vector<TurningPoint>& known, std::size_t most);

}  // namespace steelyard::report
