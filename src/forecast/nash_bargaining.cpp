// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/nash_bargaining.hpp"

#include "steelyard/forecast/compromise.hpp"
#include "steelyard/model/tables.hpp"
#include "steelyard/space/solutions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace steelyard::forecast {

namespace {

/// The problem on the scale, with the actors and issues that matter only.
/// gain_i(y) = base_i - sum_k share_ik ((x_ik - y_k) / 100)^2, to be maximised: sum_i weight_i log gain_i.
struct Problem {
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

void make_problem(const ForecastInput& input, Disagreement no_deal, Problem& problem) {
    for (auto* list : {&problem.weight, &problem.base, &problem.share, &problem.x}) {
        list->clear();
    }
    problem.actor_of.clear();
    problem.issue_of.clear();
    problem.from.clear();
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
}

/// A point where everybody gains, found from `y`, where nobody loses: the shortest vector in the convex hull of
/// the gradients of those who have gained nothing yet is a direction in which they all gain (E. G. Gilbert,
/// SIAM J. Control 4, 1966); when it has no length, there is none.
bool enter_zone(const Problem& problem, std::vector<double>& y, std::vector<double>& gain) {
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
void newton_step(const Problem& problem, const std::vector<double>& diagonal,
                 const std::vector<double>& slopes, const std::vector<double>& gain,
                 const std::vector<double>& gradient, std::vector<double>& matrix,
                 std::vector<double>& step) {
    const std::size_t m = problem.issues;
    matrix.assign(m * m, 0.0);
    for (std::size_t i = 0; i < problem.actors; ++i) {
        const double c = problem.weight[i] / (gain[i] * gain[i]);
        for (std::size_t r = 0; r < m; ++r) {
            for (std::size_t s = 0; s <= r; ++s) {
                matrix[r * m + s] += c * slopes[i * m + r] * slopes[i * m + s];
            }
        }
    }
    step = gradient;
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
}

}  // namespace

struct ScaleBargainer::Space {
    Problem problem;
    std::vector<double> y, gain, gradient, diagonal, slopes, trial, trial_gain, kept, step, matrix;
    ScaleBargain result;
};

ScaleBargainer::ScaleBargainer() : space_(std::make_unique<Space>()) {}
ScaleBargainer::~ScaleBargainer() = default;

ScaleBargain bargain_on_scale(const ForecastInput& input, Disagreement no_deal) {
    return ScaleBargainer().solve(input, no_deal);
}

const ScaleBargain& ScaleBargainer::solve(const ForecastInput& input, Disagreement no_deal) {
    constexpr double tolerance = 1e-9;
    constexpr int most_iterations = 300;
    constexpr int patience = 25;  // weighted means before Newton steps
    ScaleBargain& result = space_->result;
    result.values.assign(input.issue_count(), std::nullopt);
    result.agreement = false;
    result.gap = 0;
    result.iterations = 0;
    make_problem(input, no_deal, space_->problem);
    const Problem& problem = space_->problem;
    auto& [unused, y, gain, gradient, diagonal, slopes, trial, trial_gain, kept, step, matrix, unused_too] =
        *space_;
    const std::size_t n = problem.actors;
    const std::size_t m = problem.issues;
    if (n == 0) {
        return result;
    }
    y.resize(m);
    gain.resize(n);
    for (std::size_t k = 0; k < m; ++k) {
        y[k] = weighted_mean(input, problem.issue_of[k], Weighting::both).value_or(50) / 100;
    }
    if (!problem.gains(y, gain)) {
        // The compromise is no agreement: start at the status quo (or, at an impasse, nowhere better exists).
        for (std::size_t k = 0; k < m; ++k) {
            y[k] = input.status_quo[problem.issue_of[k]].value_or(y[k] * 100) / 100;
        }
        if (no_deal != Disagreement::status_quo || !enter_zone(problem, y, gain)) {
            return result;
        }
        for (std::size_t k = 0; k < m; ++k) {
            y[k] = std::clamp(y[k], problem.low[k], problem.high[k]);  // nearer to every ideal
        }
        if (!problem.gains(y, gain)) {
            return result;
        }
    }
    result.agreement = true;
    double best = problem.objective(gain);
    gradient.resize(m);
    diagonal.resize(m);
    slopes.resize(n * m);
    trial.resize(m);
    trial_gain.resize(n);
    step.resize(m);
    bool newton = false;
    int polished = 0;  // last steps, by the gap alone: the objective is too coarse to tell such points apart
    for (;; ++result.iterations) {
        newton = newton || result.iterations >= patience;
        std::ranges::fill(gradient, 0.0);
        std::ranges::fill(diagonal, 0.0);
        for (std::size_t i = 0; i < n; ++i) {
            const double c = problem.weight[i] / gain[i];
            for (std::size_t k = 0; k < m; ++k) {
                const double curve = 2 * problem.share[i * m + k];
                const double slope = curve * (problem.x[i * m + k] - y[k]);
                slopes[i * m + k] = slope;
                gradient[k] += c * slope;
                diagonal[k] += c * curve;
            }
        }
        // The objective is concave, so no point of the box lies higher than its tangent plane does.
        double gap = 0;
        for (std::size_t k = 0; k < m; ++k) {
            gap += gradient[k] * ((gradient[k] > 0 ? problem.high[k] : problem.low[k]) - y[k]);
        }
        if (polished > 0 && gap >= result.gap) {
            y = kept;
            break;
        }
        result.gap = std::max(gap, 0.0);
        if (result.gap <= tolerance || result.iterations >= most_iterations) {
            break;
        }
        if (!newton) {
            for (std::size_t k = 0; k < m; ++k) {
                step[k] = gradient[k] / diagonal[k];  // to the mean with weights over gains
            }
        } else {
            newton_step(problem, diagonal, slopes, gain, gradient, matrix, step);
        }
        bool moved = false;
        for (double length = 1; length > 1e-12 && !moved; length /= 2) {
            for (std::size_t k = 0; k < m; ++k) {
                trial[k] = std::clamp(y[k] + length * step[k], problem.low[k], problem.high[k]);
            }
            if (problem.gains(trial, trial_gain)) {
                const double value = problem.objective(trial_gain);
                moved = value > best;
                best = std::max(best, value);
            }
        }
        if (!moved && !newton) {
            newton = true;
            continue;
        }
        if (!moved) {
            for (std::size_t k = 0; k < m; ++k) {
                trial[k] = std::clamp(y[k] + step[k], problem.low[k], problem.high[k]);
            }
            if (!problem.gains(trial, trial_gain)) {
                break;
            }
            ++polished;
            kept = y;
        }
        std::swap(y, trial);
        std::swap(gain, trial_gain);
    }
    for (std::size_t k = 0; k < m; ++k) {
        result.values[problem.issue_of[k]] = 100 * y[k];
    }
    return result;
}

namespace {

/// What actor `a` has at these values (unset: 100 places away), on the scale: 1 at its ideal.
double scale_value(const ForecastInput& input, std::size_t a, const std::vector<std::optional<double>>& at) {
    double salience = 0;
    double loss = 0;
    for (std::size_t k = 0; k < input.issue_count(); ++k) {
        const double s = input.salience[input.at(a, k)];
        const double d = at[k] ? (input.position[input.at(a, k)] - *at[k]) / 100 : 1;
        salience += s;
        loss += s * d * d;
    }
    return salience > 0 ? 1 - loss / salience : 1;
}

void bargain_over_deals(const Case& subject, const ForecastInput& input, const std::string& table_id,
                        const Context& context, NashBargainingResult& result) {
    Case weighted = subject;
    weighted.tables = effective_tables(subject);
    const std::string id = find_table(subject, table_id).id;
    Table& table = *std::ranges::find(weighted.tables, id, &Table::id);
    table.power.clear();
    double total = 0;
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        table.power.emplace_back(find_actor(subject, input.actors[a]),
                                 Number(Rational::nearest(input.capability[a], 9)));
        total += input.capability[a];
    }
    space::SolutionsOptions options;
    options.table = id;
    options.concepts = {space::Concept::weighted_nash};
    const space::SolutionsResult found = space::solutions(weighted, options, context);
    std::vector<std::optional<double>> values(input.issue_count());
    if (!found.solutions.empty()) {
        const space::Solution& solution = found.solutions.front();
        result.agreement = true;
        result.gap = 0;
        for (std::size_t k = 0; k < input.issue_count(); ++k) {
            for (const auto& [issue, option] : solution.deal) {
                if (issue == input.issues[k]) {
                    const auto place = std::ranges::find(input.options[k], option, &PlacedOption::id);
                    values[k] = place->place;
                }
            }
        }
        for (std::size_t a = 0; a < input.actor_count(); ++a) {
            NashGain gain{input.actors[a], total > 0 ? input.capability[a] / total : 0, 0, 0};
            for (const auto& [actor, points] : solution.points) {
                gain.value += actor == gain.actor ? points.to_double() : 0;
            }
            for (const auto& [actor, points] : solution.gains) {
                gain.no_deal += actor == gain.actor ? gain.value - points.to_double() : 0;
            }
            result.gains.push_back(std::move(gain));
        }
    }
    result.issues = name_forecasts(input, values);
    // Where the deals have two options at the same place, the solution's own is the one that is meant.
    if (!found.solutions.empty()) {
        for (IssueForecast& issue : result.issues) {
            for (const auto& [name, option] : found.solutions.front().deal) {
                if (name == issue.issue) {
                    issue.option = option;
                }
            }
        }
    }
}

}  // namespace

NashBargainingResult nash_bargaining(const Case& subject, const NashBargainingOptions& options,
                                     const Context& context) {
    const ForecastInput input = forecast_input(subject, options.table);
    NashBargainingResult result;
    result.capability_from = input.capability_from;
    result.over = options.over;
    if (options.over == BargainOver::automatic) {
        const bool sheet = std::ranges::any_of(input.actors, [&](const std::string& actor) {
            const Preference* preference = preference_of(subject, find_actor(subject, actor));
            return preference != nullptr && !std::holds_alternative<Stances>(preference->form);
        });
        result.over = sheet ? BargainOver::deals : BargainOver::scale;
    }
    if (result.over == BargainOver::deals) {
        bargain_over_deals(subject, input, options.table, context, result);
        return result;
    }
    const ScaleBargain bargain = bargain_on_scale(input, options.disagreement);
    result.agreement = bargain.agreement;
    result.iterations = bargain.iterations;
    result.issues = name_forecasts(input, bargain.values);
    if (!bargain.agreement) {
        return result;
    }
    result.gap = bargain.gap;
    double total = 0;
    for (const double capability : input.capability) {
        total += capability;
    }
    const std::vector<std::optional<double>> nothing(input.issue_count());
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        result.gains.push_back(
            {input.actors[a], input.capability[a] / total, scale_value(input, a, bargain.values),
             scale_value(input, a,
                         options.disagreement == Disagreement::status_quo ? input.status_quo : nothing)});
    }
    return result;
}

}  // namespace steelyard::forecast
