// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Products and sums of typed numbers, exact at any width.

#include "steelyard/core/error.hpp"
#include "steelyard/core/rational.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <cstdint>
#include <limits>
#include <optional>

namespace steelyard::format {

// Without expression templates: plain values compile quicker, and the analyser can follow them.
using WideRational =
    boost::multiprecision::number<boost::multiprecision::cpp_rational_backend, boost::multiprecision::et_off>;
using Integer =
    boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>, boost::multiprecision::et_off>;

inline WideRational exact(const Rational& value) {
    return {Integer(value.numerator()), Integer(value.denominator())};
}

/// The same value in 64 bits, if it fits.
inline std::optional<Rational> narrow(const WideRational& value) {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    const Integer above = numerator(value);
    const Integer below = denominator(value);
    if (abs(above) > kMost || below > kMost)
        return std::nullopt;
    return Rational::fraction(static_cast<std::int64_t>(above), static_cast<std::int64_t>(below));
}

/// The nearest multiple of 1 / `grid`, halves away from 0.
inline WideRational round_to(const WideRational& value, const Integer& grid) {
    const Integer twice = 2 * grid * abs(numerator(value)) + denominator(value);
    const Integer steps = twice / (2 * denominator(value));
    return {value < 0 ? Integer(-steps) : steps, grid};
}

/// The value in 64 bits; rounded to as many decimals as fit, up to 17, where it does not fit exactly.
/// Throws `Error` (limit) from 9e18 on.
inline Rational fitted(const WideRational& value, bool& rounded) {
    if (const auto same = narrow(value))
        return *same;
    rounded = true;
    for (Integer grid = boost::multiprecision::pow(Integer(10), 17); grid > 0; grid /= 10) {
        if (const auto close = narrow(round_to(value, grid)))
            return *close;
    }
    throw Error(ErrorKind::limit, "a product of the file's numbers is too large");
}

}  // namespace steelyard::format
