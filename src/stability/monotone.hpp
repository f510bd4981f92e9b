// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Monotone conditions as binary decision diagrams (Bryant 1986).

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace steelyard::stability {

/// Variables 0, 1, ... in the order of the diagram.
class Diagram {
public:
    using Node = std::uint32_t;
    static constexpr Node kFalse = 0;
    static constexpr Node kTrue = 1;
    static constexpr std::size_t kMost = 1'000'000;

    /// Thrown when the diagram grows past `kMost` nodes.
    struct TooLarge {};

    Node variable(std::size_t which) { return make(which, kFalse, kTrue); }
    Node both(Node a, Node b) { return combine(a, b, true); }
    Node either(Node a, Node b) { return combine(a, b, false); }

    [[nodiscard]] std::size_t level(Node node) const { return nodes_[node].which; }
    [[nodiscard]] Node without(Node node) const { return nodes_[node].without; }
    [[nodiscard]] Node with(Node node) const { return nodes_[node].with; }

private:
    struct Inner {
        std::size_t which;
        Node without, with;
    };
    static constexpr std::size_t kEnd = ~std::size_t{0};

    Node make(std::size_t which, Node without, Node with) {
        if (without == with) {
            return without;
        }
        const auto [at, fresh] =
            unique_.try_emplace({which, without, with}, static_cast<Node>(nodes_.size()));
        if (fresh) {
            if (nodes_.size() >= kMost) {
                throw TooLarge{};
            }
            nodes_.push_back({which, without, with});
        }
        return at->second;
    }

    Node combine(Node a, Node b, bool conjunction) {
        const Node absorbing = conjunction ? kFalse : kTrue;
        const Node neutral = conjunction ? kTrue : kFalse;
        if (a == absorbing || b == absorbing) {
            return absorbing;
        }
        if (a == neutral || a == b) {
            return b;
        }
        if (b == neutral) {
            return a;
        }
        if (a > b) {
            std::swap(a, b);
        }
        if (const auto known = done_.find({a, b, conjunction}); known != done_.end()) {
            return known->second;
        }
        const std::size_t first = level(a) < level(b) ? level(a) : level(b);
        const auto part = [&](Node node, bool taken) {
            return level(node) != first ? node : taken ? with(node) : without(node);
        };
        const Node low = combine(part(a, false), part(b, false), conjunction);
        const Node high = combine(part(a, true), part(b, true), conjunction);
        const Node result = make(first, low, high);
        done_.emplace(std::tuple{a, b, conjunction}, result);
        return result;
    }

    std::vector<Inner> nodes_ = {{kEnd, kFalse, kFalse}, {kEnd, kTrue, kTrue}};
    std::map<std::tuple<std::size_t, Node, Node>, Node> unique_;
    std::map<std::tuple<Node, Node, bool>, Node> done_;
};

}  // namespace steelyard::stability
