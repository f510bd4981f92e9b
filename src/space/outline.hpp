// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What stands in for the exact diagram where bundles and rules are too tangled for one.
///
/// From above: a relaxed diagram, in which every deal is a path that promises too much.  From below: diagrams of
/// some real deals.  Where few enough nodes are left when those are dropped through which no deal goes that meets
/// given requirements, a diagram of all deals that do: a search there is exact.

#include "bounds.hpp"
#include "diagram.hpp"
#include "relaxed.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace steelyard::space {

class Outline {
public:
    /// `width`: nodes of a layer of the relaxed diagram.  The problem must outlive the outline.
    Outline(const Problem& problem, std::vector<std::size_t> order, const Context& context,
            std::size_t width);
    Outline(const Outline&) = delete;
    Outline& operator=(const Outline&) = delete;
    ~Outline() = default;

    [[nodiscard]] const Diagram& relaxed() const { return relaxed_.diagram; }
    /// Over the relaxed diagram: no deal exceeds them.
    [[nodiscard]] const Bounds& bounds() const { return bounds_; }

    /// A diagram with at most `width` nodes a layer, all of whose paths are feasible deals: the nodes that look most
    /// promising by the requirements (of `bounds()`), or, without any, by several weights of the actors.
    /// Throws `Error` (cancelled).
    [[nodiscard]] Diagram some_deals(const std::vector<Requirement>& requirements, std::size_t width,
                                     const Context& context) const;

    /// A diagram of feasible deals that holds all which meet the requirements; nothing when that takes more than
    /// `width` nodes in some layer, or more than a few when the budget is used up.  Throws `Error` (cancelled).
    [[nodiscard]] std::optional<Diagram> all_deals(const std::vector<Requirement>& requirements,
                                                   std::size_t width, const Context& context) const;

private:
    [[nodiscard]] Diagram build(const std::vector<Requirement>& guides, std::size_t width, bool all,
                                const Context& context) const;

    const Problem& problem_;
    std::vector<std::size_t> order_;
    Relaxation relaxed_;
    Bounds bounds_;
};

}  // namespace steelyard::space
