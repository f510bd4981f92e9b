// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The exact smallest and largest points of each actor between a node of the diagram and its two ends.

#include "engine.hpp"

#include <cstddef>
#include <vector>

namespace steelyard::space {

template <class W>
struct Range {
    using Value = typename W::Value;
    std::vector<Value> low, high;  ///< by actor
    bool reached = false;          ///< some path joins the node and the end

    /// Takes in what comes from a neighbour's range by adding `a` and `b`.
    void widen(const Range& from, const std::vector<Value>& a, const std::vector<Value>& b);
};

template <class W>
struct Ranges {
    explicit Ranges(const Engine<W>& engine);

    /// Layer (and one for the end), node: on the way there, and from there on.
    std::vector<std::vector<Range<W>>> before, after;
};

extern template struct Range<Narrow>;
extern template struct Range<Wide>;
extern template struct Range<Big>;
extern template struct Ranges<Narrow>;
extern template struct Ranges<Wide>;
extern template struct Ranges<Big>;

}  // namespace steelyard::space
