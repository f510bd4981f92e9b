// SPDX-License-Identifier: Apache-2.0
#include "steelyard/model/number.hpp"

#include <cmath>
#include <type_traits>

namespace steelyard {

namespace {

/// The 99.9 % quantile of the standard normal distribution.
constexpr double kThousandth = 3.090232306167813;

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};

}  // namespace

Rational Number::best() const {
    return std::visit(
        Overloaded{
            [](const Exact& d) { return d.value; },
            [](const Uniform& d) { return (d.low + d.high) / 2; },
            [](const Elicited& d) { return d.best; },
            [](const Normal& d) { return d.mean; },
            [](const Triangular& d) { return d.mode; },
            [](const Beta& d) { return d.low + (d.high - d.low) * d.alpha / (d.alpha + d.beta); },
            [](const Lognormal& d) {
                const double sigma = d.sigma.to_double();
                return Rational::nearest(std::exp(d.mu.to_double() + sigma * sigma / 2));
            },
            [](const Discrete& d) {
                Rational mean;
                for (const auto& [value, probability] : d.values) {
                    mean += value * probability;
                }
                return mean;
            },
            [](const Spread& d) { return d.value; },
        },
        distribution);
}

std::pair<double, double> Number::range() const {
    using Range = std::pair<double, double>;
    const auto between = [](const Rational& low, const Rational& high) {
        return Range{low.to_double(), high.to_double()};
    };
    return std::visit(
        Overloaded{
            [&](const Exact& d) { return between(d.value, d.value); },
            [&](const Uniform& d) { return between(d.low, d.high); },
            [](const Elicited& d) {
                const double best = d.best.to_double();
                const double confidence = d.confidence.to_double();
                return Range{best - (best - d.low.to_double()) / confidence,
                             best + (d.high.to_double() - best) / confidence};
            },
            [](const Normal& d) {
                const double reach = kThousandth * d.deviation.to_double();
                return Range{d.mean.to_double() - reach, d.mean.to_double() + reach};
            },
            [&](const Triangular& d) { return between(d.low, d.high); },
            [&](const Beta& d) { return between(d.low, d.high); },
            [](const Lognormal& d) {
                const double reach = kThousandth * d.sigma.to_double();
                return Range{std::exp(d.mu.to_double() - reach), std::exp(d.mu.to_double() + reach)};
            },
            [](const Discrete& d) {
                Range range{d.values.front().first.to_double(), d.values.front().first.to_double()};
                for (const auto& [value, probability] : d.values) {
                    range.first = std::min(range.first, value.to_double());
                    range.second = std::max(range.second, value.to_double());
                }
                return range;
            },
            [&](const Spread& d) { return between(d.value - d.spread, d.value + d.spread); },
        },
        distribution);
}

std::optional<Number> parse_number(std::string_view text) {
    if (const std::size_t dots = text.find(".."); dots != std::string_view::npos) {
        // `1...2` would read as 1 to .2: more likely a slip than meant.
        if (text.substr(dots + 2).starts_with('.')) {
            return std::nullopt;
        }
        const auto low = Rational::parse(text.substr(0, dots));
        const auto high = Rational::parse(text.substr(dots + 2));
        if (!low || !high) {
            return std::nullopt;
        }
        return Number(Distribution(Uniform{*low, *high}));
    }
    const auto exact = Rational::parse(text);
    if (!exact) {
        return std::nullopt;
    }
    return Number(*exact);
}

std::string defect(const Number& number) {
    const Rational zero;
    return std::visit(
        Overloaded{
            [](const Exact&) { return std::string(); },
            [](const Uniform& d) {
                return d.low > d.high ? std::string("the low end is above the high end") : std::string();
            },
            [&](const Elicited& d) -> std::string {
                if (d.low > d.best) {
                    return "low is above best";
                }
                if (d.best > d.high) {
                    return "best is above high";
                }
                if (d.confidence <= zero || d.confidence > Rational(1)) {
                    return "confidence must be above 0 and at most 1";
                }
                return {};
            },
            [&](const Normal& d) {
                return d.deviation < zero ? std::string("the deviation is negative") : std::string();
            },
            [](const Triangular& d) {
                return d.low > d.mode || d.mode > d.high
                           ? std::string("the three numbers must rise: low, mode, high")
                           : std::string();
            },
            [&](const Beta& d) -> std::string {
                if (d.alpha <= zero || d.beta <= zero) {
                    return "alpha and beta must be above 0";
                }
                return d.low > d.high ? "the low end is above the high end" : "";
            },
            [&](const Lognormal& d) -> std::string {
                if (d.sigma < zero) {
                    return "sigma is negative";
                }
                // exp of more than 40 leaves the range in which numbers stay exact.
                return d.mu.to_double() + d.sigma.to_double() * kThousandth > 40 ||
                               std::abs(d.mu.to_double()) > 40 || d.sigma > Rational(8)
                           ? "mu and sigma reach beyond what can be kept"
                           : "";
            },
            [&](const Discrete& d) -> std::string {
                if (d.values.empty()) {
                    return "a discrete number needs at least one value";
                }
                Rational sum;
                for (const auto& [value, probability] : d.values) {
                    if (probability < zero) {
                        return "a probability is negative";
                    }
                    sum += probability;
                }
                return sum == Rational(1) ? "" : "the probabilities sum to " + sum.text() + ", not 1";
            },
            [&](const Spread& d) {
                return d.spread < zero ? std::string("the spread is negative") : std::string();
            },
        },
        number.distribution);
}

}  // namespace steelyard
