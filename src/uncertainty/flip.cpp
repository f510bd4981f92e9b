// SPDX-License-Identifier: Apache-2.0
#include "steelyard/uncertainty/flip.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/uncertainty/design.hpp"
#include "steelyard/uncertainty/points.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::uncertainty {

namespace {

constexpr int kHalvings = 14;

void require_conclusions(const Model& model) {
    std::vector<Problem> problems;
    for (std::size_t t = 0; t < model.targets().size(); ++t) {
        if (model.numeric(t)) {
            problems.push_back({Place{{}, 0, 0, "/targets"},
                                "a number is no conclusion that could turn: compare it",
                                model.targets()[t].text,
                                model.targets()[t].text + " > 0",
                                {}});
        }
    }
    if (!problems.empty()) {
        throw Error(ErrorKind::invalid_option, std::move(problems));
    }
}

/// One factor on its way to one end.
struct Side {
    std::size_t factor = 0;
    double end = 0;
};

/// Where a conclusion turns on a side: between `inside`, where it stands, and `outside`.
struct Turn {
    std::size_t target = 0;
    std::size_t side = 0;
    double inside = 0;
    double outside = 0;
    Value becomes;
};

class Search {
public:
    Search(const Model& model, const FlipOptions& options, const Context& context, std::string_view study)
        : model_(model), options_(options), context_(context), study_(study) {
        for (std::size_t f = 0; f < model.factors().size(); ++f) {
            const Factor& factor = model.factors()[f];
            auto [low, high] = factor.range();
            if (factor.quantile.constant() && factor.bounds.low && factor.bounds.high) {
                low = *factor.bounds.low;
                high = *factor.bounds.high;
            }
            ends_.emplace_back(low, high);
            if (factor.is_choice()) {
                for (std::size_t c = 1; c < factor.choices.size(); ++c) {
                    sides_.push_back({f, static_cast<double>(c)});
                }
                continue;
            }
            for (const double end : {low, high}) {
                if (std::abs(end - factor.best) > 0) {
                    sides_.push_back({f, end});
                }
            }
        }
    }

    FlipResult run() {
        find_turns();
        narrow_turns();
        FlipResult result;
        for (std::size_t t = 0; t < model_.targets().size(); ++t) {
            result.targets.push_back(describe(t));
        }
        if (options_.draws > 0 && !model_.factors().empty()) {
            together(result);
        }
        return result;
    }

private:
    [[nodiscard]] bool is_choice(const Side& side) const { return model_.factors()[side.factor].is_choice(); }

    /// Looks at `steps` places on the way to each end.
    void find_turns() {
        const auto steps = static_cast<std::uint64_t>(options_.steps);
        const auto at = [&](const Side& side, std::uint64_t step) {
            const Factor& factor = model_.factors()[side.factor];
            const double share = static_cast<double>(step) / static_cast<double>(steps);
            return is_choice(side) ? side.end
                                   : factor.rounded(factor.best + (side.end - factor.best) * share);
        };
        const Placing place = [&](std::uint64_t point, std::span<double> values) {
            std::ranges::copy(model_.best(), values.begin());
            if (point > 0) {
                const Side& side = sides_[(point - 1) / steps];
                values[side.factor] = at(side, (point - 1) % steps + 1);
            }
        };
        const Points points =
            evaluate_points(model_, 1 + sides_.size() * steps, place, context_, "numbers", study_ + "/steps");
        for (std::size_t t = 0; t < model_.targets().size(); ++t) {
            best_.push_back(points.value(0, t));
            for (std::size_t s = 0; s < sides_.size(); ++s) {
                for (std::uint64_t step = 1; step <= steps; ++step) {
                    const std::uint64_t point = s * steps + step;
                    if (points.at(point, t) == points.at(0, t)) {
                        continue;
                    }
                    const double inside =
                        step == 1 ? model_.factors()[sides_[s].factor].best : at(sides_[s], step - 1);
                    turns_.push_back({t, s, inside, at(sides_[s], step), points.value(point, t)});
                    break;
                }
            }
        }
    }

    /// Halves all intervals at once, down to what the factor's rounding tells apart.
    void narrow_turns() {
        for (int halving = 0; halving < kHalvings; ++halving) {
            std::vector<double> middles;
            for (const Turn& turn : turns_) {
                const Factor& factor = model_.factors()[sides_[turn.side].factor];
                middles.push_back(factor.is_choice() ? turn.outside
                                                     : factor.rounded((turn.inside + turn.outside) / 2));
            }
            const Placing place = [&](std::uint64_t point, std::span<double> values) {
                std::ranges::copy(model_.best(), values.begin());
                values[sides_[turns_[point].side].factor] = middles[point];
            };
            const Points points = evaluate_points(model_, turns_.size(), place, context_, "turning points",
                                                  study_ + "/halving" + std::to_string(halving));
            for (std::size_t i = 0; i < turns_.size(); ++i) {
                Turn& turn = turns_[i];
                if (middles[i] == turn.inside || middles[i] == turn.outside) {
                    continue;
                }
                Value found = points.value(i, turn.target);
                if (found == best_[turn.target]) {
                    turn.inside = middles[i];
                } else {
                    turn.outside = middles[i];
                    turn.becomes = std::move(found);
                }
            }
        }
    }

    [[nodiscard]] TargetFlips describe(std::size_t target) const {
        TargetFlips flips;
        flips.target = model_.targets()[target].text;
        flips.best = best_[target];
        std::vector<char> turned(model_.factors().size(), 0);
        for (const Turn& turn : turns_) {
            if (turn.target != target) {
                continue;
            }
            const Side& side = sides_[turn.side];
            const Factor& factor = model_.factors()[side.factor];
            FactorFlip flip{factor.name, factor.best, turn.outside, turn.outside - factor.best,
                            1,           {},          turn.becomes};
            if (factor.is_choice()) {
                flip.chance = 1.0 / static_cast<double>(factor.choices.size());
            } else {
                flip.reach = std::min(1.0, flip.change / (side.end - factor.best));
                if (!factor.quantile.constant()) {
                    flip.chance = factor.chance_beyond(turn.outside);
                }
            }
            turned[side.factor] = 1;
            flips.flips.push_back(std::move(flip));
        }
        std::ranges::stable_sort(flips.flips, {}, &FactorFlip::reach);
        flips.firm = std::ranges::count(turned, 0);
        return flips;
    }

    /// The values of the factors with every number so far on its way from the best to `point`.
    [[nodiscard]] std::vector<double> towards(const std::vector<double>& point, double share) const {
        std::vector<double> values = model_.best();
        for (std::size_t f = 0; f < values.size(); ++f) {
            const Factor& factor = model_.factors()[f];
            values[f] =
                factor.is_choice() ? point[f] : factor.rounded(values[f] + share * (point[f] - values[f]));
        }
        return values;
    }

    /// The part of the way to the ends that the farthest number goes.
    [[nodiscard]] double radius(const std::vector<double>& point) const {
        double most = 0;
        for (std::size_t f = 0; f < point.size(); ++f) {
            const Factor& factor = model_.factors()[f];
            const double change = point[f] - factor.best;
            const double end = (change < 0 ? ends_[f].first : ends_[f].second) - factor.best;
            if (change != 0) {
                most = std::max(most, factor.is_choice() || end == 0 ? 1 : std::min(1.0, change / end));
            }
        }
        return most;
    }

    /// Starts from draws in which the conclusion is another one, walks towards the best until it turns, and puts back
    /// every number that is not needed.
    void together(FlipResult& result) {
        const std::size_t k = model_.factors().size();
        const auto draws = static_cast<std::uint64_t>(options_.draws);
        const Sampler sampler(Design::sobol, context_.seed, draws, k);
        const auto draw = [&](std::uint64_t number, std::span<double> values) {
            sampler.point(number, values);
            for (std::size_t f = 0; f < k; ++f) {
                const Factor& factor = model_.factors()[f];
                values[f] = factor.quantile.constant()
                                ? ends_[f].first + values[f] * (ends_[f].second - ends_[f].first)
                                : factor.at(values[f]);
                values[f] = factor.rounded(values[f]);
            }
        };
        const Points points =
            evaluate_points(model_, draws, draw, context_, "joint changes", study_ + "/draws");
        const std::unique_ptr<Evaluator> evaluator = model_.evaluator();
        std::vector<Outcome> outcomes(model_.targets().size());
        for (std::size_t t = 0; t < outcomes.size(); ++t) {
            const auto value = [&](const std::vector<double>& values) {
                context_.check();
                evaluator->evaluate(values, outcomes);
                const Outcome& found = outcomes[t];
                return found.kind == Outcome::Kind::text ? Value(evaluator->text(found.text)) : Value();
            };
            const auto stands = [&](const std::vector<double>& values) { return value(values) == best_[t]; };
            std::vector<std::pair<double, std::vector<double>>> starts;
            for (const FactorFlip& flip : result.targets[t].flips) {
                std::vector<double> point = model_.best();
                const auto factor = std::ranges::find(model_.factors(), flip.factor, &Factor::name);
                point[static_cast<std::size_t>(factor - model_.factors().begin())] = flip.at;
                starts.emplace_back(radius(point), std::move(point));
            }
            for (std::uint64_t d = 0; d < draws; ++d) {
                if (points.value(d, t) != best_[t]) {
                    std::vector<double> point(k);
                    draw(d, point);
                    starts.emplace_back(radius(point), std::move(point));
                }
            }
            std::ranges::stable_sort(starts, {}, [](const auto& start) { return start.first; });
            constexpr std::size_t most = 6;
            starts.resize(std::min(starts.size(), most));
            TargetFlips& target = result.targets[t];
            std::vector<double> smallest;
            for (const auto& [unused, start] : starts) {
                std::vector<double> point = nearest(start, stands);
                for (std::size_t f = 0; f < k; ++f) {  // what need not move goes back
                    std::vector<double> without = point;
                    without[f] = model_.factors()[f].best;
                    if (without[f] != point[f] && !stands(without)) {
                        point = std::move(without);
                    }
                }
                point = nearest(point, stands);
                if (smallest.empty() || radius(point) < radius(smallest)) {
                    smallest = std::move(point);
                }
            }
            if (smallest.empty()) {
                continue;
            }
            target.radius = radius(smallest);
            target.becomes = value(smallest);
            for (std::size_t f = 0; f < k; ++f) {
                if (smallest[f] != model_.best()[f]) {
                    target.together.push_back({model_.factors()[f].name, model_.best()[f], smallest[f]});
                }
            }
        }
    }

    /// The point nearest to the best on the line to `point` at which the conclusion is seen to turn.
    template <class Stands>
    [[nodiscard]] std::vector<double> nearest(const std::vector<double>& point, const Stands& stands) const {
        double inside = 0;
        double outside = 1;
        for (int halving = 0; halving < kHalvings; ++halving) {
            const double middle = (inside + outside) / 2;
            (stands(towards(point, middle)) ? inside : outside) = middle;
        }
        return outside == 1 ? point : towards(point, outside);
    }

    const Model& model_;
    const FlipOptions& options_;
    const Context& context_;
    std::string study_;
    std::vector<std::pair<double, double>> ends_;  // of the factors
    std::vector<Side> sides_;
    std::vector<Value> best_;
    std::vector<Turn> turns_;
};

}  // namespace

FlipResult flip(const Case& subject, const FlipOptions& options, const Context& context,
                const Catalogue& catalogue, std::string_view study) {
    const Model model(subject, options.targets, options.factors, context, catalogue);
    require_conclusions(model);
    if (options.factors.empty()) {
        require_uncertain(model.factors());
    }
    return Search(model, options, context, study).run();
}

}  // namespace steelyard::uncertainty
