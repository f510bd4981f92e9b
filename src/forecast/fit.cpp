// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/fit.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/core/random.hpp"
#include "steelyard/core/sha256.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>

namespace steelyard::forecast {

namespace {

/// One issue: what each ingredient of the mixture says, the compromise first.
struct Row {
    std::size_t case_index = 0;
    double outcome = 0;
    std::vector<double> says;
    const KnownIssue* issue = nullptr;
};

using Rows = std::vector<const Row*>;

/// A mixture of some ingredients: the compromise and those that were found to help.
struct Mixture {
    std::vector<std::size_t> ingredients{0};
    std::vector<double> weights{1};  ///< by ingredient of the mixture

    [[nodiscard]] double predict(const Row& row) const {
        double sum = 0;
        for (std::size_t f = 0; f < ingredients.size(); ++f) {
            sum += weights[f] * row.says[ingredients[f]];
        }
        return sum;
    }
    [[nodiscard]] double error(const Row& row) const { return std::abs(predict(row) - row.outcome); }
};

double mean_error(const Rows& rows, const Mixture& mixture) {
    double sum = 0;
    for (const Row* row : rows) {
        sum += mixture.error(*row);
    }
    return sum / static_cast<double>(rows.size());
}

/// The weights on the simplex that minimise mean absolute error + price x |weights - compromise|^2, by
/// exponentiated subgradient steps whose mean converges (Kivinen & Warmuth, Information and Computation 132,
/// 1997).
Mixture solve(const Rows& rows, std::vector<std::size_t> ingredients, double price, int steps,
              const Context& context) {
    const std::size_t features = ingredients.size();
    Mixture mixture{std::move(ingredients), std::vector(features, 1 / static_cast<double>(features))};
    std::vector<double>& weights = mixture.weights;
    std::vector<double> mean(features, 0.0);
    std::vector<double> gradient(features);
    const int first = steps / 2 + 1;  // the steps before it are not in the mean
    for (int step = 1; step <= steps; ++step) {
        if (step % 256 == 0) {
            context.check();
        }
        for (std::size_t f = 0; f < features; ++f) {
            gradient[f] = 2 * price * (weights[f] - (f == 0 ? 1 : 0));
        }
        for (const Row* row : rows) {
            const double off = mixture.predict(*row) - row->outcome;
            const double sign = off > 0 ? 1 : (off < 0 ? -1 : 0);
            for (std::size_t f = 0; f < features; ++f) {
                gradient[f] += sign * row->says[mixture.ingredients[f]] / static_cast<double>(rows.size());
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
            weights[f] = std::max(weights[f] * std::exp(-rate * gradient[f]), 1e-12);
            total += weights[f];
        }
        for (std::size_t f = 0; f < features; ++f) {
            weights[f] /= total;
            mean[f] += step >= first ? weights[f] / (steps - first + 1) : 0;
        }
    }
    weights = std::move(mean);
    return mixture;
}

/// The errors, by row, when each case is forecast by a mixture fitted on all others.
std::vector<double> cross_errors(const Rows& rows, const std::vector<std::size_t>& ingredients, double price,
                                 const Context& context) {
    constexpr int steps = 500;
    std::map<std::size_t, Mixture> without;
    std::vector<double> errors;
    for (const Row* row : rows) {
        auto mixture = without.find(row->case_index);
        if (mixture == without.end()) {
            Rows rest;
            std::ranges::copy_if(rows, std::back_inserter(rest),
                                 [&](const Row* other) { return other->case_index != row->case_index; });
            mixture = without.emplace(row->case_index, solve(rest, ingredients, price, steps, context)).first;
        }
        errors.push_back(mixture->second.error(*row));
    }
    return errors;
}

double mean_of(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) {
        sum += value;
    }
    return sum / static_cast<double>(values.size());
}

/// The standard error of a mean difference of errors; issues of one case are not independent.
double standard_error(const Rows& rows, const std::vector<double>& one, const std::vector<double>& other) {
    const double mean = mean_of(one) - mean_of(other);
    std::map<std::size_t, double> by_case;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        by_case[rows[r]->case_index] += one[r] - other[r] - mean;
    }
    double square = 0;
    for (const auto& [index, sum] : by_case) {
        square += sum * sum;
    }
    return std::sqrt(square) / static_cast<double>(rows.size());
}

struct Selection {
    std::vector<std::size_t> ingredients{0};
    double price = -1;           ///< of leaving the compromise; -1: it is not left
    std::vector<double> errors;  ///< by row, each case forecast without itself
};

/// Adds the ingredient that helps most when cases are left out in turn, and again, as long as the gain exceeds
/// its own standard error (the rule of Breiman, Friedman, Olshen & Stone, Classification and Regression Trees,
/// 1984, section 3.4.3: of what cannot be told apart, the simplest).
Selection choose(const Rows& rows, std::size_t ingredients, const Context& context) {
    Selection best;
    for (const Row* row : rows) {
        best.errors.push_back(Mixture{}.error(*row));
    }
    for (;;) {
        Selection next = best;
        const auto& kept = best.ingredients;
        for (std::size_t candidate = 1; candidate < ingredients; ++candidate) {
            if (std::ranges::find(kept, candidate) != kept.end()) {
                continue;
            }
            std::vector<std::size_t> with = kept;
            with.push_back(candidate);
            for (const double price : {0.0, 1.0, 3.0, 10.0, 30.0}) {
                std::vector<double> errors = cross_errors(rows, with, price, context);
                if (mean_of(errors) < mean_of(next.errors)) {
                    next = {with, price, std::move(errors)};
                }
            }
        }
        const double gain = mean_of(best.errors) - mean_of(next.errors);
        if (gain <= standard_error(rows, next.errors, best.errors)) {
            return best;
        }
        best = std::move(next);
    }
}

std::vector<JudgedIssue> judged(const Rows& rows, std::size_t models) {
    std::vector<JudgedIssue> issues;
    for (const Row* row : rows) {
        issues.push_back({row->case_index,
                          row->outcome,
                          &row->issue->options,
                          {row->says.begin(), row->says.begin() + static_cast<std::ptrdiff_t>(models)}});
    }
    return issues;
}

Interval bootstrap(const Rows& rows, const Mixture& mixture, int resamples, const Context& context) {
    std::map<std::size_t, std::pair<double, double>> by_case;  // sum of differences, issues
    for (const Row* row : rows) {
        auto& [sum, count] = by_case[row->case_index];
        sum += mixture.error(*row) - Mixture{}.error(*row);
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
    std::vector<Row> all;
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
        all.push_back(std::move(row));
    }
    Rows known;
    Rows score;
    std::set<std::size_t> known_cases;
    for (const Row& row : all) {
        const bool fits = split_of(cases[row.case_index].id) < options.fit_share;
        (fits ? known : score).push_back(&row);
        if (fits) {
            known_cases.insert(row.case_index);
        }
    }
    if (known_cases.size() < 2 || score.empty()) {
        throw Error(ErrorKind::usage,
                    "too few cases with an outcome: fitting, tuning and scoring need some of their own each");
    }
    const std::size_t models = base_models().size();
    FitResult result;
    const Selection choice = choose(known, models + 1, context);
    result.shrinkage = choice.price;
    result.cross_error = mean_of(choice.errors);
    Mixture mixture;
    if (choice.price >= 0) {
        constexpr int steps = 4000;
        mixture = solve(known, choice.ingredients, choice.price, steps, context);
    }
    // Weights are kept to three digits: more would say nothing, and the file stays readable.
    std::vector<double> kept(models + 1, 0.0);
    double rest = 1;
    for (std::size_t f = 1; f < mixture.ingredients.size(); ++f) {
        mixture.weights[f] = std::floor(mixture.weights[f] * 1000 + 0.5) / 1000;
        kept[mixture.ingredients[f]] = mixture.weights[f];
        rest -= mixture.weights[f];
    }
    kept[0] = mixture.weights[0] = std::max(0.0, std::floor(rest * 1000 + 0.5) / 1000);
    for (std::size_t f = 0; f <= models; ++f) {
        result.weights.weights.emplace_back(
            f < models ? std::string(name_of(base_models()[f])) : "status_quo", kept[f]);
    }
    result.weights.likelihood_error = cautious_error(judged(known, models), options.resamples, context);
    std::string fitted_on;
    for (const Case& subject : cases) {
        fitted_on += subject.id + '\n';
    }
    result.weights.version = std::to_string(cases.size()) + " cases " + sha256(fitted_on).substr(0, 12);
    result.fit_issues = static_cast<int>(known.size());
    result.score_issues = static_cast<int>(score.size());
    result.fit_compromise_error = mean_error(known, Mixture{});
    result.mean_error = mean_error(score, mixture);
    result.compromise_error = mean_error(score, Mixture{});
    result.difference = result.mean_error - result.compromise_error;
    result.difference_interval = bootstrap(score, mixture, options.resamples, context);
    result.better = result.difference_interval.high < 0;
    result.calibration =
        calibrate(judged(score, models), result.weights.likelihood_error, options.resamples, context);
    return result;
}

}  // namespace steelyard::forecast
