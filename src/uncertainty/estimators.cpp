// SPDX-License-Identifier: Apache-2.0
#include "steelyard/uncertainty/estimators.hpp"

#include "steelyard/core/random.hpp"
#include "steelyard/uncertainty/design.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace steelyard::uncertainty {

namespace {

constexpr std::uint32_t kBootstrapStream = 0x40000000;
constexpr std::uint32_t kMorrisStream = 0x40000001;

double mean_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// First order and total indices over the rows that `pick` lists, all centred by `mean`.
void indices_of(std::span<const double> a, std::span<const double> b,
                const std::vector<std::vector<double>>& mixed, std::span<const std::uint32_t> pick,
                std::vector<double>& first, std::vector<double>& total) {
    const auto n = static_cast<double>(pick.size());
    double sum = 0;
    double squares = 0;
    for (const std::uint32_t j : pick) {
        sum += a[j] + b[j];
        squares += a[j] * a[j] + b[j] * b[j];
    }
    const double mean = sum / (2 * n);
    const double variance = squares / (2 * n) - mean * mean;
    first.assign(mixed.size(), 0);
    total.assign(mixed.size(), 0);
    if (!(variance > 1e-300)) {
        return;
    }
    for (std::size_t i = 0; i < mixed.size(); ++i) {
        const std::vector<double>& c = mixed[i];
        double one = 0;
        double all = 0;
        for (const std::uint32_t j : pick) {
            const double step = c[j] - a[j];
            one += (b[j] - mean) * step;
            all += step * step;
        }
        first[i] = one / n / variance;
        total[i] = all / (2 * n) / variance;
    }
}

Interval interval(double value, std::vector<double>& samples) {
    if (samples.empty()) {
        return {value, value, value};
    }
    std::ranges::sort(samples);
    const auto at = [&](double p) {
        return samples[static_cast<std::size_t>(std::lround(p * static_cast<double>(samples.size() - 1)))];
    };
    return {value, at(0.025), at(0.975)};
}

/// A fit with its generalised cross-validation error.
struct Fit {
    std::vector<double> values;
    double score = std::numeric_limits<double>::infinity();
};

double score_of(std::span<const double> y, std::span<const double> fitted, std::size_t terms) {
    const auto n = static_cast<double>(y.size());
    const double left = 1 - static_cast<double>(terms) / n;
    double squares = 0;
    for (std::size_t j = 0; j < y.size(); ++j) {
        squares += (y[j] - fitted[j]) * (y[j] - fitted[j]);
    }
    return left > 0 ? squares / n / (left * left) : std::numeric_limits<double>::infinity();
}

void keep_better(Fit& best, std::vector<double> values, std::span<const double> y, std::size_t terms) {
    const double score = score_of(y, values, terms);
    if (score < best.score * (1 - 1e-9)) {
        best = {std::move(values), score};
    }
}

/// Normalised Hermite polynomials of degree 1 ... `degree` at z, appended to `row`.
void append_hermite(double z, int degree, std::vector<double>& row) {
    double before = 1;
    double at = z;
    for (int k = 1; k <= degree; ++k) {
        row.push_back(at);
        const double next = (z * at - std::sqrt(static_cast<double>(k)) * before) / std::sqrt(k + 1.0);
        before = at;
        at = next;
    }
}

/// Least squares on a constant and `columns` terms; nothing when the terms hang together.
std::vector<double> least_squares(const std::vector<double>& terms, std::size_t columns,
                                  std::span<const double> y) {
    const std::size_t n = y.size();
    const std::size_t p = columns + 1;
    std::vector<double> normal(p * p, 0.0);
    std::vector<double> right(p, 0.0);
    std::vector<double> row(p, 1.0);
    for (std::size_t j = 0; j < n; ++j) {
        std::copy_n(terms.begin() + static_cast<std::ptrdiff_t>(j * columns), columns, row.begin() + 1);
        for (std::size_t r = 0; r < p; ++r) {
            right[r] += row[r] * y[j];
            for (std::size_t s = 0; s <= r; ++s) {
                normal[r * p + s] += row[r] * row[s];
            }
        }
    }
    for (double& value : normal) {
        value /= static_cast<double>(n);
    }
    const std::vector<double> lower = cholesky(normal, p);
    if (lower.empty()) {
        return {};
    }
    for (std::size_t r = 0; r < p; ++r) {
        right[r] /= static_cast<double>(n);
        for (std::size_t s = 0; s < r; ++s) {
            right[r] -= lower[r * p + s] * right[s];
        }
        right[r] /= lower[r * p + r];
    }
    for (std::size_t r = p; r-- > 0;) {
        for (std::size_t s = r + 1; s < p; ++s) {
            right[r] -= lower[s * p + r] * right[s];
        }
        right[r] /= lower[r * p + r];
    }
    std::vector<double> fitted(n, right[0]);
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t c = 0; c < columns; ++c) {
            fitted[j] += right[c + 1] * terms[j * columns + c];
        }
    }
    return fitted;
}

/// Means over groups of draws; `group[j]` below `count`.
std::vector<double> group_means(std::span<const std::size_t> group, std::size_t count,
                                std::span<const double> y) {
    std::vector<double> sum(count, 0.0);
    std::vector<double> size(count, 0.0);
    for (std::size_t j = 0; j < y.size(); ++j) {
        sum[group[j]] += y[j];
        size[group[j]] += 1;
    }
    std::vector<double> fitted(y.size());
    for (std::size_t j = 0; j < y.size(); ++j) {
        fitted[j] = sum[group[j]] / size[group[j]];
    }
    return fitted;
}

void try_one_factor(std::span<const double> z, std::span<const double> y, Fit& best) {
    const std::size_t n = y.size();
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t j) { return z[j]; });
    std::vector<std::size_t> group(n, 0);
    std::size_t distinct = 0;
    for (std::size_t k = 0; k < n; ++k) {
        distinct += k > 0 && z[order[k]] != z[order[k - 1]] ? 1U : 0U;
        group[order[k]] = distinct;
    }
    ++distinct;
    if (distinct <= 32) {
        keep_better(best, group_means(group, distinct, y), y, distinct);
        return;
    }
    for (std::size_t parts = 2; parts <= 32 && parts * 8 <= n; parts *= 2) {
        for (std::size_t k = 0; k < n; ++k) {
            group[order[k]] = k * parts / n;
        }
        keep_better(best, group_means(group, parts, y), y, parts);
    }
    for (int degree = 1; degree <= 5; ++degree) {
        std::vector<double> terms;
        for (const double at : z) {
            append_hermite(at, degree, terms);
        }
        const auto columns = static_cast<std::size_t>(degree);
        if (auto fitted = least_squares(terms, columns, y); !fitted.empty()) {
            keep_better(best, std::move(fitted), y, columns + 1);
        }
    }
}

/// The best mean payoff's act, and the information value of choosing by `known` instead.
InformationValue gain(const std::vector<std::vector<double>>& payoffs,
                      const std::vector<std::vector<double>>& known) {
    std::size_t act = 0;
    for (std::size_t d = 1; d < payoffs.size(); ++d) {
        if (mean_of(payoffs[d]) > mean_of(payoffs[act])) {
            act = d;
        }
    }
    const std::size_t n = payoffs.front().size();
    double sum = 0;
    double squares = 0;
    for (std::size_t j = 0; j < n; ++j) {
        double most = known[0][j];
        for (const std::vector<double>& one : known) {
            most = std::max(most, one[j]);
        }
        const double more = most - known[act][j];
        sum += more;
        squares += more * more;
    }
    const auto count = static_cast<double>(n);
    const double mean = sum / count;
    return {mean, std::sqrt(std::max(0.0, squares / count - mean * mean) / count)};
}

}  // namespace

SobolIndices sobol_indices(std::span<const double> a, std::span<const double> b,
                           const std::vector<std::vector<double>>& mixed, int resamples, std::uint64_t seed) {
    SobolIndices result;
    result.factors.resize(mixed.size());
    const std::size_t n = a.size();
    if (n < 2) {
        return result;
    }
    std::vector<double> first;
    std::vector<double> total;
    std::vector<std::uint32_t> rows(n);
    std::iota(rows.begin(), rows.end(), 0U);
    indices_of(a, b, mixed, rows, first, total);
    result.mean = (mean_of(a) + mean_of(b)) / 2;
    for (const std::span<const double> sample : {a, b}) {
        for (const double value : sample) {
            result.variance += (value - result.mean) * (value - result.mean);
        }
    }
    result.variance /= static_cast<double>(2 * n - 1);
    std::vector<std::vector<double>> firsts(mixed.size());
    std::vector<std::vector<double>> totals(mixed.size());
    std::vector<double> one;
    std::vector<double> all;
    for (int r = 0; r < resamples; ++r) {
        RandomStream stream(seed, static_cast<std::uint64_t>(r), kBootstrapStream);
        for (std::uint32_t& row : rows) {
            row = static_cast<std::uint32_t>(stream.below(n));
        }
        indices_of(a, b, mixed, rows, one, all);
        for (std::size_t i = 0; i < mixed.size(); ++i) {
            firsts[i].push_back(one[i]);
            totals[i].push_back(all[i]);
        }
    }
    for (std::size_t i = 0; i < mixed.size(); ++i) {
        result.factors[i] = {interval(first[i], firsts[i]), interval(total[i], totals[i])};
    }
    return result;
}

MorrisPath morris_path(std::uint64_t seed, std::uint64_t number, std::size_t dimensions) {
    RandomStream stream(seed, number, kMorrisStream);
    MorrisPath path;
    std::vector<double> at(dimensions);
    for (double& u : at) {
        u = 0.125 + 0.25 * static_cast<double>(stream.below(4));
    }
    path.order.resize(dimensions);
    std::iota(path.order.begin(), path.order.end(), std::size_t{0});
    for (std::size_t i = dimensions; i > 1; --i) {
        std::swap(path.order[i - 1], path.order[stream.below(i)]);
    }
    path.points.push_back(at);
    for (const std::size_t factor : path.order) {
        at[factor] += at[factor] < 0.5 ? 0.5 : -0.5;
        path.points.push_back(at);
    }
    return path;
}

std::vector<MorrisEffect> morris_effects(const std::vector<MorrisPath>& paths,
                                         const std::vector<std::vector<double>>& values,
                                         std::size_t dimensions) {
    std::vector<std::vector<double>> effects(dimensions);
    for (std::size_t p = 0; p < paths.size(); ++p) {
        for (std::size_t k = 0; k < dimensions; ++k) {
            const std::size_t factor = paths[p].order[k];
            const double step = paths[p].points[k + 1][factor] - paths[p].points[k][factor];
            const double effect = (values[p][k + 1] - values[p][k]) / step;
            if (!std::isnan(effect)) {
                effects[factor].push_back(effect);
            }
        }
    }
    std::vector<MorrisEffect> result(dimensions);
    for (std::size_t i = 0; i < dimensions; ++i) {
        const auto count = static_cast<double>(effects[i].size());
        if (effects[i].empty()) {
            continue;
        }
        result[i].mu = mean_of(effects[i]);
        double squares = 0;
        for (const double effect : effects[i]) {
            result[i].mu_star += std::abs(effect) / count;
            squares += (effect - result[i].mu) * (effect - result[i].mu);
        }
        result[i].sigma = count > 1 ? std::sqrt(squares / (count - 1)) : 0;
    }
    return result;
}

std::vector<double> conditional_mean(const std::vector<std::span<const double>>& z,
                                     std::span<const double> y) {
    Fit best;
    keep_better(best, std::vector<double>(y.size(), mean_of(y)), y, 1);
    if (z.size() == 1) {
        try_one_factor(z.front(), y, best);
        return best.values;
    }
    for (int degree = 1; degree <= 3; ++degree) {
        const std::size_t columns = z.size() * static_cast<std::size_t>(degree);
        if (columns * 4 > y.size()) {
            break;
        }
        std::vector<double> terms;
        for (std::size_t j = 0; j < y.size(); ++j) {
            for (const std::span<const double> factor : z) {
                append_hermite(factor[j], degree, terms);
            }
        }
        if (auto fitted = least_squares(terms, columns, y); !fitted.empty()) {
            keep_better(best, std::move(fitted), y, columns + 1);
        }
    }
    return best.values;
}

InformationValue evpi(const std::vector<std::vector<double>>& payoffs) {
    return gain(payoffs, payoffs);
}

InformationValue evppi(const std::vector<std::vector<double>>& payoffs,
                       const std::vector<std::span<const double>>& z) {
    std::vector<std::vector<double>> known;
    for (const std::vector<double>& payoff : payoffs) {
        known.push_back(conditional_mean(z, payoff));
    }
    return gain(payoffs, known);
}

}  // namespace steelyard::uncertainty
