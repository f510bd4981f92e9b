// SPDX-License-Identifier: Apache-2.0
#include "scale_problem.hpp"

#include "four.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace steelyard::forecast {

namespace {

/// Adds what everybody gains on one issue, by `on_issue(share, x)` of four actors.
template <typename OnIssue>
void add_issue(const ScaleProblem& problem, std::size_t k, std::vector<double>& gain, OnIssue on_issue) {
    const double* share = &problem.share[k * problem.width];
    const double* x = &problem.x[k * problem.width];
    for (std::size_t i = 0; i < problem.width; i += Four::count) {
        const Four more = on_issue(Four::load(share + i), Four::load(x + i));
        (Four::load(&gain[i]) + more).store(&gain[i]);
    }
}

/// A point where everybody gains, found from `y`, where nobody loses: the shortest vector in the convex hull of
/// the gradients of those who have gained nothing yet is a direction in which they all gain (E. G. Gilbert,
/// SIAM J. Control 4, 1966); when it has no length, there is none.
bool enter_zone(const ScaleProblem& problem, std::vector<double>& y, std::vector<double>& gain) {
    const std::size_t m = problem.issues;
    std::vector<double> gradient;
    std::size_t n = 0;  // actors without a gain
    for (std::size_t i = 0; i < problem.actors; ++i) {
        std::vector<double> own(m);
        double length = 0;
        double loss = 0;
        for (std::size_t k = 0; k < m; ++k) {
            const double d = problem.x[k * problem.width + i] - y[k];
            own[k] = problem.share[k * problem.width + i] * d;
            length += own[k] * own[k];
            loss += own[k] * d;
        }
        if (problem.base[i] - loss > 1e-12) {
            continue;
        }
        if (!(length > 0)) {
            return false;  // the status quo is this actor's ideal
        }
        for (const double g : own) {
            gradient.push_back(g / std::sqrt(length));
        }
        ++n;
    }
    if (n == 0) {
        return problem.gains(y, gain);
    }
    std::vector<double> direction(gradient.begin(), gradient.begin() + static_cast<std::ptrdiff_t>(m));
    const auto dot = [&](std::size_t i) {
        double sum = 0;
        for (std::size_t k = 0; k < m; ++k) {
            sum += gradient[i * m + k] * direction[k];
        }
        return sum;
    };
    for (int step = 0; step < 20000; ++step) {
        std::size_t worst = 0;
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < n; ++i) {
            if (const double d = dot(i); d < least) {
                least = d;
                worst = i;
            }
        }
        double square = 0;
        for (const double d : direction) {
            square += d * d;
        }
        if (least > square / 2) {
            break;
        }
        if (square < 1e-12) {
            return false;
        }
        // To the point nearest to the origin on the line towards the worst actor's gradient.
        double along = 0;
        for (std::size_t k = 0; k < m; ++k) {
            const double d = direction[k] - gradient[worst * m + k];
            along += d * d;
        }
        const double t = std::clamp((square - least) / along, 0.0, 1.0);
        for (std::size_t k = 0; k < m; ++k) {
            direction[k] += t * (gradient[worst * m + k] - direction[k]);
        }
    }
    std::vector<double> trial(m);
    double length = 1;
    for (int halving = 0; halving < 30; ++halving, length /= 2) {  // down to 1e-9
        for (std::size_t k = 0; k < m; ++k) {
            trial[k] = y[k] + length * direction[k];
        }
        if (problem.gains(trial, gain)) {
            y = trial;
            return true;
        }
    }
    return false;
}

}  // namespace

void ScaleProblem::choose_who_matters(const ForecastInput& input) {
    actor_of.clear();
    issue_of.clear();
    const std::size_t m = input.issue_count();
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        const auto own = std::span(input.salience).subspan(input.at(a, 0), m);
        if (input.capability[a] > 0 && std::ranges::any_of(own, [](double s) { return s > 0; })) {
            actor_of.push_back(a);
        }
    }
    for (std::size_t k = 0; k < m; ++k) {
        const auto cares = [&](std::size_t a) { return input.salience[input.at(a, k)] > 0; };
        if (std::ranges::any_of(actor_of, cares)) {
            issue_of.push_back(k);
        }
    }
    actors = actor_of.size();
    issues = issue_of.size();
    width = (actors + Four::count - 1) / Four::count * Four::count;
}

/// Turns the saliences and positions of an issue into shares and places, and adds what they mean for its actors' bases.
void ScaleProblem::scale_issue(std::size_t k) {
    const bool before = !from.empty() && from[k];
    const Four one(1);
    const Four whole(100);
    const Four start(before ? *from[k] : 0);
    Four lowest(1);
    Four highest;
    for (std::size_t i = 0; i < width; i += Four::count) {
        double* const shares = &share[k * width + i];
        double* const places = &x[k * width + i];
        const Four own = Four::load(shares) / Four::load(&salience_[i]);
        const Four place = Four::load(places) / whole;
        own.store(shares);
        place.store(places);
        lowest = lower(lowest, where_positive(own, place, one));
        highest = higher(highest, where_positive(own, place, Four()));
        const Four lost = before ? place - start : one;
        (Four::load(&base[i]) + own * lost * lost).store(&base[i]);
    }
    low[k] = lowest.least();
    high[k] = highest.most();
}

void ScaleProblem::set(const ForecastInput& input, Disagreement no_deal) {
    choose_who_matters(input);
    from.clear();
    for (const std::size_t k : issue_of) {
        if (no_deal == Disagreement::status_quo) {
            const auto& place = input.status_quo[k];
            from.push_back(place ? std::optional(*place / 100) : std::nullopt);
        }
    }
    share.assign(issues * width, 0);
    x.assign(issues * width, 0);
    weight.assign(width, 0);
    base.assign(width, 0);
    low.resize(issues);
    high.resize(issues);
    salience_.assign(width, 1);  // of those filled up, to be divided by
    double largest = 0;
    for (std::size_t i = 0; i < actors; ++i) {
        const double* const own = &input.salience[input.at(actor_of[i], 0)];
        double sum = 0;
        for (const std::size_t k : issue_of) {
            sum += own[k];
        }
        salience_[i] = sum;
        largest = std::max(largest, input.capability[actor_of[i]]);
    }
    for (std::size_t k = 0; k < issues; ++k) {
        for (std::size_t i = 0; i < actors; ++i) {
            const std::size_t at = input.at(actor_of[i], issue_of[k]);
            share[k * width + i] = input.salience[at];
            x[k * width + i] = input.position[at];
        }
        scale_issue(k);
    }
    double total = 0;
    for (std::size_t i = 0; i < actors; ++i) {
        weight[i] = input.capability[actor_of[i]] / largest;
        total += weight[i];
    }
    for (double& one : weight) {
        one /= total;
    }
}

bool ScaleProblem::gains(const std::vector<double>& y, std::vector<double>& gain) const {
    for (std::size_t i = 0; i < width; ++i) {
        gain[i] = from.empty() ? base[i] : 0;
    }
    const Four one(1);
    const Four two(2);
    for (std::size_t k = 0; k < issues; ++k) {
        const Four at(y[k]);
        if (from.empty()) {
            add_issue(*this, k, gain, [&](const Four& own, const Four& ideal) {
                const Four d = ideal - at;
                return Four() - own * d * d;
            });
        } else if (from[k]) {
            // The difference of two squares as a product: gains may be tiny against the losses.
            const Four before(*from[k]);
            add_issue(*this, k, gain, [&](const Four& own, const Four& ideal) {
                return own * (at - before) * (two * ideal - at - before);
            });
        } else {
            add_issue(*this, k, gain, [&](const Four& own, const Four& ideal) {
                const Four d = ideal - at;
                return own * (one - d) * (one + d);
            });
        }
    }
    bool all = true;
    for (std::size_t i = 0; i < actors; ++i) {
        all = all && gain[i] > 0;
    }
    for (std::size_t i = actors; i < width; ++i) {
        gain[i] = 1;  // may be divided by
    }
    return all;
}

double ScaleProblem::objective(const std::vector<double>& gain) const {
    double sum = 0;
    for (std::size_t i = 0; i < actors; ++i) {
        sum += weight[i] * std::log(gain[i]);
    }
    return sum;
}

bool agreeable_place(const ScaleProblem& problem, const std::vector<std::optional<double>>& compromise,
                     std::vector<double>& y, std::vector<double>& gain) {
    for (std::size_t k = 0; k < problem.issues; ++k) {
        y[k] = compromise[problem.issue_of[k]].value_or(50) / 100;
    }
    if (problem.gains(y, gain)) {
        return true;
    }
    if (problem.from.empty()) {
        return false;  // at an impasse nowhere is better than the compromise
    }
    for (std::size_t k = 0; k < problem.issues; ++k) {
        y[k] = problem.from[k].value_or(y[k]);
    }
    if (!enter_zone(problem, y, gain)) {
        return false;
    }
    for (std::size_t k = 0; k < problem.issues; ++k) {
        y[k] = std::clamp(y[k], problem.low[k], problem.high[k]);  // nearer to every ideal
    }
    return problem.gains(y, gain);
}

}  // namespace steelyard::forecast
