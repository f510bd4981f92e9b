// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What makes one vector of gains better than another: the yardsticks of the bargaining solutions.
///
/// Gains are whole numbers, each in its actor's own unit; `factor[p] / unit` turns them into what the concept
/// compares (points, shares of the best gain, points per power).  Comparisons are exact.

#include "arithmetic.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace steelyard::space {

using Gains = std::vector<BigInt>;

struct Measure {
    enum class Kind {
        sum,      ///< of all gains
        single,   ///< the gain of actor `actor`, then the sum of all gains
        product,  ///< of the positive gains, see `compare`
        least,    ///< the smallest gain of the actors that count
        leximin   ///< all gains in rising order, compared one after the other
    };
    Kind kind = Kind::sum;
    std::size_t actor = 0;
    std::vector<BigInt> factor;  ///< positive
    BigInt unit = 1;             ///< positive
    std::vector<char> counts;    ///< least and leximin: whose gains count (the others come last)
    std::vector<std::int64_t>
        exponent;              ///< product: bargaining power as whole numbers; 0: not in the product
    double exponent_unit = 1;  ///< product: power 1 as an exponent

    /// Whether raising any actor's gain makes a vector better, so that every best vector is efficient.
    [[nodiscard]] bool strict() const { return kind != Kind::least; }

    /// Greater means better.
    ///
    /// For `product`: first the number of actors in the product whose gain is positive, then the product of
    /// those gains (raised to their power), then the sum of all other gains.  Where all can gain, this is
    /// Nash's product; where some cannot, the rule of Caragiannis et al. (2019), "The unreasonable fairness
    /// of maximum Nash welfare", ACM TEAC 7(3), sect. 2.
    [[nodiscard]] std::strong_ordering compare(const Gains& a, const Gains& b) const;

    /// The number that is compared, for display: sum, gain, product (0 when nobody gains) or least gain.
    [[nodiscard]] double value(const Gains& gains) const;

    /// How many actors in the product gain.
    [[nodiscard]] std::size_t gainers(const Gains& gains) const;
    /// One actor's gain in comparable units.
    [[nodiscard]] BigInt comparable(const Gains& gains, std::size_t p) const { return gains[p] * factor[p]; }
    [[nodiscard]] double rate(std::size_t p) const;

private:
    [[nodiscard]] std::strong_ordering compare_products(const Gains& a, const Gains& b) const;
};

/// The smallest gains that give every actor that counts at least what the worst-off has in `gains`; for
/// actors that do not count, nothing is asked.  For `least`.
std::vector<std::pair<std::size_t, BigInt>> floors_of_least(const Measure& measure, const Gains& gains);

}  // namespace steelyard::space
