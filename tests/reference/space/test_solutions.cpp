// SPDX-License-Identifier: Apache-2.0
#include "reference/space/enumeration.hpp"
#include "reference/space/random_case.hpp"
#include "steelyard/space/solutions.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace steelyard::test {

namespace {

using Fraction =
    boost::multiprecision::number<boost::multiprecision::cpp_rational_backend, boost::multiprecision::et_off>;
using space::Concept;

Fraction fraction(const Rational& value) {
    return Fraction(value.numerator()) / Fraction(value.denominator());
}

Fraction power(const Fraction& base, std::int64_t exponent) {
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

private:
    bool normalised_;
    std::vector<Rational> power_;
    std::vector<Fraction> ideal_;
};

void agrees_with_definitions(const Case& subject, bool normalised) {
    const Enumeration all(subject, "");
    const Definitions definitions(all, normalised);
    space::SolutionsOptions options;
    options.normalised = normalised;
    const space::SolutionsResult result = space::solutions(subject, options, {});
    RC_ASSERT(result.decided);
    RC_ASSERT(result.acceptable_exists == (all.acceptable > 0));
    if (all.acceptable == 0) {
        RC_ASSERT(result.solutions.empty());
        return;
    }
    const auto frontier = plain_frontier(all, [](const Scored&) { return true; });
    RC_ASSERT(result.solutions.size() == choices_of(Concept{}).size());
    for (const space::Solution& solution : result.solutions) {
        const Scored* best = nullptr;
        std::vector<Fraction> best_key;
        std::size_t ties = 0;
        for (const Scored& scored : all.feasible) {
            if (!scored.acceptable)
                continue;
            const auto key = definitions.key(solution.concept_name, scored);
            if (best == nullptr || best_key < key) {
                best = &scored;
                best_key = key;
                ties = 0;
            }
            ties += static_cast<std::size_t>(key == best_key);
        }
        RC_LOG() << "concept " << static_cast<int>(solution.concept_name) << "\n";
        RC_ASSERT(solution.proven);
        RC_ASSERT(solution.ties_exact);
        RC_ASSERT(solution.ties == std::to_string(ties));
        RC_ASSERT(solution.deal == name_deal(subject, best->deal));
        RC_ASSERT(solution.efficient.has_value());
        RC_ASSERT(*solution.efficient == frontier.contains(best->points));
    }
}

}  // namespace

RC_GTEST_PROP(SolutionsReference, FollowTheDefinitions, (bool normalised)) {
    for (int repeat = 0; repeat < 20; ++repeat) {
        const Case subject = random_case();
        RC_LOG() << to_text(subject);
        agrees_with_definitions(subject, normalised);
    }
}

}  // namespace steelyard::test
