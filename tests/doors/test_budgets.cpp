// SPDX-License-Identifier: Apache-2.0
// The memory budget from outside: what is no size is named, and what is never used up changes nothing.
#include "doors/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace test = steelyard::test;
using test::Outcome;
using test::Scratch;
using testing::HasSubstr;

namespace {

TEST(Budgets, MoreMemoryThanItTakesChangesNothing) {
    const Scratch scratch;
    const std::string file = scratch.file("small.yaml", test::small_case());
    const std::vector<std::string> call{"run", "evidence", file, "--json"};
    std::vector<std::string> wide = call;
    wide.insert(wide.end(), {"--memory", "64G", "--budget", "3600"});
    EXPECT_EQ(test::steelyard(wide).out, test::steelyard(call).out);
}

TEST(Budgets, ASizeThatIsNoneIsNamed) {
    const Scratch scratch;
    const std::string file = scratch.file("small.yaml", test::small_case());
    for (const std::string size : {"", "M", "0", "-1M", "12T", "12MB", "1.5G", "99999999999G"}) {
        const Outcome outcome = test::steelyard({"run", "evidence", file, "--memory=" + size});
        EXPECT_EQ(outcome.exit_code, 2) << size;
        EXPECT_THAT(outcome.err, HasSubstr("flag '--memory' is not valid")) << size;
        EXPECT_THAT(outcome.err, HasSubstr("a size like 512M")) << size;
    }
}

}  // namespace
