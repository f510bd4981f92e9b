// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/backtest.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/core/random.hpp"
#include "steelyard/forecast/stacked.hpp"
#include "steelyard/model/tables.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace steelyard::forecast {

namespace {

/// Where an outcome stands on the issue's scale.
double place_of(const Case& subject, const IssueOutcome& outcome) {
    if (const auto* option = std::get_if<OptionId>(&outcome.result)) {
        return subject.option(outcome.issue, *option).place.to_double();
    }
    return std::get<Rational>(outcome.result).to_double();
}

void count_stances(const ForecastInput& input, std::size_t k, KnownIssue& issue) {
    std::set<double> places;
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        if (input.has(a, k)) {
            ++issue.actors;
            places.insert(input.position[input.at(a, k)]);
        }
    }
    issue.places = static_cast<int>(places.size());
}

struct Sums {
    double count = 0;
    std::vector<double> error;  // by model
};

/// Errors summed by case: what the bootstrap resamples.
std::vector<Sums> sums_by_case(const std::vector<KnownIssue>& issues, std::size_t models) {
    std::map<std::size_t, Sums> by_case;
    for (const KnownIssue& issue : issues) {
        Sums& sums = by_case[issue.case_index];
        sums.error.resize(models);
        sums.count += 1;
        for (std::size_t m = 0; m < models; ++m) {
            sums.error[m] += std::abs(*issue.values[m] - issue.outcome);
        }
    }
    std::vector<Sums> list;
    for (auto& [index, sums] : by_case) {
        list.push_back(std::move(sums));
    }
    return list;
}

void add_intervals(std::vector<ModelScore>& scores, const std::vector<Sums>& cases, std::size_t against,
                   int resamples, const Context& context) {
    const std::size_t models = scores.size();
    std::vector<std::vector<double>> means(models);
    std::vector<std::vector<double>> differences(models);
    std::vector<double> error(models);
    for (int r = 0; r < resamples; ++r) {
        context.check();
        RandomStream draw(context.seed, static_cast<std::uint64_t>(r), 0);
        std::ranges::fill(error, 0.0);
        double count = 0;
        for (std::size_t c = 0; c < cases.size(); ++c) {
            const Sums& drawn = cases[draw.below(cases.size())];
            count += drawn.count;
            for (std::size_t m = 0; m < models; ++m) {
                error[m] += drawn.error[m];
            }
        }
        for (std::size_t m = 0; m < models; ++m) {
            means[m].push_back(error[m] / count);
            differences[m].push_back((error[m] - error[against]) / count);
        }
    }
    for (std::size_t m = 0; m < models; ++m) {
        scores[m].interval = middle_interval(std::move(means[m]));
        scores[m].difference_interval = middle_interval(std::move(differences[m]));
        scores[m].better = scores[m].difference_interval.high < 0;
    }
}

ModelScore score(Model model, std::size_t m, const std::vector<KnownIssue>& issues) {
    ModelScore result;
    result.model = model;
    std::vector<double> errors;
    double square = 0;
    const double share = 1 / static_cast<double>(issues.size());
    for (const KnownIssue& issue : issues) {
        const double error = std::abs(*issue.values[m] - issue.outcome);
        errors.push_back(error);
        result.mean_error += error * share;
        square += error * error * share;
        result.exact += error <= 0.5 ? share : 0;
        result.right_option +=
            nearest_option(issue.options, *issue.values[m]) == nearest_option(issue.options, issue.outcome)
                ? share
                : 0;
    }
    result.root_mean_square = std::sqrt(square);
    result.median_error = *median_of(std::move(errors));
    return result;
}

}  // namespace

std::vector<KnownIssue> known_issues(std::span<const Case> cases, std::span<const Model> models,
                                     const Context& context, std::vector<SkippedCase>& skipped) {
    Context quiet = context;  // the progress is that of the whole, not of each model
    quiet.progress = nullptr;
    std::vector<KnownIssue> issues;
    for (std::size_t c = 0; c < cases.size(); ++c) {
        const Case& subject = cases[c];
        context.report("backtest", static_cast<double>(c), static_cast<double>(cases.size()));
        if (subject.outcome.empty()) {
            skipped.push_back({subject.id, "the case states no outcome"});
            continue;
        }
        for (const Table& table : effective_tables(subject)) {
            try {
                const ForecastInput input = forecast_input(subject, table.id);
                const auto wanted = [&](const IssueOutcome& outcome) {
                    return std::ranges::find(input.issues, subject[outcome.issue].id) != input.issues.end();
                };
                if (std::ranges::none_of(subject.outcome, wanted)) {
                    continue;
                }
                const ModelValues values = run_models(input, models, quiet);
                for (std::size_t k = 0; k < input.issue_count(); ++k) {
                    const auto outcome =
                        std::ranges::find_if(subject.outcome, [&](const IssueOutcome& candidate) {
                            return subject[candidate.issue].id == input.issues[k];
                        });
                    if (outcome == subject.outcome.end()) {
                        continue;
                    }
                    KnownIssue issue{c,
                                     input.issues[k],
                                     place_of(subject, *outcome),
                                     input.options[k],
                                     input.status_quo[k],
                                     {},
                                     0,
                                     0};
                    for (const auto& of_model : values.values) {
                        issue.values.push_back(of_model[k]);
                    }
                    count_stances(input, k, issue);
                    issues.push_back(std::move(issue));
                }
            } catch (const Error& error) {
                if (error.kind() != ErrorKind::missing_section) {
                    throw;
                }
                skipped.push_back({subject.id, error.what()});
            }
        }
    }
    return issues;
}

BacktestResult backtest(std::span<const Case> cases, const BacktestOptions& options, const Context& context) {
    std::vector<Model> models = options.models;
    if (models.empty()) {
        for (const auto& choice : choices_of(Model{})) {
            models.push_back(choice.value);
        }
    }
    std::ranges::sort(models);
    models.erase(std::ranges::unique(models).begin(), models.end());
    std::vector<Model> run = models;
    for (const Model needed : base_models()) {
        if (std::ranges::find(run, needed) == run.end()) {
            run.push_back(needed);
        }
    }
    if (std::ranges::find(run, options.against) == run.end()) {
        run.push_back(options.against);
    }
    BacktestResult result;
    std::vector<KnownIssue> issues = known_issues(cases, run, context, result.skipped);
    std::erase_if(issues, [&](const KnownIssue& issue) {
        return issue.actors < options.least_actors || issue.places < options.least_places;
    });
    std::erase_if(issues, [&](const KnownIssue& issue) {
        for (std::size_t m = 0; m < run.size(); ++m) {
            if (!issue.values[m]) {
                result.skipped.push_back(
                    {cases[issue.case_index].id,
                     "issue '" + issue.issue + "': no forecast by " + std::string(name_of(run[m]))});
                return true;
            }
        }
        return false;
    });
    result.issues = static_cast<int>(issues.size());
    if (issues.empty()) {
        return result;
    }
    std::vector<ModelScore> scores;
    for (std::size_t m = 0; m < run.size(); ++m) {
        scores.push_back(score(run[m], m, issues));
    }
    const auto against = static_cast<std::size_t>(std::ranges::find(run, options.against) - run.begin());
    for (ModelScore& each : scores) {
        each.difference = each.mean_error - scores[against].mean_error;
    }
    const std::vector<Sums> by_case = sums_by_case(issues, run.size());
    result.cases = static_cast<int>(by_case.size());
    add_intervals(scores, by_case, against, options.resamples, context);
    std::vector<std::size_t> base;
    for (const Model model : base_models()) {
        base.push_back(static_cast<std::size_t>(std::ranges::find(run, model) - run.begin()));
    }
    std::vector<JudgedIssue> judged;
    for (const KnownIssue& issue : issues) {
        judged.push_back({issue.case_index, issue.outcome, &issue.options, {}});
        for (const std::size_t m : base) {
            judged.back().values.push_back(*issue.values[m]);
        }
    }
    Calibration calibration = calibrate(judged, options.error.value_or(builtin_weights().likelihood_error),
                                        options.resamples, context);
    result.calibration = std::move(calibration.rows);
    result.log_score = calibration.log_score;
    result.log_score_of_chance = calibration.log_score_of_chance;
    // What was only needed for the rest is not part of the answer.
    std::vector<std::size_t> shown;
    for (std::size_t m = 0; m < run.size(); ++m) {
        if (std::ranges::find(models, run[m]) != models.end()) {
            shown.push_back(m);
        }
    }
    std::ranges::stable_sort(shown, {}, [&](std::size_t m) { return scores[m].mean_error; });
    for (const std::size_t m : shown) {
        result.scores.push_back(scores[m]);
    }
    for (const KnownIssue& issue : issues) {
        BacktestRow row{cases[issue.case_index].id, issue.issue, issue.outcome, {}};
        for (const std::size_t m : shown) {
            row.values.push_back(*issue.values[m]);
        }
        result.rows.push_back(std::move(row));
    }
    return result;
}

}  // namespace steelyard::forecast
