// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Feasible deals drawn uniformly at random.

#include "diagram.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace steelyard::space {

class Sampler {
public:
    /// The diagram must be feasible and outlive the sampler.
    explicit Sampler(const Diagram& diagram);

    /// Option numbers by issue.  A pure function of seed and draw.
    [[nodiscard]] std::vector<std::size_t> draw(std::uint64_t seed, std::uint64_t draw) const;
    /// How many deals there are to draw from.
    [[nodiscard]] const BigInt& deals() const { return deals_; }

private:
    const Diagram& diagram_;
    std::vector<std::vector<double>> shares_;  // layer; node x classes + class: cumulated share of the paths
    BigInt deals_;
};

}  // namespace steelyard::space
