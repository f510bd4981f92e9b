// SPDX-License-Identifier: Apache-2.0
#include "bounds.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace steelyard::space {

namespace {

constexpr double kImpossible = -std::numeric_limits<double>::infinity();

double dot(const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0;
    for (std::size_t p = 0; p < a.size(); ++p)
        sum += a[p] * b[p];
    return sum;
}

}  // namespace

Bounds::Bounds(const Problem& problem, const Diagram& diagram) : problem_(problem), diagram_(diagram) {
    const std::size_t n = problem.size();
    magnitude_.assign(n, 0);
    for (const OpenIssue& issue : problem.issues) {
        std::vector<std::vector<double>> rows;
        std::vector<double> largest(n);
        for (const auto& exact : issue.points) {
            std::vector<double> row;
            for (std::size_t p = 0; p < n; ++p) {
                row.push_back(to_double(exact[p]));
                largest[p] = std::max(largest[p], std::abs(row[p]));
            }
            rows.push_back(std::move(row));
        }
        for (std::size_t p = 0; p < n; ++p)
            magnitude_[p] += largest[p];
        points_.push_back(std::move(rows));
    }
    for (const Diagram::Gain& gain : diagram.gains) {
        gains_.emplace_back();
        for (const BigInt& points : points_of(problem, gain))
            gains_.back().push_back(to_double(points));
    }
    for (const Term& term : problem.terms) {
        for (std::size_t p = 0; p < term.points.size(); ++p)
            magnitude_[p] += std::abs(to_double(term.points[p]));
    }
    for (std::size_t p = 0; p < n; ++p)
        magnitude_[p] += std::abs(to_double(problem.constant[p])) + std::abs(to_double(problem.no_deal[p]));
}

Weighed Bounds::weigh(const std::vector<double>& weights) const {
    Weighed weighed;
    weigh(weights, weighed);
    return weighed;
}

void Bounds::weigh(const std::vector<double>& weights, Weighed& weighed) const {
    weighed.weights = weights;
    weighed.gains.clear();
    for (const auto& gain : gains_)
        weighed.gains.push_back(dot(weights, gain));
    const std::size_t layers = diagram_.layers.size();
    weighed.rest.resize(layers + 1);
    weighed.rest.back().assign(1, 0.0);
    std::vector<double> best_of;  // by class: its best option
    for (std::size_t j = layers; j-- > 0;) {
        const Diagram::Layer& layer = diagram_.layers[j];
        best_of.assign(layer.classes(), kImpossible);
        for (std::size_t cls = 0; cls < layer.classes(); ++cls) {
            for (const std::uint32_t option : layer.options[cls])
                best_of[cls] = std::max(best_of[cls], dot(weights, points_[layer.issue][option]));
        }
        const std::vector<double>& after = weighed.rest[j + 1];
        std::vector<double>& here = weighed.rest[j];
        here.assign(layer.nodes, kImpossible);
        for (std::size_t node = 0; node < layer.nodes; ++node) {
            for (std::size_t cls = 0; cls < layer.classes(); ++cls) {
                const Diagram::Arc& arc = layer.arc(node, cls);
                if (arc.target != Diagram::none)
                    here[node] =
                        std::max(here[node], best_of[cls] + weighed.gains[arc.gain] + after[arc.target]);
            }
        }
    }
    double magnitude = 0;
    for (std::size_t p = 0; p < weights.size(); ++p)
        magnitude += std::abs(weights[p]) * magnitude_[p];
    weighed.slack = magnitude * 1e-12 * static_cast<double>(layers + 4);
}

std::vector<std::size_t> Bounds::best(const Weighed& weighed) const {
    std::vector<std::size_t> options(problem_.issues.size());
    std::size_t node = 0;
    for (std::size_t j = 0; j < diagram_.layers.size(); ++j) {
        const Diagram::Layer& layer = diagram_.layers[j];
        double best = kImpossible;
        std::size_t target = 0;
        for (std::size_t cls = 0; cls < layer.classes(); ++cls) {
            const Diagram::Arc& arc = layer.arc(node, cls);
            if (arc.target == Diagram::none)
                continue;
            for (const std::uint32_t option : layer.options[cls]) {
                const double value = dot(weighed.weights, points_[layer.issue][option]) +
                                     weighed.gains[arc.gain] + weighed.rest[j + 1][arc.target];
                if (value > best) {
                    best = value;
                    options[layer.issue] = option;
                    target = arc.target;
                }
            }
        }
        node = target;
    }
    return options;
}

std::vector<double> Bounds::row(const std::vector<std::size_t>& options) const {
    std::vector<double> sum(problem_.size());
    std::size_t node = 0;
    for (const Diagram::Layer& layer : diagram_.layers) {
        const std::size_t option = options[layer.issue];
        const Diagram::Arc& arc = layer.arc(node, layer.class_of[option]);
        for (std::size_t p = 0; p < sum.size(); ++p)
            sum[p] += points_[layer.issue][option][p] + gains_[arc.gain][p];
        node = arc.target;
    }
    return sum;
}

std::vector<Cut> cuts_at(const std::vector<Requirement>& requirements, std::size_t layer, std::size_t node) {
    std::vector<Cut> cuts;
    for (const Requirement& requirement : requirements) {
        const Weighed& weighed = requirement.weighed;
        cuts.push_back({weighed.weights, requirement.least - weighed.rest[layer][node] - weighed.slack});
    }
    return cuts;
}

}  // namespace steelyard::space
