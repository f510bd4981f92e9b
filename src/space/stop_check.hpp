// SPDX-License-Identifier: Apache-2.0
#pragma once
/// How work below the searches, which knows no context, is stopped in the middle.

#include <cstddef>
#include <functional>

namespace steelyard::space {

/// Called now and then within long work; stops it by throwing.  Empty: the work is never stopped.
using StopCheck = std::function<void()>;

/// So that a check costs nothing beside the work, and the work is never far from the next check.
constexpr std::size_t kRowsBetweenChecks = 1 << 14;

}  // namespace steelyard::space
