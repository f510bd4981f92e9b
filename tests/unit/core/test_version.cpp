// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/version.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

TEST(Version, IsThreeNumbers) {
    EXPECT_THAT(std::string(steelyard::version()), testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
}
