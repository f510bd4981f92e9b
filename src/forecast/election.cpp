// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/election.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::forecast {

namespace {

/// The probability that a coalition of strength `own` beats one of strength `other`.
double win(Victory victory, double own, double other) {
    // The ratio keeps high powers of small or large strengths in range.
    const double most = std::max(own, other);
    double a = own / most;
    double b = other / most;
    switch (victory) {
        case Victory::octic:
            a *= a;
            b *= b;
            [[fallthrough]];
        case Victory::quartic:
            a *= a;
            b *= b;
            [[fallthrough]];
        case Victory::square:
            a *= a;
            b *= b;
            break;
        case Victory::linear:
            break;
        case Victory::binary: {
            // Nothing is quite impossible, so that a product of chances never vanishes.
            constexpr double decisive = 1.1;
            constexpr double least = 1e-6;
            const double share = a / (a + b);
            const double chance = (share * (decisive + 1) - 1) / (decisive - 1);
            return std::clamp(chance, least / (1 + least), 1 / (1 + least));
        }
    }
    return a / (a + b);
}

}  // namespace

std::span<const double> Election::run(std::span<const double> weights, std::span<const double> utility,
                                      std::size_t candidates, std::size_t stride) {
    const std::size_t m = candidates;
    probability_.assign(m, m > 0 ? 1.0 / static_cast<double>(m) : 0.0);
    if (m < 2) {
        return probability_;
    }
    support_.assign(m * m, 1e-8);
    for (std::size_t v = 0; v < weights.size(); ++v) {
        const double* u = &utility[v * stride];
        for (std::size_t a = 0; a < m; ++a) {
            for (std::size_t b = 0; b < a; ++b) {
                const double votes = vote(rules_.voting, weights[v], u[a] - u[b]);
                support_[a * m + b] += std::max(votes, 0.0);
                support_[b * m + a] += std::max(-votes, 0.0);
            }
        }
    }
    victory_.assign(m * m, 0.5);
    for (std::size_t a = 0; a < m; ++a) {
        for (std::size_t b = 0; b < a; ++b) {
            const double p = win(rules_.victory, support_[a * m + b], support_[b * m + a]);
            victory_[a * m + b] = p;
            victory_[b * m + a] = 1 - p;
        }
    }
    if (rules_.conversion == Conversion::conditional) {
        conditional(m);
    } else {
        markov(m);
    }
    return probability_;
}

void Election::conditional(std::size_t m) {
    // Logarithms: the product of many small probabilities would vanish.
    double highest = -1e300;
    for (std::size_t a = 0; a < m; ++a) {
        double log_product = 0;
        for (std::size_t b = 0; b < m; ++b) {
            log_product += std::log(std::max(victory_[a * m + b], 1e-300));
        }
        probability_[a] = log_product;
        highest = std::max(highest, log_product);
    }
    double total = 0;
    for (double& p : probability_) {
        p = std::exp(p - highest);
        total += p;
    }
    for (double& p : probability_) {
        p /= total;
    }
}

void Election::markov(std::size_t m) {
    const bool uniform = rules_.conversion == Conversion::markov_uniform;
    if (!uniform) {
        // How often b is challenged by a: in proportion to the support for a times its chance, by column.
        incentive_.assign(m * m, 0.0);
        column_.assign(m, 0.0);
        for (std::size_t a = 0; a < m; ++a) {
            for (std::size_t b = 0; b < m; ++b) {
                const double i = support_[a * m + b] * victory_[a * m + b] + (a == b ? 1e-10 : 0.0);
                incentive_[a * m + b] = i;
                column_[b] += i;
            }
        }
        for (std::size_t a = 0; a < m; ++a) {
            for (std::size_t b = 0; b < m; ++b) {
                incentive_[a * m + b] /= column_[b];
            }
        }
    }
    const double enough = uniform ? 1e-6 : 1e-8;
    constexpr int most_steps = 10000;
    next_.assign(m, 0.0);
    for (int step = 0; step < most_steps; ++step) {
        double change = 0;
        for (std::size_t a = 0; a < m; ++a) {
            double q = 0;
            if (uniform) {
                for (std::size_t b = 0; b < m; ++b) {
                    q += victory_[a * m + b] * (probability_[a] + probability_[b]);
                }
                q /= static_cast<double>(m);
            } else {
                for (std::size_t b = 0; b < m; ++b) {
                    q += victory_[a * m + b] *
                         (probability_[a] * incentive_[b * m + a] + probability_[b] * incentive_[a * m + b]);
                }
            }
            next_[a] = q;
            change = std::max(change, std::abs(q - probability_[a]));
        }
        for (std::size_t a = 0; a < m; ++a) {
            probability_[a] = (probability_[a] + next_[a]) / 2;
        }
        if (change <= enough) {
            break;
        }
    }
    double total = 0;
    for (const double p : probability_) {
        total += p;
    }
    for (double& p : probability_) {
        p /= total;
    }
}

namespace {

ElectionIssue elect(const ForecastInput& input, std::size_t k, Weighting weighting, Election& vote_on) {
    ElectionIssue issue;
    issue.issue = input.issues[k];
    std::vector<double> weights;
    std::vector<double> positions;
    double largest = 0;
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        if (const double weight = weight_of(input, weighting, a, k); weight > 0) {
            weights.push_back(weight);
            largest = std::max(largest, weight);
            positions.push_back(input.position[input.at(a, k)]);
        }
    }
    if (weights.empty()) {
        return issue;
    }
    // The smallest coalition stays small against the votes whatever the unit of capability.
    for (double& weight : weights) {
        weight /= largest;
    }
    std::vector<double> places = positions;
    std::ranges::sort(places);
    places.erase(std::ranges::unique(places).begin(), places.end());
    std::vector<double> utility;
    for (const double x : positions) {
        for (const double place : places) {
            utility.push_back(1 - std::abs(x - place) / 100);
        }
    }
    const auto probability = vote_on.run(weights, utility, places.size(), places.size());
    double value = 0;
    double likeliest = -1;
    for (std::size_t c = 0; c < places.size(); ++c) {
        Candidate candidate{places[c], probability[c], {}};
        for (std::size_t a = 0; a < input.actor_count(); ++a) {
            const double x = input.position[input.at(a, k)];
            if (input.has(a, k) && !(x < places[c]) && !(x > places[c])) {
                candidate.actors.push_back(input.actors[a]);
            }
        }
        value += probability[c] * places[c];
        if (probability[c] > likeliest) {
            likeliest = probability[c];
            issue.favourite = places[c];
        }
        issue.candidates.push_back(std::move(candidate));
    }
    issue.value = std::clamp(value, places.front(), places.back());
    issue.option = input.options[k][nearest_option(input.options[k], *issue.value)].id;
    return issue;
}

}  // namespace

ElectionResult election(const Case& subject, const ElectionOptions& options, const Context& context) {
    const ForecastInput input = forecast_input(subject, options.table);
    Election vote_on({options.voting, options.victory, options.conversion});
    ElectionResult result{input.capability_from, {}};
    for (std::size_t k = 0; k < input.issue_count(); ++k) {
        context.check();
        result.issues.push_back(elect(input, k, options.weights, vote_on));
    }
    return result;
}

std::vector<std::optional<double>> election_values(const ForecastInput& input, Weighting weights,
                                                   const ElectionRules& rules) {
    Election vote_on(rules);
    std::vector<std::optional<double>> values;
    for (std::size_t k = 0; k < input.issue_count(); ++k) {
        values.push_back(elect(input, k, weights, vote_on).value);
    }
    return values;
}

}  // namespace steelyard::forecast
