// SPDX-License-Identifier: Apache-2.0
#include "reference/space/definitions.hpp"
#include "reference/space/enumeration.hpp"
#include "reference/space/random_case.hpp"
#include "steelyard/space/solutions.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace steelyard::test {

namespace {

void agrees_with_definitions(const Case& subject, bool normalised) {
    const Enumeration all(subject, "");
    const Definitions definitions(all, normalised);
    space::SolutionsOptions options;
    options.normalised = normalised;
    const space::SolutionsResult result = space::solutions(subject, options, {});
    RC_ASSERT(result.decided);
    RC_ASSERT(result.acceptable_exists == (all.acceptable > 0));
    if (all.acceptable == 0) {
        RC_ASSERT(result.solutions.empty());
        return;
    }
    const auto frontier = plain_frontier(all, [](const Scored&) { return true; });
    RC_ASSERT(result.solutions.size() == choices_of(Concept{}).size());
    for (const space::Solution& solution : result.solutions) {
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
        RC_LOG() << "concept " << static_cast<int>(solution.concept_name) << "\n";
        RC_ASSERT(solution.proven);
        RC_ASSERT(solution.ties_exact);
        RC_ASSERT(solution.ties == std::to_string(ties));
        RC_ASSERT(solution.deal == name_deal(subject, best->deal));
        RC_ASSERT(solution.efficient.has_value());
        RC_ASSERT(*solution.efficient == frontier.contains(best->points));
    }
}

}  // namespace

RC_GTEST_PROP(SolutionsReference, FollowTheDefinitions, (bool normalised)) {
    for (int repeat = 0; repeat < 20; ++repeat) {
        const Case subject = random_case();
        RC_LOG() << to_text(subject);
        agrees_with_definitions(subject, normalised);
    }
}

}  // namespace steelyard::test
