// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Turning gains of different actors into what a measure compares.

#include "measure.hpp"

#include <vector>

namespace steelyard::space {

/// A fraction of two positive integers.
struct Rate {
    BigInt above = 1;
    BigInt below = 1;
};

BigInt lcm(const BigInt& a, const BigInt& b);

/// Sets factors and unit so that a gain counts `rate` times its integer value.
void set_rates(Measure& measure, const std::vector<Rate>& rates);

}  // namespace steelyard::space
