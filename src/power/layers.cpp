// SPDX-License-Identifier: Apache-2.0
#include "layers.hpp"

#include "steelyard/core/error.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace steelyard::power {

namespace {

constexpr std::int64_t kNever = -1;
constexpr std::size_t kMostSums = 65536;

/// What one threshold can still need at each level, in a form that is equal where it makes no difference.
class Needs {
public:
    explicit Needs(const Threshold& threshold)
        : rest_(threshold.weights.size() + 1, 0), sums_(threshold.weights.size() + 1) {
        const std::vector<std::int64_t>& weights = threshold.weights;
        for (std::size_t k = weights.size(); k > 0; --k) {
            rest_[k - 1] = rest_[k] + weights[k - 1];
        }
        sums_.back() = {0};
        for (std::size_t k = weights.size(); k > 0; --k) {
            const std::vector<std::int64_t>& shorter = sums_[k];
            std::vector<std::int64_t> longer;
            std::vector<std::int64_t> shifted;
            for (const std::int64_t sum : shorter) {
                if (sum + weights[k - 1] <= threshold.quota + weights[k - 1]) {
                    shifted.push_back(sum + weights[k - 1]);
                }
            }
            std::ranges::set_union(shorter, shifted, std::back_inserter(longer));
            if (longer.size() > kMostSums) {
                break;  // further up, needs stay as they are: fewer merge, all stays right
            }
            sums_[k - 1] = std::move(longer);
        }
    }

    /// 0: reached.  kNever: out of reach.  Otherwise the smallest sum of later voters that is enough.
    [[nodiscard]] std::int64_t at(std::size_t level, std::int64_t need) const {
        if (need <= 0) {
            return 0;
        }
        if (need > rest_[level]) {
            return kNever;
        }
        const std::vector<std::int64_t>& sums = sums_[level];
        const auto enough = std::ranges::lower_bound(sums, need);
        return enough == sums.end() ? need : *enough;
    }

private:
    std::vector<std::int64_t> rest_;               // of the voters from a level on
    std::vector<std::vector<std::int64_t>> sums_;  // of their subsets, rising; empty: not listed
};

using State = std::vector<std::int64_t>;

/// kIn, kOut, or 0 where it is still open.
std::uint32_t decided(const State& needs, Counts counts) {
    if (counts == Counts::first_but_no_more) {
        if (needs[0] == kNever || needs[1] == 0) {
            return Layers::kOut;
        }
        return needs[0] == 0 && needs[1] == kNever ? Layers::kIn : 0;
    }
    bool all = true;
    for (const std::int64_t need : needs) {
        if (need == kNever) {
            return Layers::kOut;
        }
        all = all && need == 0;
    }
    return all ? Layers::kIn : 0;
}

}  // namespace

Layers make_layers(std::span<const Threshold> thresholds, Counts counts, std::size_t most,
                   const Context& context) {
    const std::size_t voters = thresholds.front().weights.size();
    std::vector<Needs> needs;
    State first;
    for (const Threshold& threshold : thresholds) {
        needs.emplace_back(threshold);
        first.push_back(needs.back().at(0, threshold.quota));
    }
    Layers layers;
    layers.levels.resize(voters);
    layers.root = decided(first, counts);
    std::map<State, std::uint32_t> level;
    if (layers.root == 0) {
        level.emplace(std::move(first), 0);
    }
    std::size_t total = 0;
    for (std::size_t k = 0; k < voters && !level.empty(); ++k) {
        context.check();
        total += level.size();
        if (total > most) {
            throw Error(ErrorKind::limit,
                        "the voting weights are too many and too different to be counted exactly");
        }
        std::map<State, std::uint32_t> next;
        const auto child = [&](State state) {
            for (std::size_t t = 0; t < state.size(); ++t) {
                state[t] = state[t] == kNever ? kNever : needs[t].at(k + 1, state[t]);
            }
            if (const std::uint32_t end = decided(state, counts); end != 0) {
                return end;
            }
            const auto place = static_cast<std::uint32_t>(next.size());
            return next.emplace(std::move(state), place).first->second;
        };
        layers.levels[k].resize(level.size());
        for (const auto& [state, place] : level) {
            State with = state;
            for (std::size_t t = 0; t < with.size(); ++t) {
                const std::int64_t left = with[t] - thresholds[t].weights[k];
                with[t] = with[t] == kNever ? kNever : std::max<std::int64_t>(left, 0);
            }
            layers.levels[k][place] = {child(state), child(std::move(with))};
        }
        level = std::move(next);
    }
    return layers;
}

}  // namespace steelyard::power
