// SPDX-License-Identifier: Apache-2.0
// The memory budget from outside: what is no size is named, and what is never used up changes nothing.
#include "doors/program.hpp"
#include "steelyard/format/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace test = steelyard::test;
using steelyard::from_json;
using steelyard::Value;
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

/// Two actors who want exactly the opposite: nearly every deal of 6^14 is efficient, so no list of them all can be made.
std::string opposed_case() {
    std::string issues, a, b;
    std::uint32_t number = 1;
    for (int i = 0; i < 14; ++i) {
        const std::string name = "i" + std::to_string(i);
        issues += "  " + name + ": {options: [o0, o1, o2, o3, o4, o5]}\n";
        std::string left, right;
        for (int o = 0; o < 6; ++o) {
            number = number * 1664525 + 1013904223;
            const std::uint32_t points = number >> 8;
            const std::string option = (o > 0 ? ", o" : "o") + std::to_string(o) + ": ";
            left += option + std::to_string(points);
            right += option + std::to_string((1U << 24) - points);
        }
        a += "      " + name + ": {" + left + "}\n";
        b += "      " + name + ": {" + right + "}\n";
    }
    return "steelyard: 1\ncase: opposed\nactors: {a: {}, b: {}}\nissues:\n" + issues +
           "preferences:\n  a:\n    no_deal: 0\n    points:\n" + a + "  b:\n    no_deal: 0\n    points:\n" +
           b;
}

TEST(Budgets, MemoryUsedUpWhileRowsAreJoinedGivesABoundedFrontier) {
    const Scratch scratch;
    const std::string file = scratch.file("opposed.yaml", opposed_case());
    const Outcome outcome = test::steelyard({"run", "frontier", file, "--memory", "100M", "--json"});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    const Value report = from_json(outcome.out);
    const Value& result = *report.find("result");
    EXPECT_FALSE(*result.find("exact")->get<bool>());
    EXPECT_GT(result.find("epsilon")->number().value(), 0);
    EXPECT_LT(result.find("epsilon")->number().value(), 14 * std::pow(2.0, 24)) << "less than all there is";
    EXPECT_GT(result.find("size")->number().value(), 10);
}

}  // namespace
