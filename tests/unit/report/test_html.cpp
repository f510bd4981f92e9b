// SPDX-License-Identifier: Apache-2.0
#include "report/html_style.hpp"
#include "report/pictures/svg.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/report/render.hpp"
#include "support/harbour_lease.hpp"
#include "support/reference_data.hpp"
#include "unit/report/quarry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>

namespace steelyard::report {
namespace {

using test::quarry;

pugi::xml_document parsed(const std::string& html) {
    pugi::xml_document document;
    const pugi::xml_parse_result result = document.load_buffer(html.data(), html.size(), pugi::parse_full);
    EXPECT_TRUE(result) << result.description() << " at byte " << result.offset << ": "
                        << html.substr(
                               static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset - 60, 0)),
                               120);
    return document;
}

std::string page_of(const Case& subject) {
    return to_html(make_brief(subject, {}, {}));
}

TEST(Html, IsWellFormedAndComplete) {
    const auto document = parsed(page_of(quarry()));
    const pugi::xml_node html = document.child("html");
    EXPECT_STREQ(html.attribute("lang").value(), "en");
    EXPECT_TRUE(html.select_node("//meta[@charset]"));
    EXPECT_TRUE(html.select_node("//meta[@name='viewport']"));
    EXPECT_EQ(html.select_nodes("//main").size(), 1U);
    EXPECT_EQ(html.select_nodes("//nav[@aria-label]").size(), 1U);
    EXPECT_EQ(html.select_nodes("//h1").size(), 1U);
    EXPECT_EQ(html.select_nodes("//article").size(), 11U);
    EXPECT_TRUE(html.select_node("//a[@class='skip' and @href='#content']"));
}

TEST(Html, HeadingsDescendOneStepAtATime) {
    const auto document = parsed(page_of(quarry()));
    int level = 0;
    for (const auto& found : document.select_nodes("//h1|//h2|//h3|//h4|//h5|//h6")) {
        const int next = found.node().name()[1] - '0';
        EXPECT_LE(next, level + 1) << found.node().text().get();
        level = next;
    }
}

TEST(Html, EveryLinkInsideThePageHasItsTarget) {
    const auto document = parsed(page_of(quarry()));
    std::set<std::string> ids;
    for (const auto& found : document.select_nodes("//*[@id]")) {
        EXPECT_TRUE(ids.insert(found.node().attribute("id").value()).second)
            << "twice: " << found.node().attribute("id").value();
    }
    for (const auto& found : document.select_nodes("//a[starts-with(@href, '#')]")) {
        EXPECT_TRUE(ids.contains(found.node().attribute("href").value() + 1))
            << found.node().attribute("href").value();
    }
    for (const auto& found : document.select_nodes("//*[@aria-labelledby]")) {
        std::istringstream names(found.node().attribute("aria-labelledby").value());
        for (std::string name; names >> name;) {
            EXPECT_TRUE(ids.contains(name)) << name;
        }
    }
}

TEST(Html, PicturesAreNamedAndHaveTheirData) {
    for (const Case& subject : {quarry(), test::harbour_lease()}) {
        const auto document = parsed(page_of(subject));
        const auto pictures = document.select_nodes("//figure");
        EXPECT_GE(pictures.size(), 3U);
        for (const auto& found : pictures) {
            const pugi::xml_node svg = found.node().child("svg");
            EXPECT_STREQ(svg.attribute("role").value(), "img");
            EXPECT_STRNE(svg.child("title").text().get(), "");
            EXPECT_STRNE(svg.child("desc").text().get(), "");
            EXPECT_TRUE(found.node().select_node("details//table/caption"));
            EXPECT_FALSE(found.node().select_node(".//td[@colspan]"));
        }
    }
}

TEST(Html, AsksForNothingFromOutside) {
    const std::string page = page_of(quarry());
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_EQ(page.find("<link"), std::string::npos);
    EXPECT_EQ(page.find("<img"), std::string::npos);
    EXPECT_EQ(page.find("@import"), std::string::npos);
    EXPECT_EQ(page.find("url("), std::string::npos);
    EXPECT_EQ(page.find(" src="), std::string::npos);
    EXPECT_EQ(page.find(" style="), std::string::npos);
    // The one kind of outside address: a source's, as a link to click.
    const auto document = parsed(page);
    for (const auto& found : document.select_nodes("//@href")) {
        const std::string_view value = found.attribute().value();
        EXPECT_TRUE(value.starts_with("#") || value == "https://gazette.example/4") << value;
    }
}

TEST(Html, NumbersAreNumbers) {
    for (const Case& subject : {quarry(), test::harbour_lease()}) {
        const std::string page = page_of(subject);
        EXPECT_FALSE(std::regex_search(page, std::regex(R"(\b(nan|inf|-nan|-inf|unknown)\b)")));
        EXPECT_LT(page.size(), 400'000U);
    }
}

TEST(Html, NothingInACaseActsAsMarkup) {
    for (const std::string& text :
         {std::string("<script>alert('x')</script>"), std::string("\"/><img src=x onerror=alert(1)>"),
          std::string("]]> --> </style></title></svg>&amp;&#x3c;"), std::string("javascript:alert(1)"),
          std::string("\x01\x7F \xFF\xFE \xC0\xAF \xED\xA0\x80")}) {
        const std::string page = page_of(test::quarry_full_of(text));
        const auto document = parsed(page);
        EXPECT_FALSE(document.select_node("//script"));
        EXPECT_FALSE(document.select_node("//img"));
        EXPECT_FALSE(document.select_node("//@onerror"));
        EXPECT_FALSE(document.select_node("//a[starts-with(@href, 'javascript')]"));
        EXPECT_EQ(document.select_nodes("//style").size(), 1U);
        EXPECT_EQ(document.select_nodes("//article").size(), 11U);
        const std::string markdown = to_markdown(make_brief(test::quarry_full_of(text), {}, {}));
        EXPECT_EQ(markdown.find("<script"), std::string::npos);
        EXPECT_EQ(markdown.find("<img"), std::string::npos);
    }
}

TEST(Html, EmptyAndLongTextsAreFine) {
    parsed(page_of(test::quarry_full_of("")));
    parsed(page_of(test::quarry_full_of(std::string(3000, 'w'))));
    parsed(page_of(test::quarry_full_of("Ünï¢ødé — 谈判 🤝")));
}

RC_GTEST_PROP(Html, StaysWellFormedWhateverTheTexts, (const std::string& text)) {
    const std::string page = page_of(test::quarry_full_of(text));
    pugi::xml_document document;
    RC_ASSERT(static_cast<bool>(document.load_buffer(page.data(), page.size(), pugi::parse_full)));
    RC_ASSERT(document.select_nodes("//article").size() == 11U);
}

TEST(Html, EveryCaseOfTheCatalogueRenders) {
    std::size_t seen = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(test::source_path("cases"))) {
        if (entry.path().extension() != ".yaml") {
            continue;
        }
        SCOPED_TRACE(entry.path().string());
        std::ifstream file(entry.path());
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        const Case subject = read_case(text, entry.path().string()).value;
        if (subject.preferences.empty()) {
            continue;
        }
        const std::string page = page_of(subject);
        parsed(page);
        EXPECT_LT(page.size(), 400'000U);
        EXPECT_FALSE(std::regex_search(page, std::regex(R"(\b(nan|inf|-nan|-inf)\b)")));
        ++seen;
    }
    EXPECT_GE(seen, 4U);
}

// ---- colours ------------------------------------------------------------------------------------

/// Relative luminance of `#rrggbb` (WCAG 2.1).
double luminance(const std::string& colour) {
    const auto channel = [&](std::size_t at) {
        const double value = std::stoi(colour.substr(at, 2), nullptr, 16) / 255.0;
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

double contrast(const std::string& one, const std::string& other) {
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

TEST(Style, ColoursHaveEnoughContrastInBothThemes) {
    const std::string css(html_style());
    const std::size_t dark = css.find("prefers-color-scheme: dark");
    ASSERT_NE(dark, std::string::npos);
    const std::size_t end = css.find("* { box-sizing");
    for (const std::string& theme : {css.substr(0, dark), css.substr(dark, end - dark)}) {
        std::map<std::string, std::string> colours;
        const std::regex variable("--([a-z-]+): (#[0-9a-f]{6});");
        for (std::sregex_iterator it(theme.begin(), theme.end(), variable); it != std::sregex_iterator();
             ++it) {
            colours[(*it)[1]] = (*it)[2];
        }
        ASSERT_GE(colours.size(), 14U);
        // Text: 4.5 to 1 (AA).  Shapes that carry meaning: 3 to 1.
        for (const auto& [text, ground] : {std::pair{"ink", "paper"},
                                           {"soft", "paper"},
                                           {"accent", "paper"},
                                           {"ink", "faint"},
                                           {"soft", "faint"},
                                           {"accent", "faint"},
                                           {"ink", "warn-soft"},
                                           {"warn", "warn-soft"},
                                           {"soft", "accent-soft"},
                                           {"ink", "accent-soft"}}) {
            EXPECT_GE(contrast(colours.at(text), colours.at(ground)), 4.5) << text << " on " << ground;
        }
        for (const char* shape : {"accent", "gain", "loss", "front", "ink"}) {
            EXPECT_GE(contrast(colours.at(shape), colours.at("paper")), 3.0) << shape;
        }
    }
}

// ---- pictures -----------------------------------------------------------------------------------

TEST(Labels, NeverOverlap) {
    Labels labels({0, 0, 400, 300});
    std::vector<Box> boxes;
    for (int i = 0; i < 12; ++i) {
        const double x = 200 + i % 3;
        const double y = 150 + i / 3;
        const auto place = labels.place(x, y, "Kalai-Smorodinsky", 12);
        if (!place.found) {
            continue;
        }
        const Box box{place.x, place.y - 12, place.x + text_width("Kalai-Smorodinsky", 12), place.y + 3};
        for (const Box& other : boxes) {
            EXPECT_FALSE(box.overlaps(other)) << i;
        }
        EXPECT_GE(box.left, 0);
        EXPECT_LE(box.right, 400);
        boxes.push_back(box);
    }
    EXPECT_GE(boxes.size(), 8U);
}

TEST(Axis, CoversWhatItSawWithRoundTicks) {
    Axis axis;
    axis.see(12);
    axis.see(61);
    axis.settle(0, 100, 0);
    EXPECT_DOUBLE_EQ(axis(12), 0);
    EXPECT_DOUBLE_EQ(axis(61), 100);
    EXPECT_THAT(axis.ticks(5), testing::ElementsAre(20, 30, 40, 50, 60));
    Axis same;
    same.see(5);
    same.see(5);
    same.settle(0, 100);
    EXPECT_TRUE(std::isfinite(same(5)));
    EXPECT_FALSE(same.ticks(5).empty());
}

RC_GTEST_PROP(Axis, TicksLieInside, (int first, int second, bool small)) {
    const double a = small ? first / 1024.0 : first;
    const double b = small ? second / 1024.0 : second;
    Axis axis;
    axis.see(a);
    axis.see(b);
    axis.settle(0, 100);
    const auto ticks = axis.ticks(5);
    RC_ASSERT(ticks.size() >= 1U);
    RC_ASSERT(ticks.size() <= 14U);
    for (const double tick : ticks) {
        RC_ASSERT(axis(tick) >= -1e-3);
        RC_ASSERT(axis(tick) <= 100 + 1e-3);
    }
}

}  // namespace
}  // namespace steelyard::report
