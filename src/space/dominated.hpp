// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What is better than a given deal for somebody and worse for nobody.

#include "engine.hpp"
#include "setup.hpp"
#include "steelyard/core/context.hpp"

#include <vector>

namespace steelyard::space {

/// The undominated rows that are nowhere below `row`: `row` itself alone when nothing dominates it.
template <class W>
Passed<W> rows_above(const Engine<W>& engine, const Bounds& bounds, const std::vector<typename W::Value>& row,
                     const Context& context);

extern template Passed<Narrow> rows_above(const Engine<Narrow>&, const Bounds&,
                                          const std::vector<Narrow::Value>&, const Context&);
extern template Passed<Wide> rows_above(const Engine<Wide>&, const Bounds&, const std::vector<Wide::Value>&,
                                        const Context&);
extern template Passed<Big> rows_above(const Engine<Big>&, const Bounds&, const std::vector<Big::Value>&,
                                       const Context&);

}  // namespace steelyard::space
