// SPDX-License-Identifier: Apache-2.0
#include "steelyard/space/frontier.hpp"

#include "coarsen.hpp"
#include "count.hpp"
#include "engine.hpp"
#include "ranges.hpp"
#include "setup.hpp"

#include <algorithm>
#include <map>

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

/// Thins out the fronts of a pass: by the error allowed from the start, and more when the budget is used up.
template <class W>
class Thinning {
public:
    using Value = typename W::Value;

    Thinning(const Setup& setup, const Engine<W>& engine, const FrontierOptions& options,
             const Context& context)
        : setup_(setup), context_(context), layers_(engine.diagram().layers.size()) {
        const Ranges<W> ranges(engine);
        for (std::size_t p = 0; p < engine.actors(); ++p) {
            // Rounded down: the error stays within what was allowed.
            const BigInt allowed =
                setup.problem.scale[p] * options.epsilon.numerator() / options.epsilon.denominator();
            allowed_.push_back(allowed);
            if (engine.diagram().feasible)
                range_.push_back(to_big(Value(ranges.after[0][0].high[p] - ranges.after[0][0].low[p])));
        }
    }

    /// `layer` counts from 1.  Late layers are the large ones and get the larger part of the error.
    void operator()(std::size_t layer, Front<W>& front) {
        std::vector<BigInt> error = share_of(layer);
        if (front.size() > 1 && std::ranges::any_of(error, [](const BigInt& x) { return x > 0; }))
            thin(layer, front, error);
        for (std::int64_t parts = 1 << 20; front.size() > kHurried && context_.budget.requested();
             parts /= 2) {
            for (std::size_t p = 0; p < error.size(); ++p)
                error[p] = std::max(error[p], BigInt(range_[p] / std::max<std::int64_t>(parts, 1)));
            thin(layer, front, error);
            if (parts <= 1)
                break;
        }
    }

    [[nodiscard]] bool exact() const { return used_.empty(); }

    /// The largest error of any actor, in points.
    [[nodiscard]] double epsilon() const {
        double largest = 0;
        for (std::size_t p = 0; p < allowed_.size(); ++p) {
            BigInt sum = 0;
            for (const auto& [layer, error] : used_)
                sum += error[p];
            largest = std::max(largest, to_double(sum) / to_double(setup_.problem.scale[p]));
        }
        return largest;
    }

private:
    static constexpr std::size_t kHurried = 2000;  ///< rows of a node once the budget is used up

    [[nodiscard]] std::vector<BigInt> share_of(std::size_t layer) const {
        std::vector<BigInt> error;
        for (const BigInt& allowed : allowed_)
            error.push_back(allowed * 2 * layer / (layers_ * (layers_ + 1)));
        return error;
    }

    void thin(std::size_t layer, Front<W>& front, const std::vector<BigInt>& error) {
        std::vector<Value> typed;
        for (const BigInt& one : error)
            typed.push_back(from_big<Value>(one));
        if (!coarsen(front, typed))
            return;
        // Errors of one layer's nodes stand side by side, those of layers add up; twice in one layer adds too.
        auto& used = used_[{layer, round_of(layer, front)}];
        used.resize(error.size());
        for (std::size_t p = 0; p < error.size(); ++p)
            used[p] = std::max(used[p], error[p]);
    }

    /// How often this front has been thinned in this layer.
    std::size_t round_of(std::size_t layer, const Front<W>& front) {
        if (last_ != std::pair{layer, &front}) {
            last_ = {layer, &front};
            rounds_ = 0;
        }
        return rounds_++;
    }

    const Setup& setup_;
    const Context& context_;
    std::size_t layers_;
    std::vector<BigInt> allowed_, range_;                                      // by actor
    std::map<std::pair<std::size_t, std::size_t>, std::vector<BigInt>> used_;  // layer and round; by actor
    std::pair<std::size_t, const Front<W>*> last_{0, nullptr};
    std::size_t rounds_ = 0;
};

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
    Thinning<W> thinning(setup, engine, options, context);
    // Where deals must reach no-deal values the kept row might fall short of one that its neighbour reaches: then
    // nothing is thinned out and the answer stays exact.
    if (!acceptable && !options.rational)
        pass.each = [&](std::size_t layer, std::size_t, Front<W>& front) { thinning(layer, front); };
    const Passed<W> passed = go_through(engine, pass, context);

    result.exact = thinning.exact();
    result.epsilon = thinning.epsilon();

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
    const Setup setup(subject, options.table, context);
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
