// SPDX-License-Identifier: Apache-2.0
// Conditions too tangled for an exact diagram: whatever is claimed must hold.  The limits are set so low that small
// cases, which can be listed, count as tangled.
#include "reference/space/definitions.hpp"
#include "reference/space/enumeration.hpp"
#include "reference/space/low_limits.hpp"
#include "reference/space/random_case.hpp"
#include "space/outline.hpp"
#include "space/reach.hpp"
#include "space/relaxed.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace steelyard::test {

namespace {

using space::FrontierOptions;
using space::FrontierResult;

/// Points at the table of a named deal, and whether it is feasible and accepted.
const Scored* find_deal(const Case& subject, const Enumeration& all, const Named<std::string>& deal) {
    const auto found = std::ranges::find_if(
        all.feasible, [&](const Scored& scored) { return name_deal(subject, scored.deal) == deal; });
    return found == all.feasible.end() ? nullptr : &*found;
}

void holds_what_it_claims(const Case& subject, const FrontierOptions& options, const FrontierResult& found) {
    const Enumeration all(subject, options.table);
    const auto wanted = [&](const Scored& scored) {
        const bool rational =
            std::ranges::all_of(scored.gains, [](const Rational& gain) { return gain >= Rational(0); });
        return (options.among == space::Among::feasible || scored.acceptable) &&
               (!options.rational || rational);
    };
    const auto expected = plain_frontier(all, wanted);
    RC_ASSERT(found.size == static_cast<std::int64_t>(found.points.size()));
    std::vector<std::vector<Rational>> listed;
    for (const space::FrontierPoint& point : found.points) {
        const Scored* real = find_deal(subject, all, point.deal);
        RC_ASSERT(real != nullptr);
        RC_ASSERT(wanted(*real));
        for (std::size_t p = 0; p < found.actors.size(); ++p) {
            for (const auto& [name, value] : point.points)
                RC_ASSERT(name != found.actors[p] || value == real->points[p]);
        }
        const auto same = std::ranges::count_if(all.feasible, [&](const Scored& scored) {
            return wanted(scored) && scored.points == real->points;
        });
        RC_ASSERT(std::stoll(point.deals) <= same);
        listed.push_back(real->points);
    }
    for (const auto& a : listed) {
        for (const auto& b : listed)
            RC_ASSERT(!dominates(a, b));
    }
    for (const auto& [points, plain] : expected) {
        RC_ASSERT(!listed.empty() || found.epsilon > 0 || !found.exact);
        double nearest = listed.empty() ? 0 : 1e300;
        for (const auto& row : listed) {
            double most = 0;
            for (std::size_t p = 0; p < row.size(); ++p)
                most = std::max(most, (points[p] - row[p]).to_double());
            nearest = std::min(nearest, most);
        }
        RC_ASSERT(nearest <= found.epsilon + 1e-9);
    }
    if (found.exact) {
        RC_ASSERT(listed.size() == expected.size());
        for (const space::FrontierPoint& point : found.points) {
            const Scored* real = find_deal(subject, all, point.deal);
            const auto place = expected.find(real->points);
            RC_ASSERT(place != expected.end());
            RC_ASSERT(point.deals == std::to_string(place->second.deals));
            RC_ASSERT(real->deal == place->second.first);
        }
    }
    RC_ASSERT(!found.feasible_exact || found.feasible == std::to_string(all.feasible.size()));
    RC_ASSERT(!found.acceptable_exact || found.acceptable == std::to_string(all.acceptable));
    // The interval of an estimate may fail once in a hundred times, but nothing can be found where there is nothing.
    RC_ASSERT(all.acceptable > 0 || found.acceptable == "0");
    RC_ASSERT(all.feasible.empty() || found.feasible_high != "0");
}

FrontierOptions some_options() {
    FrontierOptions options;
    options.among = *rc::gen::element(space::Among::feasible, space::Among::acceptable);
    options.rational = *rc::gen::arbitrary<bool>();
    if (*rc::gen::arbitrary<bool>())
        options.epsilon = *rc::gen::element(Rational::fraction(1, 10), Rational(1), Rational(5));
    return options;
}

}  // namespace

RC_GTEST_PROP(TangledFrontier, NeverClaimsMoreThanIsProven, ()) {
    for (int repeat = 0; repeat < 4; ++repeat) {
        const Case subject = random_case();
        RC_LOG() << to_text(subject);
        const FrontierOptions options = some_options();
        Context context;
        if (*rc::gen::arbitrary<bool>())
            context.budget.request();
        holds_what_it_claims(subject, options,
                             space::frontier_within(subject, options, context, low_limits()));
    }
}

RC_GTEST_PROP(Epsilon, HoldsTogetherWithNoDealValues, ()) {
    for (int repeat = 0; repeat < 10; ++repeat) {
        const Case subject = random_case();
        RC_LOG() << to_text(subject);
        const FrontierOptions options = some_options();
        Context context;
        const bool hurried = *rc::gen::arbitrary<bool>();
        if (hurried)
            context.budget.request();
        const FrontierResult found = space::frontier(subject, options, context);
        holds_what_it_claims(subject, options, found);
        RC_ASSERT(hurried || found.epsilon <= options.epsilon.to_double() + 1e-9);
    }
}

namespace {

void holds_what_it_claims(const Case& subject, bool normalised, const space::SolutionsResult& result) {
    const Enumeration all(subject, "");
    const Definitions definitions(all, normalised);
    RC_ASSERT(!result.acceptable_exists || all.acceptable > 0);
    RC_ASSERT(!result.decided || result.acceptable_exists == (all.acceptable > 0));
    const auto frontier = plain_frontier(all, [](const Scored&) { return true; });
    for (const space::Solution& solution : result.solutions) {
        RC_LOG() << "concept " << static_cast<int>(solution.concept_name) << "\n";
        const Scored* shown = find_deal(subject, all, solution.deal);
        RC_ASSERT(shown != nullptr);
        RC_ASSERT(shown->acceptable);
        const Scored* best = nullptr;
        std::vector<Fraction> best_key;
        std::size_t ties = 0;
        for (const Scored& scored : all.feasible) {
            if (!scored.acceptable)
                continue;
            const auto key = definitions.key(solution.concept_name, scored);
            if (best == nullptr || best_key < key) {
                best = &scored;
                best_key = key;
                ties = 0;
            }
            ties += static_cast<std::size_t>(key == best_key);
        }
        const double most = definitions.value(solution.concept_name, best_key);
        const double margin = 1e-9 * (1 + std::abs(most));
        if (solution.proven)
            RC_ASSERT(definitions.key(solution.concept_name, *shown) == best_key);
        if (!solution.proven) {
            RC_ASSERT(solution.bound.has_value());
            RC_ASSERT(*solution.bound >= most - margin);
        }
        if (solution.ties_exact) {
            RC_ASSERT(solution.proven);
            RC_ASSERT(solution.ties == std::to_string(ties));
            RC_ASSERT(shown == best);
        } else {
            RC_ASSERT(std::stoull(solution.ties) <= ties || !solution.proven);
        }
        if (solution.efficient)
            RC_ASSERT(*solution.efficient == frontier.contains(shown->points));
    }
}

}  // namespace

RC_GTEST_PROP(TangledSolutions, NeverClaimMoreThanIsProven, (bool normalised)) {
    for (int repeat = 0; repeat < 4; ++repeat) {
        const Case subject = random_case();
        RC_LOG() << to_text(subject);
        Context context;
        if (*rc::gen::arbitrary<bool>())
            context.budget.request();
        space::SolutionsOptions options;
        options.normalised = normalised;
        holds_what_it_claims(subject, normalised,
                             space::solutions_within(subject, options, context, low_limits()));
    }
}

RC_GTEST_PROP(RelaxedDiagram, PromisesEveryDealAtLeastItsPoints, ()) {
    for (int repeat = 0; repeat < 10; ++repeat) {
        const Case subject = random_case();
        RC_LOG() << to_text(subject);
        const space::Setup setup(subject, "");
        const auto& problem = setup.problem;
        const auto width = *rc::gen::inRange<std::size_t>(1, 5);
        const space::Diagram relaxed = space::make_relaxed(problem, setup.plan.order, {}, width).diagram;
        RC_ASSERT(relaxed.width() <= width);
        const space::Bounds bounds(problem, relaxed);
        for (const Scored& scored : Enumeration(subject, "").feasible) {
            std::vector<std::size_t> options;
            for (const space::OpenIssue& issue : problem.issues) {
                const auto place = std::ranges::find(issue.options, scored.deal[issue.id.index]);
                options.push_back(static_cast<std::size_t>(place - issue.options.begin()));
            }
            const std::vector<double> promised = bounds.row(options);
            const auto real = setup.exact_row(problem, scored.deal);
            for (std::size_t p = 0; p < promised.size(); ++p)
                RC_ASSERT(promised[p] >= real[p].convert_to<double>() - 1e-6);
        }
    }
}

}  // namespace steelyard::test
