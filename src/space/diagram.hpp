// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The issues in elimination order, and what must be remembered of the options chosen so far.
///
/// Between two layers of the diagram stand the *residual states*: which of the conditions that reach across
/// are still alive, that is, met by every issue chosen so far.  Two ways of choosing that leave the same
/// conditions alive have the same completions, so they share a node.  Without conditions every layer has one
/// node; with them the diagram is as wide as the conditions are tangled, not as the deals are many.
/// (A reduced decision diagram of the conditions; equally, bucket elimination with messages indexed by what the
/// eliminated issues leave behind instead of by the options of the issues to come.)

#include "problem.hpp"
#include "steelyard/core/context.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

namespace steelyard::space {

struct Diagram {
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    struct Arc {
        std::uint32_t target = none;  ///< node of the next layer; none: no feasible deal goes this way
        std::uint32_t gain = 0;       ///< place in `gains`: the terms that this choice completes
    };
    /// One issue.  Options that all conditions treat alike share a class.
    struct Layer {
        std::size_t issue = 0;
        std::vector<std::uint32_t> class_of;              ///< by option
        std::vector<std::vector<std::uint32_t>> options;  ///< by class
        std::size_t nodes = 1;
        std::vector<Arc> arcs;  ///< node x classes + class
        [[nodiscard]] std::size_t classes() const { return options.size(); }
        [[nodiscard]] const Arc& arc(std::size_t node, std::size_t cls) const {
            return arcs[node * classes() + cls];
        }
    };
    /// Terms completed together.  In a relaxed diagram it may be forgotten whether a term is alive; it then
    /// counts for each actor only if it adds points.
    struct Gain {
        std::vector<std::uint32_t> terms;
        std::vector<std::uint32_t> maybe;
        friend auto operator<=>(const Gain&, const Gain&) = default;
    };

    std::vector<Layer> layers;  ///< in elimination order; the last leads to node 0 of the end
    std::vector<Gain> gains;    ///< gains[0] is empty
    bool feasible = true;       ///< some path reaches the end

    [[nodiscard]] std::size_t nodes() const;
    [[nodiscard]] std::size_t width() const;
};

/// Points of each actor for the terms of a gain.
std::vector<BigInt> points_of(const Problem& problem, const Diagram::Gain& gain);

/// Which conditions are alive, as bits; in a relaxed diagram followed by those that may be.
using ResidualState = std::vector<std::uint64_t>;

/// Called with the diagram up to the layer just built and the states it leads to; may join, change or drop states.
/// Returns for each state its place in the new list (`Diagram::none`: dropped), or nothing when nothing changed.
using StateFilter =
    std::function<std::vector<std::uint32_t>(const Diagram& so_far, std::vector<ResidualState>& states)>;

/// Diagrams of so many nodes are built even when the budget is used up.
constexpr std::size_t kFewNodes = 2'000;

/// The diagram would need more nodes than allowed, or more than a few when the budget is used up.
struct TooWide {
    std::size_t layers = 0;  ///< that could be built
};

/// The diagram of `problem` for an order of all (or, for measuring, some) issues.
/// Throws `TooWide` when there is a limit and it is passed (before the last layer is filtered), `Error` (cancelled).
Diagram build_diagram(const Problem& problem, const std::vector<std::size_t>& order, const Context& context,
                      std::size_t most_nodes = std::numeric_limits<std::size_t>::max(),
                      const StateFilter& filter = {}, bool relaxed = false);

/// Number of deals along all paths: the feasible deals, exactly.
BigInt count_paths(const Diagram& diagram);

}  // namespace steelyard::space
