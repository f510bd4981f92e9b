// SPDX-License-Identifier: Apache-2.0
#pragma once
/// How many deals meet thresholds that concern several actors at once, and the first of them.
///
/// Counting is harder than finding: it is exact as long as the distinct point vectors of half of the issues
/// can be listed, and otherwise an estimate that says how far off it may be.

#include "acceptance.hpp"
#include "engine.hpp"
#include "steelyard/core/context.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace steelyard::space {

/// A monotone condition on rows: the acceptance rule on who reaches its threshold, and floors for all.
template <class W>
struct Demand {
    using Value = typename W::Value;
    const AcceptanceRule* rule = nullptr;      ///< none: nobody is asked
    std::vector<Value> thresholds;             ///< by actor: from here on it is willing
    std::vector<std::optional<Value>> floors;  ///< by actor: every row must reach it; may be empty

    [[nodiscard]] bool met(const Value* row) const;
    /// Whether it says no more than that every actor reaches one number (`single`).
    [[nodiscard]] bool separable() const { return rule == nullptr || rule->unanimous(); }
    /// The highest number that the actor must reach in a separable demand; none when any will do.
    [[nodiscard]] std::optional<Value> single(std::size_t actor) const;
};

/// The demand that the table accepts.
template <class W>
Demand<W> acceptance_demand(const Engine<W>& engine, const AcceptanceRule& rule);

struct Tally {
    bool exact = true;
    BigInt count = 0;  ///< where not exact, the estimate
    BigInt low = 0;    ///< 99 % interval of an estimate
    BigInt high = 0;
    std::vector<std::size_t> first;  ///< option numbers of the first such deal; empty when none is known
};

/// Counts the feasible deals that meet the demand.  Exact when at most `most_rows` distinct point vectors
/// occur in either half of the issues; otherwise estimated from 2^15 feasible deals drawn at random (uniformly;
/// the interval is Wilson's).  Throws `Error` (cancelled), `CountOverflow`.
template <class W>
Tally count_deals(const Engine<W>& engine, const Demand<W>& demand, const Context& context,
                  std::size_t most_rows = 200'000);

extern template struct Demand<Narrow>;
extern template struct Demand<Wide>;
extern template struct Demand<Big>;
extern template Demand<Narrow> acceptance_demand(const Engine<Narrow>&, const AcceptanceRule&);
extern template Demand<Wide> acceptance_demand(const Engine<Wide>&, const AcceptanceRule&);
extern template Demand<Big> acceptance_demand(const Engine<Big>&, const AcceptanceRule&);
extern template Tally count_deals(const Engine<Narrow>&, const Demand<Narrow>&, const Context&, std::size_t);
extern template Tally count_deals(const Engine<Wide>&, const Demand<Wide>&, const Context&, std::size_t);
extern template Tally count_deals(const Engine<Big>&, const Demand<Big>&, const Context&, std::size_t);

}  // namespace steelyard::space
