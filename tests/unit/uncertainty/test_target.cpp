// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/error.hpp"
#include "steelyard/uncertainty/target.hpp"
#include "toy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace steelyard;
using namespace steelyard::uncertainty;
using test::ToyResult;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

TEST(Target, IsReadInAllItsParts) {
    const Target t = parse_target(
        " compromise|median(table = main;weights=both|salience): issues[issue=a>b].value >= 2.5");
    EXPECT_THAT(t.analyses, ElementsAre("compromise", "median"));
    ASSERT_EQ(t.options.size(), 2U);
    EXPECT_THAT(t.options[1].second, ElementsAre("both", "salience"));
    EXPECT_EQ(t.path, "issues[issue=a>b].value");
    EXPECT_EQ(t.comparison, Comparison::at_least);
    EXPECT_EQ(t.threshold, 2.5);
    EXPECT_EQ(parse_target("a:b != c").against, "c");
    EXPECT_EQ(parse_target("a:b").comparison, Comparison::none);
    EXPECT_EQ(parse_target("score(deal=x=1,y=2):acceptable").options[0].second[0], "x=1,y=2");
}

TEST(Target, SaysWhatIsMissing) {
    for (const auto& [text, part] :
         std::vector<std::pair<std::string, std::string>>{{"compromise", "a colon"},
                                                          {"a(b=1:c", "a colon"},
                                                          {"a(b):c", "name=value"},
                                                          {"a|:c", "no name"},
                                                          {"a:", "path"},
                                                          {"a:b >", "comparison"},
                                                          {":c", "colon"}}) {
        try {
            (void)parse_target(text);
            FAIL() << text;
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::invalid_option);
            EXPECT_THAT(error.what(), HasSubstr(part)) << text;
        }
    }
}

TEST(LeafShape, FollowsThePath) {
    const Shape shape = shape_of<ToyResult>();
    EXPECT_EQ(leaf_shape(shape, "sum").kind, ShapeKind::number);
    EXPECT_EQ(leaf_shape(shape, "items[name=first].value").kind, ShapeKind::number);
    EXPECT_EQ(leaf_shape(shape, "items[7].name").kind, ShapeKind::text);
    EXPECT_EQ(leaf_shape(shape, "items.#").kind, ShapeKind::integer);
    EXPECT_EQ(leaf_shape(shape, "by_actor.whoever").kind, ShapeKind::number);
    for (const auto& [path, part] :
         std::vector<std::pair<std::string, std::string>>{{"sun", "did you mean 'sum'"},
                                                          {"items", "one of its items"},
                                                          {"items[0]", "one of its members: name, value"},
                                                          {"items[nme=first].value", "did you mean 'name'"},
                                                          {"items[x].value", "[0]"},
                                                          {"sum[0]", "no list"},
                                                          {"items.value", "[0]"},
                                                          {"sum.more", "leads nowhere"}}) {
        try {
            (void)leaf_shape(shape, path);
            FAIL() << path;
        } catch (const Error& error) {
            EXPECT_THAT(error.what(), HasSubstr(part)) << path;
        }
    }
}

}  // namespace
