// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string_view>

namespace steelyard::test {

/// Compares `actual` with the file tests/golden/`name`. On a difference writes the new text to the same path
/// plus ".new", and reports both paths and the first line that differs. With STEELYARD_UPDATE_GOLDENS=1 in
/// the environment writes the golden file instead; read the diff before you commit it.
///
///     EXPECT_TRUE(matches_golden("brief/panama.txt", text));
testing::AssertionResult matches_golden(std::string_view name, std::string_view actual);

}  // namespace steelyard::test
