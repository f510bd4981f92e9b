// SPDX-License-Identifier: Apache-2.0
#include "census.hpp"

#include "plan.hpp"
#include "relaxed.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::space {

namespace {

Problem without_bundles(Problem problem) {
    std::erase_if(problem.terms, [](const Term& term) { return !term.forbids(); });
    return problem;
}

}  // namespace

Census::Census(const Problem& problem, const Context& context, std::size_t most_nodes, std::size_t width)
    : context_(context), rules_(without_bundles(problem)) {
    const Plan plan = plan_order(rules_, context, most_nodes);
    exact_ = plan.exact;
    diagram_ = exact_ ? make_diagram(rules_, plan, context)
                      : make_relaxed(rules_, plan.order, context, width).diagram;
    possible_ = diagram_.feasible;
    if (possible_)
        sampler_.emplace(diagram_);
}

Tally Census::feasible() const {
    if (!exact_)
        return estimate([](const auto&) { return true; });
    Tally tally;
    tally.count = tally.low = tally.high = count_paths(diagram_);
    return tally;
}

Tally Census::from_share(std::size_t hits) const {
    return possible_ ? tally_of_share(hits, kDraws, sampler_->deals()) : Tally{};
}

Tally tally_of_share(std::size_t hits, std::size_t draws, const BigInt& deals) {
    // Wilson's interval; 2.5758 is the 99.5 % quantile of the normal distribution.
    constexpr double z = 2.5758293035489004;
    const auto n = static_cast<double>(draws);
    const double share = static_cast<double>(hits) / n;
    const double centre = (share + z * z / (2 * n)) / (1 + z * z / n);
    const double half = z / (1 + z * z / n) * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    const auto part = [&](double p) {
        constexpr std::int64_t parts = 1'000'000'000'000;
        return BigInt(deals * static_cast<std::int64_t>(std::llround(std::clamp(p, 0.0, 1.0) * parts)) /
                      parts);
    };
    Tally tally;
    tally.exact = false;
    tally.count = part(share);
    tally.low = hits > 0 ? std::max(part(centre - half), BigInt(1)) : BigInt(0);
    tally.high = part(centre + half);
    return tally;
}

}  // namespace steelyard::space
