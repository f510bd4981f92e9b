// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Each actor's points from its worst to its best deal: the scale of shares and percentages.

#include "diagram.hpp"
#include "problem.hpp"
#include "setup.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace steelyard::space {

/// Integer points without the problem's constant.
struct Span {
    BigInt low, high;
    [[nodiscard]] BigInt width() const { return high - low; }
};

/// By actor: from its worst to its best path.  In a relaxed diagram: no deal lies outside.  Empty when no path reaches the
/// end.
std::vector<Span> spans(const Problem& problem, const Diagram& diagram);

/// The spans of all feasible deals or, with an outline, the narrowest that surely hold them.
std::vector<Span> spans(const Setup& setup);

inline constexpr std::string_view kTooTangled =
    "the bundles and rules tie too many issues together for an exact diagram";

/// Why an answer is not exact; empty when the diagram is.
std::string why_bounded(const Setup& setup);

}  // namespace steelyard::space
