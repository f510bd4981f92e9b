// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Limits so low that small cases, which can be listed, count as too tangled for an exact diagram.

#include "space/setup.hpp"

#include <rapidcheck.h>

namespace steelyard::test {

/// Draws with RapidCheck: call it inside a property.
inline space::Reach low_limits() {
    const auto pick = [](std::size_t most) {
        return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(1, most + 1));
    };
    return {.most_nodes = pick(4), .relaxed = pick(6), .some = pick(6), .all = pick(8)};
}

}  // namespace steelyard::test
