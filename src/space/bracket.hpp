// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Frontiers between which the true one lies: points of real deals from below, points that no deal exceeds from
/// above, and how far the two are apart.

#include "engine.hpp"
#include "steelyard/core/context.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace steelyard::space {

/// Rows such that every path of the engine's diagram that meets the requirements is at or below one of them.
/// `error[p]`: how far rows may be raised over the whole way for few rows; more where a layer would have more than
/// `most_rows`.  Throws `Error` (cancelled).
template <class W>
Front<W> upper_front(const Engine<W>& engine, const std::vector<Requirement>& requirements,
                     const std::vector<BigInt>& error, std::size_t most_rows, const Context& context);

/// The smallest number such that no upper row is more than it above some lower row for every actor, in points
/// (`scale` as in the problem); none when there are upper rows but no lower ones.  Throws `Error` (cancelled).
template <class W>
std::optional<double> gap_between(const Front<W>& lower, const Front<W>& upper,
                                  const std::vector<BigInt>& scale, const Context& context);

extern template Front<Narrow> upper_front(const Engine<Narrow>&, const std::vector<Requirement>&,
                                          const std::vector<BigInt>&, std::size_t, const Context&);
extern template Front<Wide> upper_front(const Engine<Wide>&, const std::vector<Requirement>&,
                                        const std::vector<BigInt>&, std::size_t, const Context&);
extern template Front<Big> upper_front(const Engine<Big>&, const std::vector<Requirement>&,
                                       const std::vector<BigInt>&, std::size_t, const Context&);
extern template std::optional<double> gap_between(const Front<Narrow>&, const Front<Narrow>&,
                                                  const std::vector<BigInt>&, const Context&);
extern template std::optional<double> gap_between(const Front<Wide>&, const Front<Wide>&,
                                                  const std::vector<BigInt>&, const Context&);
extern template std::optional<double> gap_between(const Front<Big>&, const Front<Big>&,
                                                  const std::vector<BigInt>&, const Context&);

}  // namespace steelyard::space
