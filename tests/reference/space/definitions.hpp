// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The bargaining solutions' definitions, written down once more in exact fractions.

#include "reference/space/enumeration.hpp"
#include "steelyard/space/solutions.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace steelyard::test {

using Fraction =
    boost::multiprecision::number<boost::multiprecision::cpp_rational_backend, boost::multiprecision::et_off>;
using space::Concept;

inline Fraction fraction(const Rational& value) {
    return Fraction(value.numerator()) / Fraction(value.denominator());
}

inline Fraction power(const Fraction& base, std::int64_t exponent) {
    Fraction result = 1;
    for (std::int64_t k = 0; k < exponent; ++k)
        result *= base;
    return result;
}

/// The definitions, written down once more: a key per deal; the largest key wins (compared part by part).
class Definitions {
public:
    Definitions(const Enumeration& all, bool normalised) : normalised_(normalised) {
        const std::size_t n = all.table.actors.size();
        for (std::size_t p = 0; p < n; ++p) {
            Rational share(1);
            for (const auto& [actor, number] : all.table.power) {
                if (actor == all.table.actors[p])
                    share = number.best();
            }
            power_.push_back(share);
        }
        for (const Scored& scored : all.feasible) {
            if (!scored.acceptable)
                continue;
            for (std::size_t p = 0; p < n; ++p) {
                const Fraction gain = fraction(scored.gains[p]);
                if (ideal_.size() < n) {
                    ideal_.push_back(gain);
                } else {
                    ideal_[p] = std::max(ideal_[p], gain);
                }
            }
        }
    }

    std::vector<Fraction> key(Concept concept_name, const Scored& scored) const {
        const std::size_t n = scored.gains.size();
        const bool share = normalised_ || concept_name == Concept::kalai_smorodinsky;
        std::vector<Fraction> counting;
        std::vector<Fraction> others;
        std::vector<Fraction> gains;
        for (std::size_t p = 0; p < n; ++p) {
            Fraction gain = fraction(scored.gains[p]);
            const bool counts = !share || ideal_[p] > 0;
            if (share && counts)
                gain /= ideal_[p];
            gains.push_back(gain);
            if (concept_name == Concept::proportional)
                gain /= fraction(power_[p]);
            (counts ? counting : others).push_back(gain);
        }
        std::ranges::sort(counting);
        std::ranges::sort(others);
        switch (concept_name) {
            case Concept::utilitarian: {
                Fraction sum = 0;
                for (const Fraction& gain : gains)
                    sum += gain;
                return {sum};
            }
            case Concept::nash:
            case Concept::weighted_nash: {
                Fraction gainers = 0;
                Fraction product = 1;
                Fraction rest = 0;
                for (std::size_t p = 0; p < n; ++p) {
                    if (gains[p] > 0) {
                        gainers += 1;
                        // Powers of the random cases have denominators 1 to 3.
                        const Rational exponent = concept_name == Concept::nash ? Rational(1) : power_[p] * 6;
                        product *= power(gains[p], exponent.numerator());
                    } else {
                        rest += gains[p];
                    }
                }
                return {gainers, product, rest};
            }
            case Concept::leximin:
                counting.insert(counting.end(), others.begin(), others.end());
                return counting;
            case Concept::kalai_smorodinsky:
            case Concept::egalitarian:
            case Concept::proportional:
                break;
        }
        return counting.empty() ? std::vector<Fraction>{} : std::vector<Fraction>{counting.front()};
    }

    /// The number that the analysis shows for a key.
    double value(Concept concept_name, const std::vector<Fraction>& key) const {
        if (key.empty())
            return 0;
        if (concept_name != Concept::nash && concept_name != Concept::weighted_nash)
            return key[0].convert_to<double>();
        if (key[0] == 0)
            return 0;
        Rational sum;
        for (const Rational& one : power_)
            sum = sum + one;
        const double exponent = concept_name == Concept::nash ? 1 : 6 * sum.to_double();
        return std::pow(key[1].convert_to<double>(), 1 / exponent);
    }

private:
    bool normalised_;
    std::vector<Rational> power_;
    std::vector<Fraction> ideal_;
};

}  // namespace steelyard::test
