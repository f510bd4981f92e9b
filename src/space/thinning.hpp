// SPDX-License-Identifier: Apache-2.0
#pragma once
/// How much the fronts of a pass are thinned out: by the error allowed from the start, and more where there are too
/// many rows.

#include "coarsen.hpp"
#include "engine.hpp"
#include "ranges.hpp"
#include "steelyard/core/context.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <utility>
#include <vector>

namespace steelyard::space {

/// Rows of a layer: without a limit unless the budget is used up, and where diagrams stand in for the exact one.
constexpr std::size_t kHurriedRows = 20'000;

template <class W>
class Thinning {
public:
    using Value = typename W::Value;

    /// `allowed`: error by actor, in the problem's units.  `most_rows` of a layer (0: no limit) in good time.
    Thinning(const Engine<W>& engine, std::vector<BigInt> allowed, std::size_t most_rows,
             const Context& context)
        : engine_(engine), allowed_(std::move(allowed)), most_rows_(most_rows), context_(context) {
        const Ranges<W> ranges(engine);
        for (std::size_t p = 0; p < engine.actors() && engine.diagram().feasible; ++p) {
            const Range<W>& range = ranges.after[0][0];
            range_.push_back(to_big(Value(range.high[p] - range.low[p])));
        }
    }

    /// Keeps some of the rows.  `layer` counts from 1.
    void lower(std::size_t layer, Front<W>& front) { thin(layer, 0, front, coarser(front)); }
    /// Keeps few of rows that `lower` has seen before, because the budget was used up since.
    void hurry_lower(std::size_t layer, Front<W>& front) { thin(layer, kAgain, front, coarser(front)); }
    /// Puts fewer rows above all rows.
    void upper(std::size_t layer, Front<W>& front) { thin(layer, 0, front, raiser(front)); }
    /// Puts few rows above those that `upper` has seen before.
    void hurry_upper(std::size_t layer, Front<W>& front) { thin(layer, kAgain, front, raiser(front)); }

    /// Whether nothing was thinned out.
    [[nodiscard]] bool exact() const { return used_.empty(); }

    /// The largest error of each actor so far.
    [[nodiscard]] std::vector<BigInt> error() const {
        std::vector<BigInt> sum(allowed_.size());
        for (const auto& [when, error] : used_) {
            for (std::size_t p = 0; p < sum.size(); ++p)
                sum[p] += error[p];
        }
        return sum;
    }

private:
    /// Late layers are the large ones and get the larger part of the error.
    [[nodiscard]] std::vector<BigInt> share_of(std::size_t layer) const {
        const std::size_t layers = engine_.diagram().layers.size();
        std::vector<BigInt> error;
        for (const BigInt& allowed : allowed_)
            error.push_back(allowed * 2 * layer / (layers * (layers + 1)));
        return error;
    }

    [[nodiscard]] std::size_t most_of_node(std::size_t layer) const {
        const auto& layers = engine_.diagram().layers;
        const std::size_t nodes = layer < layers.size() ? std::max<std::size_t>(layers[layer].nodes, 1) : 1;
        if (context_.budget.requested())
            return std::clamp<std::size_t>(kHurriedRows / nodes, 4, 2000);
        return most_rows_ == 0 ? kNoLimit : std::clamp<std::size_t>(most_rows_ / nodes, 16, 5000);
    }

    static auto coarser(Front<W>& front) {
        return [&](const std::vector<Value>& error, std::size_t most) { return coarsen(front, error, most); };
    }
    static auto raiser(Front<W>& front) {
        return [&](const std::vector<Value>& error, std::size_t most) {
            raise_rows(front, error, most);
            return true;
        };
    }

    static constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t kAgain = 1000;  // first round of the second time, above those of the first

    template <class F>
    void thin(std::size_t layer, std::size_t round, Front<W>& front, F&& by) {
        const std::size_t most = most_of_node(layer);
        const auto once = [&](const std::vector<BigInt>& error) {
            std::vector<Value> typed;
            for (const BigInt& one : error)
                typed.push_back(from_big<Value>(one));
            if (!by(typed, most == kNoLimit ? most : 4 * most))
                return;
            // Errors of one layer's nodes stand side by side; those of layers add up, and so do rounds in one.
            auto& used = used_[{layer, round++}];
            used.resize(error.size());
            for (std::size_t p = 0; p < error.size(); ++p)
                used[p] = std::max(used[p], error[p]);
        };
        std::vector<BigInt> error = share_of(layer);
        if (round < kAgain && front.size() > 1 &&
            std::ranges::any_of(error, [](const BigInt& x) { return x > 0; }))
            once(error);
        if (front.size() <= most)
            return;
        for (auto parts = static_cast<std::int64_t>(2 * most); front.size() > most && parts > 0; parts /= 2) {
            for (std::size_t p = 0; p < error.size(); ++p)
                error[p] = std::max(error[p], BigInt(range_[p] / parts));
            once(error);
        }
    }

    const Engine<W>& engine_;
    std::vector<BigInt> allowed_, range_;  // by actor
    std::size_t most_rows_;
    const Context& context_;
    std::map<std::pair<std::size_t, std::size_t>, std::vector<BigInt>> used_;  // layer and round; by actor
};

}  // namespace steelyard::space
