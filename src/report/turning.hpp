// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Where single numbers turn a conclusion.

#include "report/draws.hpp"
#include "steelyard/report/uncertain_facts.hpp"

#include <functional>
#include <string>
#include <vector>

namespace steelyard::report {

/// Every number that turns it alone within its stated range, the likeliest first.
std::vector<TurningPoint> turning_points(const Study& study, Draws& draws, const Conclusion& conclusion);

/// `falls below 40`, `rises to 52.5`: the way from `now` to where the conclusion turns, in as few digits as tell the two
/// apart.  `turned(v)`: whether it has turned at v; `at` is the nearest value known to.  A way shorter than `least` is told
/// as `rises at all`.
std::string crossing_words(double now, double at, const std::function<bool(double)>& turned,
                           double least = 0);

}  // namespace steelyard::report
