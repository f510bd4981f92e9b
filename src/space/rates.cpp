// SPDX-License-Identifier: Apache-2.0
#include "rates.hpp"

namespace steelyard::space {

BigInt lcm(const BigInt& a, const BigInt& b) {
    return a / boost::multiprecision::gcd(a, b) * b;
}

void set_rates(Measure& measure, const std::vector<Rate>& rates) {
    measure.unit = 1;
    for (const Rate& rate : rates)
        measure.unit = lcm(measure.unit, rate.below);
    measure.factor.clear();
    for (const Rate& rate : rates)
        measure.factor.push_back(rate.above * (measure.unit / rate.below));
}

}  // namespace steelyard::space
