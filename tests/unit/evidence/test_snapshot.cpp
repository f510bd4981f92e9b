// SPDX-License-Identifier: Apache-2.0
#include "evidence/snapshot.hpp"
#include "steelyard/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

using steelyard::evidence::Snapshot;
using steelyard::evidence::Span;
using steelyard::evidence::valid_utf8;

namespace {

Snapshot read(std::string text) {
    return {std::move(text), "the text"};
}

/// Code points by the plain rule: bytes that do not continue one.
std::size_t count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text)
        count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
    return count;
}

}  // namespace

namespace steelyard::evidence {
void PrintTo(const Span& span, std::ostream* out) {
    *out << span.start << ".." << span.end;
}
}  // namespace steelyard::evidence

TEST(Snapshot, CountsCodePointsNotBytes) {
    const Snapshot text = read("Минск — 16 ✓ 🤝");
    EXPECT_EQ(text.size(), 14U);
    EXPECT_EQ(text.bytes({0, 5}), "Минск");
    EXPECT_EQ(text.bytes({13, 14}), "🤝");
}

TEST(Snapshot, BlankLinesSeparateParagraphs) {
    const Snapshot text = read("\n\nfirst\nstill first\n \t\nsecond\n\n\nthird");
    ASSERT_EQ(text.paragraphs().size(), 3U);
    EXPECT_EQ(text.bytes(text.paragraphs()[0]), "first\nstill first");
    EXPECT_EQ(text.bytes(text.paragraphs()[1]), "second");
    EXPECT_EQ(text.bytes(text.paragraphs()[2]), "third");
}

TEST(Snapshot, LineEndsOfWindowsAreNotPartOfAParagraph) {
    const Snapshot text = read("one\r\ntwo\r\n\r\nthree\r\n");
    ASSERT_EQ(text.paragraphs().size(), 2U);
    EXPECT_EQ(text.bytes(text.paragraphs()[0]), "one\r\ntwo");
    EXPECT_EQ(text.bytes(text.paragraphs()[1]), "three");
}

TEST(Snapshot, AnEmptyTextHasNoParagraph) {
    EXPECT_TRUE(read("").paragraphs().empty());
    EXPECT_TRUE(read(" \n\t\n").paragraphs().empty());
}

TEST(Snapshot, KnowsTheParagraphOfASpan) {
    const Snapshot text = read("abc\n\ndef\n\nghi");
    EXPECT_EQ(text.paragraph_of({0, 3}), 1U);
    EXPECT_EQ(text.paragraph_of({5, 6}), 2U);
    EXPECT_EQ(text.paragraph_of({10, 13}), 3U);
    EXPECT_EQ(text.paragraph_of({2, 6}), std::nullopt) << "runs over two paragraphs";
    EXPECT_EQ(text.paragraph_of({3, 4}), std::nullopt) << "stands between two paragraphs";
}

TEST(Snapshot, FindsWordsAcrossLineBreaks) {
    const Snapshot text = read("a major\n   agreement, a major agreement");
    EXPECT_THAT(text.find("  major agreement ", text.all()), testing::ElementsAre(Span{2, 20}, Span{24, 39}));
    EXPECT_THAT(text.find("major", {3, 39}), testing::ElementsAre(Span{24, 29}));
    EXPECT_THAT(text.find("majoragreement", text.all()), testing::IsEmpty());
}

TEST(Snapshot, FindsOverlappingPlaces) {
    EXPECT_EQ(read("aaaa").find("aa", {0, 4}).size(), 3U);
}

TEST(Snapshot, RefusesWhatIsNotUtf8AndSaysWhere) {
    for (const std::string bad :
         {"ab\xff", "ab\xc3", "ab\xed\xa0\x80", "ab\xc0\x80", "ab\xf4\x90\x80\x80", "ab\x80"}) {
        try {
            read(bad);
            ADD_FAILURE() << "accepted";
        } catch (const steelyard::Error& error) {
            EXPECT_EQ(error.kind(), steelyard::ErrorKind::invalid_option);
            EXPECT_THAT(error.what(), testing::HasSubstr("byte 3"));
        }
    }
    EXPECT_EQ(valid_utf8("ab\xf4\x8f\xbf\xbf\xee\x80\x80"), 9U);
}

RC_GTEST_PROP(Snapshot, ParagraphsHoldEveryCharacterThatIsNotSpace, ()) {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("a", "é", "🤝", " ", "\n", "\r\n", "\t"));
    std::string whole;
    for (const std::string& piece : pieces)
        whole += piece;
    const Snapshot text = read(whole);
    RC_ASSERT(text.size() == count_code_points(whole));
    std::size_t inside = 0;
    std::size_t last = 0;
    for (const Span paragraph : text.paragraphs()) {
        RC_ASSERT(paragraph.start >= last);
        RC_ASSERT(paragraph.start < paragraph.end);
        last = paragraph.end;
        for (std::size_t i = paragraph.start; i < paragraph.end; ++i)
            inside +=
                std::string_view(" \n\r\t").find(text.bytes({i, i + 1})) == std::string_view::npos ? 1U : 0U;
    }
    const auto visible = std::ranges::count_if(
        pieces, [](const std::string& piece) { return piece == "a" || piece == "é" || piece == "🤝"; });
    RC_ASSERT(inside == static_cast<std::size_t>(visible));
}
