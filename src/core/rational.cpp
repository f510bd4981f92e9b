// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/rational.hpp"

#include "steelyard/core/error.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

namespace steelyard {

namespace {

__extension__ using Wide = __int128;

constexpr Wide kMost = std::numeric_limits<std::int64_t>::max();

Wide greatest_common_divisor(Wide a, Wide b) {
    if (a < 0)
        a = -a;
    // Nearly all numbers are short, and division of long ones is slow.
    while (b != 0 && (a > kMost || b > kMost))
        a = std::exchange(b, a % b);
    return b == 0 ? a : std::gcd(static_cast<std::int64_t>(a), static_cast<std::int64_t>(b));
}

/// Reduces; nothing when the reduced fraction does not fit 64 bits.
std::optional<std::pair<std::int64_t, std::int64_t>> reduced(Wide numerator, Wide denominator) {
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    const Wide divisor = greatest_common_divisor(numerator, denominator);
    if (divisor > 1 && numerator <= kMost && numerator >= -kMost && denominator <= kMost) {
        const auto by = static_cast<std::int64_t>(divisor);
        return std::pair{static_cast<std::int64_t>(numerator) / by,
                         static_cast<std::int64_t>(denominator) / by};
    }
    if (divisor > 1) {
        numerator /= divisor;
        denominator /= divisor;
    }
    if (numerator > kMost || numerator < -kMost || denominator > kMost)
        return std::nullopt;
    return std::pair{static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator)};
}

/// Numerator and denominator, reduced.
std::pair<std::int64_t, std::int64_t> fit(Wide numerator, Wide denominator) {
    const auto parts = reduced(numerator, denominator);
    if (!parts)
        throw Error(ErrorKind::limit,
                    "a number needs more than 18 digits to stay exact; round the case's numbers");
    return *parts;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// A decimal as an integer times a power of ten.
struct Decimal {
    std::int64_t mantissa = 0;
    int exponent = 0;
};

std::optional<Decimal> parse_decimal(std::string_view text) {
    Decimal decimal;
    bool negative = false;
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        negative = text.front() == '-';
        text.remove_prefix(1);
    }
    int digits = 0;
    bool any = false;
    bool point = false;
    while (!text.empty() && (is_digit(text.front()) || (text.front() == '.' && !point))) {
        const char c = text.front();
        text.remove_prefix(1);
        if (c == '.') {
            point = true;
            continue;
        }
        any = true;
        if (point)
            --decimal.exponent;
        if (digits == 0 && c == '0')
            continue;
        if (++digits > 18)
            return std::nullopt;
        decimal.mantissa = decimal.mantissa * 10 + (c - '0');
    }
    if (!any)
        return std::nullopt;
    if (!text.empty() && (text.front() == 'e' || text.front() == 'E')) {
        text.remove_prefix(1);
        if (!text.empty() && text.front() == '+')
            text.remove_prefix(1);
        int exponent = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
        if (error != std::errc{} || std::abs(exponent) > 1000)
            return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        decimal.exponent += exponent;
    }
    if (!text.empty())
        return std::nullopt;
    if (negative)
        decimal.mantissa = -decimal.mantissa;
    while (decimal.mantissa != 0 && decimal.mantissa % 10 == 0 && decimal.exponent < 0) {
        decimal.mantissa /= 10;
        ++decimal.exponent;
    }
    if (decimal.mantissa == 0)
        decimal.exponent = 0;
    return decimal;
}

}  // namespace

Rational Rational::fraction(std::int64_t numerator, std::int64_t denominator) {
    if (denominator == 0)
        throw Error(ErrorKind::limit, "a fraction needs a denominator other than 0");
    const auto parts = reduced(numerator, denominator);
    if (!parts)
        throw Error(ErrorKind::limit, "a fraction is outside the 64-bit range");
    Rational value;
    value.numerator_ = parts->first;
    value.denominator_ = parts->second;
    return value;
}

std::optional<Rational> Rational::parse(std::string_view text) {
    if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
        const auto above = parse(text.substr(0, slash));
        const std::string_view below_text = text.substr(slash + 1);
        if (below_text.find('/') != std::string_view::npos)
            return std::nullopt;
        const auto below = parse(below_text);
        if (!above || !below || below->numerator_ == 0)
            return std::nullopt;
        const auto parts = reduced(Wide{above->numerator_} * below->denominator_,
                                   Wide{above->denominator_} * below->numerator_);
        if (!parts)
            return std::nullopt;
        return fraction(parts->first, parts->second);
    }
    const auto decimal = parse_decimal(text);
    if (!decimal)
        return std::nullopt;
    if (decimal->exponent > 18 || decimal->exponent < -18)
        return std::nullopt;
    Wide power = 1;
    for (int i = 0; i < std::abs(decimal->exponent); ++i)
        power *= 10;
    const auto parts = decimal->exponent >= 0 ? reduced(Wide{decimal->mantissa} * power, 1)
                                              : reduced(decimal->mantissa, power);
    if (!parts)
        return std::nullopt;
    return fraction(parts->first, parts->second);
}

Rational Rational::nearest(double value, int digits) {
    std::array<char, 64> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                            std::chars_format::scientific, digits - 1);
    const auto parsed = error == std::errc{} ? parse({buffer.data(), end}) : std::nullopt;
    if (parsed)
        return *parsed;
    // Below 10^-18 a number counts as nothing; above 10^18 it cannot be kept.
    if (std::abs(value) < 1)
        return {};
    throw Error(ErrorKind::limit, "a number is outside the range that stays exact");
}

std::string Rational::text() const {
    std::int64_t rest = denominator_;
    int twos = 0;
    int fives = 0;
    for (; rest % 2 == 0; rest /= 2)
        ++twos;
    for (; rest % 5 == 0; rest /= 5)
        ++fives;
    const int places = std::max(twos, fives);
    if (rest != 1 || places > 18)
        return std::to_string(numerator_) + '/' + std::to_string(denominator_);
    if (places == 0)
        return std::to_string(numerator_);
    Wide scaled = numerator_ < 0 ? -Wide{numerator_} : Wide{numerator_};
    for (int i = 0; i < places; ++i)
        scaled *= 10;
    scaled /= denominator_;
    std::string digits;
    for (int i = 0; scaled > 0 || i <= places; ++i, scaled /= 10) {
        if (i == places)
            digits.insert(digits.begin(), '.');
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(scaled % 10)));
    }
    return numerator_ < 0 ? '-' + digits : digits;
}

Rational& Rational::add(const Rational& other) {
    // A whole number added to a reduced fraction gives a reduced one: nearly all sums are such.
    if (denominator_ == 1 || other.denominator_ == 1) {
        const Wide sum = Wide{numerator_} * other.denominator_ + Wide{other.numerator_} * denominator_;
        if (sum <= kMost && sum >= -kMost) {
            numerator_ = static_cast<std::int64_t>(sum);
            denominator_ *= other.denominator_;
            return *this;
        }
    }
    std::tie(numerator_, denominator_) =
        denominator_ == other.denominator_
            ? fit(Wide{numerator_} + other.numerator_, denominator_)
            : fit(Wide{numerator_} * other.denominator_ + Wide{other.numerator_} * denominator_,
                  Wide{denominator_} * other.denominator_);
    return *this;
}

Rational& Rational::operator*=(const Rational& other) {
    std::tie(numerator_, denominator_) =
        fit(Wide{numerator_} * other.numerator_, Wide{denominator_} * other.denominator_);
    return *this;
}

Rational& Rational::operator/=(const Rational& other) {
    if (other.numerator_ == 0)
        throw Error(ErrorKind::limit, "division by 0");
    std::tie(numerator_, denominator_) =
        fit(Wide{numerator_} * other.denominator_, Wide{denominator_} * other.numerator_);
    return *this;
}

std::strong_ordering Rational::compare(const Rational& other) const {
    return Wide{numerator_} * other.denominator_ <=> Wide{other.numerator_} * denominator_;
}

Rational abs(const Rational& value) {
    return value < Rational{} ? -value : value;
}

}  // namespace steelyard
