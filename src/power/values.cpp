// SPDX-License-Identifier: Apache-2.0
#include "values.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace steelyard::power {

namespace {

bool holds(Coalition s, std::size_t i) {
    return (s >> i & 1U) != 0;
}

/// Worths over one denominator.
struct WholeWorth {
    Integer scale = 1;
    std::vector<Integer> worth;

    explicit WholeWorth(const Game& game) {
        for (const Rational& value : game.worth) {
            scale = lcm(scale, Integer(value.denominator()));
        }
        for (const Rational& value : game.worth) {
            worth.push_back(Integer(value.numerator()) * (scale / value.denominator()));
        }
    }
};

/// 1 / (n C(n - 1, k)): the share of orders in which given k others, and no more, come before.
Vector order_shares(std::size_t n) {
    Vector shares;
    for (const Integer& ways : binomials<Integer>(n - 1)) {
        shares.emplace_back(Integer(1), ways * n);
    }
    return shares;
}

/// The payoffs that satisfy some equations: origin + z . directions.
class Payoffs {
public:
    explicit Payoffs(const Game& game) : origin_(game.size(), 0) {
        origin_[0] = to_fraction(game.worth.back());
        for (std::size_t i = 1; i < game.size(); ++i) {
            Vector direction(game.size(), 0);
            direction[0] = -1;
            direction[i] = 1;
            directions_.push_back(std::move(direction));
        }
    }

    [[nodiscard]] std::size_t freedom() const { return directions_.size(); }
    [[nodiscard]] const Vector& origin() const { return origin_; }
    [[nodiscard]] const std::vector<Vector>& directions() const { return directions_; }

    [[nodiscard]] Vector at(const Vector& z, bool with_origin) const {
        Vector x = with_origin ? origin_ : Vector(origin_.size(), 0);
        for (std::size_t k = 0; k < directions_.size(); ++k) {
            for (std::size_t i = 0; i < x.size(); ++i) {
                x[i] += z[k] * directions_[k][i];
            }
        }
        return x;
    }

    static Fraction of(Coalition s, const Vector& x) {
        Fraction sum = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            sum += holds(s, i) ? x[i] : Fraction(0);
        }
        return sum;
    }

    /// Adds the equation x(S) = value, unless it follows from the others.
    void fix(Coalition s, const Fraction& value) {
        Vector slope;
        for (const Vector& direction : directions_) {
            slope.push_back(of(s, direction));
        }
        const auto pivot = std::ranges::find_if(slope, [](const Fraction& x) { return x != 0; });
        if (pivot == slope.end()) {
            return;
        }
        const auto k = static_cast<std::size_t>(pivot - slope.begin());
        const Vector through = directions_[k];
        const auto slide = [&](Vector& v, const Fraction& by) {
            for (std::size_t i = 0; i < v.size(); ++i) {
                v[i] += by * through[i];
            }
        };
        slide(origin_, (value - of(s, origin_)) / slope[k]);
        for (std::size_t j = 0; j < directions_.size(); ++j) {
            if (j != k) {
                slide(directions_[j], -slope[j] / slope[k]);
            }
        }
        directions_.erase(directions_.begin() + static_cast<std::ptrdiff_t>(k));
    }

    /// For each coalition: whether the equations leave its payoff open.
    [[nodiscard]] std::vector<bool> open() const {
        std::vector<bool> result(std::size_t{1} << origin_.size(), false);
        for (const Vector& direction : directions_) {
            const std::vector<Integer> sums = coalition_sums(direction).second;
            for (std::size_t s = 0; s < sums.size(); ++s) {
                result[s] = result[s] || sums[s] != 0;
            }
        }
        return result;
    }

    /// x(S) of every coalition over one denominator.
    static std::pair<Integer, std::vector<Integer>> coalition_sums(const Vector& x) {
        Integer scale = 1;
        for (const Fraction& value : x) {
            scale = lcm(scale, Integer(denominator(value)));
        }
        std::vector<Integer> sums(std::size_t{1} << x.size(), 0);
        for (std::size_t s = 1; s < sums.size(); ++s) {
            const auto i = static_cast<std::size_t>(std::countr_zero(s));
            sums[s] = sums[s & (s - 1)] + numerator(x[i]) * (scale / denominator(x[i]));
        }
        return {scale, std::move(sums)};
    }

private:
    Vector origin_;
    std::vector<Vector> directions_;
};

/// x(S) - t >= v(S) for open coalitions, where t is the last unknown; and x_i >= v(i), where asked.
class CoalitionRows {
public:
    CoalitionRows(const Game& game, const WholeWorth& whole, const Payoffs& payoffs, bool with_level,
                  bool individual)
        : game_(game),
          whole_(whole),
          payoffs_(payoffs),
          with_level_(with_level),
          individual_(individual),
          open_(payoffs.open()) {
        open_.front() = open_.back() = false;
    }

    std::optional<Row> operator()(const Vector& z, const RowSearch& search) const {
        const bool bounds = !search.without_bounds;
        const Vector x = payoffs_.at(z, bounds);
        const auto [scale, sums] = Payoffs::coalition_sums(x);
        const Fraction level = with_level_ ? z.back() : Fraction(0);
        // x(S) - v(S) - t < 0, times every denominator.
        const Integer x_factor = whole_.scale * denominator(level);
        const Integer v_factor = bounds ? Integer(scale * denominator(level)) : Integer(0);
        const Integer shift = numerator(level) * scale * whole_.scale;
        std::optional<Coalition> worst;
        Integer worst_gap = 0;
        for (Coalition s = 1; s < sums.size(); ++s) {
            if (!open_[s]) {
                continue;
            }
            const Integer gap = sums[s] * x_factor - whole_.worth[s] * v_factor - shift;
            if (gap < worst_gap) {
                worst_gap = gap;
                worst = s;
                if (search.first) {
                    break;
                }
            }
        }
        if (worst) {
            return row(*worst, with_level_ ? -1 : 0, *worst);
        }
        for (std::size_t i = 0; individual_ && i < game_.size(); ++i) {
            const Coalition alone = Coalition{1} << i;
            if (open_[alone] && x[i] < (bounds ? to_fraction(game_.worth[alone]) : Fraction(0))) {
                return row(alone, 0, game_.worth.size() + i);
            }
        }
        return std::nullopt;
    }

private:
    [[nodiscard]] Row row(Coalition s, int level, std::uint64_t name) const {
        Row result{{}, to_fraction(game_.worth[s]) - Payoffs::of(s, payoffs_.origin()), name};
        for (const Vector& direction : payoffs_.directions()) {
            result.coefficients.push_back(Payoffs::of(s, direction));
        }
        if (with_level_) {
            result.coefficients.emplace_back(level);
        }
        return result;
    }

    const Game& game_;
    const WholeWorth& whole_;
    const Payoffs& payoffs_;
    bool with_level_;
    bool individual_;
    std::vector<bool> open_;
};

Vector level_objective(const Payoffs& payoffs) {
    Vector objective(payoffs.freedom() + 1, 0);
    objective.back() = 1;
    return objective;
}

}  // namespace

Vector shapley_value(const Game& game) {
    const std::size_t n = game.size();
    const WholeWorth whole(game);
    const Vector shares = order_shares(n);
    // sums[i][k]: what i adds to the coalitions of k others, summed.
    std::vector<std::vector<Integer>> sums(n, std::vector<Integer>(n, 0));
    for (Coalition s = 0; s < whole.worth.size(); ++s) {
        const auto others = static_cast<std::size_t>(std::popcount(s));
        for (std::size_t i = 0; i < n; ++i) {
            if (!holds(s, i)) {
                sums[i][others] += whole.worth[s | Coalition{1} << i] - whole.worth[s];
            }
        }
    }
    Vector value(n, 0);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < n; ++k) {
            value[i] += Fraction(sums[i][k]) * shares[k] / Fraction(whole.scale);
        }
    }
    return value;
}

Vector owen_value(const Game& game, const std::vector<Coalition>& unions) {
    const Vector among = order_shares(unions.size());
    Vector value(game.size(), 0);
    for (std::size_t u = 0; u < unions.size(); ++u) {
        const Vector inside = order_shares(static_cast<std::size_t>(std::popcount(unions[u])));
        for (std::size_t sets = 0; sets < std::size_t{1} << unions.size(); ++sets) {
            if (holds(sets, u)) {
                continue;
            }
            Coalition before = 0;
            for (std::size_t w = 0; w < unions.size(); ++w) {
                before |= holds(sets, w) ? unions[w] : 0;
            }
            const Fraction& share = among[static_cast<std::size_t>(std::popcount(sets))];
            for (Coalition part = unions[u];; part = (part - 1) & unions[u]) {
                for (std::size_t i = 0; i < game.size(); ++i) {
                    if (holds(unions[u], i) && !holds(part, i)) {
                        const Rational adds =
                            game.worth[before | part | Coalition{1} << i] - game.worth[before | part];
                        value[i] +=
                            share * inside[static_cast<std::size_t>(std::popcount(part))] * to_fraction(adds);
                    }
                }
                if (part == 0) {
                    break;
                }
            }
        }
    }
    return value;
}

std::optional<Fraction> least_core(const Game& game, const Context& context) {
    const Payoffs payoffs(game);
    if (payoffs.freedom() == 0) {
        return std::nullopt;
    }
    const WholeWorth whole(game);
    const CoalitionRows rows(game, whole, payoffs, true, false);
    return -maximise(level_objective(payoffs), rows, context).value;
}

std::vector<std::pair<Fraction, Fraction>> core_ranges(const Game& game, const Context& context) {
    const Payoffs payoffs(game);
    std::vector<std::pair<Fraction, Fraction>> ranges;
    if (payoffs.freedom() == 0) {
        ranges.emplace_back(payoffs.origin()[0], payoffs.origin()[0]);
        return ranges;
    }
    const WholeWorth whole(game);
    const CoalitionRows rows(game, whole, payoffs, false, false);
    for (std::size_t i = 0; i < game.size(); ++i) {
        Vector up;
        Vector down;
        for (const Vector& direction : payoffs.directions()) {
            up.push_back(direction[i]);
            down.push_back(-direction[i]);
        }
        const Fraction& base = payoffs.origin()[i];
        ranges.emplace_back(base - maximise(down, rows, context).value,
                            base + maximise(up, rows, context).value);
    }
    return ranges;
}

Nucleolus nucleolus(const Game& game, const Context& context) {
    const WholeWorth whole(game);
    Rational alone;
    for (std::size_t i = 0; i < game.size(); ++i) {
        alone += game.worth[Coalition{1} << i];
    }
    Nucleolus result{{}, {}, alone <= game.worth.back()};
    Payoffs payoffs(game);
    while (payoffs.freedom() > 0) {
        const CoalitionRows rows(game, whole, payoffs, true, result.individual);
        const Optimum optimum = maximise(level_objective(payoffs), rows, context);
        result.levels.push_back(-optimum.value);
        for (const std::uint64_t name : optimum.binding) {
            if (name < game.worth.size()) {
                payoffs.fix(name, to_fraction(game.worth[name]) + optimum.value);
            } else {
                const Coalition one = Coalition{1} << (name - game.worth.size());
                payoffs.fix(one, to_fraction(game.worth[one]));
            }
        }
    }
    result.payoff = payoffs.origin();
    return result;
}

}  // namespace steelyard::power
