// SPDX-License-Identifier: Apache-2.0
#include "plain_talks.hpp"
#include "steelyard/core/random.hpp"
#include "steelyard/linkage/order.hpp"
#include "steelyard/linkage/partners.hpp"
#include "steelyard/space/solutions.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <numeric>
#include <set>

namespace steelyard::test {
namespace {

using namespace linkage;

Condition random_condition(RandomStream& draw, const Case& subject) {
    Condition condition;
    for (std::size_t i = 0; i < subject.issues.size(); ++i) {
        if (draw.below(subject.issues.size()) > 1) {
            continue;
        }
        std::vector<OptionId> options;
        for (std::size_t o = 0; o < subject.issues[i].options.size(); ++o) {
            if (draw.below(2) == 0) {
                options.emplace_back(o);
            }
        }
        if (!options.empty()) {
            condition.terms.emplace_back(IssueId(i), options);
        }
    }
    return condition;
}

/// Two or three actors and tables; small score sheets with ties; where `linked`, bundles, rules, obligations,
/// no-deal values of their own and options to answer.
Case random_case(RandomStream& draw, std::size_t tables, bool linked) {
    Case subject;
    subject.id = "random";
    const std::size_t actors = 2 + draw.below(2);
    for (std::size_t a = 0; a < actors; ++a) {
        subject.actors.push_back({"a" + std::to_string(a), "", "", {}});
    }
    for (std::size_t t = 0; t < tables; ++t) {
        Table table;
        table.id = "t" + std::to_string(t);
        const std::size_t issues = 1 + draw.below(2);
        for (std::size_t k = 0; k < issues; ++k) {
            Issue issue;
            issue.id = "i" + std::to_string(subject.issues.size());
            const std::size_t options = 2 + draw.below(2);
            for (std::size_t o = 0; o < options; ++o) {
                issue.options.push_back({"o" + std::to_string(o), "", "", 0});
            }
            issue.status_quo = OptionId(draw.below(options));
            table.issues.emplace_back(subject.issues.size());
            subject.issues.push_back(issue);
        }
        const std::size_t absent = actors == 3 ? draw.below(4) : 3;
        for (std::size_t a = 0; a < actors; ++a) {
            if (a != absent) {
                table.actors.emplace_back(a);
                if (draw.below(3) == 0) {
                    table.power.emplace_back(ActorId(a), Number(static_cast<std::int64_t>(draw.below(3))));
                }
            }
        }
        if (draw.below(4) == 0) {
            table.accept.at_least = static_cast<int>(table.actors.size()) - 1;
        }
        subject.tables.push_back(table);
    }
    for (std::size_t a = 0; a < actors; ++a) {
        PointSheet sheet;
        for (const Issue& issue : subject.issues) {
            sheet.points.emplace_back();
            for (std::size_t o = 0; o < issue.options.size(); ++o) {
                sheet.points.back().emplace_back(static_cast<std::int64_t>(draw.below(7)));
            }
        }
        Preference preference{ActorId(a), std::nullopt, sheet, {}};
        if (linked && draw.below(3) == 0) {
            preference.no_deal = Number(static_cast<std::int64_t>(draw.below(12)));
        }
        subject.preferences.push_back(preference);
    }
    if (!linked) {
        return subject;
    }
    for (std::size_t k = draw.below(4); k > 0; --k) {
        Bundle bundle{random_condition(draw, subject), {}, {}};
        bundle.points.emplace_back(ActorId(draw.below(actors)),
                                   Number(static_cast<std::int64_t>(draw.below(9)) - 4));
        bundle.points.emplace_back(
            ActorId(draw.below(actors)),
            Number(Rational::fraction(static_cast<std::int64_t>(draw.below(9)) - 4, 2)));
        subject.bundles.push_back(bundle);
    }
    for (std::size_t k = draw.below(3); k > 0; --k) {
        Rule rule{random_condition(draw, subject), std::nullopt, "", {}};
        if (draw.below(2) == 0) {
            rule.then = random_condition(draw, subject);
        }
        if (!rule.when.terms.empty()) {
            subject.rules.push_back(rule);
        }
    }
    for (std::size_t k = draw.below(3); k > 0; --k) {
        Obligation obligation{"ob" + std::to_string(k),
                              ActorId(0),
                              ActorId(1),
                              "",
                              {random_condition(draw, subject), random_condition(draw, subject)},
                              draw.below(4) == 0,
                              {},
                              {}};
        std::erase_if(obligation.broken_when, [](const Condition& c) { return c.terms.empty(); });
        if (!obligation.hard) {
            obligation.cost.emplace_back(ActorId(draw.below(actors)),
                                         Number(static_cast<std::int64_t>(draw.below(5))));
        }
        subject.obligations.push_back(obligation);
    }
    if (draw.below(2) == 0) {
        Conflict conflict;
        for (std::size_t k = 0; k < 3; ++k) {
            conflict.moves.push_back({"m" + std::to_string(k), "", ActorId(draw.below(actors)),
                                      draw.below(5) == 0 ? Direction::back : Direction::both});
            const std::size_t issue = draw.below(subject.issues.size());
            Expression when;
            when.nodes = {{Expression::Kind::move, static_cast<std::uint32_t>(k), 0}};
            if (draw.below(3) == 0) {
                const std::size_t asked = draw.below(subject.issues.size());
                when.nodes.push_back({Expression::Kind::option, static_cast<std::uint32_t>(asked), 0});
                when.nodes.push_back({Expression::Kind::conjunction, 0, 1});
            }
            conflict.deal.push_back(
                {when, {{IssueId(issue), OptionId(draw.below(subject.issues[issue].options.size()))}}});
        }
        if (draw.below(3) == 0) {
            Expression both;
            both.nodes = {{Expression::Kind::move, 0, 0},
                          {Expression::Kind::move, 1, 0},
                          {Expression::Kind::conjunction, 0, 1}};
            conflict.infeasible.emplace_back(both);
        }
        MovePoints points;
        points.points.emplace_back(MoveId(draw.below(3)),
                                   Number(static_cast<std::int64_t>(draw.below(3)) - 1));
        conflict.preferences.push_back({ActorId(draw.below(actors)), points});
        subject.conflict = conflict;
    }
    return subject;
}

std::vector<int> options_of(const Outcome& outcome) {
    std::vector<int> options;
    for (const auto& option : outcome.deal) {
        options.push_back(option ? static_cast<int>(option->index) : -1);
    }
    return options;
}

TEST(Talks, AgreeWithTryingEverything) {
    std::size_t changed = 0;
    std::size_t answered = 0;
    for (std::uint64_t k = 0; k < 5000; ++k) {
        SCOPED_TRACE("case " + std::to_string(k));
        RandomStream draw(41, k, 0);
        const Case subject = random_case(draw, 1 + draw.below(3), true);
        const Talks talks(subject, {Solution::nash, true}, {});
        std::vector<std::size_t> order(talks.tables().size());
        for (std::size_t t = 0; t < order.size(); ++t) {
            order[t] = t;
        }
        do {
            const Outcome fast = talks.play(order);
            const PlainOutcome plain = plain_talks(subject, order, true);
            ASSERT_EQ(options_of(fast), plain.deal);
            for (const linkage::Turn& turn : fast.turns) {
                changed += turn.agreed && !turn.table.empty() ? 1U : 0U;
                answered += turn.agreed && turn.table.empty() ? 1U : 0U;
            }
            if (std::ranges::any_of(fast.turns, [](const linkage::Turn& turn) { return turn.agreed; })) {
                for (std::size_t a = 0; a < subject.actors.size(); ++a) {
                    ASSERT_EQ(*fast.points[a], plain.points[a]);
                }
            }
        } while (std::ranges::next_permutation(order).found);
    }
    EXPECT_GT(changed, 1000U) << "the random cases must lead to agreements";
    EXPECT_GT(answered, 100U) << "and to answers";
}

/// Everything an outcome says.
std::string text_of(const Outcome& outcome) {
    std::string text;
    for (const int option : options_of(outcome)) {
        text += std::to_string(option) + " ";
    }
    for (const auto& points : outcome.points) {
        text += points ? points->text() + " " : "- ";
    }
    for (const linkage::Turn& turn : outcome.turns) {
        text += "\n" + turn.table + turn.actor + (turn.agreed ? " acts " : " does not act ") +
                std::to_string(turn.ties) + " " + turn.text;
    }
    return text;
}

TEST(Talks, FindTheSameWhateverWasPlayedBefore) {
    std::size_t plays = 0;
    std::set<std::string> different;
    for (std::uint64_t k = 0; k < 300; ++k) {
        SCOPED_TRACE("case " + std::to_string(k));
        RandomStream draw(46, k, 0);
        const Case subject = random_case(draw, 2 + draw.below(3), true);
        const Rules rules{
            std::array{Solution::nash, Solution::utilitarian, Solution::egalitarian}[draw.below(3)],
            draw.below(4) != 0};
        const Talks talks(subject, rules, {});
        for (int trial = 0; trial < 20; ++trial) {
            std::vector<std::size_t> left(talks.tables().size());
            std::iota(left.begin(), left.end(), 0);
            std::vector<std::size_t> order;
            // Mostly all tables, at times only some.
            for (std::size_t count = left.size() - (draw.below(4) == 0 ? 1 : 0); order.size() < count;) {
                const auto at = left.begin() + static_cast<std::ptrdiff_t>(draw.below(left.size()));
                order.push_back(*at);
                left.erase(at);
            }
            const std::string found = text_of(talks.play(order));
            ASSERT_EQ(found, text_of(Talks(subject, rules, {}).play(order))) << "play " << trial;
            ++plays;
            different.insert(found);
        }
    }
    EXPECT_GT(different.size(), plays / 4) << "the plays must differ";
}

TEST(Talks, OneTableFindsTheWeightedNashDeal) {
    std::size_t agreed = 0;
    for (std::uint64_t k = 0; k < 300; ++k) {
        SCOPED_TRACE("case " + std::to_string(k));
        RandomStream draw(42, k, 0);
        Case subject = random_case(draw, 1, true);
        subject.conflict.reset();
        const Outcome outcome = Talks(subject, {Solution::nash, true}, {}).play({0});
        space::SolutionsOptions options;
        options.concepts = {space::Concept::weighted_nash};
        const auto solutions = space::solutions(subject, options, {});
        if (!outcome.turns[0].agreed || !solutions.acceptable_exists) {
            continue;
        }
        // Equal gains up to ties: the product and the rest must agree, so compare the points of who bargains.
        const auto& found = solutions.solutions[0];
        if (found.ties == "1" && outcome.turns[0].ties == 1) {
            ++agreed;
            for (const auto& [actor, points] : found.points) {
                ASSERT_EQ(*outcome.points[find_actor(subject, actor).index], points);
            }
        }
    }
    EXPECT_GT(agreed, 100U);
}

TEST(Talks, WithSeparatePointsTheOrderDoesNotMatter) {
    for (std::uint64_t k = 0; k < 300; ++k) {
        SCOPED_TRACE("case " + std::to_string(k));
        RandomStream draw(43, k, 0);
        const Case subject = random_case(draw, 2 + draw.below(3), false);
        EXPECT_FALSE(order(subject, {}, {}).matters);
    }
}

TEST(Partners, TheShapleyValuesSumToWhatAllTablesGive) {
    for (std::uint64_t k = 0; k < 100; ++k) {
        SCOPED_TRACE("case " + std::to_string(k));
        RandomStream draw(44, k, 0);
        const Case subject = random_case(draw, 3, true);
        const PartnersResult result = partners(subject, {}, {});
        Rational sum;
        for (const TableWorth& worth : result.worth) {
            sum += worth.shapley;
        }
        EXPECT_EQ(sum, result.sets.back().gain);
        EXPECT_EQ(result.sets.size(), std::size_t{1} << result.worth.size());
        for (const PartnerSet& set : result.sets) {
            EXPECT_GE(std::ranges::max(result.sets, {}, &PartnerSet::points).points, set.points);
        }
    }
}

TEST(Partners, AgreeWithTryingEverySetAndOrder) {
    std::size_t compared = 0;
    for (std::uint64_t k = 0; k < 400; ++k) {
        SCOPED_TRACE("case " + std::to_string(k));
        RandomStream draw(45, k, 0);
        const Case subject = random_case(draw, 1 + draw.below(3), true);
        PartnersOptions options;
        options.others = draw.below(2) == 0;
        options.sequence = draw.below(2) == 0 ? Sequence::file : Sequence::best;
        const PartnersResult result = partners(subject, options, {});
        const ActorId actor = find_actor(subject, result.actor);
        std::vector<std::size_t> own;
        std::vector<std::size_t> others;
        for (std::size_t t = 0; t < subject.tables.size(); ++t) {
            const bool sits =
                std::ranges::find(subject.tables[t].actors, actor) != subject.tables[t].actors.end();
            (sits ? own : others).push_back(t);
        }
        std::vector<Rational> worth(std::size_t{1} << own.size());
        for (std::size_t mask = 0; mask < worth.size(); ++mask) {
            std::vector<std::size_t> order;
            for (std::size_t at = 0; at < own.size(); ++at) {
                if ((mask >> at & 1U) != 0) {
                    order.push_back(own[at]);
                }
            }
            std::optional<Rational> best;
            do {
                std::vector<std::size_t> whole = order;
                if (options.others) {
                    whole.insert(whole.end(), others.begin(), others.end());
                }
                const Rational points = plain_talks(subject, whole, true).points[actor.index];
                best = best ? std::max(*best, points) : points;
            } while (options.sequence == Sequence::best && std::ranges::next_permutation(order).found);
            worth[mask] = *best;
            ASSERT_EQ(result.sets[mask].points, *best) << "set " << mask;
            ++compared;
        }
        // What each table adds on average over all orders of joining.
        std::vector<std::size_t> joining(own.size());
        std::vector<Rational> added(own.size());
        std::int64_t orders = 0;
        for (std::size_t at = 0; at < own.size(); ++at) {
            joining[at] = at;
        }
        do {
            std::size_t mask = 0;
            for (const std::size_t at : joining) {
                added[at] += worth[mask | std::size_t{1} << at] - worth[mask];
                mask |= std::size_t{1} << at;
            }
            ++orders;
        } while (std::ranges::next_permutation(joining).found);
        for (std::size_t at = 0; at < own.size(); ++at) {
            ASSERT_EQ(result.worth[at].shapley, added[at] / Rational(orders));
        }
        const auto most = std::ranges::max(worth);
        ASSERT_EQ(std::ranges::find(result.sets, result.best, &PartnerSet::tables)->points, most);
    }
    EXPECT_GT(compared, 1000U);
}

}  // namespace
}  // namespace steelyard::test
