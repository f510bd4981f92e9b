// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Exact numbers of any size, and how they become those of a result.

#include "steelyard/core/rational.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <vector>

namespace steelyard::power {

// Without expression templates: plain values compile quicker, and the analyser can follow them.
using Integer =
    boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>, boost::multiprecision::et_off>;
using Fraction =
    boost::multiprecision::number<boost::multiprecision::cpp_rational_backend, boost::multiprecision::et_off>;

inline Fraction to_fraction(const Rational& value) {
    return Fraction(Integer(value.numerator()), Integer(value.denominator()));
}

/// The same number where it fits 64 bits, otherwise rounded: to 18 decimals up to 9, to 12 digits beyond.
/// Throws `Error` (limit) for numbers beyond 64 bits.
Rational to_rational(const Fraction& value);

/// Row n of Pascal's triangle.
template <class Count>
std::vector<Count> binomials(std::size_t n) {
    std::vector<Count> row(n + 1, Count(1));
    for (std::size_t k = 1; k < n; ++k) {
        for (std::size_t j = k; j > 0; --j) {
            row[j] += row[j - 1];
        }
    }
    return row;
}

}  // namespace steelyard::power
