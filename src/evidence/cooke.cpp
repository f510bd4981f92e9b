// SPDX-License-Identifier: Apache-2.0
#include "steelyard/evidence/cooke.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace steelyard::evidence {

namespace {

constexpr std::array kBins{0.05, 0.45, 0.45, 0.05};
constexpr std::array kCumulative{0.0, 0.05, 0.5, 0.95, 1.0};
constexpr double kOvershoot = 0.1;

/// One minus the chi-square distribution with three degrees of freedom.
double chi_square_tail(double x) {
    return std::erfc(std::sqrt(x / 2)) + std::sqrt(2 * x / std::numbers::pi) * std::exp(-x / 2);
}

/// The borders of the four bins.
std::array<double, 5> borders(const Quantiles& answer, const IntrinsicRange& range) {
    return {range.low, answer[0], answer[1], answer[2], range.high};
}

/// The share of an expert's density below x.
double share_below(const std::array<double, 5>& edges, double x) {
    for (std::size_t bin = 0; bin < kBins.size(); ++bin) {
        if (x <= edges[bin + 1]) {
            const double width = edges[bin + 1] - edges[bin];
            const double part = width > 0 ? (x - edges[bin]) / width : 1;
            return kCumulative[bin] + kBins[bin] * std::clamp(part, 0.0, 1.0);
        }
    }
    return 1;
}

double mixture_quantile(std::span<const std::array<double, 5>> experts, std::span<const double> weights,
                        double wanted) {
    // The mixture is linear between the experts' borders: find the pair around the quantile, go along.
    std::vector<double> points;
    for (const auto& edges : experts)
        points.insert(points.end(), edges.begin(), edges.end());
    std::ranges::sort(points);
    const auto below = [&](double x) {
        double sum = 0;
        for (std::size_t e = 0; e < experts.size(); ++e)
            sum += weights[e] * share_below(experts[e], x);
        return sum;
    };
    double left = points.front();
    double left_share = below(left);
    for (const double right : points) {
        const double share = below(right);
        if (share >= wanted) {
            return share > left_share ? left + (right - left) * (wanted - left_share) / (share - left_share)
                                      : right;
        }
        left = right;
        left_share = share;
    }
    return points.back();
}

ExpertScore score(std::span<const Quantiles> answers, std::span<const double> truths,
                  std::span<const IntrinsicRange> ranges) {
    double sum = 0;
    for (std::size_t i = 0; i < answers.size(); ++i)
        sum += information(answers[i], ranges[i]);
    return {calibration(answers, truths), sum / static_cast<double>(answers.size()), 0};
}

std::vector<double> weights_above(std::span<const ExpertScore> experts, double cutoff) {
    std::vector<double> weights;
    for (const ExpertScore& expert : experts)
        weights.push_back(expert.calibration >= cutoff ? expert.calibration * expert.information : 0);
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& weight : weights)
        weight = sum > 0 ? weight / sum : 1 / static_cast<double>(weights.size());
    return weights;
}

}  // namespace

Quantiles standardise(double low, double best, double high, double confidence) {
    constexpr double wanted = 0.9;
    const double scale = wanted / confidence;
    return {best - (best - low) * scale, best, best + (high - best) * scale};
}

IntrinsicRange intrinsic_range(std::span<const Quantiles> experts, std::optional<double> truth) {
    double low = truth.value_or(experts[0][0]);
    double high = truth.value_or(experts[0][2]);
    for (const Quantiles& expert : experts) {
        low = std::min(low, expert[0]);
        high = std::max(high, expert[2]);
    }
    const double more = kOvershoot * (high - low);
    return {low - more, high + more};
}

double calibration(std::span<const Quantiles> answers, std::span<const double> truths) {
    std::array<int, 4> counts{};
    for (std::size_t i = 0; i < answers.size(); ++i) {
        std::size_t bin = 0;
        while (bin < 3 && truths[i] > answers[i][bin])
            ++bin;
        ++counts[bin];
    }
    const auto n = static_cast<double>(answers.size());
    double relative = 0;
    for (std::size_t bin = 0; bin < kBins.size(); ++bin) {
        const double share = counts[bin] / n;
        relative += share > 0 ? share * std::log(share / kBins[bin]) : 0;
    }
    return chi_square_tail(2 * n * std::max(relative, 0.0));
}

double information(const Quantiles& answer, const IntrinsicRange& range) {
    const auto edges = borders(answer, range);
    double sum = std::log(range.high - range.low);
    for (std::size_t bin = 0; bin < kBins.size(); ++bin) {
        // Quantiles that coincide would say infinitely much; a billionth of the range says enough.
        const double width = std::max(edges[bin + 1] - edges[bin], 1e-9 * (range.high - range.low));
        sum += kBins[bin] * std::log(kBins[bin] / width);
    }
    return sum;
}

Quantiles mixture(std::span<const Quantiles> experts, std::span<const double> weights,
                  const IntrinsicRange& range) {
    std::vector<std::array<double, 5>> edges;
    for (const Quantiles& expert : experts)
        edges.push_back(borders(expert, range));
    return {mixture_quantile(edges, weights, kCumulative[1]),
            mixture_quantile(edges, weights, kCumulative[2]),
            mixture_quantile(edges, weights, kCumulative[3])};
}

CookeWeights cooke_weights(const Answers& seeds, std::span<const double> truths,
                           std::optional<double> cutoff) {
    const std::size_t experts = seeds[0].size();
    std::vector<IntrinsicRange> ranges;
    for (std::size_t i = 0; i < seeds.size(); ++i)
        ranges.push_back(intrinsic_range(seeds[i], truths[i]));
    CookeWeights result;
    for (std::size_t e = 0; e < experts; ++e) {
        std::vector<Quantiles> own;
        for (const auto& item : seeds)
            own.push_back(item[e]);
        result.experts.push_back(score(own, truths, ranges));
    }
    const auto score_mixture = [&](const std::vector<double>& weights) {
        std::vector<Quantiles> answers;
        for (std::size_t i = 0; i < seeds.size(); ++i)
            answers.push_back(mixture(seeds[i], weights, ranges[i]));
        return score(answers, truths, ranges);
    };
    std::vector<double> candidates;
    if (cutoff) {
        candidates = {*cutoff};
    } else {
        for (const ExpertScore& expert : result.experts)
            candidates.push_back(expert.calibration);
        std::ranges::sort(candidates);
    }
    double best = -1;
    for (const double candidate : candidates) {
        const auto weights = weights_above(result.experts, candidate);
        const ExpertScore pool = score_mixture(weights);
        if (pool.calibration * pool.information <= best)
            continue;
        best = pool.calibration * pool.information;
        result.pool = pool;
        result.cutoff = candidate;
        for (std::size_t e = 0; e < experts; ++e)
            result.experts[e].weight = weights[e];
    }
    result.equal_weights = score_mixture(std::vector<double>(experts, 1 / static_cast<double>(experts)));
    return result;
}

}  // namespace steelyard::evidence
