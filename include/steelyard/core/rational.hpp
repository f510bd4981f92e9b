// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Exact numbers.  A score typed as 0.1 is one tenth, and ties are decided exactly.

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace steelyard {

/// A reduced fraction of two 64-bit integers, denominator positive.
///
/// Arithmetic is exact; a result that does not fit throws `Error` of kind `limit`.  It is for what people
/// type and read: the deal-space engine scales to integers of whatever width it needs.
class Rational {
public:
    constexpr Rational() = default;
    constexpr Rational(std::int64_t value)
        : numerator_(value) {}  // NOLINT(google-explicit-constructor): 70 is a number

    /// `numerator / denominator`, reduced.  The denominator must not be 0.
    static Rational fraction(std::int64_t numerator, std::int64_t denominator);

    /// Reads a decimal (`-3.5`, `70`, `1e3`) or a fraction (`1/3`); nothing else may stand before or behind
    /// it. Returns nothing for other text (a decimal comma, a unit, `nan`, `inf`) and for more than 18
    /// significant digits or an exponent that leaves the 64-bit range.
    static std::optional<Rational> parse(std::string_view text);

    /// The closest fraction with at most `digits` significant decimal digits.  Not for NaN or infinities.
    static Rational nearest(double value, int digits = 12);

    [[nodiscard]] constexpr std::int64_t numerator() const { return numerator_; }
    [[nodiscard]] constexpr std::int64_t denominator() const { return denominator_; }
    [[nodiscard]] constexpr double to_double() const {
        return static_cast<double>(numerator_) / static_cast<double>(denominator_);
    }

    /// A plain decimal where the value has a finite one (`0.1`), otherwise a fraction (`1/3`).  `parse` reads
    /// it back.
    [[nodiscard]] std::string text() const;

    // Nearly all numbers of a case are whole: their sums and comparisons are done where they are called.
    Rational& operator+=(const Rational& other) {
        std::int64_t sum = 0;
        if (denominator_ != 1 || other.denominator_ != 1 ||
            __builtin_add_overflow(numerator_, other.numerator_, &sum) || sum < -kMost)
            return add(other);
        numerator_ = sum;
        return *this;
    }
    Rational& operator-=(const Rational& other) { return *this += -other; }
    Rational& operator*=(const Rational& other);
    Rational& operator/=(const Rational& other);
    friend Rational operator+(Rational a, const Rational& b) { return a += b; }
    friend Rational operator-(Rational a, const Rational& b) { return a -= b; }
    friend Rational operator*(Rational a, const Rational& b) { return a *= b; }
    friend Rational operator/(Rational a, const Rational& b) { return a /= b; }
    friend constexpr Rational operator-(Rational a) {
        a.numerator_ = -a.numerator_;
        return a;
    }

    friend constexpr bool operator==(const Rational&, const Rational&) = default;
    friend std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
        return a.denominator_ == b.denominator_ ? a.numerator_ <=> b.numerator_ : a.compare(b);
    }

private:
    /// The largest magnitude of what reading and arithmetic give: every such number has a negative.
    static constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

    Rational& add(const Rational& other);
    [[nodiscard]] std::strong_ordering compare(const Rational& other) const;

    std::int64_t numerator_ = 0;
    std::int64_t denominator_ = 1;
};

/// |value|.
Rational abs(const Rational& value);

}  // namespace steelyard
