// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

namespace steelyard::test {

/// How often this program has called `new` in any form; nothing under a sanitizer, which keeps its own account.
std::optional<std::uint64_t> allocations();

}  // namespace steelyard::test
