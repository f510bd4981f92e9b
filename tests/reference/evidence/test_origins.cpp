// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/error.hpp"
#include "steelyard/evidence/origins.hpp"
#include "steelyard/format/case_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

using namespace steelyard;
using namespace steelyard::evidence;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

const Case& subject() {
    static const Case made = read_case(R"(steelyard: 1
case: harbour
actors: {port: {capability: {value: 60, because: [letter, offer]}}}
issues: {rent: {options: [low, high]}}
sources: {gazette: {title: Gazette}, herald: {title: Herald}, records: {title: Records, origin: agency}}
claims:
  letter: {kind: fact, text: The port wrote., source: gazette}
  offer: {kind: fact, text: A rival offers., source: herald}
)",
                                       "harbour")
                                 .value;
    return made;
}

OriginsResult compare(std::string gazette, std::string herald, int words = 3, double share = 0) {
    OriginsOptions options;
    options.texts = {{"gazette", {std::move(gazette)}}, {"herald", {std::move(herald)}}};
    options.words = words;
    options.share = share;
    return origins(subject(), options, {});
}

}  // namespace

TEST(Origins, FindReportsOfOneMessage) {
    const auto result = compare("The port wrote to a rival, sources say. More follows.",
                                "Our reporter: THE PORT WROTE\nto a rival; nobody confirmed it.");
    ASSERT_EQ(result.pairs.size(), 1U);
    const SharedText& pair = result.pairs[0];
    EXPECT_EQ(pair.passage, "the port wrote to a rival");
    EXPECT_EQ(pair.passages, 4);
    EXPECT_NEAR(pair.share, 50, 1e-12) << "4 of the 8 runs of three words";
    EXPECT_FALSE(pair.stated);
    EXPECT_THAT(pair.numbers, ElementsAre("/actors/port/capability"));
    EXPECT_THAT(result.unread, ElementsAre("records"));
    EXPECT_THAT(compare("The port wrote to a rival.", "Nothing of the kind stands here.").pairs, IsEmpty());
    EXPECT_THAT(compare("the port wrote x", "y the port wrote z v", 3, 60).pairs, IsEmpty());
}

TEST(Origins, RefusesATextOfNoSource) {
    OriginsOptions options;
    options.texts = {{"gazete", {"text"}}};
    EXPECT_THROW(origins(subject(), options, {}), Error);
}

RC_GTEST_PROP(OriginsProperty, CountsTheRunsThatBothHave, ()) {
    const auto words = [] {
        return *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>("a", "b", "c"));
    };
    const auto text = [](const std::vector<std::string>& list) {
        std::string made;
        for (const std::string& word : list)
            made += word + ", ";
        return made;
    };
    const auto first = words();
    const auto second = words();
    const auto runs = [](const std::vector<std::string>& list) {
        std::set<std::vector<std::string>> found;
        for (std::size_t i = 0; i + 3 <= list.size(); ++i)
            found.insert({list.begin() + static_cast<std::ptrdiff_t>(i),
                          list.begin() + static_cast<std::ptrdiff_t>(i) + 3});
        return found;
    };
    const auto a = runs(first);
    const auto b = runs(second);
    std::vector<std::vector<std::string>> both;
    std::ranges::set_intersection(a, b, std::back_inserter(both));
    const auto result = compare(text(first), text(second));
    RC_ASSERT(result.pairs.size() == (both.empty() ? 0U : 1U));
    if (!both.empty()) {
        RC_ASSERT(result.pairs[0].passages == static_cast<int>(both.size()));
        RC_ASSERT(std::abs(result.pairs[0].share - 100.0 * static_cast<double>(both.size()) /
                                                       static_cast<double>(std::min(a.size(), b.size()))) <
                  1e-9);
        RC_ASSERT(plain_words(result.pairs[0].passage).size() >= 3);
    }
}
