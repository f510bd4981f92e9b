// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "steelyard/linkage/play.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace steelyard::linkage {

/// Compares vectors of gains (whole numbers in one unit) as a bargaining solution does; exact.
class Measure {
public:
    /// Throws `Error` (limit) when bargaining powers need more than about four digits.
    Measure(Solution solution, const Table& table);

    /// What a vector of gains is worth at a first glance; near ties need the gains themselves.
    struct Standing {
        std::size_t gaining = 0;  ///< Nash: actors with power that gain
        double product = 0;       ///< Nash: of their gains, each raised to its power; or its logarithm
        std::int64_t sum = 0;  ///< Nash: of the other gains; utilitarian: of all; egalitarian: the smallest
    };
    [[nodiscard]] Standing standing(const std::vector<std::int64_t>& gains) const;

    /// Greater means better.  Nash: first the number of actors with power that gain, then the product of
    /// their gains raised to their power, then the sum of the other gains (Caragiannis et al. 2019, section
    /// 2).  Egalitarian: the gains in rising order, one after the other.
    [[nodiscard]] std::strong_ordering compare(const std::vector<std::int64_t>& a, const Standing& of_a,
                                               const std::vector<std::int64_t>& b,
                                               const Standing& of_b) const;

private:
    [[nodiscard]] std::strong_ordering compare_products(const std::vector<std::int64_t>& a,
                                                        const std::vector<std::int64_t>& b) const;
    Solution solution_;
    std::vector<unsigned> power_;
    bool small_ = false;  ///< the products of gains stay far from overflow
};

}  // namespace steelyard::linkage
