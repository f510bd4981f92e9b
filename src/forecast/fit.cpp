// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/fit.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/core/random.hpp"
#include "steelyard/core/sha256.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace steelyard::forecast {

namespace {

/// One issue: what each ingredient of the mixture says, the compromise first.
struct Row {
    std::size_t case_index;
    double outcome;
    std::vector<double> says;
    const KnownIssue* issue;
};

double predict(const Row& row, const std::vector<double>& weights) {
    double sum = 0;
    for (std::size_t f = 0; f < weights.size(); ++f) {
        sum += weights[f] * row.says[f];
    }
    return sum;
}

double mean_error(const std::vector<Row>& rows, const std::vector<double>& weights) {
    double sum = 0;
    for (const Row& row : rows) {
        sum += std::abs(predict(row, weights) - row.outcome);
    }
    return sum / static_cast<double>(rows.size());
}

/// The weights on the simplex that minimise mean absolute error + price x |weights - compromise|^2, by
/// exponentiated subgradient steps whose mean converges (Kivinen & Warmuth, Information and Computation 132,
/// 1997).
std::vector<double> solve(const std::vector<Row>& rows, double price, const Context& context) {
    const std::size_t features = rows.front().says.size();
    std::vector<double> weights(features, 1 / static_cast<double>(features));
    std::vector<double> mean(features, 0.0);
    constexpr int steps = 4000;
    for (int step = 1; step <= steps; ++step) {
        if (step % 256 == 0) {
            context.check();
        }
        std::vector<double> gradient(features);
        for (std::size_t f = 0; f < features; ++f) {
            gradient[f] = 2 * price * (weights[f] - (f == 0 ? 1 : 0));
        }
        for (const Row& row : rows) {
            const double off = predict(row, weights) - row.outcome;
            const double sign = off > 0 ? 1 : (off < 0 ? -1 : 0);
            for (std::size_t f = 0; f < features; ++f) {
                gradient[f] += sign * row.says[f] / static_cast<double>(rows.size());
            }
        }
        double largest = 1e-9;
        const double level = *std::ranges::min_element(gradient);
        for (double& g : gradient) {
            g -= level;  // a constant does not matter on the simplex
            largest = std::max(largest, g);
        }
        const double rate = 2 / (largest * std::sqrt(static_cast<double>(step)));
        double total = 0;
        for (std::size_t f = 0; f < features; ++f) {
            weights[f] *= std::exp(-rate * gradient[f]);
            weights[f] = std::max(weights[f], 1e-12);
            total += weights[f];
        }
        for (std::size_t f = 0; f < features; ++f) {
            weights[f] /= total;
            mean[f] += step > steps / 2 ? weights[f] / (steps - steps / 2) : 0;
        }
    }
    return mean;
}

/// The error of `option_likelihoods` under which what came about was likeliest.
double likelihood_error(const std::vector<Row>& rows, std::size_t models) {
    double best = 0;
    double best_score = -1e300;
    for (double error = 5; error <= 200; error += 1) {
        double score = 0;
        for (const Row& row : rows) {
            const auto likelihood =
                option_likelihoods(row.issue->options, std::span(row.says).first(models), error);
            score += std::log(std::max(likelihood[nearest_option(row.issue->options, row.outcome)], 1e-300));
        }
        if (score > best_score) {
            best_score = score;
            best = error;
        }
    }
    return best;
}

Interval bootstrap(const std::vector<Row>& rows, const std::vector<double>& weights,
                   const std::vector<double>& compromise, int resamples, const Context& context) {
    std::map<std::size_t, std::pair<double, double>> by_case;  // sum of differences, issues
    for (const Row& row : rows) {
        auto& [sum, count] = by_case[row.case_index];
        sum +=
            std::abs(predict(row, weights) - row.outcome) - std::abs(predict(row, compromise) - row.outcome);
        count += 1;
    }
    std::vector<std::pair<double, double>> cases;
    for (const auto& [index, sums] : by_case) {
        cases.push_back(sums);
    }
    std::vector<double> means;
    for (int r = 0; r < resamples; ++r) {
        RandomStream draw(context.seed, static_cast<std::uint64_t>(r), 1);
        double sum = 0;
        double count = 0;
        for (std::size_t c = 0; c < cases.size(); ++c) {
            const auto& drawn = cases[draw.below(cases.size())];
            sum += drawn.first;
            count += drawn.second;
        }
        means.push_back(sum / count);
    }
    return middle_interval(std::move(means));
}

}  // namespace

double split_of(std::string_view case_id) {
    const std::string digits = sha256(case_id).substr(0, 12);
    return static_cast<double>(std::stoull(digits, nullptr, 16)) / static_cast<double>(1ULL << 48U);
}

FitResult fit(std::span<const Case> cases, const FitOptions& options, const Context& context) {
    std::vector<SkippedCase> skipped;
    const std::vector<KnownIssue> issues = known_issues(cases, base_models(), context, skipped);
    std::vector<Row> fit_rows;
    std::vector<Row> tune_rows;
    std::vector<Row> score_rows;
    for (const KnownIssue& issue : issues) {
        const auto& compromise = issue.values.front();
        if (!compromise) {
            continue;
        }
        Row row{issue.case_index, issue.outcome, {}, &issue};
        for (const auto& value : issue.values) {
            row.says.push_back(value.value_or(*compromise));
        }
        row.says.push_back(issue.status_quo.value_or(*compromise));
        const double split = split_of(cases[issue.case_index].id);
        std::vector<Row>& part = split < options.fit_share                        ? fit_rows
                                 : split < options.fit_share + options.tune_share ? tune_rows
                                                                                  : score_rows;
        part.push_back(std::move(row));
    }
    if (fit_rows.empty() || tune_rows.empty() || score_rows.empty()) {
        throw Error(ErrorKind::usage,
                    "too few cases with an outcome: fitting, tuning and scoring need some of their own each");
    }
    const std::size_t features = fit_rows.front().says.size();
    std::vector<double> compromise(features, 0.0);
    compromise[0] = 1;
    FitResult result;
    std::vector<double> weights = compromise;
    result.shrinkage = -1;
    double best = mean_error(tune_rows, compromise);
    for (const double price : {0.0, 1.0, 3.0, 10.0, 30.0, 100.0}) {
        const std::vector<double> candidate = solve(fit_rows, price, context);
        const double error = mean_error(tune_rows, candidate);
        if (error < best) {
            best = error;
            weights = candidate;
            result.shrinkage = price;
        }
    }
    std::vector<Row> known = fit_rows;
    known.insert(known.end(), tune_rows.begin(), tune_rows.end());
    if (result.shrinkage >= 0) {
        weights =
            solve(known, result.shrinkage, context);  // at the chosen price, on all but the scoring cases
    }
    // Weights are kept to three digits: more would say nothing, and the file stays readable.
    double kept = 0;
    for (std::size_t f = 1; f < features; ++f) {
        weights[f] = std::floor(weights[f] * 1000 + 0.5) / 1000;
        kept += weights[f];
    }
    weights[0] = std::max(0.0, 1 - kept);
    for (std::size_t f = 0; f < features; ++f) {
        const std::string name =
            f < base_models().size() ? std::string(name_of(base_models()[f])) : "status_quo";
        result.weights.weights.emplace_back(name, weights[f]);
    }
    result.weights.likelihood_error = likelihood_error(known, base_models().size());
    std::string fitted_on;
    for (const Case& subject : cases) {
        fitted_on += subject.id + '\n';
    }
    result.weights.version = std::to_string(cases.size()) + " cases " + sha256(fitted_on).substr(0, 12);
    result.fit_issues = static_cast<int>(fit_rows.size());
    result.tune_issues = static_cast<int>(tune_rows.size());
    result.score_issues = static_cast<int>(score_rows.size());
    result.mean_error = mean_error(score_rows, weights);
    result.compromise_error = mean_error(score_rows, compromise);
    result.difference = result.mean_error - result.compromise_error;
    result.difference_interval = bootstrap(score_rows, weights, compromise, options.resamples, context);
    result.better = result.difference_interval.high < 0;
    return result;
}

}  // namespace steelyard::forecast
