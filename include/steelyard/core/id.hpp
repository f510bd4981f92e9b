// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Strong indices: an actor's place in a case cannot be mistaken for an issue's.

#include <compare>
#include <cstddef>
#include <cstdint>

namespace steelyard {

/// The place of a thing in its list of the case, counting from 0.
template <class Tag>
struct Id {
    std::uint32_t index = 0;

    constexpr Id() = default;
    constexpr explicit Id(std::size_t i) : index(static_cast<std::uint32_t>(i)) {}
    friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

}  // namespace steelyard
