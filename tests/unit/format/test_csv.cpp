// SPDX-License-Identifier: Apache-2.0
#include "format/csv.hpp"
#include "steelyard/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace steelyard::format {
namespace {

using Texts = std::vector<std::vector<std::string>>;

Texts texts(const CsvTable& table) {
    Texts result;
    for (const auto& row : table.rows) {
        result.emplace_back();
        for (const CsvCell& cell : row)
            result.back().push_back(cell.text);
    }
    return result;
}

TEST(Csv, ReadsWhatSpreadsheetsSave) {
    EXPECT_EQ(texts(read_csv("a,b\n1,2\n", "t.csv")), (Texts{{"a", "b"}, {"1", "2"}}));
    EXPECT_EQ(texts(read_csv("\xEF\xBB\xBF"
                             "a;b\r\n1,5;2\r\n",
                             "t.csv")),
              (Texts{{"a", "b"}, {"1,5", "2"}}));
    EXPECT_EQ(texts(read_csv("a\tb\r1\t2", "t.csv")), (Texts{{"a", "b"}, {"1", "2"}}));
    EXPECT_EQ(texts(read_csv("\n,,\n a , \"b \"\"c\"\"\nd\" \n", "t.csv")), (Texts{{"a", "b \"c\"\nd"}}));
    EXPECT_EQ(texts(read_csv("a,,\n", "t.csv")), (Texts{{"a", "", ""}}));
    EXPECT_TRUE(read_csv("", "t.csv").rows.empty());
}

TEST(Csv, TheFirstRowDecidesTheSeparator) {
    EXPECT_EQ(read_csv("\"a;b;c\",d\n1;2;3\n", "t.csv").separator, ',');
    EXPECT_EQ(read_csv("one\n", "t.csv").separator, ',');
    EXPECT_EQ(read_csv("a;b,c\n", "t.csv", ';').separator, ';');
}

TEST(Csv, CellsKnowTheirPlace) {
    const CsvTable table = read_csv("\xC3\xA9\xC3\xA9,b\r\n\"x\ny\",  z\n", "t.csv");
    EXPECT_EQ(table.rows[0][1].column, 4U);
    EXPECT_EQ(table.rows[1][0].line, 2U);
    EXPECT_EQ(table.rows[1][1].line, 3U);
    EXPECT_EQ(table.rows[1][1].column, 6U);
}

TEST(Csv, EveryProblemIsReportedWithItsPlace) {
    try {
        read_csv("\"a\"b,c\n1,\"2", "t.csv");
        FAIL() << "read";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::invalid_case);
        EXPECT_THAT(error.what(), testing::HasSubstr("t.csv:1:4: text behind a closing quote; found 'b'"));
        EXPECT_THAT(error.what(), testing::HasSubstr("t.csv:2:3: a quote that is never closed"));
    }
}

TEST(Csv, TooManyCellsAreRefused) {
    EXPECT_THROW(read_csv(std::string(CsvLimits::row_cells + 1, ','), "t.csv"), Error);
}

RC_GTEST_PROP(Csv, WhatIsWrittenReadsBack, ()) {
    const auto cell = rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab,;\t\"\n\r 1-\xC3")));
    auto rows =
        *rc::gen::container<Texts>(rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(cell)));
    const char separator = *rc::gen::element(',', ';', '\t');
    std::erase_if(rows, [](const auto& row) {
        return std::ranges::all_of(row, [](const std::string& text) { return text.empty(); });
    });
    RC_ASSERT(texts(read_csv(write_csv(rows, separator), "t.csv", separator)) == rows);
}

RC_GTEST_PROP(Csv, AnyBytesAreReadOrRefused, ()) {
    const auto text =
        *rc::gen::container<std::string>(rc::gen::elementOf(std::string(",;\"\"\n\r\t ab\0\xFF", 13)));
    try {
        const auto table = read_csv(text, "t.csv");
        const auto again = read_csv(write_csv(texts(table), table.separator), "t.csv", table.separator);
        RC_ASSERT(texts(again) == texts(table));
    } catch (const Error& error) {
        RC_ASSERT(!error.problems().empty());
    }
}

}  // namespace
}  // namespace steelyard::format
