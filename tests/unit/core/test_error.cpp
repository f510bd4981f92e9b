// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/context.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/core/sha256.hpp"

#include <gtest/gtest.h>

#include <set>

namespace steelyard {
namespace {

TEST(Error, TheTableHasOneRowForEveryKindAndDistinctAnswers) {
    std::set<int> codes;
    std::set<std::string_view> names;
    int index = 0;
    for (const ErrorKindRow& row : error_kinds()) {
        EXPECT_EQ(static_cast<int>(row.kind), index++);
        EXPECT_EQ(&describe(row.kind), &row);
        EXPECT_TRUE(codes.insert(row.exit_code).second) << row.name;
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        EXPECT_GT(row.exit_code, 1) << "0 is success, 1 a negative finding";
        EXPECT_FALSE(row.meaning.empty());
    }
    EXPECT_EQ(index, static_cast<int>(ErrorKind::cancelled) + 1);
}

TEST(Error, ProblemsReadAsCompilersWriteThem) {
    const Problem problem{{"a.yaml", 3, 7, "/x"}, "unknown key", "acters", "actors, issues", "actors"};
    EXPECT_EQ(to_text(problem),
              "a.yaml:3:7: unknown key; found 'acters'; allowed: actors, issues; did you mean 'actors'?");
    EXPECT_EQ(to_text({{"", 0, 0, "/x"}, "wrong", "", "", ""}), "/x: wrong");
    EXPECT_EQ(to_text({{}, "wrong", "", "", ""}), "wrong");
    const Error error(ErrorKind::invalid_case, std::vector{problem, Problem{{}, "second", "", "", ""}});
    EXPECT_EQ(std::string(error.what()), to_text(problem) + "\nsecond");
}

TEST(Error, NearMatchesAreNearAndOnlyNear) {
    const std::vector<std::string> names{"frontier", "solutions", "score"};
    EXPECT_EQ(nearest_name("fronteir", names), "frontier");
    EXPECT_EQ(nearest_name("scor", names), "score");
    EXPECT_EQ(nearest_name("weather", names), "");
    EXPECT_EQ(nearest_name("x", {}), "");
    EXPECT_EQ(join_names(names, 2), "frontier, solutions and 1 more");
}

TEST(Context, CopiesShareTheWishToStop) {
    const Context context;
    const Context copy = context;
    EXPECT_NO_THROW(copy.check());
    context.cancel.request();
    EXPECT_THROW(copy.check(), Error);
    EXPECT_FALSE(copy.budget.requested());
}

TEST(Sha256, MatchesThePublishedVectors) {
    // FIPS 180-4 examples.
    EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace steelyard
