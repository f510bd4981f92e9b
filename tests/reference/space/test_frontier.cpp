// SPDX-License-Identifier: Apache-2.0
#include "reference/space/enumeration.hpp"
#include "reference/space/random_case.hpp"
#include "steelyard/space/frontier.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace steelyard::test {

namespace {

void agrees_with_enumeration(const Case& subject, const space::FrontierOptions& options) {
    const Enumeration all(subject, options.table);
    const auto expected = plain_frontier(all, [&](const Scored& scored) {
        const bool rational =
            std::ranges::all_of(scored.gains, [](const Rational& gain) { return gain >= Rational(0); });
        return (options.among == space::Among::feasible || scored.acceptable) &&
               (!options.rational || rational);
    });
    const space::FrontierResult found = space::frontier(subject, options, {});
    RC_ASSERT(found.deals == std::to_string(all.deals));
    RC_ASSERT(found.feasible == std::to_string(all.feasible.size()));
    RC_ASSERT(found.acceptable == std::to_string(all.acceptable));
    RC_ASSERT(found.acceptable_exact);
    RC_ASSERT(found.size == static_cast<std::int64_t>(expected.size()));
    RC_ASSERT(found.points.size() == expected.size());
    auto place = expected.rbegin();  // by falling points
    for (const space::FrontierPoint& point : found.points) {
        std::vector<Rational> values;
        for (const std::string& actor : found.actors) {
            for (const auto& [name, value] : point.points) {
                if (name == actor)
                    values.push_back(value);
            }
        }
        RC_ASSERT(values == place->first);
        RC_ASSERT(point.deals == std::to_string(place->second.deals));
        RC_ASSERT(point.deal == name_deal(subject, place->second.first));
        const auto plain = std::ranges::find(all.feasible, place->second.first, &Scored::deal);
        RC_ASSERT(plain != all.feasible.end());
        RC_ASSERT(point.acceptable == plain->acceptable);
        ++place;
    }
}

void check(const Case& subject, const space::FrontierOptions& options) {
    RC_LOG() << to_text(subject);
    agrees_with_enumeration(subject, options);
}

}  // namespace

RC_GTEST_PROP(FrontierReference, AgreesWithEnumeration, ()) {
    for (int repeat = 0; repeat < 20; ++repeat) {
        space::FrontierOptions options;
        options.among = *rc::gen::element(space::Among::feasible, space::Among::acceptable);
        options.rational = *rc::gen::arbitrary<bool>();
        check(random_case(), options);
    }
}

RC_GTEST_PROP(FrontierReference, AgreesForUncoupledIssuesAndManyActors, ()) {
    for (int repeat = 0; repeat < 20; ++repeat)
        check(random_case({.most_actors = 6, .most_issues = 5, .most_options = 4, .coupled = false}), {});
}

}  // namespace steelyard::test
