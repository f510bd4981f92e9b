// SPDX-License-Identifier: Apache-2.0
#include "count.hpp"
#include "layers.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace steelyard::power {

namespace {

// Up to this many voters every count fits 64 bits: there are at most 2^62 coalitions.
constexpr std::size_t kNarrowCount = 62;
constexpr std::size_t kMostCounts = 40'000'000;

template <class Count>
using Sizes = std::vector<Count>;  // by number of voters that count

/// Counts along the paths of a diagram.
template <class Count>
class Paths {
public:
    /// `counted`: the voters whose number is kept; they come first.
    Paths(const Layers& layers, std::size_t counted) : layers_(layers), counted_(counted) {}

    /// Subsets of the voters from `level` on that lead to a win, by size.
    Sizes<Count> ways(std::size_t level, std::uint32_t node,
                      const std::vector<std::vector<Sizes<Count>>>& below) const {
        if (node == Layers::kOut) {
            return {};
        }
        return node == Layers::kIn ? all(level) : below[level][node];
    }

    /// Every subset of the voters from `level` on.
    Sizes<Count> all(std::size_t level) const {
        const std::size_t voters = layers_.levels.size();
        Sizes<Count> row = binomials<Count>(counted_ > level ? counted_ - level : 0);
        for (std::size_t k = std::max(level, counted_); k < voters; ++k) {
            for (Count& count : row) {
                count += count;
            }
        }
        return row;
    }

    /// below[level][node] for every listed node.  `first_wins`: a path ends where it first wins.
    std::vector<std::vector<Sizes<Count>>> below(bool first_wins) const {
        const std::size_t voters = layers_.levels.size();
        std::vector<std::vector<Sizes<Count>>> result(voters + 1);
        for (std::size_t k = voters; k > 0; --k) {
            const std::size_t level = k - 1;
            const auto child = [&](std::uint32_t node) -> Sizes<Count> {
                return first_wins && node == Layers::kIn ? Sizes<Count>{Count(1)} : ways(k, node, result);
            };
            for (const Layers::Node& node : layers_.levels[level]) {
                Sizes<Count> row = child(node.without);
                add(row, child(node.with), level < counted_ ? 1 : 0);
                result[level].push_back(std::move(row));
            }
        }
        return result;
    }

    /// above[node] of one level: the paths from the root, by size.  Starts at the root.
    std::vector<Sizes<Count>> start() const {
        return layers_.root == 0 ? std::vector<Sizes<Count>>{{Count(1)}} : std::vector<Sizes<Count>>{};
    }
    std::vector<Sizes<Count>> step(std::size_t level, const std::vector<Sizes<Count>>& above) const {
        std::vector<Sizes<Count>> next(level + 1 < layers_.levels.size() ? layers_.levels[level + 1].size()
                                                                         : 0);
        for (std::size_t at = 0; at < above.size(); ++at) {
            const Layers::Node& node = layers_.levels[level][at];
            if (node.without < Layers::kIn) {
                add(next[node.without], above[at], 0);
            }
            if (node.with < Layers::kIn) {
                add(next[node.with], above[at], level < counted_ ? 1 : 0);
            }
        }
        return next;
    }

    static void add(Sizes<Count>& to, const Sizes<Count>& from, std::size_t shift) {
        if (from.empty()) {
            return;
        }
        to.resize(std::max(to.size(), from.size() + shift), Count(0));
        for (std::size_t k = 0; k < from.size(); ++k) {
            to[k + shift] += from[k];
        }
    }

    /// sum[a + b] += above[a] x below[b], or less it.
    static void convolve(const Sizes<Count>& above, const Sizes<Count>& below, bool subtract,
                         Sizes<Count>& sum) {
        if (above.empty() || below.empty()) {
            return;
        }
        sum.resize(std::max(sum.size(), above.size() + below.size() - 1), Count(0));
        for (std::size_t a = 0; a < above.size(); ++a) {
            for (std::size_t b = 0; b < below.size(); ++b) {
                if (subtract) {
                    sum[a + b] -= above[a] * below[b];
                } else {
                    sum[a + b] += above[a] * below[b];
                }
            }
        }
    }

private:
    const Layers& layers_;
    std::size_t counted_;
};

std::vector<std::size_t> heaviest_first(const Threshold& threshold) {
    std::vector<std::size_t> order(threshold.weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater{},
                             [&](std::size_t i) { return threshold.weights[i]; });
    return order;
}

Threshold in_order(const Threshold& threshold, const std::vector<std::size_t>& order) {
    Threshold sorted{{}, threshold.quota};
    for (const std::size_t i : order) {
        sorted.weights.push_back(threshold.weights[i]);
    }
    return sorted;
}

std::size_t most_nodes(std::size_t voters) {
    return kMostCounts / (voters + 1) / (voters > kNarrowCount ? 4 : 1);
}

template <class Count>
std::vector<Integer> widen(const Sizes<Count>& counts) {
    return {counts.begin(), counts.end()};
}

template <class Count>
Winning winning_of(const Layers& layers, const std::vector<std::size_t>& order) {
    const std::size_t voters = order.size();
    const Paths<Count> paths(layers, voters);
    const auto below = paths.below(false);
    Winning result{0, Tally(voters)};
    for (const Count& count : paths.ways(0, layers.root, below)) {
        result.count += count;
    }
    auto above = paths.start();
    for (std::size_t level = 0; level < voters; ++level) {
        Sizes<Count> swings;
        for (std::size_t at = 0; at < above.size(); ++at) {
            const Layers::Node& node = layers.levels[level][at];
            Paths<Count>::convolve(above[at], paths.ways(level + 1, node.with, below), false, swings);
            Paths<Count>::convolve(above[at], paths.ways(level + 1, node.without, below), true, swings);
        }
        result.swings[order[level]] = widen(swings);
        above = paths.step(level, above);
    }
    return result;
}

/// Adds, for each of the first `counted` voters, the accepted coalitions that hold it, by others that count.
template <class Count>
void tally_members(const Layers& layers, std::size_t counted, bool first_wins,
                   const std::vector<std::size_t>& order, Tally& tally) {
    const Paths<Count> paths(layers, counted);
    const auto below = paths.below(first_wins);
    auto above = paths.start();
    for (std::size_t level = 0; level < counted; ++level) {
        Sizes<Count> held;
        for (std::size_t at = 0; at < above.size(); ++at) {
            const std::uint32_t with = layers.levels[level][at].with;
            const Sizes<Count> rest = first_wins && with == Layers::kIn ? Sizes<Count>{Count(1)}
                                                                        : paths.ways(level + 1, with, below);
            Paths<Count>::convolve(above[at], rest, false, held);
        }
        // No way in is decided above this level: one more counted voter still makes or breaks it.
        Paths<Integer>::add(tally[order[level]], widen(held), 0);
        above = paths.step(level, above);
    }
}

template <class Count>
Vulnerable vulnerable_of(const Threshold& sorted, const std::vector<std::size_t>& order,
                         const Context& context) {
    const std::size_t voters = order.size();
    Vulnerable result{Tally(voters), Tally(voters)};
    const std::vector only = {sorted};
    // Heaviest first, a coalition is minimal exactly when its last member makes it win.
    tally_members<Count>(make_layers(only, Counts::reaching_all, most_nodes(voters), context), voters, true,
                         order, result.minimal);
    // A member is critical when its weight passes the surplus, so the critical members of a coalition are the
    // heavy ones, down to a weight that the surplus tells.
    for (std::size_t heavy = 1; heavy <= voters; ++heavy) {
        const std::int64_t lightest = sorted.weights[heavy - 1];
        const std::int64_t next = heavy < voters ? sorted.weights[heavy] : 0;
        if (lightest == next) {
            continue;
        }
        const std::vector window = {Threshold{sorted.weights, sorted.quota + next},
                                    Threshold{sorted.weights, sorted.quota + lightest}};
        tally_members<Count>(make_layers(window, Counts::first_but_no_more, most_nodes(voters), context),
                             heavy, false, order, result.critical);
    }
    return result;
}

}  // namespace

Winning count_winning(const VotingGame& game, const Context& context) {
    const std::size_t voters = game.members.size();
    const std::vector<std::size_t> order = heaviest_first(game.thresholds.front());
    std::vector<Threshold> sorted;
    for (const Threshold& threshold : game.thresholds) {
        sorted.push_back(in_order(threshold, order));
    }
    const Layers layers = make_layers(sorted, Counts::reaching_all, most_nodes(voters), context);
    return voters <= kNarrowCount ? winning_of<std::uint64_t>(layers, order)
                                  : winning_of<Integer>(layers, order);
}

Vulnerable count_vulnerable(const VotingGame& game, const Context& context) {
    const std::vector<std::size_t> order = heaviest_first(game.thresholds.front());
    const Threshold sorted = in_order(game.thresholds.front(), order);
    return order.size() <= kNarrowCount ? vulnerable_of<std::uint64_t>(sorted, order, context)
                                        : vulnerable_of<Integer>(sorted, order, context);
}

}  // namespace steelyard::power
