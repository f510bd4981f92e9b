// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Sets of conflict states as lists of patterns: which options are taken, which are not, which do not matter.

#include "steelyard/model/case.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace steelyard::format {

/// Matches a state in which the options of `care` are taken exactly as `taken` says.
struct Pattern {
    StateCode care = 0;
    StateCode taken = 0;
    [[nodiscard]] bool matches(StateCode state) const { return (state & care) == taken; }
    friend auto operator<=>(const Pattern&, const Pattern&) = default;
};

/// Matches what any of them matches; none: no state.
using Patterns = std::vector<Pattern>;

inline bool matches(const Patterns& patterns, StateCode state) {
    return std::ranges::any_of(patterns, [state](const Pattern& pattern) { return pattern.matches(state); });
}

/// The patterns of an expression; nothing where it asks for issues, or has more than `most` of them.
std::optional<Patterns> patterns_of(const Expression& expression, std::size_t most);

/// `a and not b or c`, for conflict options of these ids; the patterns must not be empty.
Expression expression_of(const Patterns& patterns, const std::vector<Move>& moves);

/// The feasible states in increasing order: all codes below 2^moves that no pattern matches.  Nothing where that would
/// take more than about a second.
std::optional<std::vector<StateCode>> feasible_states(const Patterns& infeasible, std::size_t moves);

}  // namespace steelyard::format
