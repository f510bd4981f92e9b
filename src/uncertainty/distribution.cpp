// SPDX-License-Identifier: Apache-2.0
#include "steelyard/uncertainty/distribution.hpp"

#include "steelyard/core/normal.hpp"

#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <map>

namespace steelyard::uncertainty {

namespace {

using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

double beta_quantile(double alpha, double beta, double u) {
    return boost::math::ibeta_inv(alpha, beta, u, Policy());
}

/// How fast the quantile rises at `u`: one over the density there.
double beta_slope(double alpha, double beta, double quantile) {
    const double density = boost::math::ibeta_derivative(alpha, beta, quantile, Policy());
    return density > 0 ? 1 / density : 0;
}

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};

/// PERT on [low, high] with this mode: the shape of its beta distribution.
std::pair<double, double> pert_shape(double low, double mode, double high) {
    return {1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)};
}

}  // namespace

BetaTable::BetaTable(double alpha, double beta)
    : alpha_(alpha),
      beta_(beta),
      low_(pieces(alpha, beta)),
      high_(pieces(beta, alpha)) {}  // NOLINT(readability-suspicious-call-argument): mirrored

/// Hermite pieces: they meet the exact quantile and its slope at both ends.
std::vector<BetaTable::Piece> BetaTable::pieces(double alpha, double beta) {
    std::vector<Piece> all(std::size_t{kHalvings} * kPieces);
    for (int halving = 0; halving < kHalvings; ++halving) {
        const double width = std::ldexp(1.0, -halving - 2) / kPieces;
        double at = beta_quantile(alpha, beta, width * kPieces);
        double slope = beta_slope(alpha, beta, at) * width;
        for (int piece = 0; piece < kPieces; ++piece) {
            const double next = beta_quantile(alpha, beta, width * (kPieces + piece + 1));
            const double next_slope = beta_slope(alpha, beta, next) * width;
            const double rise = next - at;
            all[static_cast<std::size_t>(halving) * kPieces + static_cast<std::size_t>(piece)] = {
                at, slope, 3 * rise - 2 * slope - next_slope, slope + next_slope - 2 * rise};
            at = next;
            slope = next_slope;
        }
    }
    return all;
}

double BetaTable::read(const std::vector<Piece>& pieces, double u, double alpha, double beta) {
    const auto bits = std::bit_cast<std::uint64_t>(u);
    const auto halving = 1021 - static_cast<std::int64_t>(bits >> 52);  // 0 for u in [1/4, 1/2)
    if (halving >= kHalvings) {
        return beta_quantile(alpha, beta, u);
    }
    if (halving < 0) {
        const Piece& last = pieces[kPieces - 1];  // u is one half
        return last[0] + last[1] + last[2] + last[3];
    }
    const std::uint64_t mantissa = bits & 0x000fffffffffffff;
    const Piece& p = pieces[static_cast<std::size_t>(halving) * kPieces + (mantissa >> 48)];
    const double x = static_cast<double>(mantissa & 0x0000ffffffffffff) * 0x1p-48;
    return p[0] + x * (p[1] + x * (p[2] + x * p[3]));
}

double BetaTable::operator()(double u) const {
    return u <= 0.5 ? read(low_, u, alpha_, beta_) : 1 - read(high_, 1 - u, beta_, alpha_);
}

double Quantile::operator()(double u) const {
    u = from_ + (upto_ - from_) * u;
    switch (form_) {
        case Form::constant:
            return a_;
        case Form::uniform:
            return a_ + (b_ - a_) * u;
        case Form::table:
            return a_ + (b_ - a_) * (*table_)(u);
        case Form::beta:
            return a_ + (b_ - a_) * beta_quantile(c_, d_, u);
        case Form::normal:
            return a_ + b_ * normal_quantile(u);
        case Form::lognormal:
            return std::exp(a_ + b_ * normal_quantile(u));
        case Form::triangular:
            return u * (b_ - a_) < c_ - a_ ? a_ + std::sqrt(u * (b_ - a_) * (c_ - a_))
                                           : b_ - std::sqrt((1 - u) * (b_ - a_) * (b_ - c_));
        case Form::discrete:
            break;
    }
    for (const auto& [sum, value] : steps_) {
        if (u < sum) {
            return value;
        }
    }
    return steps_.back().second;
}

std::pair<double, double> Quantile::range() const {
    constexpr double thousandth = 0.001;
    switch (form_) {
        case Form::normal:
        case Form::lognormal:
            return {(*this)(from_ > 0 ? 1e-12 : thousandth), (*this)(upto_ < 1 ? 1 - 1e-12 : 1 - thousandth)};
        case Form::discrete: {
            const auto [low, high] = std::ranges::minmax(steps_, {}, &std::pair<double, double>::second);
            return {low.second, high.second};
        }
        default:
            break;
    }
    if (from_ > 0 || upto_ < 1) {
        return {(*this)(0x1p-53), (*this)(1 - 0x1p-53)};
    }
    return {a_, b_};
}

std::vector<Quantile> quantiles(std::span<const std::pair<const Number*, Bounds>> numbers) {
    std::map<std::pair<double, double>, std::shared_ptr<const BetaTable>> tables;
    std::vector<Quantile> all;
    for (const auto& [number, bounds] : numbers) {
        Quantile q;
        const double lowest = bounds.low.value_or(-INFINITY);
        const double highest = bounds.high.value_or(INFINITY);
        const auto constant = [&](double value) { q.a_ = q.b_ = std::clamp(value, lowest, highest); };
        const auto beta = [&](double alpha, double other, double low, double high) {
            q.form_ = Quantile::Form::beta;
            q.a_ = low;
            q.b_ = high;
            q.c_ = alpha;
            q.d_ = other;
            if (alpha >= 1 && other >= 1) {
                q.form_ = Quantile::Form::table;
                auto& table = tables[{alpha, other}];
                if (table == nullptr) {
                    table = std::make_shared<const BetaTable>(alpha, other);
                }
                q.table_ = table;
            }
        };
        const auto pert = [&](double low, double mode, double high) {
            low = std::clamp(low, lowest, mode);
            high = std::clamp(high, mode, highest);
            if (!(low < high)) {
                constant(mode);
                return;
            }
            const auto [alpha, beta_] = pert_shape(low, mode, high);
            beta(alpha, beta_, low, high);
        };
        const auto cut = [&](double below, double upto) {
            q.from_ = below;
            q.upto_ = upto;
        };
        std::visit(Overloaded{
                       [&](const Exact& d) { constant(d.value.to_double()); },
                       [&](const Uniform& d) {
                           q.form_ = Quantile::Form::uniform;
                           q.a_ = std::clamp(d.low.to_double(), lowest, highest);
                           q.b_ = std::clamp(d.high.to_double(), lowest, highest);
                       },
                       [&](const Elicited& d) {
                           const double best = d.best.to_double();
                           const double confidence = d.confidence.to_double();
                           pert(best - (best - d.low.to_double()) / confidence, best,
                                best + (d.high.to_double() - best) / confidence);
                       },
                       [&](const Spread& d) {
                           pert((d.value - d.spread).to_double(), d.value.to_double(),
                                (d.value + d.spread).to_double());
                       },
                       [&](const Normal& d) {
                           const double mean = d.mean.to_double();
                           const double deviation = d.deviation.to_double();
                           if (!(deviation > 0)) {
                               constant(mean);
                               return;
                           }
                           q.form_ = Quantile::Form::normal;
                           q.a_ = mean;
                           q.b_ = deviation;
                           cut(normal_probability((lowest - mean) / deviation),
                               normal_probability((highest - mean) / deviation));
                       },
                       [&](const Lognormal& d) {
                           const double mu = d.mu.to_double();
                           const double sigma = d.sigma.to_double();
                           if (!(sigma > 0)) {
                               constant(std::exp(mu));
                               return;
                           }
                           q.form_ = Quantile::Form::lognormal;
                           q.a_ = mu;
                           q.b_ = sigma;
                           cut(lowest > 0 ? normal_probability((std::log(lowest) - mu) / sigma) : 0,
                               normal_probability((std::log(highest) - mu) / sigma));
                       },
                       [&](const Triangular& d) {
                           if (d.low == d.high) {
                               constant(d.low.to_double());
                               return;
                           }
                           q.form_ = Quantile::Form::triangular;
                           q.a_ = d.low.to_double();
                           q.c_ = d.mode.to_double();
                           q.b_ = d.high.to_double();
                       },
                       [&](const Beta& d) {
                           if (d.low == d.high) {
                               constant(d.low.to_double());
                               return;
                           }
                           beta(d.alpha.to_double(), d.beta.to_double(), d.low.to_double(),
                                d.high.to_double());
                       },
                       [&](const Discrete& d) {
                           q.form_ = Quantile::Form::discrete;
                           Rational sum;
                           for (const auto& [value, probability] : d.values) {
                               sum += probability;
                               q.steps_.emplace_back(sum.to_double(), value.to_double());
                           }
                       },
                   },
                   number->distribution);
        if (q.form_ != Quantile::Form::constant && q.form_ != Quantile::Form::discrete &&
            q.form_ != Quantile::Form::normal && q.form_ != Quantile::Form::lognormal && q.a_ == q.b_) {
            constant(q.a_);
            q.form_ = Quantile::Form::constant;
        }
        all.push_back(std::move(q));
    }
    return all;
}

}  // namespace steelyard::uncertainty
