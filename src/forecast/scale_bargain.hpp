// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scale_problem.hpp"
#include "steelyard/forecast/nash_bargaining.hpp"

#include <optional>
#include <vector>

namespace steelyard::forecast {

/// The search for the place where the weighted sum of log gains is highest.  Keeps its space from one to the next.
class ScaleSearch {
public:
    /// Valid until the next call.
    const ScaleBargain& solve(const ForecastInput& input, Disagreement no_deal);

private:
    /// A place, and what is known of the objective there.
    struct Peak {
        std::vector<double> y, gain;
        std::vector<double> pull;                // by actor: weight over gain, twice
        std::vector<double> gradient, diagonal;  // by issue
        double gap = 0;                          // to the top, at most
        std::optional<double> height;            // the objective, computed when it is asked for

        void resize(const ScaleProblem& problem);
        double height_in(const ScaleProblem& problem);
        void differentiate(const ScaleProblem& problem);
    };

    void ascend();
    void step_to_weighted_mean();
    void step_by_newton();
    bool try_step(double length);
    bool climb();
    bool polish();

    ScaleProblem problem_;
    std::vector<std::optional<double>> compromise_;
    Peak here_, there_;
    std::vector<double> step_, slopes_, matrix_;
    ScaleBargain result_;
};

}  // namespace steelyard::forecast
