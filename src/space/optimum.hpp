// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The best acceptable deals by a measure, without listing the frontier.
///
/// Any deal at least as good as the best one known must meet linear requirements (its weighted gains, for the
/// dual's weights, cannot be low; no actor can be far below).  A pass over the diagram that keeps only
/// undominated rows which can still meet them is a branch and bound in breadth: what is left at the end holds
/// every best point.

#include "dual.hpp"
#include "engine.hpp"
#include "measure.hpp"
#include "ranges.hpp"
#include "setup.hpp"
#include "steelyard/core/context.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace steelyard::space {

/// What a search found.
struct Found {
    std::vector<std::size_t> options;  ///< option numbers of the best deal known; empty: none known
    Gains gains;                       ///< its gains
    BigInt ties = 0;                   ///< deals with the points of a best deal
    bool proven = true;                ///< nothing better exists; with no deal: none is acceptable
    double bound = 0;                  ///< where not proven: no deal's value exceeds this

    [[nodiscard]] bool any() const { return !gains.empty(); }
};

template <class W>
class Optimiser {
public:
    using Value = typename W::Value;

    /// `floors`: rows that every deal must reach besides (by actor; empty: none).  Acceptance is asked for
    /// unless `any_feasible`.
    Optimiser(const Setup& setup, const Engine<W>& engine, const Context& context, bool any_feasible = false);

    /// Among acceptable deals.  Of several best deals the first in case order; `ties` counts all of them for
    /// strict measures, and at least one for the others.
    Found best(const Measure& measure) const;

    /// The largest gain of an actor in any acceptable deal; none when there is no such deal.
    [[nodiscard]] std::optional<BigInt> best_gain(std::size_t actor) const;

    [[nodiscard]] const Ranges<W>& ranges() const { return ranges_; }

private:
    [[nodiscard]] Gains gains_of(const Value* row) const;
    [[nodiscard]] bool accepted(const Value* row) const;
    /// Whether some completion of a row at a node may be accepted.
    [[nodiscard]] bool may_be_accepted(const Value* row, const Range<W>& rest) const;
    void offer(const Front<W>& front, const Measure& measure, Found& found) const;
    [[nodiscard]] std::vector<Requirement> basic_requirements() const;
    [[nodiscard]] std::vector<Requirement> requirements(const Measure& measure, const Directions& directions,
                                                        const std::vector<char>& in_play,
                                                        const Found& incumbent) const;
    [[nodiscard]] double bound(const Measure& measure, const Directions& directions,
                               const std::vector<char>& in_play) const;
    void beam(const Measure& measure, const Directions& directions, std::size_t width, Found& found) const;

    const Setup& setup_;
    const Engine<W>& engine_;
    const Context& context_;
    bool any_feasible_;
    Ranges<W> ranges_;
    std::vector<char> needed_;    // by actor: no deal is accepted without it
    std::vector<Weighed> alone_;  // by actor: weight 1 for it, 0 for the others
    std::vector<double> offset_;  // by actor: gain = row + offset
};

extern template class Optimiser<Narrow>;
extern template class Optimiser<Wide>;
extern template class Optimiser<Big>;

}  // namespace steelyard::space
