// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What an answer may depend on: numbers of the case and choices of method.

#include "steelyard/model/case.hpp"
#include "steelyard/uncertainty/distribution.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::uncertainty {

/// One number of a case, or one choice of method.
struct Factor {
    std::string name;                  ///< JSON Pointer of the number; `method a|b` for a choice
    std::vector<std::string> choices;  ///< of a method: the value counts them from 0; empty for a number
    Quantile quantile;
    Bounds bounds;            ///< that the number must keep to
    double best = 0;          ///< the one number for analyses that take one
    int decimals = 0;         ///< values are rounded to so many: at least 100,000 steps over the range
    bool assumption = false;  ///< rests on the author's assumption
    std::vector<std::string> because;  ///< ids of the claims it rests on

    [[nodiscard]] bool is_choice() const { return !choices.empty(); }
    /// The value below which the factor lies with probability `u`, rounded.
    [[nodiscard]] double at(double u) const { return rounded(quantile(u)); }
    [[nodiscard]] double rounded(double value) const;
    /// How likely the factor lies at `value` or beyond it, seen from its best.
    [[nodiscard]] double chance_beyond(double value) const;
    /// Smallest and largest value that the case thinks possible.
    [[nodiscard]] std::pair<double, double> range() const;
};

/// `value` with so many decimals, exactly.
Rational exact_value(double value, int decimals);

/// The uncertain numbers of a case, in its order; those at the addresses (`resolve_number`, or the beginning of JSON
/// Pointers with a star: `/preferences/port/*`) where any are given, exact ones too if they are named in full.
/// Throws `Error` (unknown_name) with every address that leads nowhere.
std::vector<Factor> number_factors(const Case& subject, std::span<const std::string> addresses);

/// The numbers of a case that the factors stand for, to be set; nothing for choices.
std::vector<Number*> bound_numbers(Case& subject, std::span<const Factor> factors);

/// Which of them are uncertain at all; throws `Error` (invalid_option) naming those that are not.
void require_uncertain(std::span<const Factor> factors);

}  // namespace steelyard::uncertainty
