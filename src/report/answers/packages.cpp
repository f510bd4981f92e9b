// SPDX-License-Identifier: Apache-2.0
#include "report/answers/packages.hpp"

#include "report/answers/offers.hpp"
#include "steelyard/space/improve.hpp"
#include "steelyard/space/trades.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace steelyard::report {

namespace {

std::string aim_name(const Study& study, const space::Package& package) {
    switch (package.aim) {
        case space::Aim::even:
            return "most even";
        case space::Aim::nash:
            return "largest product of gains";
        case space::Aim::most:
            return "largest sum of gains (as shares)";
        case space::Aim::best_for:
            return "best for " + study.name(find_actor(study.subject, package.actor)) + ", nobody worse";
        case space::Aim::fewest_changes:
            return "fewest changes";
    }
    return "";
}

/// `Belarus +10 and the United States +7.5`
std::string changes_text(const Study& study, const std::vector<ActorId>& actors,
                         const Named<Rational>& gains) {
    std::vector<std::string> items;
    for (const auto& [id, gain] : gains) {
        const ActorId actor = find_actor(study.subject, id);
        if (std::ranges::find(actors, actor) != actors.end()) {
            items.push_back(study.name(actor) + " " + signed_text(gain.to_double()));
        }
    }
    return list_text(items);
}

std::vector<std::string> option_texts(const Study& study, const space::Package& package) {
    std::vector<std::string> items;
    for (const std::string& id : package.changes) {
        const IssueId issue = find_issue(study.subject, id);
        const auto option = std::ranges::find(package.deal, id, &Named<std::string>::value_type::first);
        items.push_back(study.quoted(issue, find_option(study.subject, issue, option->second)));
    }
    return items;
}

FactTable package_table(const Study& study, const std::vector<space::Package>& packages) {
    FactTable table;
    table.caption = "Packages that leave nobody at the table worse off than today: change in points";
    table.columns = {"Package", "Changes"};
    for (const ActorId actor : study.scores.actors()) {
        table.columns.push_back(study.heading(actor));
    }
    for (auto package = packages.begin(); package != packages.end(); ++package) {
        const auto same = [&](const space::Package& other) { return other.deal == package->deal; };
        if (std::any_of(packages.begin(), package, same)) {
            continue;
        }
        std::vector<std::string> aims;
        for (auto other = package; other != packages.end(); ++other) {
            if (same(*other)) {
                aims.push_back(aim_name(study, *other));
            }
        }
        std::vector<Value> row{cell(capitalised(list_text(aims))),
                               Value(static_cast<std::int64_t>(package->changes.size()))};
        for (const auto& [id, gain] : package->gains) {
            row.push_back(cell(gain));
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

/// What the actor gains on the issue in the deal against today's option, or against its own best one where none is in
/// force.
Rational moved(const Study& study, ActorId actor, IssueId issue, const Deal& deal) {
    const Rational points = study.scores.points(actor, issue, deal[issue.index]);
    return study.today(issue) ? points - study.base(actor, issue)
                              : points - study.base(actor, issue) - study.range(actor, issue);
}

}  // namespace

void add_improvements(const Study& study, const TableStudy& at, AnswerPart& answer) {
    if (!status_quo_deal(study.subject)) {
        return;
    }
    const auto found = space::improve(
        study.subject, {.table = at.table.id, .deal = {}, .actor = {}, .level = {}}, study.context);
    if (found.packages.empty()) {
        answer.why.push_back(
            found.decided
                ? "Today's state is efficient: nobody at the table can be given more without taking "
                  "from somebody else there."
                : "No package was found that beats today's state for everybody at the table, within "
                  "the time allowed.");
        return;
    }
    const auto by_aim = [&](space::Aim aim) {
        return std::ranges::find(found.packages, aim, &space::Package::aim);
    };
    if (const auto even = by_aim(space::Aim::even); even != found.packages.end()) {
        answer.why.push_back(sentence(
            "today's state leaves something for everybody at the table: the package with the most even gains "
            "changes " +
            count_of(even->changes.size(), "issue") + " (" +
            changes_text(study, at.table.actors, even->gains) + " points against today)"));
    }
    if (const auto step = by_aim(space::Aim::fewest_changes); step != found.packages.end()) {
        answer.why.push_back(sentence("the smallest step that nobody there would mind is " +
                                      some_of(option_texts(study, *step), 3) + " (" +
                                      changes_text(study, at.table.actors, step->gains) + ")"));
    }
    answer.tables.push_back(package_table(study, found.packages));
    const auto swaps =
        space::trades(study.subject, {.table = at.table.id, .deal = {}, .count = 1}, study.context);
    if (!swaps.swaps.empty()) {
        std::vector<std::string> both;
        for (const space::OptionChange& change : swaps.swaps.front().changes) {
            const IssueId issue = find_issue(study.subject, change.issue);
            both.push_back(study.quoted(issue, find_option(study.subject, issue, change.to)));
        }
        answer.why.push_back(sentence(
            "two steps that only make sense together: " + list_text(both) + " (" +
            changes_text(study, at.table.actors, swaps.swaps.front().gains) +
            "); by itself, one of them costs somebody" +
            (swaps.swaps_found > 1 ? "; there are " + std::to_string(swaps.swaps_found) + " such pairs"
                                   : "")));
    }
}

void add_trades(const Study& study, const TableStudy& at, AnswerPart& answer) {
    const Deal& nash = at.likely()->deal;
    const bool today = study.has_today(at);
    FactTable table;
    table.caption = std::string("Who gives and who gets in the balanced deal, in points against ") +
                    (today ? "today" : "each one's best option");
    table.columns = {"Issue", "Settled as"};
    for (const ActorId actor : at.table.actors) {
        table.columns.push_back(study.heading(actor));
    }
    struct Given {
        IssueId issue;
        Rational cost;
    };
    std::vector<std::vector<Given>> given(at.table.actors.size());
    for (const IssueId issue : at.open) {
        std::vector<Value> row{cell(study.issue_name(issue)),
                               cell(study.option_name(issue, nash[issue.index]))};
        bool matters = false;
        for (std::size_t a = 0; a < at.table.actors.size(); ++a) {
            const Rational points = moved(study, at.table.actors[a], issue, nash);
            matters = matters || points != Rational{};
            row.push_back(cell(points));
            if (points < Rational{}) {
                given[a].push_back({issue, abs(points)});
            }
        }
        if (matters) {
            table.rows.push_back(std::move(row));
        }
    }
    if (table.rows.empty()) {
        return;
    }
    constexpr std::size_t few = 3;
    for (std::size_t a = 0; a < at.table.actors.size() && at.table.actors.size() <= few; ++a) {
        std::ranges::stable_sort(given[a], std::ranges::greater{}, &Given::cost);
        std::vector<std::string> items;
        for (const Given& item : given[a]) {
            items.push_back("“" + study.issue_name(item.issue) + "” (costs it " + number_text(item.cost) +
                            ")");
        }
        if (!items.empty()) {
            const ActorId actor = at.table.actors[a];
            answer.why.push_back(sentence("in it, " + study.name(actor) +
                                          std::string(study.verb(actor, " gives way on ", " give way on ")) +
                                          some_of(items, few)));
        }
    }
    const auto market =
        space::trades(study.subject, {.table = at.table.id, .deal = {}, .count = 1}, study.context);
    if (!market.exchanges.empty()) {
        const space::Exchange& best = market.exchanges.front();
        const auto side = [&](const std::string& giver, const std::string& issue) {
            const ActorId actor = find_actor(study.subject, giver);
            return study.name(actor) + std::string(study.verb(actor, " gives", " give")) + " way on “" +
                   study.issue_name(find_issue(study.subject, issue)) + "”";
        };
        answer.why.push_back(sentence(
            "issue by issue, the most rewarding trade is that " + side(best.first_giver, best.first_issue) +
            " and " + side(best.second_giver, best.second_issue) +
            (best.advantage ? ": on average each gets " + number_text(std::sqrt(*best.advantage)) +
                                  " points for a point given"
                            : ": one of the two steps costs nothing")));
    }
    answer.tables.push_back(std::move(table));
}

void add_cheap_offers(const Study& study, const TableStudy& at, AnswerPart& answer) {
    FactTable table;
    table.caption =
        "What each at the table can concede most cheaply: cost to itself, worth to the other, in their own "
        "points";
    if (at.table.actors.size() > 2) {
        table.caption += "; offers that harm nobody else at the table";
    }
    table.columns = {"By", "Offer", "Cost", "Worth most to", "Worth"};
    constexpr std::size_t each = 3;
    for (const ActorId giver : at.table.actors) {
        std::vector<ActorId> others = at.table.actors;
        std::erase(others, giver);
        if (others.empty()) {
            return;
        }
        const Offers found = offers_of(study, at, giver, others);
        std::size_t shown = 0;
        for (const Offer* offer : best_by_issue(found.offers)) {
            if (offer->cost < Rational{} || *std::ranges::min_element(offer->worth) < Rational{} ||
                shown == each) {
                continue;
            }
            const auto most = std::ranges::max_element(offer->worth) - offer->worth.begin();
            table.rows.push_back({cell(study.heading(giver)),
                                  cell(study.option_text(offer->issue, offer->option)), cell(offer->cost),
                                  cell(study.heading(others[static_cast<std::size_t>(most)])),
                                  cell(offer->best_worth())});
            ++shown;
        }
    }
    if (!table.rows.empty()) {
        answer.tables.push_back(std::move(table));
    }
}

}  // namespace steelyard::report
