// SPDX-License-Identifier: Apache-2.0
#include "steelyard/model/scores.hpp"
#include "unit/format/foreign_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace steelyard::test {
namespace {

using testing::HasSubstr;

constexpr const char* kDomain = R"({"name": "fair", "issuesValues": {
    "Drink": {"values": ["tea", "Milk & honey"]},
    "price": {"range": [1.5, 2.2, 0.3]}}})";

TextFile domain() {
    return {"fair_domain.json", kDomain};
}

TextFile profile(std::string name = "anna.json") {
    return {std::move(name), std::string(R"({"LinearAdditiveUtilitySpace": {
  "name": "anna",
  "issueUtilities": {
    "Drink": {"discreteutils": {"valueUtilities": {"Milk & honey": 1, "tea": 0.25}}},
    "price": {"numberutils": {"lowValue": 1.5, "lowUtility": 1, "highValue": 2.4, "highUtility": 0}}
  },
  "issueWeights": {"price": 0.6, "Drink": 0.4},
  "reservationBid": {"issuevalues": {"price": 2.1, "Drink": "tea"}},
  "domain": )") + kDomain + "}}"};
}

TEST(GeniusWeb, ReadsDomainAndProfile) {
    const Imported result = import("geniusweb", {domain(), profile(), profile("x/ben.json")});
    const Case& subject = result.value;
    EXPECT_EQ(subject.id, "fair");
    ASSERT_EQ(subject.actors.size(), 2U);
    EXPECT_EQ(subject.actors[1].id, "ben");
    ASSERT_EQ(subject.issues.size(), 2U);
    EXPECT_EQ(subject.issues[0].options[1].id, "milk_honey");
    ASSERT_EQ(subject.issues[1].options.size(), 3U);  // 1.5, 1.8, 2.1; 2.4 is above 2.2
    EXPECT_EQ(subject.issues[1].options[2].name, "2.1");
    const Scores scores(subject);
    EXPECT_EQ(scores.points(ActorId(0), IssueId(0), OptionId(0)), Rational::fraction(1, 10));
    EXPECT_EQ(scores.points(ActorId(0), IssueId(1), OptionId(1)), Rational::fraction(2, 5));  // 0.6 x 2/3
    EXPECT_EQ(scores.no_deal(ActorId(0)), Rational::fraction(3, 10));  // 0.1 + 0.6 x 1/3
    EXPECT_THAT(joined(result.notes), HasSubstr("reservation bid"));
}

TEST(GeniusWeb, TheDomainFileMayBeLeftOut) {
    const Case with_file = import("geniusweb", {domain(), profile()}).value;
    EXPECT_EQ(import("geniusweb", {profile()}).value, with_file);
}

TEST(GeniusWeb, WithoutAReservationBidAnyDealBeatsNone) {
    TextFile file = with(profile(), "reservationBid", "reservationbid");
    EXPECT_EQ(Scores(import("geniusweb", {file}).value).no_deal(ActorId(0)), Rational(0));
    file = with(profile(), R"("price": 2.1, "Drink": "tea")", R"("Drink": "tea")");
    EXPECT_EQ(Scores(import("geniusweb", {file}).value).no_deal(ActorId(0)), Rational::fraction(1, 10));
}

TEST(GeniusWeb, MistakesAreNamedWithTheirLine) {
    struct Row {
        TextFile file;
        std::string_view says;
    };
    const Row rows[] = {
        {with(profile(), R"("price": 0.6)", R"("price": 0.5)"), "the weights do not sum to 1; found '0.9'"},
        {with(profile(), R"("price": 0.6)", R"("price": "much")"),
         "anna.json:7:29: a weight is not a number; found 'much'"},
        {with(profile(), R"("price": 0.6)", R"("cost": 0.6)"), "issueWeights needs 'price'"},
        {with(profile(), R"("price": 0.6)", R"("cost": 0.6)"),
         "names an issue that the domain does not have; found 'cost'"},
        {with(profile(), R"("tea": 0.25)", R"("coffee": 0.25)"), "needs 'tea'"},
        {with(profile(), R"("tea": 0.25)", R"("tea": 1.25)"),
         "a utility outside its scale; found '1.25'; allowed: 0 to 1"},
        {with(profile(), R"("tea": 0.25)", R"("tea": 0.25, "wine": 1)"),
         "values that issue 'Drink' does not have"},
        {with(profile(), R"("highValue": 2.4)", R"("highValue": 2)"),
         "do not span the range of issue 'price'"},
        {with(profile(), R"("price": 2.1, "Drink")", R"("price": 2.2, "Drink")"),
         "reservationBid has a value that issue 'price' does not have; found '2.2'"},
        {with(profile(), R"("price": 2.1, "Drink")", R"("cost": 2.1, "Drink")"),
         "reservationBid names an issue"},
        {with(profile(), R"([1.5, 2.2, 0.3])", R"([1.5, 2.2, 0])"), "a range that leads nowhere"},
        {with(profile(), R"([1.5, 2.2, 0.3])", R"([1.5, 2.2, 0.00001])"), "too many options"},
        {with(profile(), R"("tea", "Milk)", R"("tea", "tea", "Milk)"),
         "a value stands twice in issue 'Drink'; found 'tea'"},
        {with(profile(), R"({"values")", R"({"numbers")"), "issue 'Drink' has neither values nor a range"},
        {with(profile(), R"("price": 0.6)", R"("price": 0.6, "price": 0.6)"), "the same key twice"},
        {with(profile(), R"("domain": {)", R"("domain": [)"), "anna.json:"},
    };
    for (const Row& row : rows) {
        const Error error = import_error("geniusweb", {row.file});
        EXPECT_EQ(error.kind(), ErrorKind::invalid_case) << error.what();
        EXPECT_THAT(error.what(), HasSubstr(std::string(row.says)));
    }
    EXPECT_THAT(import_error("geniusweb", {domain()}).what(), HasSubstr("no profile"));
    EXPECT_THAT(import_error("geniusweb", {with(domain(), "tea", "ale"), profile()}).what(),
                HasSubstr("the domain differs from that of the files before"));
}

TEST(GeniusWeb, OtherKindsOfProfilesAreNamed) {
    Error error = import_error("geniusweb", {{"a.json", R"({"DefaultPartialOrdering": {}})"}});
    EXPECT_EQ(error.kind(), ErrorKind::unsupported);
    EXPECT_THAT(error.what(), HasSubstr("found 'DefaultPartialOrdering'"));
    error = import_error("geniusweb", {with(profile(), "discreteutils", "groups")});
    EXPECT_EQ(error.kind(), ErrorKind::unsupported);
    EXPECT_THAT(error.what(), HasSubstr("utilities of this kind for issue 'Drink'; found 'groups'"));
}

}  // namespace
}  // namespace steelyard::test
