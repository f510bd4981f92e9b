// SPDX-License-Identifier: Apache-2.0
// Cases in which tools that add doubles go wrong.
#include "reference/space/enumeration.hpp"
#include "steelyard/core/random.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/space/frontier.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace steelyard::test {

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

// Tenths in eight issues, added up as doubles by every deal: rounding alone makes some sums larger than others that
// equal them, and a frontier of doubles has points that are not there.
TEST(ExactPoints, DoublesFindFrontierPointsThatAreNotThere) {
    constexpr std::size_t issues = 8;
    constexpr std::size_t options = 3;
    std::size_t fooled = 0;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        RandomStream random(seed, 0, 0);
        Case subject;
        subject.id = "tenths";
        subject.actors = {{"a", "", "", {}}, {"b", "", "", {}}};
        std::vector<PointSheet> sheets(2);
        std::vector<std::vector<std::pair<double, double>>> doubles(issues);
        for (std::size_t i = 0; i < issues; ++i) {
            Issue issue;
            issue.id = "i" + std::to_string(i);
            std::vector<std::vector<Number>> rows(2);
            for (std::size_t o = 0; o < options; ++o) {
                issue.options.push_back({"o" + std::to_string(o), "", "", Rational(0)});
                const auto a = static_cast<std::int64_t>(random.below(10));
                const auto b = static_cast<std::int64_t>(random.below(10));
                rows[0].emplace_back(Rational::fraction(a, 10));
                rows[1].emplace_back(Rational::fraction(b, 10));
                doubles[i].emplace_back(static_cast<double>(a) / 10, static_cast<double>(b) / 10);
            }
            subject.issues.push_back(std::move(issue));
            sheets[0].points.push_back(rows[0]);
            sheets[1].points.push_back(rows[1]);
        }
        for (std::size_t p = 0; p < 2; ++p)
            subject.preferences.push_back({ActorId(p), Number(Rational(0)), sheets[p], {}});
        std::set<std::pair<double, double>> sums{{0, 0}};
        for (const auto& issue : doubles) {
            std::set<std::pair<double, double>> next;
            for (const auto& [a, b] : sums) {
                for (const auto& [x, y] : issue)
                    next.emplace(a + x, b + y);
            }
            sums = std::move(next);
        }
        std::size_t in_doubles = 0;
        double best = -1;
        for (auto sum = sums.rbegin(); sum != sums.rend(); ++sum) {
            in_doubles += static_cast<std::size_t>(sum->second > best);
            best = std::max(best, sum->second);
        }
        const auto found = space::frontier(subject, {}, {});
        const Enumeration all(subject, "");
        EXPECT_EQ(static_cast<std::size_t>(found.size),
                  plain_frontier(all, [](const Scored&) { return true; }).size());
        fooled += static_cast<std::size_t>(in_doubles != found.points.size());
    }
    EXPECT_GT(fooled, 0U) << "the reason for this test";
}

}  // namespace steelyard::test
