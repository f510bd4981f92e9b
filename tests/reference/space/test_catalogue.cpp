// SPDX-License-Identifier: Apache-2.0
// The published answers that the catalogue's cases carry, and cases in which doubles go wrong.
#include "reference/space/enumeration.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/space/adjusted_winner.hpp"
#include "steelyard/space/frontier.hpp"
#include "steelyard/space/score.hpp"
#include "steelyard/space/solutions.hpp"
#include "support/reference_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <functional>
#include <sstream>

namespace steelyard::test {

namespace {

Case catalogue_case(const std::string& name) {
    const auto path = source_path("cases/" + name + ".yaml");
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return read_case(text.str(), path.string()).value;
}

template <class O, class R, R (*F)(const Case&, const O&, const Context&)>
Value run(const Case& subject, const Value& options) {
    return to_value(F(subject, read_options<O>(options), Context{}));
}

const std::map<std::string, std::function<Value(const Case&, const Value&)>, std::less<>> kAnalyses{
    {"frontier", run<space::FrontierOptions, space::FrontierResult, space::frontier>},
    {"solutions", run<space::SolutionsOptions, space::SolutionsResult, space::solutions>},
    {"adjusted_winner",
     run<space::AdjustedWinnerOptions, space::AdjustedWinnerResult, space::adjusted_winner>},
    {"score", run<space::ScoreOptions, space::ScoreResult, space::score>},
};

class Catalogue : public testing::TestWithParam<const char*> {};

}  // namespace

TEST_P(Catalogue, KnownAnswersHold) {
    const Case subject = catalogue_case(GetParam());
    std::size_t checked = 0;
    for (const KnownAnswer& known : subject.known) {
        const auto analysis = kAnalyses.find(known.analysis);
        if (analysis == kAnalyses.end())
            continue;
        ++checked;
        const Value found = select(analysis->second(subject, known.options), known.path);
        SCOPED_TRACE(known.analysis + " " + known.path + " (" + known.cite + ")");
        if (known.value.number()) {
            ASSERT_TRUE(found.number().has_value()) << detail::brief_text(found);
            EXPECT_NEAR(*found.number(), *known.value.number(),
                        known.within ? known.within->to_double() : 0.0);
        } else {
            EXPECT_EQ(found, known.value) << detail::brief_text(found);
        }
    }
    EXPECT_GT(checked, 0U);
}

INSTANTIATE_TEST_SUITE_P(All, Catalogue,
                         testing::Values("genius/itex-cypress", "genius/england-zimbabwe",
                                         "textbook/panama-canal-1974", "teaching/harbour-seven"));

// 0.1 + 0.2 and 0.3 are the same points, but not the same doubles: a tool that adds doubles finds two points
// where there is one, or calls the second deal dominated.
TEST(ExactPoints, TiesThatDoublesBreakAreTies) {
    const std::string text = R"(
steelyard: 1
case: tenths
actors: {a: {name: A}, b: {name: B}}
issues:
  x: {options: [one, two]}
  y: {options: [one, two]}
preferences:
  a: {no_deal: 0, points: {x: {one: 0.1, two: 0.3}, y: {one: 0.2, two: 0}}}
  b: {no_deal: 0, points: {x: {one: 0.3, two: 0.1}, y: {one: 0, two: 0.2}}}
)";
    const Case subject = read_case(text, "tenths.yaml").value;
    const space::FrontierResult result = space::frontier(subject, {}, {});
    // Points (0.3, 0.3) twice, (0.1, 0.5) and (0.5, 0.1): in doubles 0.1 + 0.2 > 0.3 for one of them.
    ASSERT_EQ(result.points.size(), 3U);
    EXPECT_EQ(result.points[1].points[0].second, Rational::fraction(3, 10));
    EXPECT_EQ(result.points[1].deals, "2");
    EXPECT_NE(0.1 + 0.2, 0.3) << "the reason for this test";
}

}  // namespace steelyard::test
