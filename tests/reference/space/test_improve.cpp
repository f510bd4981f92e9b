// SPDX-License-Identifier: Apache-2.0
#include "reference/space/enumeration.hpp"
#include "reference/space/random_case.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/space/improve.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

namespace steelyard::test {

namespace {

using space::Aim;

/// All issues on one table, so that the deal at hand fixes nothing.
Case one_table() {
    return random_case({.most_actors = 3, .most_issues = 5, .most_options = 3, .several_tables = false});
}

Deal some_deal(const Case& subject) {
    Deal deal;
    for (const Issue& issue : subject.issues)
        deal.emplace_back(*rc::gen::inRange<std::size_t>(0, issue.options.size()));
    return deal;
}

std::vector<double> ranges(const Enumeration& all) {
    std::vector<double> widths;
    for (std::size_t p = 0; p < all.table.actors.size(); ++p) {
        const auto by_actor = [&](const Scored& a, const Scored& b) { return a.points[p] < b.points[p]; };
        const auto [low, high] = std::ranges::minmax_element(all.feasible, by_actor);
        widths.push_back(all.feasible.empty() ? 0 : (high->points[p] - low->points[p]).to_double());
    }
    return widths;
}

/// What an aim compares, in doubles.
double worth(Aim aim, std::size_t actor, const std::vector<Rational>& before, const Scored& after,
             const std::vector<double>& range) {
    double least = 1e9;
    double sum = 0;
    for (std::size_t p = 0; p < before.size(); ++p) {
        const double share = (after.points[p] - before[p]).to_double() / (range[p] > 0 ? range[p] : 1);
        if (range[p] > 0)
            least = std::min(least, share);
        sum += share;
    }
    if (aim == Aim::even)
        return least;
    if (aim == Aim::most)
        return sum;
    return (after.points[actor] - before[actor]).to_double();
}

void packages_are_best(const Case& subject, const Deal& deal) {
    const Enumeration all(subject, "");
    const Scores scores(subject);
    std::vector<Rational> before;
    for (const ActorId actor : all.table.actors)
        before.push_back(scores.of(actor, deal));
    std::vector<const Scored*> better;
    for (const Scored& scored : all.feasible) {
        if (dominates(scored.points, before))
            better.push_back(&scored);
    }
    space::ImproveOptions options;
    options.deal = name_deal(subject, deal);
    const auto result = space::improve(subject, options, {});
    RC_ASSERT(result.decided);
    RC_ASSERT(result.efficient == better.empty());
    RC_ASSERT(result.packages.empty() == better.empty());
    const auto range = ranges(all);
    for (const space::Package& package : result.packages) {
        RC_ASSERT(package.proven);
        const Deal to = deal_from_names(subject, package.deal);
        const auto mine = std::ranges::find(all.feasible, to, &Scored::deal);
        RC_ASSERT(mine != all.feasible.end());
        RC_ASSERT(dominates(mine->points, before));
        if (package.aim == Aim::nash)
            continue;
        if (package.aim == Aim::fewest_changes) {
            for (const Scored* other : better) {
                std::size_t changes = 0;
                for (std::size_t i = 0; i < deal.size(); ++i)
                    changes += static_cast<std::size_t>(other->deal[i] != deal[i]);
                RC_ASSERT(package.changes.size() <= changes);
            }
            continue;
        }
        std::size_t actor = 0;
        for (std::size_t p = 0; p < before.size(); ++p) {
            if (subject[all.table.actors[p]].id == package.actor)
                actor = p;
        }
        const double value = worth(package.aim, actor, before, *mine, range);
        for (const Scored* other : better)
            RC_ASSERT(worth(package.aim, actor, before, *other, range) <= value + 1e-9);
    }
}

}  // namespace

RC_GTEST_PROP(ImproveReference, PackagesAreBestAtTheirAim, ()) {
    for (int repeat = 0; repeat < 10; ++repeat) {
        const Case subject = one_table();
        RC_LOG() << to_text(subject);
        packages_are_best(subject, some_deal(subject));
    }
}

RC_GTEST_PROP(ImproveReference, OffersAreEqualForOneAndDifferForTheOthers, ()) {
    for (int repeat = 0; repeat < 5; ++repeat) {
        const Case subject = one_table();
        RC_LOG() << to_text(subject);
        if (subject.actors.size() < 2)
            continue;
        const Enumeration all(subject, "");
        const auto range = ranges(all);
        const Scores scores(subject);
        const Deal deal = some_deal(subject);
        space::ImproveOptions options;
        options.deal = name_deal(subject, deal);
        options.actor = subject.actors[0].id;
        options.tolerance = 10;
        const auto result = space::improve(subject, options, {});
        const Rational level = scores.of(ActorId{}, deal);
        const auto fits = [&](const Scored& scored) {
            return scored.points[0] >= level &&
                   (scored.points[0] - level).to_double() <= 0.1 * range[0] + 1e-9 &&
                   std::ranges::all_of(scored.gains.begin() + 1, scored.gains.end(),
                                       [](const Rational& gain) { return gain >= Rational(0); });
        };
        const auto others = [&](const Scored& scored) {
            double sum = 0;
            for (std::size_t p = 1; p < range.size(); ++p)
                sum += scored.points[p].to_double() / (range[p] > 0 ? range[p] : 1);
            return sum;
        };
        const auto distance = [&](const Deal& a, const Deal& b) {
            double sum = 0;
            for (std::size_t i = 0; i < a.size(); ++i) {
                for (std::size_t p = 1; p < range.size(); ++p) {
                    const Rational change = scores.points(ActorId(p), IssueId(i), a[i]) -
                                            scores.points(ActorId(p), IssueId(i), b[i]);
                    if (range[p] > 0)
                        sum += 100 * std::abs(change.to_double()) / range[p];
                }
            }
            return sum;
        };
        std::vector<const Scored*> fitting;
        for (const Scored& scored : all.feasible) {
            if (fits(scored))
                fitting.push_back(&scored);
        }
        RC_ASSERT(result.offers.empty() == fitting.empty());
        std::vector<const Scored*> offered;
        for (const space::Offer& offer : result.offers) {
            RC_ASSERT(offer.proven);
            const auto mine =
                std::ranges::find(all.feasible, deal_from_names(subject, offer.deal), &Scored::deal);
            RC_ASSERT(mine != all.feasible.end());
            RC_ASSERT(fits(*mine));
            if (!offered.empty()) {
                double nearest = 1e9;
                for (const Scored* before : offered)
                    nearest = std::min(nearest, distance(mine->deal, before->deal));
                RC_ASSERT(std::abs(nearest - offer.difference) < 0.01);
                RC_ASSERT(nearest > 0);
            }
            offered.push_back(&*mine);
        }
        for (const Scored* other : fitting)
            RC_ASSERT(others(*other) <= others(*offered[0]) + 1e-9);
        if (offered.size() < 2)
            continue;
        for (const Scored* other : fitting) {
            bool near_enough = true;
            for (std::size_t p = 1; p < range.size(); ++p)
                near_enough = near_enough &&
                              (offered[0]->points[p] - other->points[p]).to_double() <= 0.1 * range[p] - 1e-6;
            if (near_enough)
                RC_ASSERT(distance(other->deal, offered[0]->deal) <= result.offers[1].difference + 0.01);
        }
    }
}

TEST(Improve, RefusesOffersOfNobody) {
    const Case subject = [] {
        Case alone;
        alone.id = "alone";
        alone.actors = {{"a", "", "", {}}};
        alone.issues = {{"x", "", "", {}, {{"one", "", "", Rational(0)}}, false, OptionId{}}};
        alone.preferences = {{ActorId(0U), {}, PointSheet{{{Number(Rational(1))}}}, {}}};
        return alone;
    }();
    space::ImproveOptions options;
    options.actor = "a";
    EXPECT_THROW((void)space::improve(subject, options, {}), Error);
    options.actor = "b";
    EXPECT_THROW((void)space::improve(subject, options, {}), Error);
    options.actor.clear();
    EXPECT_TRUE(space::improve(subject, options, {}).efficient);
}

}  // namespace steelyard::test
