// SPDX-License-Identifier: Apache-2.0
#include "steelyard/model/scores.hpp"
#include "unit/format/foreign_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace steelyard::test {
namespace {

using testing::HasSubstr;

constexpr const char* kWide =
    "issue,option,Seller,The buyer\n"
    "Price,low,10,90.5\n"
    ",high,80,1/3\n"
    "Delivery,early,,0\n"
    ",\"late, if ever\",,5..9\n"
    "no_deal,,30,20\n";

Case read(std::string text, std::string name = "dir/My sheet.csv") {
    return import("scoresheet", {{std::move(name), std::move(text)}}).value;
}

TEST(Scoresheet, ReadsTheWideForm) {
    const Case subject = read(kWide);
    EXPECT_EQ(subject.id, "my_sheet");
    EXPECT_EQ(subject.actors[1].id, "the_buyer");
    EXPECT_EQ(subject.actors[1].name, "The buyer");
    EXPECT_EQ(subject.issues[1].options[1].name, "late, if ever");
    const auto& seller = std::get<PointSheet>(subject.preferences[0].form);
    EXPECT_EQ(seller.points[0][1], Number(80));
    EXPECT_TRUE(seller.points[1].empty());
    const auto& buyer = std::get<PointSheet>(subject.preferences[1].form);
    EXPECT_EQ(buyer.points[0][1].best(), Rational::fraction(1, 3));
    EXPECT_EQ(buyer.points[1][1], Number(Distribution(Uniform{5, 9})));
    EXPECT_EQ(*subject.preferences[1].no_deal, Number(20));
}

TEST(Scoresheet, TheLongFormSaysTheSame) {
    EXPECT_EQ(read("Issue;Option;Actor;Points\n"
                   "Price;low;Seller;10\nPrice;high;Seller;80\n"
                   "Price;low;The buyer;90.5\nPrice;high;The buyer;1/3\n"
                   "Delivery;early;The buyer;0\nDelivery;late, if ever;The buyer;5..9\n"
                   "no deal;;Seller;30\nno deal;;The buyer;20\n"),
              read(kWide));
}

TEST(Scoresheet, PlacesMayBeStated) {
    const Case subject = read("issue,option,place,a\nx,one,0,1\nx,two,70,2\nx,three,100,3\nno_deal,,,0\n");
    EXPECT_EQ(subject.issues[0].options[1].place, Rational(70));
    EXPECT_EQ(read("issue,option,a\nx,one,1\nx,two,2\nx,three,3\n").issues[0].options[1].place, Rational(50));
}

TEST(Scoresheet, AMissingNoDealValueIsNoted) {
    const Imported result = import("scoresheet", {{"s.csv", "issue,option,a\nx,one,1\n"}});
    EXPECT_THAT(joined(result.notes), HasSubstr("no no_deal value of 'a': 0 is taken"));
    EXPECT_EQ(*result.value.preferences[0].no_deal, Number(0));
}

TEST(Scoresheet, MistakesAreNamedWithTheirPlace) {
    struct Row {
        std::string text;
        std::string_view says;
    };
    const Row rows[] = {
        {"", "s.csv:1:1: the table is empty"},
        {"topic,option,a\n",
         "s.csv:1:1: the table does not begin with a header of a score sheet; found 'topic,option'"},
        {"issue,option\nx,one\n", "no actors"},
        {"issue,option,a\n", "no issues"},
        {"issue,option,a,a\nx,one,1,2\n", "s.csv:1:16: an actor has two columns; found 'a'"},
        {"issue,option,a\nx,one,twelve\n",
         "s.csv:2:7: not a number; found 'twelve'; allowed: such as 12, 3.5, 1/3"},
        {"issue;option;a\nx;one;3,5\n",
         "s.csv:2:7: not a number; found '3,5'; allowed: a point for the decimals: 3.5"},
        {"issue,option,a\nx,one,70 %\n", "not a number; found '70 %'"},
        {"issue,option,a\nx,one,1\nx,two,\n",
         "s.csv:2:1: points of 'a' are missing for options of issue 'x'; found 'two'"},
        {"issue,option,a\nx,one,1\nx,one,2\n", "s.csv:3:3: an option of issue 'x' stands twice; found 'one'"},
        {"issue,option,a\nx,one,1,5\n", "s.csv:2:9: a number under no actor; found '5'"},
        {"issue,option,a\n,one,1\n", "s.csv:2:1: a row without an issue"},
        {"issue,option,a\nx,,1\n", "s.csv:2:1: a row without an option"},
        {"issue,option,a\nx,one,1\nno_deal,one,3\n", "the no_deal row has an option; found 'one'"},
        {"issue,option,a\nx,one,1\nno_deal,,3\nno_deal,,4\n", "a second no_deal value of 'a'; found '4'"},
        {"issue,option,place,a\nx,one,101,1\n", "a place on the issue's scale must be a number; found '101'"},
        {"issue,option,place,a\nx,one,1,1\nx,two,,1\n", "issue 'x' has places for some options only"},
        {"issue,option,actor,points\nx,one,a,1\nx,one,a,2\n", "two rows for one option of 'a'"},
        {"issue,option,actor,points\nx,one,,1\n", "a row without an actor"},
    };
    for (const Row& row : rows) {
        const Error error = import_error("scoresheet", {{"s.csv", row.text}});
        EXPECT_EQ(error.kind(), ErrorKind::invalid_case) << error.what();
        EXPECT_THAT(error.what(), HasSubstr(std::string(row.says)));
    }
}

TEST(Scoresheet, TheTemplateImportsOnceItIsFilled) {
    const std::vector<std::string> actors{"port", "Line, the"};
    std::string text = scoresheet_template(actors);
    EXPECT_EQ(text.substr(0, text.find('\n')), "issue,option,port,\"Line, the\"");
    EXPECT_THAT(import_error("scoresheet", {{"t.csv", ""}}).what(), HasSubstr("empty"));
    for (std::size_t at = text.find(",,\n"); at != std::string::npos; at = text.find(",,\n"))
        text.replace(at, 3, ",7,8\n");
    const Case subject = read(text);
    EXPECT_EQ(subject.issues.size(), 2U);
    EXPECT_EQ(*subject.preferences[1].no_deal, Number(8));
    EXPECT_THROW(scoresheet_template(std::vector<std::string>{"a", "a"}), Error);
    EXPECT_THROW(scoresheet_template(std::vector<std::string>{""}), Error);
    EXPECT_THAT(scoresheet_template({}), HasSubstr("issue,option,seller,buyer\n"));
}

}  // namespace
}  // namespace steelyard::test
