// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What is better than a given deal for somebody and worse for nobody.

#include "engine.hpp"
#include "setup.hpp"
#include "steelyard/core/context.hpp"

#include <vector>

namespace steelyard::space {

/// What rows nowhere below `row` meet.
template <class W>
std::vector<Requirement> requirements_above(const Bounds& bounds, const std::vector<typename W::Value>& row);

/// The undominated rows that are nowhere below `row`: `row` itself alone when nothing dominates it.
template <class W>
Passed<W> rows_above(const Engine<W>& engine, const Bounds& bounds, const std::vector<typename W::Value>& row,
                     const Context& context);

struct Nearest {
    std::vector<Deal> deals;
    bool proven = true;  ///< no dominating deal changes fewer issues, and none is missing
};

/// The deals that dominate `deal` (whose row is `row`) and change the fewest issues, in case order among equals; of
/// those with the same number of changes only the undominated.  At most `most`.  With an outline they are looked for
/// among some deals unless all that dominate are few enough; none when the search is cut short.
template <class W>
Nearest nearest_dominating(const Setup& setup, const Deal& deal, const std::vector<typename W::Value>& row,
                           std::size_t most, const Context& context);

/// An exact row in the numbers of a width.
template <class W>
std::vector<typename W::Value> typed_row(const std::vector<BigInt>& row) {
    std::vector<typename W::Value> values;
    for (const BigInt& value : row)
        values.push_back(from_big<typename W::Value>(value));
    return values;
}

extern template std::vector<Requirement> requirements_above<Narrow>(const Bounds&,
                                                                    const std::vector<Narrow::Value>&);
extern template std::vector<Requirement> requirements_above<Wide>(const Bounds&,
                                                                  const std::vector<Wide::Value>&);
extern template std::vector<Requirement> requirements_above<Big>(const Bounds&,
                                                                 const std::vector<Big::Value>&);
extern template Passed<Narrow> rows_above(const Engine<Narrow>&, const Bounds&,
                                          const std::vector<Narrow::Value>&, const Context&);
extern template Passed<Wide> rows_above(const Engine<Wide>&, const Bounds&, const std::vector<Wide::Value>&,
                                        const Context&);
extern template Passed<Big> rows_above(const Engine<Big>&, const Bounds&, const std::vector<Big::Value>&,
                                       const Context&);

extern template Nearest nearest_dominating<Narrow>(const Setup&, const Deal&,
                                                   const std::vector<Narrow::Value>&, std::size_t,
                                                   const Context&);
extern template Nearest nearest_dominating<Wide>(const Setup&, const Deal&, const std::vector<Wide::Value>&,
                                                 std::size_t, const Context&);
extern template Nearest nearest_dominating<Big>(const Setup&, const Deal&, const std::vector<Big::Value>&,
                                                std::size_t, const Context&);
}  // namespace steelyard::space
