// SPDX-License-Identifier: Apache-2.0
#include "measure.hpp"

#include <boost/multiprecision/cpp_bin_float.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace steelyard::space {

namespace {

using Float = boost::multiprecision::cpp_bin_float_100;

std::strong_ordering order(const BigInt& a, const BigInt& b) {
    return a < b   ? std::strong_ordering::less
           : b < a ? std::strong_ordering::greater
                   : std::strong_ordering::equal;
}

/// The natural logarithm of a positive integer of any size.
double log_of(const BigInt& value) {
    const auto bits = boost::multiprecision::msb(value);
    if (bits < 1000)
        return std::log(to_double(value));
    const auto shift = static_cast<unsigned>(bits - 60);
    return std::log(to_double(BigInt(value >> shift))) + static_cast<double>(shift) * std::numbers::ln2;
}

}  // namespace

double Measure::rate(std::size_t p) const {
    return (Float(factor[p]) / Float(unit)).convert_to<double>();
}

std::strong_ordering Measure::compare(const Gains& a, const Gains& b) const {
    const std::size_t n = factor.size();
    switch (kind) {
        case Kind::single:
            if (a[actor] != b[actor])
                return order(a[actor], b[actor]);
            [[fallthrough]];
        case Kind::sum: {
            BigInt sum = 0;
            for (std::size_t p = 0; p < n; ++p)
                sum += (a[p] - b[p]) * factor[p];
            return order(sum, 0);
        }
        case Kind::product:
            return compare_products(a, b);
        case Kind::least: {
            std::optional<BigInt> least_a;
            std::optional<BigInt> least_b;
            for (std::size_t p = 0; p < n; ++p) {
                if (counts[p] == 0)
                    continue;
                const BigInt x = comparable(a, p);
                const BigInt y = comparable(b, p);
                least_a = least_a ? std::min(*least_a, x) : x;
                least_b = least_b ? std::min(*least_b, y) : y;
            }
            return least_a ? order(*least_a, *least_b) : std::strong_ordering::equal;
        }
        case Kind::leximin:
            break;
    }
    const auto sorted = [&](const Gains& gains, bool counting) {
        std::vector<BigInt> values;
        for (std::size_t p = 0; p < n; ++p) {
            if ((counts[p] != 0) == counting)
                values.push_back(comparable(gains, p));
        }
        std::ranges::sort(values);
        return values;
    };
    for (const bool counting : {true, false}) {
        const auto x = sorted(a, counting);
        const auto y = sorted(b, counting);
        for (std::size_t k = 0; k < x.size(); ++k) {
            if (const auto each = order(x[k], y[k]); each != std::strong_ordering::equal)
                return each;
        }
    }
    return std::strong_ordering::equal;
}

std::strong_ordering Measure::compare_products(const Gains& a, const Gains& b) const {
    struct Product {
        std::int64_t gainers = 0;
        std::int64_t power = 0;
        double log = 0;
        BigInt rest = 0;
    };
    const std::size_t n = factor.size();
    const auto multiply = [&](const Gains& gains) {
        Product product;
        for (std::size_t p = 0; p < n; ++p) {
            if (exponent[p] > 0 && gains[p] > 0) {
                ++product.gainers;
                product.power += exponent[p];
                product.log +=
                    static_cast<double>(exponent[p]) * (log_of(comparable(gains, p)) - log_of(unit));
            } else {
                product.rest += comparable(gains, p);
            }
        }
        return product;
    };
    const Product x = multiply(a);
    const Product y = multiply(b);
    if (x.gainers != y.gainers)
        return x.gainers <=> y.gainers;
    const double margin = 1e-9 * (1 + std::abs(x.log) + std::abs(y.log));
    if (std::abs(x.log - y.log) > margin)
        return x.log < y.log ? std::strong_ordering::less : std::strong_ordering::greater;
    // Close: exact powers where they stay within reach, otherwise logarithms to 100 digits.
    constexpr std::int64_t most_power = 2000;
    auto result = std::strong_ordering::equal;
    if (x.power <= most_power && y.power <= most_power) {
        const auto exact = [&](const Gains& gains, std::int64_t other_power) {
            BigInt product = boost::multiprecision::pow(unit, static_cast<unsigned>(other_power));
            for (std::size_t p = 0; p < n; ++p) {
                if (exponent[p] > 0 && gains[p] > 0)
                    product *=
                        boost::multiprecision::pow(comparable(gains, p), static_cast<unsigned>(exponent[p]));
            }
            return product;
        };
        result = order(exact(a, y.power), exact(b, x.power));
    } else {
        const auto logarithm = [&](const Gains& gains) {
            Float sum = 0;
            for (std::size_t p = 0; p < n; ++p) {
                if (exponent[p] > 0 && gains[p] > 0)
                    sum += Float(exponent[p]) * log(Float(comparable(gains, p)) / Float(unit));
            }
            return sum;
        };
        const Float difference = logarithm(a) - logarithm(b);
        if (abs(difference) > Float("1e-70"))
            result = difference < 0 ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    return result == std::strong_ordering::equal ? order(x.rest, y.rest) : result;
}

std::size_t Measure::gainers(const Gains& gains) const {
    std::size_t count = 0;
    for (std::size_t p = 0; p < gains.size(); ++p)
        count += static_cast<std::size_t>(exponent[p] > 0 && gains[p] > 0);
    return count;
}

double Measure::value(const Gains& gains) const {
    const std::size_t n = factor.size();
    const auto of = [&](std::size_t p) { return to_double(gains[p]) * rate(p); };
    double value = 0;
    bool any = false;
    switch (kind) {
        case Kind::single:
            return of(actor);
        case Kind::sum:
            for (std::size_t p = 0; p < n; ++p)
                value += of(p);
            return value;
        case Kind::product:
            value = 1;
            for (std::size_t p = 0; p < n; ++p) {
                if (exponent[p] > 0 && gains[p] > 0) {
                    value *= std::pow(of(p), static_cast<double>(exponent[p]) / exponent_unit);
                    any = true;
                }
            }
            return any ? value : 0;
        case Kind::least:
        case Kind::leximin:
            for (std::size_t p = 0; p < n; ++p) {
                if (counts[p] == 0)
                    continue;
                value = any ? std::min(value, of(p)) : of(p);
                any = true;
            }
            return value;
    }
    return value;
}

std::vector<std::pair<std::size_t, BigInt>> floors_of_least(const Measure& measure, const Gains& gains) {
    std::optional<BigInt> least;
    for (std::size_t p = 0; p < gains.size(); ++p) {
        if (measure.counts[p] == 0)
            continue;
        const BigInt mine = measure.comparable(gains, p);
        least = least ? std::min(*least, mine) : mine;
    }
    std::vector<std::pair<std::size_t, BigInt>> floors;
    for (std::size_t p = 0; p < gains.size(); ++p) {
        if (measure.counts[p] == 0)
            continue;
        BigInt floor = *least / measure.factor[p];  // rounds towards zero
        if (floor * measure.factor[p] < *least)
            ++floor;
        floors.emplace_back(p, floor);
    }
    return floors;
}

}  // namespace steelyard::space
