// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The best eligible deals by a measure, without listing the frontier.
///
/// Any deal at least as good as the best one known must meet linear requirements (its weighted gains, for the
/// dual's weights, cannot be low; no actor can be far below).  A pass over the diagram that keeps only
/// undominated rows which can still meet them is a branch and bound in breadth: what is left at the end holds
/// every best point.

#include "acceptance.hpp"
#include "dual.hpp"
#include "engine.hpp"
#include "measure.hpp"
#include "ranges.hpp"
#include "steelyard/core/context.hpp"

#include <cstddef>
#include <vector>

namespace steelyard::space {

/// What a search found.
struct Found {
    std::vector<std::size_t> options;  ///< option numbers of the best deal known; empty: none known
    Gains gains;                       ///< its gains
    BigInt ties = 0;                   ///< deals with the points of a best deal
    bool ties_exact = true;            ///< whether `ties` counts all of them (set by `Seeker`)
    bool proven = true;                ///< nothing better exists; with no deal: none is acceptable
    double bound = 0;                  ///< where not proven: no deal's value exceeds this

    [[nodiscard]] bool any() const { return !gains.empty(); }
};

/// Which feasible deals compete.
struct Eligible {
    const AcceptanceRule* rule = nullptr;  ///< those that it accepts; none: all
    bool nobody_loses = false;             ///< those in which no gain is negative
    std::size_t most_values = 3'000'000;   ///< of one layer; beyond, the best deal found is not proven
};

/// Where to look for a measure's best deals.
struct Heading {
    std::vector<char> in_play;  ///< by actor: whether its gain counts, and can be positive
    Directions directions;
};

template <class W>
class Optimiser {
public:
    using Value = typename W::Value;

    Optimiser(const Engine<W>& engine, const Bounds& bounds, const Eligible& eligible,
              const Context& context);

    /// Among eligible deals.  Of several best deals the first in case order; `ties` counts all of them for
    /// strict measures, and at least one for the others.
    Found best(const Measure& measure) const { return best(measure, aim(measure), {}); }
    /// The same for one who has the aim already, and knows a deal of at least the gains `known` (if any).
    Found best(const Measure& measure, const Heading& heading, const Found& known) const;

    /// Where to look for a measure's best deals.
    [[nodiscard]] Heading aim(const Measure& measure) const;
    /// What a deal at least as good as the incumbent must meet; without one, what an eligible deal must meet.
    [[nodiscard]] std::vector<Requirement> requirements(const Measure& measure, const Heading& heading,
                                                        const Found& incumbent) const;
    /// No value of a best deal exceeds this, given that the incumbent is eligible.
    [[nodiscard]] double bound(const Measure& measure, const Heading& heading, const Found& incumbent) const;

    [[nodiscard]] Gains gains_of(const Value* row) const;
    [[nodiscard]] bool is_eligible(const Value* row) const;

    [[nodiscard]] const Ranges<W>& ranges() const { return ranges_; }

private:
    /// Drops rows at a node of which no completion can be accepted.
    void drop_hopeless(std::size_t layer, std::size_t node, Front<W>& front) const;
    void offer(const Front<W>& front, const Measure& measure, Found& found) const;
    [[nodiscard]] std::vector<Requirement> basic_requirements() const;
    void beam(const Measure& measure, const Heading& heading, std::size_t width, Found& found) const;

    const Engine<W>& engine_;
    const Bounds& bounds_;
    Eligible eligible_;
    const Context& context_;
    Ranges<W> ranges_;
    std::vector<char> needed_;    // by actor: it loses in no eligible deal
    std::vector<Weighed> alone_;  // by actor: weight 1 for it, 0 for the others
    std::vector<double> offset_;  // by actor: gain = row + offset
};

extern template class Optimiser<Narrow>;
extern template class Optimiser<Wide>;
extern template class Optimiser<Big>;

}  // namespace steelyard::space
