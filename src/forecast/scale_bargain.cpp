// SPDX-License-Identifier: Apache-2.0
// The Nash bargain on the scale: a concave problem in as many unknowns as issues.
#include "scale_bargain.hpp"

#include "four.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::forecast {

const ScaleBargain& ScaleSearch::solve(const ForecastInput& input, Disagreement no_deal) {
    result_.agreement = false;
    result_.gap = 0;
    result_.iterations = 0;
    result_.values.assign(input.issue_count(), std::nullopt);
    problem_.set(input, no_deal);
    if (problem_.actors == 0) {
        return result_;
    }
    here_.resize(problem_);
    there_.resize(problem_);
    step_.resize(problem_.issues);
    compromise_.resize(input.issue_count());
    weighted_means(input, Weighting::both, compromise_);
    result_.agreement = agreeable_place(problem_, compromise_, here_.y, here_.gain);
    if (!result_.agreement) {
        return result_;
    }
    here_.height.reset();
    here_.differentiate(problem_);
    ascend();
    for (std::size_t k = 0; k < problem_.issues; ++k) {
        result_.values[problem_.issue_of[k]] = 100 * here_.y[k];
    }
    return result_;
}

void ScaleSearch::Peak::resize(const ScaleProblem& problem) {
    y.resize(problem.issues);
    gain.resize(problem.width);
    pull.resize(problem.width);
    gradient.resize(problem.issues);
    diagonal.resize(problem.issues);
}

double ScaleSearch::Peak::height_in(const ScaleProblem& problem) {
    if (!height) {
        height = problem.objective(gain);
    }
    return *height;
}

/// The gradient of the objective, what its curvature is made of, and the gap: the objective is concave, so no
/// point of the box lies higher than its tangent plane does.
void ScaleSearch::Peak::differentiate(const ScaleProblem& problem) {
    for (std::size_t i = 0; i < problem.width; ++i) {
        pull[i] = 2 * problem.weight[i] / gain[i];
    }
    gap = 0;
    for (std::size_t k = 0; k < problem.issues; ++k) {
        const double* share = &problem.share[k * problem.width];
        const double* x = &problem.x[k * problem.width];
        const double at = y[k];
        const Four here(at);
        Four slope;
        Four curve;
        for (std::size_t i = 0; i < problem.width; i += Four::count) {
            const Four c = Four::load(&pull[i]) * Four::load(share + i);
            curve = curve + c;
            slope = slope + c * (Four::load(x + i) - here);
        }
        gradient[k] = slope.sum();
        diagonal[k] = curve.sum();
        gap += gradient[k] * ((gradient[k] > 0 ? problem.high[k] : problem.low[k]) - at);
    }
    gap = std::max(gap, 0.0);
}

void ScaleSearch::ascend() {
    constexpr double tolerance = 1e-9;
    constexpr int most_iterations = 300;
    constexpr int patience = 25;  // weighted means before Newton steps
    bool newton = false;
    for (;; ++result_.iterations) {
        newton = newton || result_.iterations >= patience;
        result_.gap = here_.gap;
        if (here_.gap <= tolerance || result_.iterations >= most_iterations) {
            return;
        }
        if (newton) {
            step_by_newton();
        } else {
            step_to_weighted_mean();
        }
        if (climb()) {
            continue;
        }
        if (newton && !polish()) {
            return;
        }
        newton = true;
    }
}

/// Where the gradient vanishes if gains stay as they are: the mean with weights over gains.
void ScaleSearch::step_to_weighted_mean() {
    for (std::size_t k = 0; k < step_.size(); ++k) {
        step_[k] = here_.gradient[k] / here_.diagonal[k];
    }
}

/// Solves (diagonal + sum_i c_i v_i v_i') step = gradient by Cholesky; the matrix is positive definite.
void ScaleSearch::step_by_newton() {
    const std::size_t m = problem_.issues;
    const std::size_t width = problem_.width;
    slopes_.resize(m * width);
    matrix_.resize(m * m);
    for (std::size_t k = 0; k < m; ++k) {
        for (std::size_t i = 0; i < width; ++i) {
            const double slope = 2 * problem_.share[k * width + i] * (problem_.x[k * width + i] - here_.y[k]);
            slopes_[k * width + i] = slope * std::sqrt(problem_.weight[i]) / here_.gain[i];
        }
    }
    for (std::size_t r = 0; r < m; ++r) {
        for (std::size_t s = 0; s <= r; ++s) {
            Four sum;
            for (std::size_t i = 0; i < width; i += Four::count) {
                sum = sum + Four::load(&slopes_[r * width + i]) * Four::load(&slopes_[s * width + i]);
            }
            matrix_[r * m + s] = sum.sum();
        }
    }
    std::ranges::copy(here_.gradient, step_.begin());
    for (std::size_t r = 0; r < m; ++r) {
        matrix_[r * m + r] += here_.diagonal[r];
        for (std::size_t s = 0; s <= r; ++s) {
            double sum = matrix_[r * m + s];
            for (std::size_t t = 0; t < s; ++t) {
                sum -= matrix_[r * m + t] * matrix_[s * m + t];
            }
            matrix_[r * m + s] = r == s ? std::sqrt(std::max(sum, 1e-300)) : sum / matrix_[s * m + s];
        }
    }
    for (std::size_t r = 0; r < m; ++r) {
        for (std::size_t t = 0; t < r; ++t) {
            step_[r] -= matrix_[r * m + t] * step_[t];
        }
        step_[r] /= matrix_[r * m + r];
    }
    for (std::size_t r = m; r-- > 0;) {
        for (std::size_t t = r + 1; t < m; ++t) {
            step_[r] -= matrix_[t * m + r] * step_[t];
        }
        step_[r] /= matrix_[r * m + r];
    }
}

/// Puts the trial at that part of the step, inside the box; whether everybody gains there.
bool ScaleSearch::try_step(double length) {
    for (std::size_t k = 0; k < step_.size(); ++k) {
        there_.y[k] = std::clamp(here_.y[k] + length * step_[k], problem_.low[k], problem_.high[k]);
    }
    there_.height.reset();
    return problem_.gains(there_.y, there_.gain);
}

/// Goes the whole step when that halves the gap, which needs no logarithms; or else the longest of 1, 1/2, 1/4, ...
/// of it that leads higher.
bool ScaleSearch::climb() {
    double length = 1;
    for (int halving = 0; halving < 40; ++halving, length /= 2) {  // down to 1e-12
        if (!try_step(length)) {
            continue;
        }
        const bool whole = halving == 0;
        if (whole) {
            there_.differentiate(problem_);
        }
        if (whole && there_.gap <= here_.gap / 2) {
            std::swap(here_, there_);
            return true;
        }
        if (there_.height_in(problem_) > here_.height_in(problem_)) {
            if (!whole) {
                there_.differentiate(problem_);
            }
            std::swap(here_, there_);
            return true;
        }
    }
    return false;
}

/// A whole Newton step by its gap alone: the objective is too coarse to tell points this near to the top apart.
bool ScaleSearch::polish() {
    if (!try_step(1)) {
        return false;
    }
    there_.differentiate(problem_);
    if (there_.gap >= here_.gap) {
        return false;
    }
    std::swap(here_, there_);
    return true;
}

ScaleBargain bargain_on_scale(const ForecastInput& input, Disagreement no_deal) {
    ScaleSearch search;
    return search.solve(input, no_deal);
}

}  // namespace steelyard::forecast
