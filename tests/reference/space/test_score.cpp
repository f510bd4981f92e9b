// SPDX-License-Identifier: Apache-2.0
#include "reference/space/enumeration.hpp"
#include "reference/space/random_case.hpp"
#include "steelyard/space/score.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace steelyard::test {

namespace {

Deal deal_at_random(const Case& subject) {
    Deal deal;
    for (const Issue& issue : subject.issues)
        deal.emplace_back(*rc::gen::inRange<std::size_t>(0, issue.options.size()));
    return deal;
}

std::size_t differences(const Deal& a, const Deal& b) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        count += static_cast<std::size_t>(a[i] != b[i]);
    return count;
}

/// Other tables' issues as in the deal: as if events had settled them.
Case around(Case subject, const Deal& deal) {
    const Table table = find_table(subject, "");
    for (std::size_t i = 0; i < deal.size(); ++i) {
        if (std::ranges::find(table.issues, IssueId(i)) == table.issues.end()) {
            std::erase_if(subject.events, [&](const Event& event) {
                return std::ranges::any_of(event.settles,
                                           [&](const auto& s) { return s.first == IssueId(i); });
            });
            subject.events.push_back({"2025", "elsewhere", {{IssueId(i), deal[i]}}, {}});
        }
    }
    return subject;
}

void agrees_with_enumeration(const Case& subject, const Deal& deal) {
    const Scores scores(subject);
    const Enumeration all(around(subject, deal), "");
    std::vector<Rational> mine;
    std::vector<bool> willing(subject.actors.size());
    for (const ActorId actor : all.table.actors) {
        mine.push_back(scores.of(actor, deal));
        willing[actor.index] = mine.back() >= scores.no_deal(actor);
    }
    space::ScoreOptions options;
    options.deal = name_deal(subject, deal);
    const space::ScoreResult result = space::score(subject, options, {});

    RC_ASSERT(result.deal == options.deal);
    RC_ASSERT(result.feasible == feasible(subject, deal));
    RC_ASSERT(result.acceptable == (result.feasible && accepts(all.table, willing)));
    RC_ASSERT(result.decided);
    RC_ASSERT(result.ranks_exact);

    std::size_t fewest = deal.size() + 1;
    for (const Scored& other : all.feasible) {
        if (dominates(other.points, mine))
            fewest = std::min(fewest, differences(other.deal, deal));
    }
    RC_ASSERT(result.efficient == (fewest > deal.size()));
    RC_ASSERT(result.dominated_by.empty() == result.efficient);
    if (!result.efficient) {
        RC_ASSERT(result.dominated_by.front().changes.size() == fewest);
        for (const space::DominatingDeal& better : result.dominated_by) {
            const Deal other = deal_from_names(subject, better.deal);
            std::vector<Rational> points;
            for (const ActorId actor : all.table.actors)
                points.push_back(scores.of(actor, other));
            RC_ASSERT(dominates(points, mine));
            RC_ASSERT(better.changes.size() == differences(other, deal));
        }
    }
    double distance = 0;
    for (std::size_t p = 0; p < mine.size(); ++p) {
        const std::string& actor = subject[all.table.actors[p]].id;
        std::size_t better = 0;
        for (const Scored& other : all.feasible)
            better += static_cast<std::size_t>(other.points[p] > mine[p]);
        RC_ASSERT(result.ranks[p].first == actor);
        RC_ASSERT(result.ranks[p].second == std::to_string(better + 1));
    }
    for (const Scored& other : all.feasible) {
        if (result.efficient)
            break;  // nothing to gain for everybody
        double least = 1e9;
        for (std::size_t p = 0; p < mine.size(); ++p) {
            const auto by_actor = [&](const Scored& a, const Scored& b) { return a.points[p] < b.points[p]; };
            const auto [low, high] = std::ranges::minmax_element(all.feasible, by_actor);
            const double range = (high->points[p] - low->points[p]).to_double();
            if (range > 0)
                least = std::min(least, 100 * (other.points[p] - mine[p]).to_double() / range);
        }
        distance = std::max(distance, least < 1e9 ? least : 0);
    }
    RC_ASSERT(std::abs(result.distance - distance) < 1e-9 * (1 + distance));
}

}  // namespace

RC_GTEST_PROP(ScoreReference, AgreesWithEnumeration, ()) {
    for (int repeat = 0; repeat < 10; ++repeat) {
        const Case subject = random_case();
        const Deal deal = deal_at_random(subject);
        RC_LOG() << to_text(subject);
        agrees_with_enumeration(subject, deal);
    }
}

}  // namespace steelyard::test
