// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The three widths in which the engine computes, and the choice among them.
///
/// Every search is written once, as a template over a width.  A problem says which width its points need;
/// a count that outgrows its width throws `CountOverflow`, and the search starts again one width up.

#include <boost/multiprecision/cpp_int.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace steelyard::space {

/// Integers of any size, without expression templates (plain values compile quicker and read better).
using BigInt =
    boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>, boost::multiprecision::et_off>;

__extension__ using Int128 = __int128;
__extension__ using Uint128 = unsigned __int128;

/// A count passed the range of its type; the caller repeats the work with the next width.
struct CountOverflow {};

struct Narrow {
    using Value = std::int64_t;
    using Count = std::uint64_t;
};
struct Wide {
    using Value = Int128;
    using Count = Uint128;
};
struct Big {
    using Value = BigInt;
    using Count = BigInt;
};

enum class Width { narrow, wide, big };

template <class Count>
Count added(const Count& a, const Count& b) {
    if constexpr (std::is_same_v<Count, BigInt>) {
        return a + b;
    } else {
        Count sum{};
        if (__builtin_add_overflow(a, b, &sum))
            throw CountOverflow{};
        return sum;
    }
}

template <class Count>
Count multiplied(const Count& a, const Count& b) {
    if constexpr (std::is_same_v<Count, BigInt>) {
        return a * b;
    } else {
        Count product{};
        if (__builtin_mul_overflow(a, b, &product))
            throw CountOverflow{};
        return product;
    }
}

template <class T>
BigInt to_big(const T& value) {
    return BigInt(value);
}

template <class T>
T from_big(const BigInt& value) {
    if constexpr (std::is_same_v<T, BigInt>) {
        return value;
    } else {
        return static_cast<T>(value);
    }
}

/// The nearest double (for bounds and estimates, never for decisions that must be exact).
template <class T>
double to_double(const T& value) {
    if constexpr (std::is_same_v<T, BigInt>) {
        return value.template convert_to<double>();
    } else {
        return static_cast<double>(value);
    }
}

/// Calls `work` with the narrowest width that holds the problem's points; on a count that overflows, with
/// wider ones.  `work` is a generic callable `work(Narrow{})`.
template <class F>
decltype(auto) at_width(Width width, F&& work) {
    if (width == Width::narrow) {
        try {
            return work(Narrow{});
        } catch (const CountOverflow&) {
            width = Width::wide;
        }
    }
    if (width == Width::wide) {
        try {
            return work(Wide{});
        } catch (const CountOverflow&) {
            width = Width::big;
        }
    }
    return work(Big{});
}

}  // namespace steelyard::space
