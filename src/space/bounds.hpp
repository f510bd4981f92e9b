// SPDX-License-Identifier: Apache-2.0
#pragma once
/// How much a partial deal can still gain, in doubles: for pruning and for good first deals.
///
/// For fixed weights of the actors the best completion of every residual state is a longest path of the
/// diagram, so these bounds take bundles and rules into account exactly; what they relax is only that the
/// weights stay the same for all deals (a Lagrangian bound).

#include "diagram.hpp"
#include "front.hpp"
#include "problem.hpp"

#include <cstddef>
#include <vector>

namespace steelyard::space {

/// Actor weights with, for every layer and node, the largest weighted sum that the rest of a path can add.
struct Weighed {
    std::vector<double> weights;
    std::vector<double> gains;              ///< by gain of the diagram, its weighted sum
    std::vector<std::vector<double>> rest;  ///< layer (and one for the end) x node
    double slack = 0;                       ///< more than rounding can amount to in any such sum
};

/// A requirement on complete deals: `weights . row >= least`, where rows leave out the problem's constants.
struct Requirement {
    Weighed weighed;
    double least = 0;
};

class Bounds {
public:
    Bounds(const Problem& problem, const Diagram& diagram);

    [[nodiscard]] Weighed weigh(const std::vector<double>& weights) const;
    /// The same where another's memory can be used again: searches weigh hundreds of times.
    void weigh(const std::vector<double>& weights, Weighed& weighed) const;
    /// The option numbers (by issue) of a deal with the largest weighted sum; the diagram must be feasible.
    [[nodiscard]] std::vector<std::size_t> best(const Weighed& weighed) const;
    /// Points without the constants.
    [[nodiscard]] const std::vector<double>& points(std::size_t issue, std::size_t option) const {
        return points_[issue][option];
    }

    /// Points without the constants of a whole deal, bundles included.
    [[nodiscard]] std::vector<double> row(const std::vector<std::size_t>& options) const;

private:
    const Problem& problem_;
    const Diagram& diagram_;
    std::vector<std::vector<std::vector<double>>> points_;  // issue, option, actor
    std::vector<std::vector<double>> gains_;                // gain, actor
    std::vector<double> magnitude_;                         // by actor: largest sum of absolute points
};

/// The cuts that rows at one node of a layer must meet so that a completion can meet the requirements.
std::vector<Cut> cuts_at(const std::vector<Requirement>& requirements, std::size_t layer, std::size_t node);

}  // namespace steelyard::space
