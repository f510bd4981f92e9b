// SPDX-License-Identifier: Apache-2.0
#include "report/markup.hpp"
#include "report/words.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

namespace steelyard::report {
namespace {

TEST(Words, NumbersHaveAtMostOneDecimal) {
    EXPECT_EQ(number_text(8), "8");
    EXPECT_EQ(number_text(4.5), "4.5");
    EXPECT_EQ(number_text(-0.04), "0");
    EXPECT_EQ(number_text(Rational::fraction(-1, 3)), "-0.3");
    EXPECT_EQ(number_text(std::numeric_limits<double>::quiet_NaN()), "unknown");
    EXPECT_EQ(signed_text(4.5), "+4.5");
    EXPECT_EQ(signed_text(-3), "-3");
    EXPECT_EQ(signed_text(0.01), "0");
    EXPECT_EQ(points_text(-1), "one point");
    EXPECT_EQ(points_text(-2.5), "2.5 points");
    EXPECT_EQ(points_text(0.04), "less than 0.1 points");
    EXPECT_EQ(points_text(0), "0 points");
}

TEST(Words, CountsAndShares) {
    EXPECT_EQ(count_text("7"), "7");
    EXPECT_EQ(count_text("1551312"), "1,551,312");
    EXPECT_EQ(count_text("100"), "100");
    EXPECT_EQ(count_text("1" + std::string(30, '0')), "about 10^30");
    EXPECT_EQ(count_text("9" + std::string(30, '0')), "about 10^31");
    EXPECT_EQ(share_text(0), "0%");
    EXPECT_EQ(share_text(0.004), "under 1%");
    EXPECT_EQ(share_text(0.124), "12%");
    EXPECT_EQ(share_text(0.996), "over 99%");
    EXPECT_EQ(share_text(1), "100%");
    EXPECT_EQ(count_of(0, "deal"), "no deal");
    EXPECT_EQ(count_of(1, "deal"), "one deal");
    EXPECT_EQ(count_of(1200, "deal"), "1,200 deals");
    EXPECT_EQ(count_of(2, "more claim", "more claims"), "2 more claims");
}

TEST(Words, ListsAndSentences) {
    EXPECT_EQ(list_text({}), "");
    EXPECT_EQ(list_text({"a"}), "a");
    EXPECT_EQ(list_text({"a", "b"}), "a and b");
    EXPECT_EQ(list_text({"a", "b", "c"}), "a, b and c");
    EXPECT_EQ(sentence("the end"), "The end.");
    EXPECT_EQ(sentence("Really?"), "Really?");
    EXPECT_EQ(sentence(""), "");
    EXPECT_EQ(clause("Done. "), "Done");
    EXPECT_EQ(shortened("Belarus's market for US goods", 20), "Belarus's market…");
    EXPECT_EQ(shortened("überlänge", 9), "überlänge");
    EXPECT_EQ(text_length("überlänge"), 9U);
}

TEST(Words, NamesTakeAnArticleWhereEnglishWantsOne) {
    EXPECT_EQ(in_sentence("Belarus"), "Belarus");
    EXPECT_EQ(in_sentence("United States"), "the United States");
    EXPECT_EQ(in_sentence("Eurasian Economic Union"), "the Eurasian Economic Union");
    EXPECT_EQ(in_sentence("Shipping line"), "the shipping line");
    EXPECT_EQ(in_sentence("Dockers' union"), "the dockers' union");
    EXPECT_EQ(in_sentence("Fjordline, the ferry company"), "Fjordline");
    EXPECT_EQ(in_sentence("The Hague"), "the Hague");
    EXPECT_EQ(in_sentence("Saudi Arabia"), "Saudi Arabia");
    EXPECT_EQ(in_sentence(""), "");
}

TEST(Words, AdmiraltyCode) {
    EXPECT_EQ(reliability_word('A'), "reliable");
    EXPECT_EQ(reliability_word('F'), "cannot be judged");
    EXPECT_EQ(reliability_word('x'), "not rated");
    EXPECT_EQ(credibility_word(1), "confirmed");
    EXPECT_EQ(credibility_word(6), "cannot be judged");
    EXPECT_EQ(credibility_word(0), "not rated");
}

RC_GTEST_PROP(Words, ShorteningKeepsToItsLimit, (const std::string& text)) {
    const auto most = *rc::gen::inRange<std::size_t>(2, 40);
    RC_ASSERT(text_length(shortened(text, most)) <= most);
}

TEST(Markup, HtmlEscapesEverythingThatCouldActAsMarkup) {
    EXPECT_EQ(escape_html("<b a='1' c=\"2\">&amp;"), "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;amp;");
    EXPECT_EQ(escape_html("grün\nß"), "grün\nß");
    EXPECT_EQ(escape_html(std::string("a\x01z\0y", 5)), "a\xEF\xBF\xBDz\xEF\xBF\xBDy");
    EXPECT_EQ(escape_html("\xFF\xC3"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(escape_html("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD") << "a surrogate";
    EXPECT_EQ(escape_html("\xEF\xBF\xBF"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD")
        << "U+FFFF is no character";
}

TEST(Markup, MarkdownEscapes) {
    EXPECT_EQ(escape_markdown("# no heading"), "\\# no heading");
    EXPECT_EQ(escape_markdown("1. no list"), "1\\. no list");
    EXPECT_EQ(escape_markdown("a | b *c* <d> [e](f)"), "a \\| b \\*c\\* &lt;d&gt; \\[e\\](f)");
    EXPECT_EQ(escape_markdown("two\nlines"), "two lines");
    EXPECT_EQ(escape_markdown("a - b"), "a - b");
    EXPECT_EQ(escape_markdown("-3", false), "-3");
}

TEST(Markup, OnlyPlainWebAddressesBecomeLinks) {
    EXPECT_TRUE(is_link("https://example.org/a?b=c&d=e"));
    EXPECT_FALSE(is_link("javascript:alert(1)"));
    EXPECT_FALSE(is_link("https://example.org/\" onclick=\"x"));
    EXPECT_FALSE(is_link("data:text/html,x"));
    EXPECT_FALSE(is_link(""));
}

}  // namespace
}  // namespace steelyard::report
