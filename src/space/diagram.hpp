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

    std::vector<Layer> layers;  ///< in elimination order; the last leads to node 0 of the end
    std::vector<std::vector<std::uint32_t>> gains;  ///< terms completed together; gains[0] is empty
    bool feasible = true;                           ///< some path reaches the end

    [[nodiscard]] std::size_t nodes() const;
    [[nodiscard]] std::size_t width() const;
};

/// The diagram of `problem`: each connected group of coupled issues in the best of several orders (min-fill
/// and its reverse, fewest open conditions, case order), groups one after the other, uncoupled issues last.
/// Throws `TooWide` when it would have more than `most_nodes` nodes, `Error` (cancelled).
struct TooWide {};
Diagram make_diagram(const Problem& problem, const Context& context = {}, std::size_t most_nodes = 2'000'000);

/// Number of deals along all paths: the feasible deals, exactly.
BigInt count_paths(const Diagram& diagram);

}  // namespace steelyard::space
