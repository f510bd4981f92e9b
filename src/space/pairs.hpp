// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Which sums of a left and a right row meet a demand: how many, and the first in case order.

#include "front.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace steelyard::space {

template <class W>
struct Demand;

template <class W>
class Pairs {
public:
    using Value = typename W::Value;
    using Count = typename W::Count;

    Pairs(std::size_t actors, std::size_t words) : actors_(actors), words_(words) {}

    /// Adds the pairs of two lists.  Thresholds that must all be reached: O(n log^(actors-1) n).  Other
    /// demands: every pair is tried; false, and nothing added, when there are more than 3 x 10^8.
    bool add(const Front<W>& left, const Front<W>& right, const Demand<W>& demand);

    [[nodiscard]] const Count& count() const { return count_; }
    /// The key of the first pair; empty when there is none.
    [[nodiscard]] const std::vector<std::uint64_t>& first() const { return first_; }

private:
    void add_counted(const Front<W>& left, const Front<W>& right, const Demand<W>& demand);
    void add_tried(const Front<W>& left, const Front<W>& right, const Demand<W>& demand);
    void offer(const std::uint64_t* left, const std::uint64_t* right);

    std::size_t actors_;
    std::size_t words_;
    Count count_ = 0;
    std::vector<std::uint64_t> first_;
};

extern template class Pairs<Narrow>;
extern template class Pairs<Wide>;
extern template class Pairs<Big>;

}  // namespace steelyard::space
