// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The best eligible deals by a measure, whether or not the exact diagram is within reach.
///
/// With an exact diagram this is `Optimiser`.  With an outline: first deals come from a diagram of some deals; then
/// only deals at least as good are looked at, all of them if their diagram is small enough, which settles the
/// matter; otherwise the relaxed diagram bounds what may have been missed.

#include "count.hpp"
#include "optimum.hpp"
#include "setup.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace steelyard::space {

template <class W>
class Seeker {
public:
    using Value = typename W::Value;

    Seeker(const Setup& setup, const Eligible& eligible, const Context& context);
    /// The same with other no-deal values: `problem` is the setup's but for them, and must outlive the seeker.
    Seeker(const Setup& setup, const Problem& problem, const Eligible& eligible, const Context& context);

    /// As `Optimiser::best`.  With an outline the deal shown, if proven best, is the first in case order and `ties`
    /// complete only if `ties_exact` is set.
    Found best(const Measure& measure) const;

    /// The largest gain of an actor in any eligible deal lies between these.
    struct GainRange {
        BigInt low, high;
    };
    [[nodiscard]] GainRange best_gain(std::size_t actor) const;

    /// Whether no feasible deal dominates one with this row, feasible or not; nothing where that could not be decided.
    [[nodiscard]] std::optional<bool> efficient(const std::vector<Value>& row) const;

    /// The eligible deals in which every actor has the floor (if any).  Not exact where they cannot be counted: then
    /// the count is no estimate of anything.
    [[nodiscard]] Tally count(const std::vector<std::optional<Value>>& floors) const;

    [[nodiscard]] const Engine<W>& engine() const { return engine_; }
    /// Each actor's worst and best feasible deal; with an outline, of those in the diagram of some deals.
    [[nodiscard]] const Range<W>& range() const { return optimiser_.ranges().after[0][0]; }

private:
    /// What the outline's relaxed diagram is asked.
    struct Upper {
        Upper(const Setup& setup, const Problem& problem, const Eligible& eligible, const Context& context);
        Engine<W> engine;
        Optimiser<W> optimiser;
    };

    Found best_outlined(const Measure& measure) const;
    /// Takes over the deal if it is real, eligible and better.
    void consider(const std::vector<std::size_t>& options, const Measure& measure, Found& found) const;
    /// The best among the deals of a diagram.
    Found best_of(const Diagram& diagram, const Measure& measure, const Found& known) const;

    const Setup& setup_;
    const Problem& problem_;
    Eligible eligible_;
    const Context& context_;
    Engine<W> engine_;
    Optimiser<W> optimiser_;
    std::unique_ptr<Upper> upper_;
    mutable std::vector<std::vector<std::size_t>>
        met_;  // eligible deals from earlier searches, as option numbers
};

extern template class Seeker<Narrow>;
extern template class Seeker<Wide>;
extern template class Seeker<Big>;

}  // namespace steelyard::space
