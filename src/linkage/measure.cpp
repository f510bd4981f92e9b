// SPDX-License-Identifier: Apache-2.0
#include "measure.hpp"

#include "steelyard/core/error.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace steelyard::linkage {

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
}

std::strong_ordering Measure::compare(const std::vector<std::int64_t>& a,
                                      const std::vector<std::int64_t>& b) const {
    switch (solution_) {
        case Solution::utilitarian:
            return std::accumulate(a.begin(), a.end(), std::int64_t{0}) <=>
                   std::accumulate(b.begin(), b.end(), std::int64_t{0});
        case Solution::egalitarian: {
            std::vector<std::int64_t> x = a;
            std::vector<std::int64_t> y = b;
            std::ranges::sort(x);
            std::ranges::sort(y);
            return x <=> y;
        }
        case Solution::nash:
            break;
    }
    return compare_products(a, b);
}

std::strong_ordering Measure::compare_products(const std::vector<std::int64_t>& a,
                                               const std::vector<std::int64_t>& b) const {
    std::size_t gaining_a = 0;
    std::size_t gaining_b = 0;
    double log_a = 0;
    double log_b = 0;
    std::int64_t rest_a = 0;
    std::int64_t rest_b = 0;
    const auto count = [&](std::int64_t gain, unsigned power, std::size_t& gaining, double& log,
                           std::int64_t& rest) {
        if (power > 0 && gain > 0) {
            ++gaining;
            log += power * std::log(static_cast<double>(gain));
        } else {
            rest += gain;
        }
    };
    for (std::size_t p = 0; p < power_.size(); ++p) {
        count(a[p], power_[p], gaining_a, log_a, rest_a);
        count(b[p], power_[p], gaining_b, log_b, rest_b);
    }
    if (gaining_a != gaining_b) {
        return gaining_a <=> gaining_b;
    }
    // Logarithms decide all but near ties; those are multiplied out.
    if (std::abs(log_a - log_b) > 1e-10 * (1 + std::abs(log_a) + std::abs(log_b))) {
        return log_a < log_b ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    using boost::multiprecision::cpp_int;
    cpp_int product_a = 1;
    cpp_int product_b = 1;
    for (std::size_t p = 0; p < power_.size(); ++p) {
        if (power_[p] > 0 && a[p] != b[p]) {
            product_a *= a[p] > 0 ? boost::multiprecision::pow(cpp_int(a[p]), power_[p]) : cpp_int(1);
            product_b *= b[p] > 0 ? boost::multiprecision::pow(cpp_int(b[p]), power_[p]) : cpp_int(1);
        }
    }
    if (product_a != product_b) {
        return product_a < product_b ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    return rest_a <=> rest_b;
}

}  // namespace steelyard::linkage
