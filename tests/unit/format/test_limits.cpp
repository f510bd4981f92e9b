// SPDX-License-Identifier: Apache-2.0
// Files made to do harm give an error that names the limit, quickly.
#include "steelyard/format/case_file.hpp"
#include "support/precompiled.hpp"
#include "unit/format/support.hpp"

namespace steelyard {
namespace {

using test::problems_of;
using test::small_case;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        out += text;
    return out;
}

/// `before` 0 `after` before 1 after ...
std::string numbered(std::string_view before, std::string_view after, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i)
        out += std::string(before) + std::to_string(i) + std::string(after);
    return out;
}

TEST(CaseLimits, Bytes) {
    const std::string comment = "# " + std::string(CaseLimits::bytes, 'x') + '\n';
    EXPECT_THAT(problems_of(comment + small_case()),
                ElementsAre(HasSubstr("the file is too large; allowed: at most 4 MiB")));
    const std::string text = small_case();
    const std::string fits = text + '#' + std::string(CaseLimits::bytes - text.size() - 1, 'x');
    EXPECT_THAT(problems_of(fits), testing::IsEmpty());
}

TEST(CaseLimits, Depth) {
    // The case is level 0, `known` 1, its entry 2, `value` 3.
    const auto nested = [](std::size_t depth) {
        return small_case("known: [{analysis: a, path: b, value: " + std::string(depth, '[') +
                          std::string(depth, ']') + "}]\n");
    };
    EXPECT_THAT(problems_of(nested(CaseLimits::depth - 2)), testing::IsEmpty());
    EXPECT_THAT(problems_of(nested(CaseLimits::depth - 1)),
                ElementsAre(HasSubstr("too deep inside each other; allowed: at most 32 levels")));
    EXPECT_THAT(problems_of(std::string(CaseLimits::bytes / 2, '[')), Contains(HasSubstr("too deep")));
    EXPECT_THAT(problems_of(repeated("? ", CaseLimits::bytes / 4)), Contains(HasSubstr("too deep")));
    EXPECT_THAT(problems_of(repeated("- ", CaseLimits::bytes / 4)), Contains(HasSubstr("too deep")));
    EXPECT_THAT(problems_of(repeated("{a: ", CaseLimits::bytes / 8)), Contains(HasSubstr("too deep")));
}

TEST(CaseLimits, Values) {
    const std::string list = "[" + repeated("a,", CaseLimits::entries - 1) + "],";
    const std::string lists = "known: [{analysis: a, path: b, value: [" + repeated(list, 21) + "]}]\n";
    EXPECT_THAT(problems_of(small_case(lists)),
                ElementsAre(HasSubstr("the file holds too many values; allowed: at most 200000")));
}

TEST(CaseLimits, TheValueAtALimitIsNotBlamedAsWell) {
    std::string rows;
    for (int i = 0; i < 19; ++i)
        rows += "[" + repeated("a,", CaseLimits::entries - 1) + "],";
    const std::string known = "known: [{analysis: a, path: b, value: [" + rows + "]}]\n";
    const std::string members = "voting: {b: {quota: 1, members: {" + numbered("k", ": 1,", 9000) + "}}}\n";
    EXPECT_THAT(problems_of(small_case(known + members)), ElementsAre(HasSubstr("too many values")));
}

TEST(CaseLimits, Entries) {
    EXPECT_THAT(problems_of(small_case("bundles: [" + repeated("a,", CaseLimits::entries + 1) + "]\n")),
                Contains(HasSubstr("too many entries; allowed: at most 10000")));
    EXPECT_THAT(
        problems_of(small_case("sources: {" + numbered("a", ": {},", CaseLimits::entries + 1) + "}\n")),
        Contains(HasSubstr("too many entries; allowed: at most 10000")));
}

TEST(CaseLimits, ActorsIssuesAndOptions) {
    const std::string head = "steelyard: 1\ncase: a\n";
    EXPECT_THAT(problems_of(head + "actors: {" + numbered("a", ": {},", CaseLimits::actors + 1) +
                            "}\nissues: {i: {options: [x]}}\n"),
                ElementsAre(HasSubstr("too many actors; found '501'; allowed: at most 500")));
    EXPECT_THAT(problems_of(head + "actors: {a: {}}\nissues: {" +
                            numbered("i", ": {options: [x]},", CaseLimits::issues + 1) + "}\n"),
                ElementsAre(HasSubstr("too many issues; found '1001'; allowed: at most 1000")));
    const std::string options = ": {options: [" + numbered("x", ",", 5001) + "]},";
    EXPECT_THAT(problems_of(head + "actors: {a: {}}\nissues: {" + numbered("i", options, 2) + "}\n"),
                ElementsAre(HasSubstr("too many options; found '10002'; allowed: at most 10000")));
}

TEST(CaseLimits, Keys) {
    EXPECT_THAT(problems_of(small_case("? " + std::string(CaseLimits::key_bytes + 1, 'k') + "\n: 1\n")),
                ElementsAre(HasSubstr("9:3: this cannot be a key")));
    EXPECT_THAT(problems_of(small_case("tables: {" + std::string(CaseLimits::id_characters + 1, 'k') +
                                       ": {actors: [], issues: []}}\n")),
                ElementsAre(HasSubstr("this cannot be an id")));
}

TEST(CaseLimits, ProblemsAreCountedOnceTheyAreMany) {
    const auto problems =
        problems_of(small_case("sources: {" + numbered("a", ": {reliability: Z},", 2000) + "}\n"));
    ASSERT_EQ(problems.size(), CaseLimits::problems + 1);
    EXPECT_EQ(problems.back(), "and 1500 more problems");
}

TEST(CaseLimits, ManyUnknownNamesAreNotSearchedForNearOnesForEver) {
    const std::string id(60, 'a');
    std::string sources = "sources: {";
    std::string claims = "claims: {";
    for (std::size_t i = 0; i < 5000; ++i) {
        sources += id + std::to_string(i) + ": {},";
        claims += "c" + std::to_string(i) + ": {text: x, kind: fact, source: b" + id + "},";
    }
    EXPECT_EQ(problems_of(small_case(sources + "}\n" + claims + "}\n")).size(), CaseLimits::problems + 1);
}

TEST(CaseLimits, AliasBombsNeverExplode) {
    std::string bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
    for (char c = 'b'; c <= 'z'; ++c)
        bomb += std::string(1, c) + ": &" + c + " [" +
                repeated(std::string("*") + static_cast<char>(c - 1) + ",", 10) + "]\n";
    EXPECT_THAT(problems_of(bomb), Contains(HasSubstr("aliases are not allowed")));
}

TEST(CaseLimits, LongLinesAreReadInLinearTime) {
    // 40,000 values on one line with a wide character in front of each: their places must not be searched
    // for from the line's begin.
    const std::string value = "\xE2\x82\xAC" + std::string(60, 'x') + ",";
    std::string text = "known: [{analysis: a, path: b, value: [";
    for (int i = 0; i < 4; ++i)
        text += "[" + repeated(value, CaseLimits::entries - 1) + "],";
    EXPECT_THAT(problems_of(small_case(text + "]}]\n")), testing::IsEmpty());
}

}  // namespace
}  // namespace steelyard
