// SPDX-License-Identifier: Apache-2.0
#include "steelyard/uncertainty/tornado.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/uncertainty/points.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::uncertainty {

namespace {

TornadoBar bar_of(const Points& points, std::size_t target, std::size_t low, std::size_t high) {
    TornadoBar bar;
    bar.low = points.value(low, target);
    bar.high = points.value(high, target);
    const Outcome& base = points.at(0, target);
    const Outcome& at_low = points.at(low, target);
    const Outcome& at_high = points.at(high, target);
    const auto number = [](const Outcome& outcome) { return outcome.kind == Outcome::Kind::number; };
    if (!number(base) || !number(at_low) || !number(at_high)) {
        return bar;
    }
    const auto [least, most] = std::minmax({base.number, at_low.number, at_high.number});
    bar.swing = most - least;
    const bool between = (at_low.number <= base.number && base.number <= at_high.number) ||
                         (at_high.number <= base.number && base.number <= at_low.number);
    if (between) {
        bar.direction = at_high.number > at_low.number ? Swing::rises : Swing::falls;
    }
    return bar;
}

}  // namespace

TornadoResult tornado(const Case& subject, const TornadoOptions& options, const Context& context,
                      const Catalogue& catalogue, std::string_view study) {
    const Model model(subject, options.targets, options.factors, context, catalogue);
    require_uncertain(model.factors());
    const std::vector<Factor>& factors = model.factors();
    const auto end = [&](std::size_t factor, bool high) {
        return factors[factor].at(high ? options.high : options.low);
    };
    const Placing place = [&](std::uint64_t point, std::span<double> values) {
        std::ranges::copy(model.best(), values.begin());
        if (point > 0) {
            const std::size_t factor = (point - 1) / 2;
            values[factor] = end(factor, point % 2 == 0);
        }
    };
    const Points points = evaluate_points(model, 1 + 2 * factors.size(), place, context, "numbers", study);
    TornadoResult result;
    for (std::size_t t = 0; t < model.targets().size(); ++t) {
        TargetTornado target;
        target.target = model.targets()[t].text;
        target.unit = model.unit(t);
        target.best = points.value(0, t);
        for (std::size_t f = 0; f < factors.size(); ++f) {
            const std::size_t low = 1 + 2 * f;
            if (points.at(low, t) == points.at(0, t) && points.at(low + 1, t) == points.at(0, t)) {
                ++target.unmoved;
                continue;
            }
            TornadoBar bar = bar_of(points, t, low, low + 1);
            bar.factor = factors[f].name;
            bar.from = end(f, false);
            bar.upto = end(f, true);
            target.bars.push_back(std::move(bar));
        }
        std::ranges::stable_sort(target.bars, std::greater<>(),
                                 [](const TornadoBar& bar) { return bar.swing.value_or(INFINITY); });
        result.targets.push_back(std::move(target));
    }
    return result;
}

ExploreResult explore(const Case& subject, const ExploreOptions& options, const Context& context,
                      const Catalogue& catalogue, std::string_view study) {
    if (options.factors.empty() || options.factors.size() > 2) {
        throw Error(ErrorKind::invalid_option, std::vector{Problem{Place{{}, 0, 0, "/factors"},
                                                                   "one or two numbers are swept",
                                                                   std::to_string(options.factors.size()),
                                                                   "1 or 2 addresses",
                                                                   {}}});
    }
    const Model model(subject, options.targets, options.factors, context, catalogue);
    ExploreResult result;
    std::vector<Problem> problems;
    std::vector<std::size_t> swept;
    for (const std::string& address : options.factors) {
        const std::vector<Factor> one = number_factors(subject, {&address, 1});
        const auto place = std::ranges::find(model.factors(), one.front().name, &Factor::name);
        const auto f = static_cast<std::size_t>(place - model.factors().begin());
        const std::size_t axis_number = swept.size();
        if (one.size() > 1 || std::ranges::find(swept, f) != swept.end()) {
            problems.push_back(
                {Place{{}, 0, 0, "/factors"}, "each axis is one number of its own", address, {}, {}});
            continue;
        }
        swept.push_back(f);
        const Factor& factor = model.factors()[f];
        auto [low, high] = factor.range();
        if (factor.quantile.constant() && factor.bounds.low && factor.bounds.high) {
            low = *factor.bounds.low;
            high = *factor.bounds.high;
        }
        low = axis_number < options.low.size() ? options.low[axis_number] : low;
        high = axis_number < options.high.size() ? options.high[axis_number] : high;
        if (!(low < high) || (factor.bounds.low && low < *factor.bounds.low) ||
            (factor.bounds.high && high > *factor.bounds.high)) {
            problems.push_back({Place{{}, 0, 0, "/factors"},
                                "nothing to sweep: it is exact, or `low` and `high` leave its bounds",
                                address,
                                "a number with a range, or `low` below `high`",
                                {}});
            continue;
        }
        ExploreAxis axis{factor.name, factor.best, {}};
        for (std::int64_t i = 0; i < options.steps; ++i) {
            const double share = static_cast<double>(i) / static_cast<double>(options.steps - 1);
            axis.values.push_back(factor.rounded(low + (high - low) * share));
        }
        result.axes.push_back(std::move(axis));
    }
    if (!problems.empty()) {
        throw Error(ErrorKind::invalid_option, std::move(problems));
    }
    const auto steps = static_cast<std::uint64_t>(options.steps);
    const bool plane = swept.size() == 2;
    const Placing place = [&](std::uint64_t point, std::span<double> values) {
        std::ranges::copy(model.best(), values.begin());
        if (point == 0) {
            return;
        }
        values[swept[0]] = result.axes[0].values[plane ? (point - 1) / steps : point - 1];
        if (plane) {
            values[swept[1]] = result.axes[1].values[(point - 1) % steps];
        }
    };
    const std::uint64_t count = plane ? steps * steps : steps;
    const Points points = evaluate_points(model, 1 + count, place, context, "places", study);
    for (std::size_t t = 0; t < model.targets().size(); ++t) {
        TargetSweep target{model.targets()[t].text, model.unit(t), points.value(0, t), {}};
        for (std::uint64_t p = 1; p <= count; ++p) {
            target.values.push_back(points.value(p, t));
        }
        result.targets.push_back(std::move(target));
    }
    return result;
}

}  // namespace steelyard::uncertainty
