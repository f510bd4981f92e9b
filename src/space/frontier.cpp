// SPDX-License-Identifier: Apache-2.0
#include "steelyard/space/frontier.hpp"

#include "count.hpp"
#include "engine.hpp"
#include "setup.hpp"

namespace steelyard::space {

namespace {

/// Only deals that give every actor for which `needed` at least its no-deal value.
template <class F>
std::vector<Requirement> no_deal_requirements(const Setup& setup, F&& needed) {
    std::vector<Requirement> requirements;
    for (std::size_t p = 0; p < setup.problem.size(); ++p) {
        if (!needed(p))
            continue;
        std::vector<double> weights(setup.problem.size());
        weights[p] = 1;
        const BigInt least = setup.problem.no_deal[p] - setup.problem.constant[p];
        requirements.push_back({setup.bounds.weigh(std::move(weights)), to_double(least)});
    }
    return requirements;
}

template <class W>
void list_points(const Setup& setup, const Engine<W>& engine, const Front<W>& front,
                 const std::vector<std::size_t>& rows, FrontierResult& result) {
    for (const std::size_t i : rows) {
        FrontierPoint point;
        const Deal deal = setup.deal(engine.layout().options(front.key(i)));
        point.points = setup.points(deal);
        point.deal = name_deal(setup.subject, deal);
        point.deals = to_big(front.counts[i]).str();
        result.points.push_back(std::move(point));
    }
}

/// At most `limit` of the rows, evenly spread, the first and last among them.
std::vector<std::size_t> spread(const std::vector<std::size_t>& rows, std::size_t limit) {
    if (rows.size() <= limit)
        return rows;
    std::vector<std::size_t> chosen;
    for (std::size_t k = 0; k < limit; ++k)
        chosen.push_back(rows[limit == 1 ? 0 : k * (rows.size() - 1) / (limit - 1)]);
    return chosen;
}

template <class W>
void find_frontier(const Setup& setup, const FrontierOptions& options, const Context& context,
                   FrontierResult& result) {
    const Engine<W> engine(setup.problem, setup.diagram);
    const Demand<W> accepted = acceptance_demand(engine, setup.rule);
    const bool acceptable = options.among == Among::acceptable;
    const std::vector<Requirement> requirements = no_deal_requirements(
        setup, [&](std::size_t p) { return options.rational || (acceptable && setup.rule.needs(p)); });

    Pass<W> pass;
    pass.requirements = &requirements;
    pass.stage = "frontier";
    const Passed<W> passed = go_through(engine, pass, context);

    // Whoever dominates an accepted deal is accepted too, so the frontier of the accepted deals is the part of
    // the whole frontier that is accepted.
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < passed.front.size(); ++i) {
        const auto* row = passed.front.row(i);
        bool rational = true;
        for (std::size_t p = 0; p < engine.actors(); ++p)
            rational = rational && !(row[p] < engine.threshold(p));
        if ((rational || !options.rational) && (!acceptable || accepted.met(row)))
            rows.push_back(i);
    }
    result.size = static_cast<std::int64_t>(rows.size());
    list_points(setup, engine, passed.front, spread(rows, static_cast<std::size_t>(options.limit)), result);

    const Tally tally = count_deals(engine, accepted, context);
    result.acceptable = tally.count.str();
    result.acceptable_exact = tally.exact;
    result.acceptable_low = tally.low.str();
    result.acceptable_high = tally.high.str();
}

}  // namespace

FrontierResult frontier(const Case& subject, const FrontierOptions& options, const Context& context) {
    const Setup setup(subject, options.table);
    FrontierResult result;
    result.table = setup.table.id;
    for (std::size_t p = 0; p < setup.problem.size(); ++p)
        result.actors.push_back(setup.actor_id(p));
    result.deals = setup.problem.deals.str();
    result.feasible = count_paths(setup.diagram).str();
    at_width(setup.problem.width, [&](auto width) {
        FrontierResult found = result;
        find_frontier<decltype(width)>(setup, options, context, found);
        result = std::move(found);
    });
    return result;
}

}  // namespace steelyard::space
