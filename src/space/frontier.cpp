// SPDX-License-Identifier: Apache-2.0
#include "steelyard/space/frontier.hpp"

#include "bracket.hpp"
#include "census.hpp"
#include "count.hpp"
#include "engine.hpp"
#include "ranges.hpp"
#include "reach.hpp"
#include "setup.hpp"
#include "thinning.hpp"

#include <algorithm>
#include <numeric>

namespace steelyard::space {

namespace {

/// Only deals that give every actor for which `needed` at least its no-deal value.
std::vector<Requirement> no_deal_requirements(const Problem& problem, const Bounds& bounds,
                                              const std::vector<char>& needed) {
    std::vector<Requirement> requirements;
    for (std::size_t p = 0; p < problem.size(); ++p) {
        if (needed[p] == 0)
            continue;
        std::vector<double> weights(problem.size());
        weights[p] = 1;
        const BigInt least = problem.no_deal[p] - problem.constant[p];
        requirements.push_back({bounds.weigh(weights), to_double(least)});
    }
    return requirements;
}

/// Points of every actor that has preferences; of the table's actors they stand in the row.
Named<Rational> points_of_row(const Setup& setup, const auto* row, const Deal& deal) {
    const Problem& problem = setup.problem;
    Named<Rational> named;
    for (const ActorId actor : setup.scores.actors()) {
        const auto place = std::ranges::find(problem.actors, actor);
        const auto p = static_cast<std::size_t>(place - problem.actors.begin());
        named.emplace_back(setup.subject[actor].id,
                           place == problem.actors.end()
                               ? setup.scores.of(actor, deal)
                               : problem.rational(p, BigInt(to_big(row[p]) + problem.constant[p])));
    }
    return named;
}

template <class W>
void list_points(const Setup& setup, const Engine<W>& engine, const Front<W>& front,
                 const std::vector<std::size_t>& rows, FrontierResult& result) {
    const Demand<W> accepted = acceptance_demand(engine, setup.rule);
    for (const std::size_t i : rows) {
        FrontierPoint point;
        const Deal deal = setup.deal(engine.layout().options(front.key(i)));
        point.points = points_of_row(setup, front.row(i), deal);
        point.deal = name_deal(setup.subject, deal);
        point.deals = to_big(front.counts[i]).str();
        point.acceptable = accepted.met(front.row(i));
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

/// Finds the frontier on the exact diagram or, where there is none, between an outline's two sides.
template <class W>
class Finder {
public:
    Finder(const Setup& setup, const FrontierOptions& options, const Context& context)
        : setup_(setup), options_(options), context_(context), needed_(setup.problem.size()) {
        const bool acceptable = options.among == Among::acceptable;
        for (std::size_t p = 0; p < needed_.size(); ++p) {
            needed_[p] = static_cast<char>(options.rational || (acceptable && setup.rule.needs(p)));
            restricted_ = restricted_ || needed_[p] != 0;
        }
        whole_ = &setup.diagram;
        if (setup.outline) {
            // All that gives everybody enough may still be few enough nodes for an exact answer.
            const Bounds& bounds = setup.outline->bounds();
            if (restricted_)
                few_ = setup.outline->all_deals(no_deal_requirements(setup.problem, bounds, needed_),
                                                setup.reach.all, context);
            whole_ = few_ ? &*few_ : nullptr;
        }
    }

    void find(FrontierResult& result) const {
        const Diagram& diagram = whole_ != nullptr ? *whole_ : setup_.diagram;
        const Engine<W> engine(setup_.problem, diagram);
        const Bounds bounds(setup_.problem, diagram);
        Rational allowed = options_.epsilon;
        Answer answer = attempt(engine, bounds, allowed);
        // Where deals must reach no-deal values, what is kept may fall short of them where its neighbour does not:
        // the error is known afterwards only.
        while (whole_ != nullptr && answer.epsilon > options_.epsilon.to_double() &&
               !context_.budget.requested() && allowed > Rational(0)) {
            allowed = allowed * 8 > options_.epsilon ? allowed / 3 : Rational(0);
            answer = attempt(engine, bounds, allowed);
        }
        result.exact = answer.exact;
        result.epsilon = answer.epsilon;
        std::vector<std::size_t> rows(answer.lower.size());
        std::iota(rows.begin(), rows.end(), std::size_t{0});
        result.size = static_cast<std::int64_t>(rows.size());
        list_points(setup_, engine, answer.lower, spread(rows, static_cast<std::size_t>(options_.limit)),
                    result);
        count(engine, result);
    }

private:
    struct Answer {
        Front<W> lower;
        bool exact = true;
        double epsilon = 0;
    };

    /// `allowed`: the error to aim at.
    Answer attempt(const Engine<W>& engine, const Bounds& bounds, const Rational& allowed) const {
        // The error is divided between what is kept and what it is compared with.
        const std::vector<BigInt> error = scaled(tracked() ? allowed : allowed / 2);
        const std::vector<Requirement> requirements = no_deal_requirements(setup_.problem, bounds, needed_);
        Thinning<W> thinning(engine, error, whole_ != nullptr ? 0 : kSomeRows, context_);
        Pass<W> pass;
        pass.requirements = &requirements;
        pass.stage = "frontier";
        pass.each = [&](std::size_t layer, std::size_t, Front<W>& front) { thinning.lower(layer, front); };
        pass.hurry = [&](std::size_t layer, std::size_t, Front<W>& front) {
            thinning.hurry_lower(layer, front);
        };
        Answer answer{go_through(engine, pass, context_).front, true, 0};
        keep_wanted(engine, answer.lower);
        if (whole_ != nullptr && thinning.exact())
            return answer;
        answer.exact = false;
        if (tracked()) {
            answer.epsilon = largest(thinning.error());
            return answer;
        }
        Front<W> upper;
        if (whole_ != nullptr) {
            upper = upper_front(engine, requirements, error, kSomeRows, context_);
        } else {
            const Engine<W> relaxed(setup_.problem, setup_.outline->relaxed());
            upper =
                upper_front(relaxed, no_deal_requirements(setup_.problem, setup_.outline->bounds(), needed_),
                            error, kSomeRows, context_);
        }
        keep_wanted(engine, upper);
        const std::optional<double> gap = gap_between(answer.lower, upper, setup_.problem.scale, context_);
        answer.exact = upper.size() == 0;
        answer.epsilon = gap.value_or(largest(reach_of(upper)));
        return answer;
    }

    /// Whether the thinning itself knows its error: all feasible deals compete on an exact diagram.
    [[nodiscard]] bool tracked() const { return whole_ != nullptr && !restricted_; }

    /// Whoever dominates an accepted deal is accepted too, so the frontier of the accepted deals is the part of the
    /// whole frontier that is accepted.
    void keep_wanted(const Engine<W>& engine, Front<W>& front) const {
        const Demand<W> accepted = acceptance_demand(engine, setup_.rule);
        keep_rows(front, [&](std::size_t i) {
            const auto* row = front.row(i);
            bool rational = true;
            for (std::size_t p = 0; p < engine.actors(); ++p)
                rational = rational && !(row[p] < engine.threshold(p));
            return (rational || !options_.rational) &&
                   (options_.among == Among::feasible || accepted.met(row));
        });
    }

    void count(const Engine<W>& engine, FrontierResult& result) const {
        const Demand<W> accepted = acceptance_demand(engine, setup_.rule);
        Tally feasible;
        Tally acceptable;
        if (!setup_.outline) {
            feasible.count = feasible.low = feasible.high = count_paths(setup_.diagram);
            acceptable = count_deals(engine, accepted, context_);
        } else {
            const Census census(setup_.problem, context_, setup_.reach.most_nodes);
            feasible = census.feasible();
            // Only where the acceptance rule needs all whom this diagram was made for does it hold all that count.
            const bool all = few_ && (setup_.rule.unanimous() || !options_.rational);
            acceptable = all ? count_deals(engine, accepted, context_)
                             : census.estimate([&](const std::vector<std::size_t>& options) {
                                   const auto row = engine.row(options);
                                   return accepted.met(row.data());
                               });
        }
        result.feasible = feasible.count.str();
        result.feasible_exact = feasible.exact;
        result.feasible_low = feasible.low.str();
        result.feasible_high = feasible.high.str();
        result.acceptable = acceptable.count.str();
        result.acceptable_exact = acceptable.exact;
        result.acceptable_low = acceptable.low.str();
        result.acceptable_high = acceptable.high.str();
    }

    /// Rounded down: the error stays within what was allowed.
    [[nodiscard]] std::vector<BigInt> scaled(const Rational& points) const {
        std::vector<BigInt> result;
        for (const BigInt& scale : setup_.problem.scale)
            result.push_back(scale * points.numerator() / points.denominator());
        return result;
    }

    /// The largest of the actors' numbers, in points.
    [[nodiscard]] double largest(const std::vector<BigInt>& values) const {
        double most = 0;
        for (std::size_t p = 0; p < values.size(); ++p)
            most = std::max(most, to_double(values[p]) / to_double(setup_.problem.scale[p]));
        return most;
    }

    /// How far rows may lie above the worst deal: what is not known when nothing is found below them.
    std::vector<BigInt> reach_of(const Front<W>& upper) const {
        const Engine<W> relaxed(setup_.problem, setup_.outline ? setup_.outline->relaxed() : setup_.diagram);
        const Ranges<W> ranges(relaxed);
        std::vector<BigInt> reach(setup_.problem.size());
        for (std::size_t i = 0; i < upper.size(); ++i) {
            for (std::size_t p = 0; p < reach.size(); ++p)
                reach[p] =
                    std::max(reach[p], BigInt(to_big(upper.row(i)[p]) - to_big(ranges.after[0][0].low[p])));
        }
        return reach;
    }

    static constexpr std::size_t kSomeRows = 100'000;  ///< of a layer, where not all can be kept

    const Setup& setup_;
    const FrontierOptions& options_;
    const Context& context_;
    std::vector<char> needed_;  // by actor: it must reach its no-deal value
    bool restricted_ = false;   // some are needed
    std::optional<Diagram> few_;
    const Diagram* whole_ = nullptr;  // of all deals that compete; none where that is out of reach
};

}  // namespace

FrontierResult frontier_within(const Case& subject, const FrontierOptions& options, const Context& context,
                               const Reach& reach) {
    const Setup setup(subject, options.table, context, nullptr, Tangled::bound, reach);
    FrontierResult result;
    result.table = setup.table.id;
    for (std::size_t p = 0; p < setup.problem.size(); ++p)
        result.actors.push_back(setup.actor_id(p));
    result.deals = setup.problem.deals.str();
    at_width(setup.problem.width, [&](auto width) {
        FrontierResult found = result;
        Finder<decltype(width)>(setup, options, context).find(found);
        result = std::move(found);
    });
    return result;
}

FrontierResult frontier(const Case& subject, const FrontierOptions& options, const Context& context) {
    return frontier_within(subject, options, context, {});
}

}  // namespace steelyard::space
