// SPDX-License-Identifier: Apache-2.0
#pragma once
/// A voting body in whole numbers: which of its members, together, can pass something.

#include "steelyard/model/case.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::power {

/// Members by their place in a list: bit k stands for member k.  For bodies and games of at most 64.
using Coalition = std::uint64_t;

/// A weighted majority.
struct Threshold {
    std::vector<std::int64_t> weights;  ///< of each member, 0 or more
    std::int64_t quota = 0;             ///< the weight that is enough, above 0
    friend bool operator==(const Threshold&, const Threshold&) = default;
};

/// A coalition wins when it reaches every threshold.
struct VotingGame {
    std::vector<std::string> members;
    std::vector<Threshold> thresholds;  ///< of the majority, the further majorities, then the vetoes

    [[nodiscard]] bool wins(Coalition coalition) const;
};

/// The game of a body.  Members that only a further majority names count as well, with weight 0 elsewhere.
/// Vetoes become a threshold in which each has weight 1 and all are needed.
/// Throws `Error` (limit) when the weights have no common denominator in 64 bits.
VotingGame make_voting_game(const VotingBody& body);

/// The body called `id`; the first one for an empty id.  Throws `Error`: missing_section, unknown_name with a
/// near match.
const VotingBody& find_body(const Case& subject, std::string_view id);

}  // namespace steelyard::power
