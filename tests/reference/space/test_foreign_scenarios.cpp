// SPDX-License-Identifier: Apache-2.0
// The deal-space engine on every published scenario, against what other programs found by trying every deal.
#include "steelyard/model/scores.hpp"
#include "steelyard/space/frontier.hpp"
#include "steelyard/space/solutions.hpp"
#include "support/foreign_scenarios.hpp"
#include "support/reference_data.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace steelyard::space {
namespace {

using test::ForeignScenario;
using test::tolerance;

std::vector<double> reals(const Named<Rational>& points) {
    std::vector<double> result;
    for (const auto& [actor, value] : points)
        result.push_back(value.to_double());
    return result;
}

void check_frontier(const ForeignScenario& scenario) {
    FrontierOptions options;
    options.rational = scenario.reading == "raw";
    const FrontierResult result = frontier(scenario.imported.value, options, {});
    EXPECT_EQ(result.deals, std::to_string(static_cast<std::size_t>(scenario.number("n"))));
    EXPECT_TRUE(result.exact);
    std::vector<std::vector<double>> points;
    for (const FrontierPoint& point : result.points)
        points.push_back(reals(point.points));
    EXPECT_EQ(compare_frontier(scenario, points), "");
}

/// The value that a concept maximises.
double value_of(Concept concept_name, const std::vector<double>& points, const std::vector<double>& base,
                const std::vector<double>& ideal) {
    double product = 1;
    double sum = 0;
    double least = 1e300;
    double least_share = 1e300;
    for (std::size_t a = 0; a < points.size(); ++a) {
        product *= points[a] - base[a];
        sum += points[a];
        least = std::min(least, points[a] - base[a]);
        least_share = std::min(least_share, (points[a] - base[a]) / (ideal[a] - base[a]));
    }
    switch (concept_name) {
        case Concept::nash:
            return product;
        case Concept::utilitarian:
            return sum;
        case Concept::egalitarian:
            return least;
        default:
            return least_share;
    }
}

void check_solutions(const ForeignScenario& scenario) {
    // The published surpluses are those above the reservation value or the worst deal, whichever is more.
    Case subject = scenario.imported.value;
    const std::vector<double> low = scenario.numbers("min");
    const std::vector<double> high = scenario.numbers("max");
    std::vector<double> base;
    bool all_acceptable = true;
    for (std::size_t a = 0; a < subject.actors.size(); ++a) {
        const Rational reservation = subject.preferences[a].no_deal->best();
        Rational worst;
        for (std::size_t i = 0; i < subject.issues.size(); ++i) {
            Rational lowest = Scores(subject).points(ActorId(a), IssueId(i), OptionId(0));
            for (std::size_t o = 1; o < subject.issues[i].options.size(); ++o)
                lowest = std::min(lowest, Scores(subject).points(ActorId(a), IssueId(i), OptionId(o)));
            worst += lowest;
        }
        EXPECT_NEAR(worst.to_double(), low[a], tolerance(low[a]));
        all_acceptable = all_acceptable && reservation <= worst;
        subject.preferences[a].no_deal = Number(std::max(worst, reservation));
        base.push_back(subject.preferences[a].no_deal->best().to_double());
    }
    const SolutionsResult result = solutions(subject, {}, {});
    EXPECT_EQ(result.acceptable_exists, scenario.optimum("nash") != nullptr);
    for (const Solution& solution : result.solutions) {
        const char* name = solution.concept_name == Concept::nash                ? "nash"
                           : solution.concept_name == Concept::egalitarian       ? "kalai"
                           : solution.concept_name == Concept::utilitarian       ? "welfare"
                           : solution.concept_name == Concept::kalai_smorodinsky ? "ks_true_maxmin"
                                                                                 : nullptr;
        // The sum, and everybody's best, are published over deals that somebody would refuse as well.
        const bool over_all = solution.concept_name == Concept::utilitarian ||
                              solution.concept_name == Concept::kalai_smorodinsky;
        if (name == nullptr || (over_all && !all_acceptable))
            continue;
        const double published = *scenario.optimum(name)->find("value")->number();
        EXPECT_NEAR(value_of(solution.concept_name, reals(solution.points), base, high), published,
                    tolerance(published))
            << name;
    }
}

TEST(ForeignScenarios, HaveThePublishedFrontiers) {
    STEELYARD_REFERENCE_OR_SKIP(folder, "space");
    for (const ForeignScenario& scenario : test::foreign_scenarios(folder)) {
        SCOPED_TRACE(scenario.name + ", " + scenario.reading + " reading");
        check_frontier(scenario);
    }
}

TEST(ForeignScenarios, HaveThePublishedSolutions) {
    STEELYARD_REFERENCE_OR_SKIP(folder, "space");
    for (const ForeignScenario& scenario : test::foreign_scenarios(folder)) {
        SCOPED_TRACE(scenario.name + ", " + scenario.reading + " reading");
        check_solutions(scenario);
    }
}

}  // namespace
}  // namespace steelyard::space
