// SPDX-License-Identifier: Apache-2.0
#include "coalition_deals.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/model/tables.hpp"
#include "steelyard/space/solutions.hpp"

#include <algorithm>

namespace steelyard::power {

CoalitionDeals::CoalitionDeals(const Case& subject, std::size_t most)
    : subject_(subject), scores_(subject), players_(scores_.actors()) {
    if (players_.empty()) {
        throw Error(ErrorKind::missing_section,
                    "the case has no `preferences`, so no coalition can gain anything");
    }
    if (players_.size() > most) {
        throw Error(ErrorKind::limit, "a game on coalitions has at most " + std::to_string(most) +
                                          " players; the case has " + std::to_string(players_.size()));
    }
}

std::optional<Case> CoalitionDeals::commanded(Coalition coalition) const {
    std::vector<bool> member(subject_.actors.size(), false);
    Table joint{"joint", "joint", {}, {}, {}, {}};
    for (std::size_t k = 0; k < players_.size(); ++k) {
        if ((coalition >> k & 1U) != 0) {
            member[players_[k].index] = true;
            joint.actors.push_back(players_[k]);
        }
    }
    for (const Table& table : effective_tables(subject_)) {
        if (accepts(table, member)) {
            joint.issues.insert(joint.issues.end(), table.issues.begin(), table.issues.end());
        }
    }
    if (joint.issues.empty()) {
        return std::nullopt;
    }
    std::ranges::sort(joint.issues);
    Case cut = subject_;
    cut.tables = {std::move(joint)};
    return cut;
}

Rational CoalitionDeals::best_sum(Coalition coalition, const Context& context) const {
    std::optional<Case> cut = commanded(coalition);
    if (!cut) {
        return 0;
    }
    // One actor with everybody's points: its best deal is the coalition's best sum.
    const std::vector<ActorId> members = cut->tables.front().actors;
    const ActorId one = members.front();
    cut->tables.front().actors = {one};
    PointSheet sheet;
    Rational no_deal;
    for (std::size_t issue = 0; issue < subject_.issues.size(); ++issue) {
        std::vector<Number> row;
        for (std::size_t option = 0; option < subject_.issues[issue].options.size(); ++option) {
            Rational sum;
            for (const ActorId member : members) {
                sum += scores_.points(member, IssueId(issue), OptionId(option));
            }
            row.emplace_back(sum);
        }
        sheet.points.push_back(std::move(row));
    }
    cut->bundles.clear();
    for (const ScoreTerm& term : scores_.terms()) {
        Rational sum;
        for (const auto& [actor, points] : term.points) {
            sum += std::ranges::find(members, actor) != members.end() ? points : Rational(0);
        }
        cut->bundles.push_back({term.when, {{one, Number(sum)}}, {}});
    }
    for (Obligation& obligation : cut->obligations) {
        obligation.cost.clear();  // its price is one of the terms
    }
    for (const ActorId member : members) {
        no_deal += scores_.no_deal(member);
    }
    cut->preferences = {Preference{one, Number(no_deal), std::move(sheet), {}}};
    const space::SolutionsResult best =
        space::solutions(*cut, {"joint", {space::Concept::utilitarian}, false}, context);
    return best.solutions.empty() ? Rational(0) : best.solutions.front().gains.front().second;
}

std::vector<Rational> CoalitionDeals::agreed_gains(Coalition coalition, const Context& context) const {
    std::vector<Rational> gains(players_.size());
    const std::optional<Case> cut = commanded(coalition);
    if (cut) {
        const space::SolutionsResult agreed =
            space::solutions(*cut, {"joint", {space::Concept::nash}, false}, context);
        if (!agreed.solutions.empty()) {
            const Named<Rational>& points = agreed.solutions.front().points;
            for (std::size_t k = 0; k < players_.size(); ++k) {
                gains[k] = points[k].second - scores_.no_deal(players_[k]);
            }
            return gains;
        }
    }
    if (const auto today = status_quo_deal(subject_)) {
        for (std::size_t k = 0; k < players_.size(); ++k) {
            gains[k] = scores_.of(players_[k], *today) - scores_.no_deal(players_[k]);
        }
    }
    return gains;
}

}  // namespace steelyard::power
