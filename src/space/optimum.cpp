// SPDX-License-Identifier: Apache-2.0
#include "optimum.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace steelyard::space {

namespace {

constexpr std::size_t kBeamRows = 600;

}  // namespace

template <class W>
Optimiser<W>::Optimiser(const Engine<W>& engine, const Bounds& bounds, const Eligible& eligible,
                        const Context& context)
    : engine_(engine), bounds_(bounds), eligible_(eligible), context_(context), ranges_(engine) {
    const std::size_t n = engine.actors();
    for (std::size_t p = 0; p < n; ++p) {
        needed_.push_back(static_cast<char>(eligible.nobody_loses ||
                                            (eligible.rule != nullptr && eligible.rule->needs(p))));
        std::vector<double> unit(n);
        unit[p] = 1;
        alone_.push_back(bounds.weigh(unit));
        offset_.push_back(-to_double(engine.threshold(p)));
    }
}

template <class W>
Gains Optimiser<W>::gains_of(const Value* row) const {
    Gains gains;
    for (std::size_t p = 0; p < engine_.actors(); ++p)
        gains.push_back(to_big(row[p]) - to_big(engine_.threshold(p)));
    return gains;
}

template <class W>
bool Optimiser<W>::is_eligible(const Value* row) const {
    Willing willing = 0;
    for (std::size_t p = 0; p < engine_.actors(); ++p) {
        const bool loses = row[p] < engine_.threshold(p);
        if (loses && needed_[p] != 0)
            return false;
        if (eligible_.rule != nullptr)
            willing |= static_cast<Willing>(!loses) << p;
    }
    return eligible_.rule == nullptr || eligible_.rule->accepts(willing);
}

template <class W>
void Optimiser<W>::drop_hopeless(std::size_t layer, std::size_t node, Front<W>& front) const {
    if (eligible_.rule == nullptr || eligible_.rule->unanimous())
        return;  // the requirements on single actors do it
    const Range<W>& rest = ranges_.after[layer][node];
    keep_rows(front, [&](std::size_t i) {
        Willing willing = 0;
        for (std::size_t p = 0; p < engine_.actors(); ++p)
            willing |= static_cast<Willing>(!(front.row(i)[p] + rest.high[p] < engine_.threshold(p))) << p;
        return eligible_.rule->accepts(willing);
    });
}

template <class W>
void Optimiser<W>::offer(const Front<W>& front, const Measure& measure, Found& found) const {
    Found best;
    std::vector<std::uint64_t> key;
    for (std::size_t i = 0; i < front.size(); ++i) {
        if (!is_eligible(front.row(i)))
            continue;
        Gains gains = gains_of(front.row(i));
        const auto order = best.any() ? measure.compare(gains, best.gains) : std::strong_ordering::greater;
        if (order == std::strong_ordering::less)
            continue;
        const std::vector<std::uint64_t> mine(front.key(i), front.key(i) + front.words);
        if (order == std::strong_ordering::equal) {
            best.ties += to_big(front.counts[i]);
            if (!(mine < key))
                continue;
        } else {
            best.ties = to_big(front.counts[i]);
        }
        key = mine;
        best.gains = std::move(gains);
    }
    if (!best.any() ||
        (found.any() && measure.compare(best.gains, found.gains) == std::strong_ordering::less))
        return;
    best.options = engine_.layout().options(key.data());
    found = std::move(best);
}

template <class W>
std::vector<Requirement> Optimiser<W>::basic_requirements() const {
    std::vector<Requirement> list;
    for (std::size_t p = 0; p < engine_.actors(); ++p) {
        if (needed_[p] != 0)
            list.push_back({alone_[p], -offset_[p]});
    }
    return list;
}

template <class W>
std::vector<Requirement> Optimiser<W>::requirements(const Measure& measure, const Heading& heading,
                                                    const Found& incumbent) const {
    const std::vector<char>& in_play = heading.in_play;
    const Directions& directions = heading.directions;
    const std::size_t n = engine_.actors();
    std::vector<Requirement> list = basic_requirements();
    if (!incumbent.any()) {
        // Without a deal in hand only acceptance counts: weighted gains of those who must not lose.
        for (const Weighed& weighed : directions.weighed) {
            bool all_needed = true;
            for (std::size_t p = 0; p < n; ++p)
                all_needed = all_needed && (weighed.weights[p] == 0 || needed_[p] != 0);
            if (all_needed) {
                list.push_back({weighed, 0});
                for (std::size_t p = 0; p < n; ++p)
                    list.back().least -= weighed.weights[p] * offset_[p];
            }
        }
        return list;
    }
    const auto less = [](double value) { return value - std::abs(value) * 1e-9; };
    std::vector<double> gain(n);
    for (std::size_t p = 0; p < n; ++p)
        gain[p] = to_double(incumbent.gains[p]);
    // What a deal at least as good has at least: per actor, and in the directions' weighted sums.
    std::vector<std::optional<double>> floor(n);
    std::function<std::optional<double>(const std::vector<double>&)> least_sum;
    switch (measure.kind) {
        case Measure::Kind::single:
        case Measure::Kind::sum: {
            const double value = measure.value(incumbent.gains);
            least_sum = [value](const auto&) { return value; };
            break;
        }
        case Measure::Kind::least:
        case Measure::Kind::leximin: {
            const double value = measure.value(incumbent.gains);
            for (std::size_t p = 0; p < n; ++p) {
                if (measure.counts[p] != 0)
                    floor[p] = value / measure.rate(p);
            }
            least_sum = [&measure, value, n](const std::vector<double>& weights) -> std::optional<double> {
                double sum = 0;
                for (std::size_t p = 0; p < n; ++p)
                    sum += weights[p] / measure.rate(p);
                return sum * value;
            };
            break;
        }
        case Measure::Kind::product: {
            double power = 0;
            double log = 0;
            bool all_gain = true;
            for (std::size_t p = 0; p < n; ++p) {
                if (in_play[p] == 0)
                    continue;
                all_gain = all_gain && incumbent.gains[p] > 0;
                const auto e = static_cast<double>(measure.exponent[p]);
                power += e;
                if (all_gain)
                    log += e * std::log(gain[p]);
            }
            if (!all_gain || power == 0)
                break;
            for (std::size_t p = 0; p < n; ++p) {
                if (in_play[p] == 0)
                    continue;
                double rest = log;
                for (std::size_t q = 0; q < n; ++q) {
                    if (q != p && in_play[q] != 0)
                        rest -= static_cast<double>(measure.exponent[q]) *
                                std::log(alone_[q].rest[0][0] + offset_[q] + alone_[q].slack);
                }
                floor[p] = std::exp(rest / static_cast<double>(measure.exponent[p]));
            }
            // The weighted arithmetic mean is at least the geometric one.
            least_sum = [&measure, &in_play, power, log, n](const std::vector<double>& weights) {
                double sum = log;
                for (std::size_t p = 0; p < n; ++p) {
                    if (in_play[p] != 0) {
                        const auto e = static_cast<double>(measure.exponent[p]);
                        sum += e * (std::log(weights[p]) - std::log(e));
                    }
                }
                return std::optional(power * std::exp(sum / power));
            };
            break;
        }
    }
    for (std::size_t p = 0; p < n; ++p) {
        if (floor[p])
            list.push_back({alone_[p], less(*floor[p]) - offset_[p]});
    }
    for (const Weighed& weighed : directions.weighed) {
        if (!least_sum)
            break;
        const auto least = least_sum(weighed.weights);
        double offset = 0;
        for (std::size_t p = 0; p < n; ++p)
            offset += weighed.weights[p] * offset_[p];
        list.push_back({weighed, less(*least) - offset});
    }
    return list;
}

template <class W>
double Optimiser<W>::bound(const Measure& measure, const Heading& heading, const Found& incumbent) const {
    const std::size_t n = engine_.actors();
    if (heading.directions.weighed.empty())
        return 0;  // nobody's gain counts
    const Weighed& best = heading.directions.weighed.front();
    double sum = best.rest[0][0] + best.slack;
    for (std::size_t p = 0; p < n; ++p)
        sum += best.weights[p] * offset_[p];
    if (measure.kind != Measure::Kind::product)
        return sum;
    bool all_gain = incumbent.any();
    for (std::size_t p = 0; p < n; ++p)
        all_gain = all_gain && (heading.in_play[p] == 0 || incumbent.gains[p] > 0);
    double power = 0;
    double log = 0;
    double apart = 1;  // the product of everybody's largest gain, whoever it is that gains
    for (std::size_t p = 0; p < n; ++p) {
        if (heading.in_play[p] == 0)
            continue;
        const auto e = static_cast<double>(measure.exponent[p]) / measure.exponent_unit;
        power += e;
        log += e * std::log(e * measure.rate(p) / best.weights[p]);
        const double most = (alone_[p].rest[0][0] + alone_[p].slack + offset_[p]) * measure.rate(p);
        apart *= std::max(1.0, std::pow(std::max(most, 0.0), e));
    }
    // The means compare only where all of them gain; a best deal may then leave none of them without.
    return all_gain ? std::exp(log + power * std::log(std::max(sum, 0.0) / power)) : apart;
}

template <class W>
void Optimiser<W>::beam(const Measure& measure, const Heading& heading, std::size_t width,
                        Found& found) const {
    const std::vector<Requirement> required = requirements(measure, heading, Found{});
    std::vector<double> weights(engine_.actors(), 1.0);
    if (!heading.directions.weighed.empty())
        weights = heading.directions.weighed.front().weights;
    Pass<W> pass;
    pass.stage = "first deals";
    pass.requirements = &required;
    pass.each = [&](std::size_t layer, std::size_t node, Front<W>& front) {
        drop_hopeless(layer, node, front);
        const std::size_t nodes = ranges_.after[layer].size();
        const std::size_t most = std::max<std::size_t>(width / nodes, 4);
        if (front.size() <= most)
            return;
        std::vector<double> score(front.size());
        for (std::size_t i = 0; i < front.size(); ++i) {
            for (std::size_t p = 0; p < front.actors; ++p)
                score[i] += weights[p] * to_double(front.row(i)[p]);
        }
        std::vector<double> sorted = score;
        const auto last = sorted.begin() + static_cast<std::ptrdiff_t>(most - 1);
        std::ranges::nth_element(sorted, last, std::greater{});
        const double least = *last;
        std::size_t left = most;
        keep_rows(front, [&](std::size_t i) {
            const bool kept = score[i] >= least && left > 0;
            left -= kept ? 1 : 0;
            return kept;
        });
    };
    const Passed<W> passed = go_through(engine_, pass, context_);
    offer(passed.front, measure, found);
}

template <class W>
Heading Optimiser<W>::aim(const Measure& measure) const {
    const std::size_t n = engine_.actors();
    std::vector<char> in_play(n, 1);
    if (!engine_.diagram().feasible)
        return {std::move(in_play), {}};
    for (std::size_t p = 0; p < n; ++p) {
        const bool can_gain = engine_.threshold(p) < ranges_.after[0][0].high[p];
        if (measure.kind == Measure::Kind::product)
            in_play[p] = static_cast<char>(measure.exponent[p] > 0 && can_gain);
        if (measure.kind == Measure::Kind::least || measure.kind == Measure::Kind::leximin)
            in_play[p] = measure.counts[p];
    }
    Directions directions = find_directions({bounds_, measure, offset_, needed_, in_play});
    return {std::move(in_play), std::move(directions)};
}

template <class W>
Found Optimiser<W>::best(const Measure& measure, const Heading& heading, const Found& known) const {
    if (!engine_.diagram().feasible)
        return {};
    Found incumbent = known;
    for (const auto& options : heading.directions.deals) {
        const auto row = engine_.row(options);
        if (!is_eligible(row.data()))
            continue;
        Gains gains = gains_of(row.data());
        if (!incumbent.any() || measure.compare(gains, incumbent.gains) == std::strong_ordering::greater) {
            incumbent.gains = std::move(gains);
            incumbent.options = options;
            incumbent.ties = 1;
        }
    }
    const auto search = [&](std::size_t most_rows) {
        const std::vector<Requirement> required = requirements(measure, heading, incumbent);
        Pass<W> pass;
        pass.stage = "best deal";
        pass.requirements = &required;
        pass.most_rows = most_rows;
        pass.each = [&](std::size_t layer, std::size_t node, Front<W>& front) {
            drop_hopeless(layer, node, front);
        };
        pass.proceed = [&](std::size_t, const auto&) { return !context_.budget.requested(); };
        return go_through(engine_, pass, context_);
    };
    // Where the deals met so far leave few rows, the whole search costs less than looking for better ones.
    const std::size_t most_rows = eligible_.most_values / engine_.actors();
    Passed<W> passed = search(std::min(most_rows, kBeamRows));
    if (passed.outcome != Outcome::finished) {
        beam(measure, heading, kBeamRows, incumbent);
        passed = search(most_rows);
    }
    if (passed.outcome != Outcome::finished) {
        incumbent.proven = false;
        incumbent.bound = bound(measure, heading, incumbent);
        return incumbent;
    }
    Found found;
    offer(passed.front, measure, found);
    return found;
}

template class Optimiser<Narrow>;
template class Optimiser<Wide>;
template class Optimiser<Big>;

}  // namespace steelyard::space
