// SPDX-License-Identifier: Apache-2.0
#include "exact.hpp"

#include <cstdint>
#include <limits>

namespace steelyard::power {

Rational to_rational(const Fraction& value) {
    const Integer up = boost::multiprecision::numerator(value);
    const Integer down = boost::multiprecision::denominator(value);
    const Integer most = std::numeric_limits<std::int64_t>::max();
    if (abs(up) <= most && down <= most) {
        return Rational::fraction(up.convert_to<std::int64_t>(), down.convert_to<std::int64_t>());
    }
    constexpr std::int64_t kFine = 1'000'000'000'000'000'000;
    const Integer parts = boost::multiprecision::numerator(value * Fraction(kFine)) /
                          boost::multiprecision::denominator(value * Fraction(kFine));
    if (abs(parts) <= most) {
        return Rational::fraction(parts.convert_to<std::int64_t>(), kFine);
    }
    return Rational::nearest(value.convert_to<double>());
}

}  // namespace steelyard::power
