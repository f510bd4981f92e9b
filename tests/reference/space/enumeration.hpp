// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The slow plain way: every deal, one after the other, in exact fractions.  Knows nothing of the engine.

#include "steelyard/model/scores.hpp"
#include "steelyard/model/tables.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string_view>
#include <vector>

namespace steelyard::test {

/// One feasible deal.
struct Scored {
    Deal deal;
    std::vector<Rational> points;  ///< of the table's actors, in table order
    std::vector<Rational> gains;
    bool acceptable = false;
};

struct Enumeration {
    Enumeration(const Case& subject, std::string_view table_id);

    Table table;
    std::size_t deals = 0;  ///< one option for every open issue
    std::size_t acceptable = 0;
    std::vector<Scored> feasible;  ///< in case order
};

/// Whether `a` is nowhere below `b` and somewhere above.
bool dominates(const std::vector<Rational>& a, const std::vector<Rational>& b);

/// One point of the frontier.
struct PlainPoint {
    Deal first;
    std::size_t deals = 0;
};

/// The frontier of those deals that `competes` admits, by points.
std::map<std::vector<Rational>, PlainPoint> plain_frontier(
    const Enumeration& all, const std::function<bool(const Scored&)>& competes);

}  // namespace steelyard::test
