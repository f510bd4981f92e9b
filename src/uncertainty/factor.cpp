// SPDX-License-Identifier: Apache-2.0
#include "steelyard/uncertainty/factor.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/model/numbers.hpp"
#include "steelyard/model/validate.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace steelyard::uncertainty {

namespace {

std::int64_t power_of_ten(int decimals) {
    std::int64_t power = 1;
    for (int i = 0; i < decimals; ++i) {
        power *= 10;
    }
    return power;
}

/// So many that the range has 100,000 to a million steps, and no value needs more than 15 digits.
int decimals_for(double low, double high) {
    const double width = high - low;
    const int wanted = width > 0 ? 5 - static_cast<int>(std::floor(std::log10(width))) : 4;
    const double largest = std::max({std::abs(low), std::abs(high), 1.0});
    const int possible = 15 - static_cast<int>(std::ceil(std::log10(largest)));
    return std::clamp(wanted, 0, std::max(0, possible));
}

}  // namespace

double Factor::rounded(double value) const {
    if (is_choice()) {
        return value;
    }
    const auto scale = static_cast<double>(power_of_ten(decimals));
    return std::round(value * scale) / scale;
}

double Factor::chance_beyond(double value) const {
    double low = 0;
    double high = 1;
    const bool above = value > best;
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        const double at = quantile(std::clamp(middle, 1e-15, 1 - 1e-15));
        (above ? at < value : at <= value) ? low = middle : high = middle;
    }
    return above ? 1 - low : low;
}

std::pair<double, double> Factor::range() const {
    auto [low, high] = quantile.range();
    if (bounds.low) {
        low = std::max(low, *bounds.low);
    }
    if (bounds.high) {
        high = std::min(high, *bounds.high);
    }
    return {low, high};
}

Rational exact_value(double value, int decimals) {
    const std::int64_t scale = power_of_ten(decimals);
    return Rational::fraction(std::llround(value * static_cast<double>(scale)), scale);
}

std::vector<Factor> number_factors(const Case& subject, std::span<const std::string> addresses) {
    std::set<std::string, std::less<>> named;
    std::vector<std::string> beginnings;
    std::vector<Problem> problems;
    for (const std::string& address : addresses) {
        if (address.ends_with('*')) {
            std::string beginning = address.substr(0, address.size() - 1);
            bool found = false;
            for_each_number(subject, [&](const std::string& pointer, const Number& number) {
                found = found || (number.uncertain() && pointer.starts_with(beginning));
            });
            if (!found) {
                problems.push_back({Place{{}, 0, 0, "/factors"},
                                    "no uncertain number's address begins so",
                                    address,
                                    {},
                                    {}});
            }
            beginnings.push_back(std::move(beginning));
            continue;
        }
        try {
            named.insert(resolve_number(subject, address));
        } catch (const Error& error) {
            problems.insert(problems.end(), error.problems().begin(), error.problems().end());
        }
    }
    if (!problems.empty()) {
        throw Error(ErrorKind::unknown_name, std::move(problems));
    }
    std::vector<Factor> factors;
    std::vector<std::pair<const Number*, Bounds>> numbers;
    for_each_number(subject, [&](const std::string& pointer, const Number& number) {
        const bool begins = std::ranges::any_of(
            beginnings, [&](const std::string& beginning) { return pointer.starts_with(beginning); });
        const bool wanted = addresses.empty() || begins ? number.uncertain() : named.contains(pointer);
        if (!wanted && !named.contains(pointer)) {
            return;
        }
        Factor factor;
        factor.name = pointer;
        factor.bounds = number_bounds(pointer);
        factor.best = number.best().to_double();
        factor.assumption = number.basis.assumption;
        for (const ClaimId claim : number.basis.because) {
            factor.because.push_back(subject[claim].id);
        }
        numbers.emplace_back(&number, factor.bounds);
        factors.push_back(std::move(factor));
    });
    std::vector<Quantile> all = quantiles(numbers);
    for (std::size_t i = 0; i < factors.size(); ++i) {
        factors[i].quantile = std::move(all[i]);
        const auto [low, high] = factors[i].quantile.range();
        factors[i].decimals = decimals_for(low, high);
    }
    return factors;
}

std::vector<Number*> bound_numbers(Case& subject, std::span<const Factor> factors) {
    std::map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < factors.size(); ++i) {
        places.emplace(factors[i].name, i);
    }
    std::vector<Number*> bound(factors.size(), nullptr);
    for_each_number(subject, [&](const std::string& pointer, Number& number) {
        if (const auto place = places.find(pointer); place != places.end()) {
            bound[place->second] = &number;
        }
    });
    return bound;
}

void require_uncertain(std::span<const Factor> factors) {
    std::vector<Problem> problems;
    for (const Factor& factor : factors) {
        if (!factor.is_choice() && factor.quantile.constant()) {
            problems.push_back({Place{{}, 0, 0, "/factors"},
                                "this number is exact, so there is nothing to draw",
                                factor.name,
                                "a number with a range in the case",
                                {}});
        }
    }
    if (problems.empty() && factors.empty()) {
        problems.push_back({Place{{}, 0, 0, "/factors"},
                            "the case states no range for any number, and no choice of method is asked for",
                            {},
                            "numbers such as 55..85, or several methods in a target (compromise|median:...)",
                            {}});
    }
    if (!problems.empty()) {
        throw Error(ErrorKind::invalid_option, std::move(problems));
    }
}

}  // namespace steelyard::uncertainty
