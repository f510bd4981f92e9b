// SPDX-License-Identifier: Apache-2.0
#include "format/ids.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <regex>

namespace steelyard::format {
namespace {

TEST(Ids, FollowNames) {
    IdMaker ids("v");
    EXPECT_EQ(ids.make("Least Developed Countries"), "least_developed_countries");
    EXPECT_EQ(ids.make("least developed  countries!"), "least_developed_countries_2");
    EXPECT_EQ(ids.make("$4.37"), "v4_37");
    EXPECT_EQ(ids.make("0000-0400"), "v0000-0400");
    EXPECT_EQ(ids.make("none"), "v_none");
    EXPECT_EQ(ids.make(""), "v");
    EXPECT_EQ(ids.make("\xC3\x84"), "v_2");
    EXPECT_EQ(ids.make("../../etc/passwd"), "etc_passwd");
    EXPECT_EQ(ids.make("already_an-id_"), "already_an-id_");
    EXPECT_EQ(ids.make(std::string(100, 'a')).size(), 64U);
    EXPECT_EQ(ids.make(std::string(100, 'a')).size(), 64U);
}

RC_GTEST_PROP(Ids, AreAlwaysSoundAndDifferent, (const std::vector<std::string>& names)) {
    static const std::regex sound("[a-z][a-z0-9_-]{0,63}");
    IdMaker ids("option");
    std::set<std::string> seen;
    for (const std::string& name : names) {
        const std::string id = ids.make(name);
        RC_ASSERT(std::regex_match(id, sound));
        RC_ASSERT(seen.insert(id).second);
    }
}

}  // namespace
}  // namespace steelyard::format
