// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Problems as trees: what doors print as JSON.

#include "steelyard/core/error.hpp"
#include "steelyard/core/value.hpp"

#include <vector>

namespace steelyard {

/// One problem: message, then found, allowed, nearest, file, line, column, pointer where known.
Value to_tree(const Problem& problem);

/// A list of them.
Value to_tree(const std::vector<Problem>& problems);

}  // namespace steelyard
