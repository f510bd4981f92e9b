// SPDX-License-Identifier: Apache-2.0
#pragma once
/// A number of a case: as typed, as a distribution, and what it rests on.

#include "steelyard/core/id.hpp"
#include "steelyard/core/rational.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace steelyard {

using ClaimId = Id<struct ClaimTag>;

/// What a number, rule, bundle or event rests on.
struct Basis {
    std::vector<ClaimId> because;  ///< claims that support it
    bool assumption = false;       ///< the case author's own assumption (it may still lean on claims)
    std::string why;               ///< in the author's words

    friend bool operator==(const Basis&, const Basis&) = default;
};

/// `70`
struct Exact {
    Rational value;
    friend bool operator==(const Exact&, const Exact&) = default;
};
/// `55..85`: every value between equally likely.
struct Uniform {
    Rational low, high;
    friend bool operator==(const Uniform&, const Uniform&) = default;
};
/// `{low, best, high, confidence}`: a three-point estimate; the expert is `confidence` sure that the truth
/// lies inside. Drawn as PERT after scaling to full range: L' = best - (best - low) / c, U' = best + (high -
/// best) / c (Hemming et al. 2018, IDEA protocol).
struct Elicited {
    Rational low, best, high;
    Rational confidence = 1;
    friend bool operator==(const Elicited&, const Elicited&) = default;
};
/// `{normal: [mean, deviation]}`
struct Normal {
    Rational mean, deviation;
    friend bool operator==(const Normal&, const Normal&) = default;
};
/// `{triangular: [low, mode, high]}`
struct Triangular {
    Rational low, mode, high;
    friend bool operator==(const Triangular&, const Triangular&) = default;
};
/// `{beta: [alpha, beta, low, high]}`
struct Beta {
    Rational alpha, beta, low = 0, high = 1;
    friend bool operator==(const Beta&, const Beta&) = default;
};
/// `{lognormal: [mu, sigma]}`: exp of a normal with that mean and deviation.
struct Lognormal {
    Rational mu, sigma;
    friend bool operator==(const Lognormal&, const Lognormal&) = default;
};
/// `{discrete: [[value, probability], ...]}`: probabilities sum to 1.
struct Discrete {
    std::vector<std::pair<Rational, Rational>> values;
    friend bool operator==(const Discrete&, const Discrete&) = default;
};
/// `{value, spread}`: PERT on [value - spread, value + spread].
struct Spread {
    Rational value, spread;
    friend bool operator==(const Spread&, const Spread&) = default;
};

using Distribution =
    std::variant<Exact, Uniform, Elicited, Normal, Triangular, Beta, Lognormal, Discrete, Spread>;

/// A number where a case has one.
struct Number {
    Distribution distribution = Exact{};
    Basis basis;
    /// The spread and the basis come from a `basis` entry of the preferences, not from the number's own
    /// place.
    bool inherited = false;

    Number() = default;
    Number(Rational value)
        : distribution(Exact{value}) {}  // NOLINT(google-explicit-constructor): 70 is a number
    Number(std::int64_t value)
        : Number(Rational(value)) {}  // NOLINT(google-explicit-constructor): so is this
    explicit Number(Distribution d) : distribution(std::move(d)) {}

    /// The one number for analyses that take one: the exact value, the stated best or value, the mode of a
    /// triangular, otherwise the mean (a lognormal's to 12 digits).
    [[nodiscard]] Rational best() const;

    /// Whether it is anything but exact.
    [[nodiscard]] bool uncertain() const { return !std::holds_alternative<Exact>(distribution); }

    /// Lowest and highest value it can take; for normal and lognormal the 0.1 % and 99.9 % quantiles.
    [[nodiscard]] std::pair<double, double> range() const;

    friend bool operator==(const Number&, const Number&) = default;
};

/// Reads the short forms `70`, `-3.5`, `1/3` and `55..85`.  Nothing for other text.
std::optional<Number> parse_number(std::string_view text);

/// What is wrong with a number's parameters, in words (`low is above best`); empty when nothing is.
std::string defect(const Number& number);

}  // namespace steelyard
