// SPDX-License-Identifier: Apache-2.0
// The Nash bargain on the scale: a concave problem in as many unknowns as issues.
#include "steelyard/forecast/nash_bargaining.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace steelyard::forecast {

namespace {

/// The problem on the scale, with the actors and issues that matter only.
/// gain_i(y) = base_i - sum_k share_ik ((x_ik - y_k) / 100)^2, to be maximised: sum_i weight_i log gain_i.
struct ScaleProblem {
    std::size_t actors = 0;
    std::size_t issues = 0;
    std::vector<std::size_t> actor_of;
    std::vector<std::size_t> issue_of;
    std::vector<double> weight;  // sums to 1
    std::vector<double> base;
    std::vector<double> share;  // of an issue in the actor's salience; rows of actors
    std::vector<double> x;      // in units of the whole scale
    std::vector<double> low, high;
    std::vector<std::optional<double>> from;  // by issue: the status quo to gain against

    [[nodiscard]] bool gains(const std::vector<double>& y, std::vector<double>& gain) const {
        for (std::size_t i = 0; i < actors; ++i) {
            double sum = from.empty() ? base[i] : 0;
            for (std::size_t k = 0; k < issues; ++k) {
                const double d = x[i * issues + k] - y[k];
                if (from.empty()) {
                    sum -= share[i * issues + k] * d * d;
                } else if (from[k]) {
                    // The difference of two squares as a product: gains may be tiny against the losses.
                    sum +=
                        share[i * issues + k] * (y[k] - *from[k]) * (2 * x[i * issues + k] - y[k] - *from[k]);
                } else {
                    sum += share[i * issues + k] * (1 - d) * (1 + d);
                }
            }
            gain[i] = sum;
            if (!(gain[i] > 0)) {
                return false;
            }
        }
        return true;
    }
    [[nodiscard]] double objective(const std::vector<double>& gain) const {
        double sum = 0;
        for (std::size_t i = 0; i < actors; ++i) {
            sum += weight[i] * std::log(gain[i]);
        }
        return sum;
    }
};

ScaleProblem make_problem(const ForecastInput& input, Disagreement no_deal) {
    ScaleProblem problem;
    const std::size_t n = input.actor_count();
    const std::size_t m = input.issue_count();
    double largest = 0;
    for (std::size_t a = 0; a < n; ++a) {
        bool cares = false;
        for (std::size_t k = 0; k < m; ++k) {
            cares = cares || input.salience[input.at(a, k)] > 0;
        }
        if (cares && input.capability[a] > 0) {
            problem.actor_of.push_back(a);
            largest = std::max(largest, input.capability[a]);
        }
    }
    for (std::size_t k = 0; k < m; ++k) {
        const auto cares = [&](std::size_t a) { return input.salience[input.at(a, k)] > 0; };
        if (std::ranges::any_of(problem.actor_of, cares)) {
            problem.issue_of.push_back(k);
        }
    }
    problem.actors = problem.actor_of.size();
    problem.issues = problem.issue_of.size();
    for (const std::size_t k : problem.issue_of) {
        if (no_deal == Disagreement::status_quo) {
            const auto& place = input.status_quo[k];
            problem.from.push_back(place ? std::optional(*place / 100) : std::nullopt);
        }
    }
    problem.low.assign(problem.issues, 1);
    problem.high.assign(problem.issues, 0);
    double total = 0;
    for (const std::size_t a : problem.actor_of) {
        double salience = 0;
        for (const std::size_t k : problem.issue_of) {
            salience += input.salience[input.at(a, k)];
        }
        double base = 0;
        for (std::size_t k = 0; k < problem.issues; ++k) {
            const std::size_t at = input.at(a, problem.issue_of[k]);
            const double share = input.salience[at] / salience;
            const double x = input.position[at] / 100;
            problem.share.push_back(share);
            problem.x.push_back(x);
            if (share > 0) {
                problem.low[k] = std::min(problem.low[k], x);
                problem.high[k] = std::max(problem.high[k], x);
            }
            const double lost = !problem.from.empty() && problem.from[k] ? x - *problem.from[k] : 1;
            base += share * lost * lost;
        }
        problem.base.push_back(base);
        problem.weight.push_back(input.capability[a] / largest);
        total += problem.weight.back();
    }
    for (double& weight : problem.weight) {
        weight /= total;
    }
    return problem;
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
            const double d = problem.x[i * m + k] - y[k];
            own[k] = problem.share[i * m + k] * d;
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
    for (double length = 1; length > 1e-9; length /= 2) {
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

/// Solves (diagonal + sum_i c_i v_i v_i') step = gradient by Cholesky; the matrix is positive definite.
std::vector<double> newton_step(const ScaleProblem& problem, const std::vector<double>& diagonal,
                                const std::vector<double>& slopes, const std::vector<double>& gain,
                                const std::vector<double>& gradient) {
    const std::size_t m = problem.issues;
    std::vector<double> matrix(m * m, 0.0);
    for (std::size_t i = 0; i < problem.actors; ++i) {
        const double c = problem.weight[i] / (gain[i] * gain[i]);
        for (std::size_t r = 0; r < m; ++r) {
            for (std::size_t s = 0; s <= r; ++s) {
                matrix[r * m + s] += c * slopes[i * m + r] * slopes[i * m + s];
            }
        }
    }
    std::vector<double> step = gradient;
    for (std::size_t r = 0; r < m; ++r) {
        matrix[r * m + r] += diagonal[r];
        for (std::size_t s = 0; s <= r; ++s) {
            double sum = matrix[r * m + s];
            for (std::size_t t = 0; t < s; ++t) {
                sum -= matrix[r * m + t] * matrix[s * m + t];
            }
            matrix[r * m + s] = r == s ? std::sqrt(std::max(sum, 1e-300)) : sum / matrix[s * m + s];
        }
    }
    for (std::size_t r = 0; r < m; ++r) {
        for (std::size_t t = 0; t < r; ++t) {
            step[r] -= matrix[r * m + t] * step[t];
        }
        step[r] /= matrix[r * m + r];
    }
    for (std::size_t r = m; r-- > 0;) {
        for (std::size_t t = r + 1; t < m; ++t) {
            step[r] -= matrix[t * m + r] * step[t];
        }
        step[r] /= matrix[r * m + r];
    }
    return step;
}

/// The search for the place where the weighted sum of log gains is highest, from a place where all gain.
class Search {
public:
    Search(const ScaleProblem& problem, std::vector<double> start, std::vector<double> gain)
        : problem_(problem),
          y_(std::move(start)),
          gain_(std::move(gain)),
          best_(problem.objective(gain_)),
          gradient_(problem.issues),
          diagonal_(problem.issues),
          slopes_(problem.actors * problem.issues),
          trial_(problem.issues),
          trial_gain_(problem.actors) {}

    void run(ScaleBargain& result) {
        constexpr double tolerance = 1e-9;
        constexpr int most_iterations = 300;
        constexpr int patience = 25;  // weighted means before Newton steps
        bool newton = false;
        for (;; ++result.iterations) {
            newton = newton || result.iterations >= patience;
            differentiate();
            const double gap = std::max(gap_to_the_top(), 0.0);
            if (polishing_ && gap >= result.gap) {
                y_ = before_;  // the last step brought nothing
                return;
            }
            result.gap = gap;
            if (gap <= tolerance || result.iterations >= most_iterations) {
                return;
            }
            const std::vector<double> step = newton
                                                 ? newton_step(problem_, diagonal_, slopes_, gain_, gradient_)
                                                 : step_to_weighted_mean();
            if (climb(step)) {
                polishing_ = false;
            } else if (!newton) {
                newton = true;
            } else if (!polish(step)) {
                return;
            }
        }
    }

    [[nodiscard]] const std::vector<double>& place() const { return y_; }

private:
    /// The gradient of the objective, and what its curvature is made of.
    void differentiate() {
        const std::size_t m = problem_.issues;
        std::ranges::fill(gradient_, 0.0);
        std::ranges::fill(diagonal_, 0.0);
        for (std::size_t i = 0; i < problem_.actors; ++i) {
            const double c = problem_.weight[i] / gain_[i];
            for (std::size_t k = 0; k < m; ++k) {
                const double curve = 2 * problem_.share[i * m + k];
                const double slope = curve * (problem_.x[i * m + k] - y_[k]);
                slopes_[i * m + k] = slope;
                gradient_[k] += c * slope;
                diagonal_[k] += c * curve;
            }
        }
    }

    /// The objective is concave, so no point of the box lies higher than its tangent plane does.
    [[nodiscard]] double gap_to_the_top() const {
        double gap = 0;
        for (std::size_t k = 0; k < problem_.issues; ++k) {
            gap += gradient_[k] * ((gradient_[k] > 0 ? problem_.high[k] : problem_.low[k]) - y_[k]);
        }
        return gap;
    }

    /// Where the gradient vanishes if gains stay as they are: the mean with weights over gains.
    [[nodiscard]] std::vector<double> step_to_weighted_mean() const {
        std::vector<double> step(problem_.issues);
        for (std::size_t k = 0; k < step.size(); ++k) {
            step[k] = gradient_[k] / diagonal_[k];
        }
        return step;
    }

    /// Puts the trial at that part of the step, inside the box; whether everybody gains there.
    bool try_step(const std::vector<double>& step, double length) {
        for (std::size_t k = 0; k < step.size(); ++k) {
            trial_[k] = std::clamp(y_[k] + length * step[k], problem_.low[k], problem_.high[k]);
        }
        return problem_.gains(trial_, trial_gain_);
    }

    void accept() {
        std::swap(y_, trial_);
        std::swap(gain_, trial_gain_);
    }

    /// Goes the longest of 1, 1/2, 1/4, ... of the step that leads higher.
    bool climb(const std::vector<double>& step) {
        for (double length = 1; length > 1e-12; length /= 2) {
            if (!try_step(step, length)) {
                continue;
            }
            if (const double value = problem_.objective(trial_gain_); value > best_) {
                best_ = value;
                accept();
                return true;
            }
        }
        return false;
    }

    /// A whole Newton step by faith: the objective is too coarse to tell points this near to the top apart, so
    /// the gap decides afterwards whether it was one.
    bool polish(const std::vector<double>& step) {
        if (!try_step(step, 1)) {
            return false;
        }
        polishing_ = true;
        before_ = y_;
        accept();
        return true;
    }

    const ScaleProblem& problem_;
    std::vector<double> y_, gain_;
    double best_;
    std::vector<double> gradient_, diagonal_, slopes_, trial_, trial_gain_;
    bool polishing_ = false;
    std::vector<double> before_;
};

/// A place where everybody gains, or nothing when there is none: the compromise, or else one found from the status
/// quo.  `gain` gets what each has there.
std::optional<std::vector<double>> agreeable_place(const ForecastInput& input, const ScaleProblem& problem,
                                                   std::vector<double>& gain) {
    const std::size_t m = problem.issues;
    std::vector<double> y(m);
    for (std::size_t k = 0; k < m; ++k) {
        y[k] = weighted_mean(input, problem.issue_of[k], Weighting::both).value_or(50) / 100;
    }
    if (problem.gains(y, gain)) {
        return y;
    }
    if (problem.from.empty()) {
        return std::nullopt;  // at an impasse nowhere is better than the compromise
    }
    for (std::size_t k = 0; k < m; ++k) {
        y[k] = problem.from[k].value_or(y[k]);
    }
    if (!enter_zone(problem, y, gain)) {
        return std::nullopt;
    }
    for (std::size_t k = 0; k < m; ++k) {
        y[k] = std::clamp(y[k], problem.low[k], problem.high[k]);  // nearer to every ideal
    }
    return problem.gains(y, gain) ? std::optional(y) : std::nullopt;
}

}  // namespace

ScaleBargain bargain_on_scale(const ForecastInput& input, Disagreement no_deal) {
    ScaleBargain result;
    result.values.resize(input.issue_count());
    const ScaleProblem problem = make_problem(input, no_deal);
    if (problem.actors == 0) {
        return result;
    }
    std::vector<double> gain(problem.actors);
    auto start = agreeable_place(input, problem, gain);
    if (!start) {
        return result;
    }
    result.agreement = true;
    Search search(problem, std::move(*start), std::move(gain));
    search.run(result);
    for (std::size_t k = 0; k < problem.issues; ++k) {
        result.values[problem.issue_of[k]] = 100 * search.place()[k];
    }
    return result;
}

struct ScaleBargainer::Space {
    ScaleBargain result;
};

ScaleBargainer::ScaleBargainer() : space_(std::make_unique<Space>()) {}
ScaleBargainer::~ScaleBargainer() = default;

const ScaleBargain& ScaleBargainer::solve(const ForecastInput& input, Disagreement no_deal) {
    space_->result = bargain_on_scale(input, no_deal);
    return space_->result;
}

}  // namespace steelyard::forecast
