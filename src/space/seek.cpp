// SPDX-License-Identifier: Apache-2.0
#include "seek.hpp"

#include "dominated.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::space {

namespace {

/// The smallest integer that is certainly not below the number.
BigInt not_below(double value) {
    const double raised = std::ceil(value + std::abs(value) * 1e-9);
    return BigInt(raised);
}

}  // namespace

template <class W>
Seeker<W>::Upper::Upper(const Setup& setup, const Problem& problem, const Eligible& eligible,
                        const Context& context)
    : engine(problem, setup.outline->relaxed()),
      optimiser(engine, setup.outline->bounds(), eligible, context) {}

template <class W>
Seeker<W>::Seeker(const Setup& setup, const Eligible& eligible, const Context& context)
    : Seeker(setup, setup.problem, eligible, context) {}

template <class W>
Seeker<W>::Seeker(const Setup& setup, const Problem& problem, const Eligible& eligible,
                  const Context& context)
    : setup_(setup),
      problem_(problem),
      eligible_(eligible),
      context_(context),
      engine_(problem, setup.diagram),
      optimiser_(engine_, setup.bounds, eligible, context),
      upper_(setup.outline ? std::make_unique<Upper>(setup, problem, eligible, context) : nullptr) {}

template <class W>
Found Seeker<W>::best(const Measure& measure) const {
    Found found;
    if (upper_) {
        found = best_outlined(measure);
    } else {
        found = optimiser_.best(measure);
        found.ties_exact = found.proven && measure.strict();
    }
    if (!found.proven) {
        const double bound = found.bound;
        for (const auto& options : met_)
            consider(options, measure, found);
        found.proven = found.ties_exact = false;
        found.bound = bound;
    }
    if (found.any() && std::ranges::find(met_, found.options) == met_.end())
        met_.push_back(found.options);
    return found;
}

template <class W>
void Seeker<W>::consider(const std::vector<std::size_t>& options, const Measure& measure,
                         Found& found) const {
    if (options.empty() || problem_.forbids(options))
        return;
    const auto row = engine_.row(options);
    if (!optimiser_.is_eligible(row.data()))
        return;
    Gains gains = optimiser_.gains_of(row.data());
    if (found.any() && measure.compare(gains, found.gains) != std::strong_ordering::greater)
        return;
    found = {};
    found.options = options;
    found.gains = std::move(gains);
    found.ties = 1;
}

template <class W>
Found Seeker<W>::best_of(const Diagram& diagram, const Measure& measure, const Found& known) const {
    const Engine<W> engine(problem_, diagram);
    const Bounds bounds(problem_, diagram);
    const Optimiser<W> optimiser(engine, bounds, eligible_, context_);
    return optimiser.best(measure, optimiser.aim(measure), known);
}

template <class W>
Found Seeker<W>::best_outlined(const Measure& measure) const {
    const Optimiser<W>& upper = upper_->optimiser;
    const Outline& outline = *setup_.outline;
    const Heading heading = upper.aim(measure);
    Found found = optimiser_.best(measure);
    for (const auto& options : heading.directions.deals)
        consider(options, measure, found);
    for (const auto& options : met_)
        consider(options, measure, found);
    constexpr int most_rounds = 4;
    for (int round = 0; round < most_rounds && !context_.budget.requested(); ++round) {
        const std::vector<Requirement> required = upper.requirements(measure, heading, found);
        if (const auto all = outline.all_deals(required, setup_.reach.all, context_)) {
            Found best = best_of(*all, measure, found);
            best.ties_exact = best.proven && measure.strict();
            if (!best.proven)
                best.bound = std::min(best.bound, upper.bound(measure, heading, best));
            return best;
        }
        const Found better =
            best_of(outline.some_deals(required, setup_.reach.some, context_), measure, found);
        const std::size_t before = found.options.size();
        const Gains gains = found.gains;
        consider(better.options, measure, found);
        if (found.gains == gains && found.options.size() == before)
            break;
    }
    const Found most = upper.best(measure, heading, found);
    consider(most.options, measure, found);
    if (!most.any() && most.proven)
        return {};
    found.ties_exact = false;
    found.proven =
        found.any() && most.proven && measure.compare(found.gains, most.gains) == std::strong_ordering::equal;
    found.bound = upper.bound(measure, heading, found);
    const bool comparable = measure.kind != Measure::Kind::product ||
                            (found.any() && measure.gainers(found.gains) == measure.gainers(most.gains));
    if (most.any() && most.proven && comparable) {
        const double value = measure.value(most.gains);
        found.bound = std::min(found.bound, value + std::abs(value) * 1e-12);
    }
    return found;
}

template <class W>
typename Seeker<W>::GainRange Seeker<W>::best_gain(std::size_t actor) const {
    Measure measure;
    measure.kind = Measure::Kind::single;
    measure.actor = actor;
    measure.factor.assign(engine_.actors(), 1);
    const Found found = best(measure);
    const BigInt low = found.any() ? found.gains[actor] : BigInt(0);
    return {low, found.proven ? low : std::max(low, not_below(found.bound))};
}

template <class W>
std::optional<bool> Seeker<W>::efficient(const std::vector<Value>& row) const {
    const auto alone = [&](const Front<W>& front) {
        // Rows are distinct; a deal that breaks a rule may have none of its own.
        return front.size() == 0 || (front.size() == 1 && std::equal(row.begin(), row.end(), front.row(0)));
    };
    const auto decide = [&](const Engine<W>& engine, const Bounds& bounds) -> std::optional<bool> {
        const Passed<W> above = rows_above(engine, bounds, row, context_);
        if (above.outcome != Outcome::finished)
            return std::nullopt;
        return alone(above.front);
    };
    if (!upper_)
        return decide(engine_, setup_.bounds);
    const Outline& outline = *setup_.outline;
    const std::vector<Requirement> required = requirements_above<W>(outline.bounds(), row);
    auto diagram = outline.all_deals(required, setup_.reach.all, context_);
    const bool all = diagram.has_value();
    if (!all)
        diagram = outline.some_deals(required, setup_.reach.some, context_);
    const Engine<W> engine(problem_, *diagram);
    const Bounds bounds(problem_, *diagram);
    const Passed<W> above = rows_above(engine, bounds, row, context_);
    const bool finished = above.outcome == Outcome::finished;
    if (finished && !alone(above.front))
        return false;
    if (finished && all)
        return true;
    if (decide(upper_->engine, outline.bounds()).value_or(false))
        return true;
    return std::nullopt;
}

template <class W>
Tally Seeker<W>::count(const std::vector<std::optional<Value>>& floors) const {
    Demand<W> demand;
    if (eligible_.rule != nullptr)
        demand = acceptance_demand(engine_, *eligible_.rule);
    demand.floors = floors;
    if (!upper_)
        return count_deals(engine_, demand, context_);
    // Only deals that reach the floors matter: perhaps their diagram is small enough.
    std::vector<Requirement> required;
    for (std::size_t p = 0; p < floors.size(); ++p) {
        if (!floors[p])
            continue;
        std::vector<double> unit(floors.size());
        unit[p] = 1;
        required.push_back({setup_.outline->bounds().weigh(unit), to_double(*floors[p])});
    }
    const auto all = setup_.outline->all_deals(required, setup_.reach.all, context_);
    if (!all) {
        Tally unknown;
        unknown.exact = false;
        return unknown;
    }
    const Engine<W> engine(problem_, *all);
    return count_deals(engine, demand, context_);
}

template class Seeker<Narrow>;
template class Seeker<Wide>;
template class Seeker<Big>;

}  // namespace steelyard::space
