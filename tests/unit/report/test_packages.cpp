// SPDX-License-Identifier: Apache-2.0
#include "report/answers/offers.hpp"
#include "report/answers/packages.hpp"
#include "report/study.hpp"
#include "support/harbour_lease.hpp"
#include "unit/report/brute_force.hpp"
#include "unit/report/quarry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <map>

namespace steelyard::report {
namespace {

using test::every_deal;
using test::quarry;

/// Deals of the table that no other deal dominates for its actors.
std::vector<Deal> efficient_deals(const Case& subject, const Table& table) {
    const Scores scores(subject);
    const auto deals = every_deal(subject, table);
    const auto dominates = [&](const Deal& one, const Deal& other) {
        bool better = false;
        for (const ActorId actor : table.actors) {
            if (scores.of(actor, one) < scores.of(actor, other)) {
                return false;
            }
            better = better || scores.of(actor, one) > scores.of(actor, other);
        }
        return better;
    };
    std::vector<Deal> kept;
    for (const Deal& deal : deals) {
        if (std::ranges::none_of(deals, [&](const Deal& other) { return dominates(other, deal); })) {
            kept.push_back(deal);
        }
    }
    return kept;
}

TEST(Willingness, CountsWhatOnlyOneRefusalStops) {
    for (const Case& subject : {quarry(), test::harbour_lease()}) {
        const Context context;
        Study study(subject, context);
        const TableStudy& at = study.at("");
        // Points that several deals reach count once, as on the frontier.
        std::vector<std::vector<Rational>> seen;
        std::map<std::uint32_t, std::size_t> stops;
        for (const Deal& deal : efficient_deals(subject, at.table)) {
            std::vector<Rational> points;
            std::vector<ActorId> against;
            for (const ActorId actor : at.table.actors) {
                points.push_back(study.scores.of(actor, deal));
                if (study.gain(actor, deal) < Rational{}) {
                    against.push_back(actor);
                }
            }
            if (std::ranges::find(seen, points) == seen.end()) {
                seen.push_back(points);
                if (against.size() == 1) {
                    ++stops[against.front().index];
                }
            }
        }
        ASSERT_TRUE(at.table.accept.unanimity());
        std::size_t all = 0;
        for (const Willingness& row : at.willing) {
            EXPECT_EQ(row.stops, stops[row.actor.index]) << row.actor.index;
            all += row.stops;
        }
        EXPECT_GT(all, 0U);
    }
}

TEST(Offers, CostAndWorthAreDifferencesOfWholeDeals) {
    const Case subject = quarry();
    const Context context;
    Study study(subject, context);
    const TableStudy& at = study.at("road");
    const ActorId company = find_actor(subject, "company");
    const ActorId village = find_actor(subject, "village");
    const Deal today = *status_quo_deal(subject);
    const Offers found = offers_of(study, at, company, {village, find_actor(subject, "herons")});
    ASSERT_FALSE(found.offers.empty());
    double before = std::numeric_limits<double>::infinity();
    for (const Offer& offer : found.offers) {
        Deal offered = today;
        offered[offer.issue.index] = offer.option;
        EXPECT_EQ(offer.cost, study.scores.of(company, today) - study.scores.of(company, offered));
        EXPECT_EQ(offer.worth[0], study.scores.of(village, offered) - study.scores.of(village, today));
        EXPECT_LE(offer.ratio(), before);
        before = offer.ratio();
    }
    EXPECT_LE(best_by_issue(found.offers).size(), found.offers.size());
}

TEST(Packages, AreBetterThanTodayForSomebodyAndWorseForNobody) {
    const Case subject = quarry();
    const Context context;
    Study study(subject, context);
    AnswerPart answer;
    add_improvements(study, study.at("road"), answer);
    ASSERT_EQ(answer.tables.size(), 1U);
    ASSERT_FALSE(answer.tables[0].rows.empty());
    for (const auto& row : answer.tables[0].rows) {
        const Rational company = *row[2].get<Rational>();
        const Rational village = *row[3].get<Rational>();
        EXPECT_TRUE(company >= Rational{} && village >= Rational{});
        EXPECT_TRUE(company > Rational{} || village > Rational{});
    }
}

TEST(Packages, NothingIsSaidOfTodayWhereNothingIsInForce) {
    const Case subject = test::harbour_lease();
    const Context context;
    Study study(subject, context);
    AnswerPart answer;
    add_improvements(study, study.at(""), answer);
    EXPECT_TRUE(answer.why.empty() || status_quo_deal(subject));
    add_cheap_offers(study, study.at(""), answer);
    ASSERT_FALSE(answer.tables.empty());
    for (const auto& row : answer.tables.back().rows) {
        EXPECT_GE(*row[2].get<Rational>(), Rational{}) << "a concession costs the giver something";
        EXPECT_GT(*row[4].get<Rational>(), Rational{});
    }
}

TEST(Packages, WhatIsGivenAndGotAddsUpToTheDeal) {
    const Case subject = quarry();
    const Context context;
    Study study(subject, context);
    const TableStudy& at = study.at("road");
    AnswerPart answer;
    add_trades(study, at, answer);
    ASSERT_EQ(answer.tables.size(), 1U);
    const Deal today = *status_quo_deal(subject);
    const Deal& nash = at.likely()->deal;
    for (std::size_t a = 0; a < at.table.actors.size(); ++a) {
        Rational sum;
        for (const auto& row : answer.tables[0].rows) {
            sum += *row[2 + a].get<Rational>();
        }
        // Without the bundle and the obligation, which this deal does not touch.
        EXPECT_EQ(sum,
                  study.scores.of(at.table.actors[a], nash) - study.scores.of(at.table.actors[a], today));
    }
}

}  // namespace
}  // namespace steelyard::report
