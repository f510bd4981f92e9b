// SPDX-License-Identifier: Apache-2.0
#include "measure.hpp"

#include "steelyard/core/error.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace steelyard::linkage {

namespace {

double power(double base, unsigned exponent) {
    double result = 1;
    for (; exponent != 0; exponent >>= 1U) {
        result *= (exponent & 1U) != 0 ? base : 1;
        base *= base;
    }
    return result;
}

}  // namespace

Measure::Measure(Solution solution, const Table& table) : solution_(solution) {
    std::vector<Rational> powers(table.actors.size(), Rational(1));
    for (const auto& [actor, number] : table.power) {
        for (std::size_t p = 0; p < powers.size(); ++p) {
            if (table.actors[p] == actor) {
                powers[p] = std::max(number.best(), Rational(0));
            }
        }
    }
    Rational factor = 1;
    for (const Rational& power : powers) {
        factor *= (power * factor).denominator();
    }
    std::int64_t divisor = 0;
    for (const Rational& power : powers) {
        divisor = std::gcd(divisor, (power * factor).numerator());
    }
    for (const Rational& power : powers) {
        const std::int64_t whole = divisor == 0 ? 0 : (power * factor).numerator() / divisor;
        if (whole > 10000) {
            throw Error(ErrorKind::limit,
                        "the bargaining powers of table '" + table.id +
                            "' need more digits than can be compared exactly; round them to four");
        }
        power_.push_back(static_cast<unsigned>(whole));
    }
    constexpr unsigned most = 18;  // gains have up to 50 bits, a double holds 2^1023
    small_ = std::accumulate(power_.begin(), power_.end(), std::uint64_t{0}) <= most;
}

Measure::Standing Measure::standing(const std::vector<std::int64_t>& gains) const {
    Standing standing;
    if (solution_ == Solution::utilitarian) {
        standing.sum = std::accumulate(gains.begin(), gains.end(), std::int64_t{0});
    } else if (solution_ == Solution::egalitarian) {
        standing.sum = gains.empty() ? 0 : std::ranges::min(gains);
    } else {
        standing.product = small_ ? 1 : 0;
        for (std::size_t p = 0; p < gains.size(); ++p) {
            if (power_[p] == 0 || gains[p] <= 0) {
                standing.sum += gains[p];
                continue;
            }
            ++standing.gaining;
            const auto gain = static_cast<double>(gains[p]);
            if (small_) {
                standing.product *= power(gain, power_[p]);
            } else {
                standing.product += power_[p] * std::log(gain);
            }
        }
    }
    return standing;
}

std::strong_ordering Measure::compare(const std::vector<std::int64_t>& a, const Standing& of_a,
                                      const std::vector<std::int64_t>& b, const Standing& of_b) const {
    switch (solution_) {
        case Solution::utilitarian:
            return of_a.sum <=> of_b.sum;
        case Solution::egalitarian: {
            if (of_a.sum != of_b.sum) {
                return of_a.sum <=> of_b.sum;
            }
            std::vector<std::int64_t> x = a;
            std::vector<std::int64_t> y = b;
            std::ranges::sort(x);
            std::ranges::sort(y);
            return x <=> y;
        }
        case Solution::nash:
            break;
    }
    if (of_a.gaining != of_b.gaining) {
        return of_a.gaining <=> of_b.gaining;
    }
    // Rounded products, or their logarithms, decide all but near ties; those are multiplied out.
    const double difference = of_a.product - of_b.product;
    const double size = std::abs(of_a.product) + std::abs(of_b.product);
    if (std::abs(difference) > 1e-10 * (small_ ? size : 1 + size)) {
        return difference < 0 ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    const auto order = compare_products(a, b);
    return order != std::strong_ordering::equal ? order : of_a.sum <=> of_b.sum;
}

std::strong_ordering Measure::compare_products(const std::vector<std::int64_t>& a,
                                               const std::vector<std::int64_t>& b) const {
    using boost::multiprecision::cpp_int;
    cpp_int product_a = 1;
    cpp_int product_b = 1;
    for (std::size_t p = 0; p < power_.size(); ++p) {
        if (power_[p] > 0 && a[p] != b[p]) {
            product_a *= a[p] > 0 ? boost::multiprecision::pow(cpp_int(a[p]), power_[p]) : cpp_int(1);
            product_b *= b[p] > 0 ? boost::multiprecision::pow(cpp_int(b[p]), power_[p]) : cpp_int(1);
        }
    }
    return product_a < product_b   ? std::strong_ordering::less
           : product_b < product_a ? std::strong_ordering::greater
                                   : std::strong_ordering::equal;
}

}  // namespace steelyard::linkage
