// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "steelyard/forecast/nash_bargaining.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace steelyard::forecast {

/// The Nash bargain on the scale, with the actors and issues that matter only:
/// gain_i(y) = base_i - sum_k share_ik (x_ik - y_k)^2, to be maximised: sum_i weight_i log gain_i.
///
/// Actors stand side by side, issue by issue, and are filled up to a multiple of four with some that have no weight and no
/// share, so that a compiler can compute four of them at a time.
struct ScaleProblem {
    std::size_t actors = 0;
    std::size_t width = 0;  ///< actors with those filled up
    std::size_t issues = 0;
    std::vector<std::size_t> actor_of;
    std::vector<std::size_t> issue_of;
    std::vector<double> weight;     ///< by actor; sums to 1
    std::vector<double> base;       ///< by actor
    std::vector<double> share;      ///< of an issue in the actor's salience; rows of issues
    std::vector<double> x;          ///< in units of the whole scale; rows of issues
    std::vector<double> low, high;  ///< by issue: no place beyond is better for anybody
    std::vector<std::optional<double>>
        from;  ///< by issue: the status quo to gain against; empty at an impasse

    /// Makes the problem of an input, in the space that it has.
    void set(const ForecastInput& input, Disagreement no_deal);
    /// What everybody gains at `y`; whether all gain something.
    [[nodiscard]] bool gains(const std::vector<double>& y, std::vector<double>& gain) const;
    /// The weighted sum of log gains.
    [[nodiscard]] double objective(const std::vector<double>& gain) const;

private:
    void choose_who_matters(const ForecastInput& input);
    void scale_issue(std::size_t k);
    std::vector<double> salience_;  // by actor: of all issues
};

/// A place where everybody gains, or nothing when there is none: the compromise, or else one found from the status
/// quo.  `y` gets the place, `gain` what each has there; returns whether there is one.
bool agreeable_place(const ScaleProblem& problem, const std::vector<std::optional<double>>& compromise,
                     std::vector<double>& y, std::vector<double>& gain);

}  // namespace steelyard::forecast
