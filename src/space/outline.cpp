// SPDX-License-Identifier: Apache-2.0
#include "outline.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace steelyard::space {

namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();

/// Chooses which nodes of the exact diagram stay.
class Choosing {
public:
    Choosing(const Problem& problem, const Diagram& relaxed, const Bounds& bounds,
             const std::vector<Requirement>& guides, std::size_t width)
        : problem_(problem), relaxed_(relaxed), bounds_(bounds), guides_(guides), width_(width) {
        nodes_.push_back({0, std::vector<double>(guides.size())});
    }

    /// As a `StateFilter`.
    std::vector<std::uint32_t> operator()(const Diagram& so_far, std::vector<ResidualState>& states) {
        const std::size_t step = so_far.layers.size() - 1;
        std::vector<Node> next = reach(so_far, step, states.size());
        std::vector<std::uint32_t> kept;
        for (std::uint32_t s = 0; s < next.size(); ++s) {
            if (promising(next[s], step + 1))
                kept.push_back(s);
        }
        if (kept.size() > width_) {
            complete_ = false;
            if (guides_.empty()) {
                kept.resize(width_);
            } else {
                kept = best_of(kept, next, step + 1);
            }
        }
        std::vector<std::uint32_t> places(states.size(), Diagram::none);
        std::vector<ResidualState> stay;
        nodes_.clear();
        for (const std::uint32_t s : kept) {
            places[s] = static_cast<std::uint32_t>(stay.size());
            stay.push_back(std::move(states[s]));
            nodes_.push_back(std::move(next[s]));
        }
        states = std::move(stay);
        return places;
    }

    [[nodiscard]] bool complete() const { return complete_; }

private:
    struct Node {
        std::uint32_t relaxed =
            Diagram::none;           ///< a node of the relaxed diagram that promises at least as much
        std::vector<double> before;  ///< by guide: the largest weighted sum on a way here
    };

    [[nodiscard]] double dot(const std::vector<double>& weights, const std::vector<double>& row) const {
        return std::inner_product(weights.begin(), weights.end(), row.begin(), 0.0);
    }

    /// Weighted points of the gains, by gain and guide.
    void weigh_gains(const Diagram& so_far) {
        for (std::size_t g = gains_.size(); g < so_far.gains.size(); ++g) {
            std::vector<double> row;
            for (const BigInt& points : points_of(problem_, so_far.gains[g]))
                row.push_back(to_double(points));
            gains_.emplace_back();
            for (const Requirement& guide : guides_)
                gains_.back().push_back(dot(guide.weighed.weights, row));
        }
    }

    std::vector<Node> reach(const Diagram& so_far, std::size_t step, std::size_t states) {
        weigh_gains(so_far);
        const Diagram::Layer& layer = so_far.layers[step];
        const Diagram::Layer& above = relaxed_.layers[step];
        std::vector<std::vector<double>> best(layer.classes());  // class, guide
        for (std::size_t cls = 0; cls < layer.classes(); ++cls) {
            for (const Requirement& guide : guides_) {
                double most = kNever;
                for (const std::uint32_t option : layer.options[cls])
                    most = std::max(most, dot(guide.weighed.weights, bounds_.points(layer.issue, option)));
                best[cls].push_back(most);
            }
        }
        std::vector<Node> next(states);
        for (std::size_t node = 0; node < layer.nodes; ++node) {
            for (std::size_t cls = 0; cls < layer.classes(); ++cls) {
                const Diagram::Arc& arc = layer.arc(node, cls);
                const std::uint32_t target = above.arc(nodes_[node].relaxed, cls).target;
                if (arc.target == Diagram::none || target == Diagram::none)
                    continue;
                Node& there = next[arc.target];
                if (there.relaxed == Diagram::none) {
                    there.relaxed = target;
                    there.before.assign(guides_.size(), kNever);
                }
                for (std::size_t k = 0; k < guides_.size(); ++k)
                    there.before[k] = std::max(there.before[k],
                                               nodes_[node].before[k] + best[cls][k] + gains_[arc.gain][k]);
            }
        }
        return next;
    }

    [[nodiscard]] double outlook(const Node& node, std::size_t k, std::size_t layer) const {
        return node.before[k] + guides_[k].weighed.rest[layer][node.relaxed];
    }

    [[nodiscard]] bool promising(const Node& node, std::size_t layer) const {
        if (node.relaxed == Diagram::none)
            return false;  // no deal that keeps the rules goes through here
        for (std::size_t k = 0; k < guides_.size(); ++k) {
            const double most = outlook(node, k, layer);
            if (most == kNever || most + guides_[k].weighed.slack < guides_[k].least)
                return false;
        }
        return true;
    }

    /// Takes turns among the guides until the width is reached.
    [[nodiscard]] std::vector<std::uint32_t> best_of(const std::vector<std::uint32_t>& kept,
                                                     const std::vector<Node>& nodes,
                                                     std::size_t layer) const {
        std::vector<std::vector<std::uint32_t>> ranked;
        for (std::size_t k = 0; k < guides_.size(); ++k) {
            std::vector<std::uint32_t> order = kept;
            std::ranges::stable_sort(order, std::greater{},
                                     [&](std::uint32_t s) { return outlook(nodes[s], k, layer); });
            ranked.push_back(std::move(order));
        }
        std::vector<char> taken(nodes.size());
        std::vector<std::uint32_t> chosen;
        for (std::size_t rank = 0; chosen.size() < width_; ++rank) {
            for (const auto& order : ranked) {
                if (taken[order[rank]] == 0 && chosen.size() < width_) {
                    taken[order[rank]] = 1;
                    chosen.push_back(order[rank]);
                }
            }
        }
        std::ranges::sort(chosen);
        return chosen;
    }

    const Problem& problem_;
    const Diagram& relaxed_;
    const Bounds& bounds_;
    const std::vector<Requirement>& guides_;
    std::size_t width_;
    std::vector<Node> nodes_;                 // of the layer to come
    std::vector<std::vector<double>> gains_;  // gain, guide
    bool complete_ = true;
};

/// Weights from one actor's side to the other's; for more actors equal ones and leanings to each.
std::vector<Requirement> all_round(const Bounds& bounds, const Problem& problem) {
    const std::size_t n = problem.size();
    std::vector<double> range(n);
    for (std::size_t p = 0; p < n; ++p) {
        for (std::size_t i = 0; i < problem.issues.size(); ++i) {
            double low = std::numeric_limits<double>::infinity();
            double high = -low;
            for (std::size_t o = 0; o < problem.issues[i].options.size(); ++o) {
                low = std::min(low, bounds.points(i, o)[p]);
                high = std::max(high, bounds.points(i, o)[p]);
            }
            range[p] += std::max(high - low, 0.0);
        }
        for (const Term& term : problem.terms)
            range[p] += term.forbids() ? 0 : std::abs(to_double(term.points[p]));
    }
    std::vector<std::vector<double>> shares{std::vector<double>(n, 1 / static_cast<double>(n))};
    for (std::size_t p = 0; p < n && n > 1; ++p) {
        for (const double lean : {0.65, 0.8, 0.95}) {
            shares.emplace_back(n, (1 - lean) / static_cast<double>(n - 1));
            shares.back()[p] = lean;
        }
    }
    std::vector<Requirement> guides;
    for (auto& weights : shares) {
        for (std::size_t p = 0; p < n; ++p)
            weights[p] /= std::max(range[p], 1e-9);
        guides.push_back({bounds.weigh(weights), kNever});
    }
    return guides;
}

}  // namespace

Outline::Outline(const Problem& problem, std::vector<std::size_t> order, const Context& context,
                 std::size_t width)
    : problem_(problem),
      order_(std::move(order)),
      relaxed_(make_relaxed(problem, order_, context, width)),
      bounds_(problem, relaxed_.diagram) {}

Diagram Outline::build(const std::vector<Requirement>& guides, std::size_t width, bool all,
                       const Context& context) const {
    Choosing choosing(problem_, relaxed_.diagram, bounds_, guides, std::max<std::size_t>(width, 1));
    const auto filter = [&](const Diagram& so_far, std::vector<ResidualState>& states) {
        std::vector<std::uint32_t> places = choosing(so_far, states);
        const bool hurried = states.size() > kFewNodes && context.budget.requested();
        if (all && (!choosing.complete() || hurried))
            throw TooWide{so_far.layers.size()};
        return places;
    };
    Diagram diagram =
        build_diagram(problem_, order_, context, std::numeric_limits<std::size_t>::max(), filter);
    diagram.feasible = diagram.feasible && relaxed_.diagram.feasible;
    return diagram;
}

Diagram Outline::some_deals(const std::vector<Requirement>& requirements, std::size_t width,
                            const Context& context) const {
    return build(requirements.empty() ? all_round(bounds_, problem_) : requirements, width, false, context);
}

std::optional<Diagram> Outline::all_deals(const std::vector<Requirement>& requirements, std::size_t width,
                                          const Context& context) const {
    try {
        return build(requirements, width, true, context);
    } catch (const TooWide&) {
        return std::nullopt;
    }
}

}  // namespace steelyard::space
